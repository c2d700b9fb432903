// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "map/scene.h"

#include <QImage>

#include <array>

namespace vedette::map {

// The colours of one heat layer, from nothing to `scaleMax`.
class HeatRamp {
public:
    HeatRamp(const HeatLayer& heat, Theme theme);
    // Lays a row of values over opaque pixels, each `down` of the way from `above` to `below`. Both rows can be read
    // three values beyond `count`.
    void lay(QRgb* pixels, int count, const float* above, const float* below, float down) const;

private:
    static constexpr int steps = 1024;
    float scale_;
    std::array<QRgb, steps> colours_;
};

// Lays the surface over an opaque RGB32 strip: values (not colours) are interpolated between pixel centres, then
// coloured.
void paintHeat(QImage& strip, const Band& band, const HeatLayer& heat, const HeatRamp& ramp);

} // namespace vedette::map
