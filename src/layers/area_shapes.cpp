// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_shapes.h"

#include "orientation.h"

#include <cmath>

namespace vedette::layers {

std::uint32_t AreaShapes::Slabs::of(double y) const {
    const double at = (y - minY) * perMetre; // grows with y, so an edge's slabs always hold its points'
    if (!(at > 0))
        return 0;
    return at >= count ? count - 1 : static_cast<std::uint32_t>(at);
}

void AreaShapes::add(const Snapshot& snapshot, std::size_t feature) {
    gather_.clear();
    for (std::size_t i = 0; i < snapshot.partCount(feature); ++i) {
        const auto points = snapshot.part(feature, i).points;
        for (std::size_t p = 0; p + 1 < points.size(); ++p)
            gather_.push_back(&points[p]);
    }
    const Box& box = snapshot.box(feature);
    Slabs slabs;
    slabs.minY = box.minY;
    slabs.count = static_cast<std::uint32_t>(std::max<std::size_t>(1, gather_.size() / 4));
    // Long edges stand in many slabs; fewer slabs keep the index a small multiple of the polygon.
    for (;; slabs.count /= 2) {
        slabs.perMetre = box.height() > 0 ? slabs.count / box.height() : 0;
        std::size_t entries = 0;
        for (const Point* edge : gather_) {
            const auto [low, high] = std::minmax(edge[0].y, edge[1].y);
            entries += slabs.of(high) - slabs.of(low) + 1;
        }
        if (slabs.count <= 1 || entries <= 4 * gather_.size())
            break;
    }
    slabs.first = static_cast<std::uint32_t>(starts_.size());
    slabs.origin = gather_.empty() ? nullptr : gather_.front(); // all lie in one snapshot's points
    std::vector<std::uint32_t> starts(slabs.count + 1, 0);
    for (const Point* edge : gather_) {
        const auto [low, high] = std::minmax(edge[0].y, edge[1].y);
        for (auto slab = slabs.of(low); slab <= slabs.of(high); ++slab)
            ++starts[slab + 1];
    }
    starts[0] = static_cast<std::uint32_t>(edges_.size());
    for (std::size_t i = 1; i < starts.size(); ++i)
        starts[i] += starts[i - 1];
    starts_.insert(starts_.end(), starts.begin(), starts.end());
    edges_.resize(starts.back());
    for (const Point* edge : gather_) {
        const auto [low, high] = std::minmax(edge[0].y, edge[1].y);
        for (auto slab = slabs.of(low); slab <= slabs.of(high); ++slab)
            edges_[starts[slab]++] = static_cast<std::int32_t>(edge - slabs.origin);
    }
    shapes_.push_back(slabs);
}

void AreaShapes::settle() {
    gather_ = {};
    shapes_.shrink_to_fit(), starts_.shrink_to_fit(), edges_.shrink_to_fit();
}

bool AreaShapes::covers(std::size_t shape, Point point) const {
    const Slabs& slabs = shapes_[shape];
    const std::size_t slab = slabs.first + slabs.of(point.y);
    bool inside = false;
    for (std::size_t i = starts_[slab]; i < starts_[slab + 1]; ++i) {
        const Point a = slabs.origin[edges_[i]], b = slabs.origin[edges_[i] + 1];
        if ((a.y > point.y) == (b.y > point.y)) {
            if (a == point || b == point)
                return true;
            if (a.y == point.y && b.y == point.y && std::min(a.x, b.x) < point.x &&
                point.x < std::max(a.x, b.x))
                return true;
            continue;
        }
        // The edge spans the point's height: does it pass to the right of it?
        if (a.x < point.x && b.x < point.x)
            continue;
        if (a.x > point.x && b.x > point.x) {
            inside = !inside;
            continue;
        }
        const int side = a.y < b.y ? orientation(a, b, point) : orientation(b, a, point);
        if (side == 0)
            return true;
        if (side > 0)
            inside = !inside;
    }
    return inside;
}

double AreaShapes::boundaryDistance(std::size_t shape, Point point) const {
    const Slabs& slabs = shapes_[shape];
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = starts_[slabs.first]; i < starts_[slabs.first + slabs.count]; ++i) {
        const Point a = slabs.origin[edges_[i]], b = slabs.origin[edges_[i] + 1];
        const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
        double t = length2 > 0 ? ((point.x - a.x) * dx + (point.y - a.y) * dy) / length2 : 0;
        t = std::clamp(t, 0.0, 1.0);
        const double x = a.x + t * dx - point.x, y = a.y + t * dy - point.y;
        best = std::min(best, x * x + y * y);
    }
    return std::sqrt(best);
}

} // namespace vedette::layers
