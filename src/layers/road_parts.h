// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_network.h"

#include <cmath>

namespace vedette::layers {

// No place of any working CRS lies further out; one that does would make the grid boundless.
inline bool onGround(Point p) {
    constexpr double metres = 1e8;
    return std::abs(p.x) <= metres && std::abs(p.y) <= metres; // false for what isn't a number
}

// Segments of edges by square cell of `metres`: what lies near a place.
struct RoadGrid {
    struct Segment {
        RoadNetwork::EdgeIndex edge;
        std::uint32_t point; // from here to the next
    };
    Box box;
    double metres = 1;
    std::uint32_t columns = 0, rows = 0;
    std::vector<std::uint32_t> first;
    std::vector<Segment> held;

    void fill(std::span<const RoadNetwork::Edge> edges, std::span<const Point> points); // of points onGround()
    std::int64_t column(double x) const;
    std::int64_t row(double y) const;
    std::span<const Segment> cell(std::int64_t column, std::int64_t row) const; // empty beyond the borders
};

struct RoadNetwork::Impl {
    std::vector<Edge> edges;
    std::vector<Point> points;
    std::vector<std::string> names; // 0: none
    std::vector<Node> tails, heads; // by arc
    std::vector<Point> nodes;
    std::vector<Turn> turns;
    std::uint32_t parts = 0;
    RoadGrid grid; // not kept on disk
};

} // namespace vedette::layers
