// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "map/sheet_content.h"

#include <deque>
#include <optional>
#include <set>
#include <string>

namespace vedette::ctl {

// What the window of this workspace shows. How it is arranged (layers.toml): order and opacity, and the layers that
// were added, read and styled. Those that can't be read are left out and said in `problems`, first what it is about:
// layerNotPrinted {layer,cause}. Which of the city's own layers are switched on, and the scale its heat was given
// (.vedette/window.ini). No file: nothing was arranged, or switched. Runs the reader; blocks for seconds.
struct KeptGround {
    std::deque<map::FeatureLayer> added;
    std::vector<map::SheetStratum> order; // points into `added`
    std::set<std::pair<layers::AreaKind, bool>> hidden; // kind and exclusive of areas whose group isn't shown
    std::optional<std::set<std::string>> on; // ids of the own layers that are switched on; nullopt: nobody said
    double heatOpacity = 1;
    std::optional<double> heatScale; // events/km2/day at full colour
    std::vector<layers::Message> problems;
    bool shows(const map::AreaLayer& areas) const;
    bool showsUnits() const { return !on || on->contains("units"); }
};
KeptGround keptGround(const dispatch::City& city, bool withAdded);

} // namespace vedette::ctl
