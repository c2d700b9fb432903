// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <span>
#include <vector>

namespace vedette::map {

// How far (in metres) the line would stray without each vertex, by Douglas and Peucker's splitting (1973),
// made monotone: keeping the vertices above a tolerance is that algorithm's result for it. Ends are infinite;
// so is the vertex farthest from the start of a closed line. `out` has the size of `line`.
void strayDistances(std::span<const layers::Point> line, std::span<float> out);

} // namespace vedette::map
