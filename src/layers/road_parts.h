// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_network.h"

#include <cmath>
#include <memory>

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
    std::span<const std::uint32_t> first; // by cell, into segments
    std::span<const Segment> segments;

    RoadGrid() = default;
    // Everything but the cells; `points` are onGround().
    RoadGrid(std::span<const RoadNetwork::Edge> edges, std::span<const Point> points);
    std::int64_t column(double x) const;
    std::int64_t row(double y) const;
    std::span<const Segment> cell(std::int64_t column, std::int64_t row) const; // empty beyond the borders
};

// A network while it is built.
struct RoadParts {
    std::vector<RoadNetwork::Edge> edges;
    std::vector<Point> points;
    std::vector<std::string> names;              // 0: none
    std::vector<RoadNetwork::Node> tails, heads; // by arc
    std::vector<Point> nodes;
    std::vector<RoadNetwork::Turn> turns;
    std::uint32_t parts = 0;
};

// A network as it is used: it looks into what was built, or into a kept file.
struct RoadNetwork::Impl {
    std::span<const Edge> edges;
    std::span<const Point> points;
    std::vector<std::string> names;
    std::span<const Node> tails, heads;
    std::span<const Point> nodes;
    std::vector<Turn> turns;
    std::uint32_t parts = 0;
    RoadGrid grid;
    std::shared_ptr<const void> memory; // that the spans look into

    static std::shared_ptr<const Impl> of(RoadParts parts);
};

} // namespace vedette::layers
