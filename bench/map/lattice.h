// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"

namespace vedette::bench {

constexpr int latticeAreas = 13'669, latticeColumns = 160;
constexpr double latticeCell = 400; // metres

// 13,669 bent cells of 37 vertices; neighbours share every vertex of their border.
std::vector<std::vector<layers::Point>> latticeRings();
layers::Areas latticeAreasOf(const std::vector<std::vector<layers::Point>>& rings);
// The same as a GeoPackage, layer "grids", for the peer. False: it couldn't be written.
bool writeLattice(const std::vector<std::vector<layers::Point>>& rings, const std::string& file);

} // namespace vedette::bench
