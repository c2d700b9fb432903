// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "map/scene.h"

#include <QImage>

#include <array>

namespace vedette::map {

// How a heat layer's values become colours, from nothing to `scaleMax`; made once for a surface and its look.
class HeatLook {
public:
    HeatLook(const HeatLayer& heat, Theme theme);
    bool isOf(const HeatLayer& heat, Theme theme) const;
    // The colours (premultiplied) of `count` values; false: there is nothing to see.
    bool colours(const float* values, int count, QRgb* into) const;
    // Of how many pixels one needs to be looked up in either direction, 1, 2 or 4, where a cell of the surface is
    // `cellPixels` wide: the colours interpolated between them are off by about two levels of 255 at most.
    int stride(double cellPixels) const;

private:
    static constexpr int steps = 1024;
    std::shared_ptr<const layers::HeatSurface> surface_; // held: it is known by its address
    double scaleMax_, opacity_;
    Theme theme_;
    static constexpr double mostLevels = 2;
    int bend_ = 0; // the most a cell's colour lies beside the middle of its neighbours', levels
    std::array<QRgb, steps> colours_;
};

// Lays the surface over an opaque RGB32 strip: values (not colours) are interpolated between the cells' middles, then
// coloured; between pixels that were looked up, the colours are.
void paintHeat(QImage& strip, const Band& band, const HeatLayer& heat, const HeatLook& look);

} // namespace vedette::map
