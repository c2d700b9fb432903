// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

namespace vedette::layers {

// Which side of the line a -> b the point c lies on: 1 left, -1 right, 0 exactly on it. Exact for all finite
// coordinates short of overflow. Method: J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and
// Fast Robust Geometric Predicates", 1997 (error bound, then exact expansion).
int orientation(Point a, Point b, Point c);

} // namespace vedette::layers
