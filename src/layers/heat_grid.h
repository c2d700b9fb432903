// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/heat.h"

namespace vedette::layers {

// The surface by way of a grid whose step is an eighth of the quartic's bandwidth (a third of the
// Gaussian's), or a pixel where that is wider. Each point is shared among 4 x 4 nodes by the cubic B-spline;
// what nodes add to each other is such that the spline goes through the kernel (Unser, Aldroubi and Eden 1993,
// B-spline signal processing II); where nodes are no pixels the result is interpolated by the same spline. What
// a point costs doesn't depend on the bandwidth.
//
// The error against the direct sum comes from the quartic's edge, where its curvature jumps: of a single
// point it is at most `gridError` of its own peak, of many the sum of theirs, which cancel where they
// scatter. Holds from `gridFromPixels` on, in both directions.
constexpr double gridError = 0.01;
constexpr double gridFromPixels(Kernel kernel) {
    return kernel == Kernel::quartic ? 5 : 3;
}

// `surface` has its place, size and values, which are overwritten, as is max. Equal values whatever
// `threads`. False: cancelled. Precondition: settings that heat() takes, a bandwidth from gridFromPixels on.
bool heatOnGrid(const std::vector<HeatPoint>& points, const HeatSettings& settings, int threads,
                const std::atomic<bool>* cancel, HeatSurface& surface);

} // namespace vedette::layers
