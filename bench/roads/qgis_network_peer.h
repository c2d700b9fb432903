// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_routes.h"

#include <optional>

// QGIS's network analysis (QgsGraphAnalyzer::dijkstra) on the same arcs and times, in the program beside this
// one; nullopt: it isn't there.
struct QgisQuestion {
    std::uint32_t target;
    std::vector<std::uint32_t> nodes;
};
struct QgisAnswer {
    double milliseconds = 0;
    std::vector<vedette::layers::RoadTime> times; // the five least, in order
};
std::optional<std::vector<QgisAnswer>> askQgis(const vedette::layers::RoadMetric& metric,
                                               const std::vector<QgisQuestion>& questions);
