// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_parts.h"

#include <algorithm>

namespace vedette::layers {

std::int64_t RoadGrid::column(double x) const {
    return static_cast<std::int64_t>(std::floor((x - box.minX) / metres));
}
std::int64_t RoadGrid::row(double y) const {
    return static_cast<std::int64_t>(std::floor((y - box.minY) / metres));
}

std::span<const RoadGrid::Segment> RoadGrid::cell(std::int64_t x, std::int64_t y) const {
    if (x < 0 || y < 0 || x >= columns || y >= rows)
        return {};
    const auto i = static_cast<std::size_t>(y) * columns + static_cast<std::size_t>(x);
    return segments.subspan(first[i], first[i + 1] - first[i]);
}

RoadGrid::RoadGrid(std::span<const RoadNetwork::Edge> edges, std::span<const Point> points) {
    for (const Point p : points)
        box.add(p);
    if (edges.empty())
        return;
    const double area = std::max(box.width(), 1.0) * std::max(box.height(), 1.0);
    metres = std::max(25.0, std::sqrt(area / (2.0 * double(edges.size()))));
    columns = static_cast<std::uint32_t>(column(box.maxX)) + 1;
    rows = static_cast<std::uint32_t>(row(box.maxY)) + 1;
}

namespace {

// What a network looks into when it was built here.
struct Built {
    RoadParts parts;
    std::vector<std::uint32_t> first;
    std::vector<RoadGrid::Segment> segments;

    void fillCells(const RoadGrid& grid) {
        const auto& edges = parts.edges;
        const auto each = [&](const auto& visit) {
            for (RoadNetwork::EdgeIndex e = 0; e < edges.size(); ++e)
                for (std::uint32_t i = edges[e].firstPoint; i + 1 < edges[e].firstPoint + edges[e].pointCount;
                     ++i) {
                    const Point a = parts.points[i], b = parts.points[i + 1];
                    for (auto y = grid.row(std::min(a.y, b.y)); y <= grid.row(std::max(a.y, b.y)); ++y)
                        for (auto x = grid.column(std::min(a.x, b.x)); x <= grid.column(std::max(a.x, b.x)); ++x)
                            visit(static_cast<std::size_t>(y) * grid.columns + static_cast<std::size_t>(x),
                                  RoadGrid::Segment{e, i});
                }
        };
        if (edges.empty())
            return;
        first.assign(static_cast<std::size_t>(grid.columns) * grid.rows + 1, 0);
        each([&](std::size_t cell, RoadGrid::Segment) { ++first[cell + 1]; });
        for (std::size_t i = 1; i < first.size(); ++i)
            first[i] += first[i - 1];
        segments.resize(first.back());
        auto next = first;
        each([&](std::size_t cell, RoadGrid::Segment s) { segments[next[cell]++] = s; });
    }
};

} // namespace

std::shared_ptr<const RoadNetwork::Impl> RoadNetwork::Impl::of(RoadParts parts) {
    const auto built = std::make_shared<Built>();
    built->parts = std::move(parts);
    RoadParts& p = built->parts;
    const auto out = std::make_shared<Impl>();
    out->edges = p.edges, out->points = p.points, out->nodes = p.nodes;
    out->tails = p.tails, out->heads = p.heads;
    out->names = std::move(p.names), out->turns = std::move(p.turns), out->parts = p.parts;
    out->grid = RoadGrid(p.edges, p.points);
    built->fillCells(out->grid);
    out->grid.first = built->first, out->grid.segments = built->segments;
    out->memory = built;
    return out;
}

} // namespace vedette::layers
