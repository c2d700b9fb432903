// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

namespace vedette::layers {

// A k-d tree that is nothing but an order of its points: the middle one of every stretch divides it, by x and y in
// turn. Four bytes a point where a tree of boxes takes fifty. The points lie elsewhere, and finite ones only.
class PointOrder {
public:
    PointOrder() = default;
    explicit PointOrder(std::span<const Point> points) : order_(points.size()) {
        std::iota(order_.begin(), order_.end(), 0);
        divide(points, 0, order_.size(), true);
    }
    // Among the points it was made of; nullopt: there are none.
    std::optional<std::uint32_t> nearest(std::span<const Point> points, Point at) const {
        if (order_.empty())
            return std::nullopt;
        Best best;
        seek(points, at, 0, order_.size(), true, best);
        return best.point;
    }

private:
    struct Best {
        double squared = std::numeric_limits<double>::infinity();
        std::uint32_t point = 0;
    };
    static double along(Point p, bool x) { return x ? p.x : p.y; }
    void divide(std::span<const Point> points, std::size_t from, std::size_t till, bool x) {
        if (till - from < 2)
            return;
        const std::size_t middle = from + (till - from) / 2;
        const auto begin = order_.begin();
        std::nth_element(
            begin + std::ptrdiff_t(from), begin + std::ptrdiff_t(middle), begin + std::ptrdiff_t(till),
            [&](std::uint32_t a, std::uint32_t b) { return along(points[a], x) < along(points[b], x); });
        divide(points, from, middle, !x);
        divide(points, middle + 1, till, !x);
    }
    void seek(std::span<const Point> points, Point at, std::size_t from, std::size_t till, bool x, Best& best) const {
        if (from >= till)
            return;
        const std::size_t middle = from + (till - from) / 2;
        const Point here = points[order_[middle]];
        const double dx = here.x - at.x, dy = here.y - at.y, squared = dx * dx + dy * dy;
        if (squared < best.squared)
            best = {squared, order_[middle]};
        const double beyond = along(at, x) - along(here, x);
        if (beyond < 0) {
            seek(points, at, from, middle, !x, best);
            if (beyond * beyond < best.squared)
                seek(points, at, middle + 1, till, !x, best);
        } else {
            seek(points, at, middle + 1, till, !x, best);
            if (beyond * beyond < best.squared)
                seek(points, at, from, middle, !x, best);
        }
    }

    std::vector<std::uint32_t> order_;
};

} // namespace vedette::layers
