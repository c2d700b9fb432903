// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_parts.h"

#include <algorithm>
#include <cmath>

namespace vedette::layers {

namespace {

struct Near {
    RoadGrid::Segment segment{RoadNetwork::none, 0};
    double squared = std::numeric_limits<double>::infinity();
    Point at;
};

} // namespace

std::optional<RoadNetwork::Place> RoadNetwork::snap(Point at, RoadProfile profile) const {
    const Impl& impl = *impl_;
    const RoadGrid& grid = impl.grid;
    if (impl.edges.empty() || !std::isfinite(at.x) || !std::isfinite(at.y) ||
        at.x < grid.box.minX - snapMetres || at.x > grid.box.maxX + snapMetres ||
        at.y < grid.box.minY - snapMetres || at.y > grid.box.maxY + snapMetres)
        return std::nullopt;
    Near any, largest; // of all parts, of the largest
    const auto look = [&](const RoadGrid::Segment& segment) {
        const Edge& edge = impl.edges[segment.edge];
        if (profile == RoadProfile::driving ? edge.metresPerSecond <= 0 : !edge.walkable)
            return;
        const Point a = impl.points[segment.point], b = impl.points[segment.point + 1];
        const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
        const double t =
            squared > 0 ? std::clamp(((at.x - a.x) * dx + (at.y - a.y) * dy) / squared, 0.0, 1.0) : 0;
        const Point foot{a.x + t * dx, a.y + t * dy};
        const double off = (foot.x - at.x) * (foot.x - at.x) + (foot.y - at.y) * (foot.y - at.y);
        const auto take = [&](Near& best) {
            if (off < best.squared || (off == best.squared && segment.edge < best.segment.edge))
                best = {segment, off, foot};
        };
        take(any);
        if (edge.part == 0)
            take(largest);
    };
    const std::int64_t x = grid.column(at.x), y = grid.row(at.y);
    for (std::int64_t ring = 0;; ++ring) {
        // Nothing in this ring or beyond is nearer than this.
        const double nearest = double(std::max<std::int64_t>(ring - 1, 0)) * grid.metres;
        const double reach = std::min(std::sqrt(any.squared) + snapToLargest, snapMetres);
        if (nearest > std::min(std::sqrt(largest.squared), reach))
            break;
        for (std::int64_t cy = y - ring; cy <= y + ring; ++cy) {
            const std::int64_t step = cy == y - ring || cy == y + ring || ring == 0 ? 1 : 2 * ring;
            for (std::int64_t cx = x - ring; cx <= x + ring; cx += step)
                for (const auto& segment : grid.cell(cx, cy))
                    look(segment);
        }
    }
    const bool toLargest = std::sqrt(largest.squared) <= std::sqrt(any.squared) + snapToLargest;
    const Near& best = toLargest ? largest : any;
    if (best.segment.edge == none || best.squared > snapMetres * snapMetres)
        return std::nullopt;
    const Edge& edge = impl.edges[best.segment.edge];
    double before = 0;
    for (std::uint32_t i = edge.firstPoint; i < best.segment.point; ++i)
        before +=
            std::hypot(impl.points[i + 1].x - impl.points[i].x, impl.points[i + 1].y - impl.points[i].y);
    const Point a = impl.points[best.segment.point];
    before += std::hypot(best.at.x - a.x, best.at.y - a.y);
    return Place{best.segment.edge, std::clamp(before / double(edge.metres), 0.0, 1.0),
                 std::sqrt(best.squared), best.at};
}

std::vector<RoadNetwork::EdgeIndex> RoadNetwork::edgesIn(const Box& box) const {
    const RoadGrid& grid = impl_->grid;
    std::vector<EdgeIndex> out;
    if (!box.intersects(grid.box))
        return out;
    const auto clampTo = [](std::int64_t v, std::uint32_t count) {
        return std::clamp<std::int64_t>(v, 0, std::int64_t(count) - 1);
    };
    for (auto y = clampTo(grid.row(box.minY), grid.rows); y <= clampTo(grid.row(box.maxY), grid.rows); ++y)
        for (auto x = clampTo(grid.column(box.minX), grid.columns);
             x <= clampTo(grid.column(box.maxX), grid.columns); ++x)
            for (const auto& segment : grid.cell(x, y))
                out.push_back(segment.edge);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    std::erase_if(out, [&](EdgeIndex e) {
        Box own;
        for (const Point p : points(impl_->edges[e]))
            own.add(p);
        return !own.intersects(box);
    });
    return out;
}

} // namespace vedette::layers
