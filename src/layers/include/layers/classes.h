// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace vedette::layers {

enum class BreakMethod { jenks, quantile, equalInterval };

// The upper ends of at most `classes` classes of the values, ascending, the last being the largest value; each
// class holds what is above the end before and not above its own. Fewer ends where the values don't give more;
// none for no finite value. Values that aren't finite are left out. Pure; any thread.
//
// jenks: the least sum of squared distances to the classes' means, exactly: Fisher, On grouping for maximum
// homogeneity, JASA 53 (1958), as Jenks used it; n log n a class.
// quantile: linear between order statistics (Hyndman and Fan's type 7, as R and NumPy do unless told otherwise).
std::vector<double> classEnds(std::span<const double> values, int classes, BreakMethod method);

// The class a value lies in: the first end that isn't below it, the last for what is above all.
std::size_t classOf(std::span<const double> ends, double value);

} // namespace vedette::layers
