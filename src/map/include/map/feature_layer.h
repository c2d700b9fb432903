// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer_style.h"
#include "layers/snapshot.h"

#include <QColor>
#include <QString>

#include <memory>
#include <vector>

namespace vedette::map {

// Between which scales something is drawn, in metres per logical pixel; 0: no end on that side.
struct ScaleRange {
    double nearest = 0, farthest = 0;
    bool shows(double metresPerPixel) const {
        return metresPerPixel >= nearest && (farthest <= 0 || metresPerPixel <= farthest);
    }
    friend bool operator==(const ScaleRange&, const ScaleRange&) = default;
};
// A scale of 1 : d on a screen of 96 dpi, where a logical pixel is 0.26458 mm.
constexpr double metresPerPixelAt(double denominator) {
    return denominator * 0.0254 / 96;
}

// What a layer added by a person is drawn from. Immutable; made once a style or a filter, not a frame.
struct FeatureLook {
    layers::Snapshot snapshot;
    layers::LayerStyle style;
    std::vector<std::uint16_t> classOf; // a feature; layers::noClass: not drawn
};
// One such layer in a scene. Without a look it has a problem: then the place where it lay is hatched, or the
// names of those that never lay anywhere are listed at the map's edge.
struct FeatureLayer {
    QString name;
    std::shared_ptr<const FeatureLook> look;
    std::shared_ptr<const std::vector<std::uint32_t>> selected; // ascending; null: none
    bool visible = true;
    double opacity = 1;
    ScaleRange range;
    QString problem;  // in words; empty: none
    layers::Box seen; // where it was when it could last be read
    friend bool operator==(const FeatureLayer&, const FeatureLayer&) = default;
};

} // namespace vedette::map
