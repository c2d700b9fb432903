// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "map/scene.h"

#include <QImage>

#include <array>
#include <vector>

namespace vedette::map {

// How a heat layer's values become colours, from nothing to `scaleMax`; made once for a surface and its look.
class HeatLook {
public:
    HeatLook(const HeatLayer& heat, Theme theme);
    bool isOf(const HeatLayer& heat, Theme theme) const;
    // The colours (premultiplied) of `count` values; false: there is nothing to see.
    bool colours(const float* values, int count, QRgb* into) const;
    // Of how many pixels one needs to be looked up in either direction, 1, 2 or 4, between two rows of the surface (which may
    // lie beyond it), where a cell is `cellPixels` wide: the colours interpolated between them are off by about two levels of 255 at most.
    int stride(double cellPixels, double firstRow, double lastRow) const;

private:
    static constexpr int steps = 1024;
    std::shared_ptr<const layers::HeatSurface> surface_; // held: it is known by its address
    double scaleMax_, opacity_;
    Theme theme_;
    static constexpr double mostLevels = 2;
    std::vector<int> bends_; // the most a cell's colour lies beside the middle of its neighbours', levels; of each row
    std::array<QRgb, steps> colours_;
};

// Lays the surface over an opaque RGB32 strip: values (not colours) are interpolated between the cells' middles, then
// coloured; between pixels that were looked up, the colours are.
void paintHeat(QImage& strip, const Band& band, const HeatLayer& heat, const HeatLook& look);

} // namespace vedette::map
