// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"
#include "layers/writer.h"

#include <span>

namespace vedette::layers {

// How many of the points each area of a kind covers. A point on a common boundary counts in every area it
// touches; one that none covers is in `outside`.
struct AreaCounts {
    AreaKind kind = AreaKind::grid;
    std::vector<std::pair<AreaIndex, std::size_t>> counts; // every area of the kind, in their order
    std::size_t outside = 0;
};
AreaCounts countPerArea(const Areas& areas, AreaKind kind, std::span<const Point> points);

// Of an area's polygons, holes taken out.
double squareMetres(const Areas& areas, AreaIndex area);

// As a layer to be exported: code, name, count, area_km2, per_km2, with the polygons.
ExportTable countTable(const Areas& areas, const AreaCounts& counts);

} // namespace vedette::layers
