// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "map/sheet_content.h"

#include <deque>
#include <set>

namespace vedette::ctl {

// The ground as it was arranged in the window of this workspace (layers.toml): its order, and the layers that were added,
// read and styled. Those that can't be read are left out and said in `problems`, first what it is about: layerNotPrinted
// {layer,cause}. No file: nothing was arranged. Runs the reader; blocks for seconds.
struct KeptGround {
    std::deque<map::FeatureLayer> added;
    std::vector<map::SheetStratum> order; // points into `added`
    std::set<std::pair<layers::AreaKind, bool>> hidden; // kind and exclusive of areas whose group isn't shown
    std::vector<layers::Message> problems;
};
KeptGround keptGround(const dispatch::City& city, bool withAdded);

} // namespace vedette::ctl
