// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "borders.h"

#include "layers/areas.h"
#include "layers/later.h"

#include <map>

namespace vedette::map {

// The borders of one city's areas, a layer at a time, each made when it is first asked for. One object for
// all who draw the same areas; any thread.
class AreaBorders {
public:
    using Layer = std::pair<layers::AreaKind, bool>; // the kind; of grids the exclusive ones or the others
    static std::shared_ptr<const AreaBorders> of(const layers::Areas& areas);

    explicit AreaBorders(const layers::Areas& areas);
    const Borders& make(Layer layer) const { return *layers_.at(layer); }
    const Borders* ready(Layer layer) const { return layers_.at(layer).ready(); }

private:
    layers::Areas areas_; // held: they are known by their address
    std::map<Layer, layers::Later<Borders>> layers_;
};

} // namespace vedette::map
