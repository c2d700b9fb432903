// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer_style.h"
#include "map/scene.h"

#include <string>

namespace vedette::map {

// The rows of a layer by the classes of its style, those that the filter (filter.h) leaves. A filter that can't be read
// leaves all and is the first of the problems.
layers::Classified sortedBy(const layers::LayerStyle& style, const layers::Rows& rows, const std::string& filter);

// How a snapshot is drawn, of its own rows. Problems end with layerAcrossTheWorld {count} where features reach across the
// whole map, which are left out; `nowhere`: all of them do.
struct MadeLook {
    std::shared_ptr<const FeatureLook> look;
    layers::Classified sorted;
    bool nowhere = false;
};
MadeLook featureLook(const layers::Snapshot& snapshot, const layers::Rows& rows, const layers::LayerStyle& style,
                     const std::string& filter);

// The scales of a style, as a layer has them.
ScaleRange rangeOf(const layers::LayerStyle& style);

// What a style says of a layer of the city's own areas: opacity, scales, the line of one look, whether they
// have names. Its classes are fills below the lines.
void dress(AreaLayer& areas, const layers::LayerStyle& style);

} // namespace vedette::map
