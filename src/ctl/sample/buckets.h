// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mesh.h"

#include <algorithm>
#include <map>
#include <vector>

namespace vedette::ctl {

// Numbered points by square cells, to find what lies near.
class Buckets {
public:
    explicit Buckets(double cellMetres) : cell_(cellMetres) {}
    void add(Point at, int number) { cells_[key(at.x, at.y)].emplace_back(at, number); }
    // Visits cells outwards from `from` until `visit(point, number)` said "enough" (true) `wanted` times and
    // the ring after that is done, or `rings` are.
    template <class Visit>
    void around(Point from, int wanted, int rings, const Visit& visit) const {
        const auto [x0, y0] = key(from.x, from.y);
        int found = 0;
        for (int ring = 0; ring <= rings; ++ring) {
            const bool last = found >= wanted;
            for (int y = y0 - ring; y <= y0 + ring; ++y)
                for (int x = x0 - ring; x <= x0 + ring; ++x)
                    if (std::max(std::abs(x - x0), std::abs(y - y0)) == ring)
                        if (const auto cell = cells_.find({x, y}); cell != cells_.end())
                            for (const auto& [at, number] : cell->second)
                                found += visit(at, number) ? 1 : 0;
            if (last)
                return;
        }
    }

private:
    std::pair<int, int> key(double x, double y) const {
        return {static_cast<int>(std::floor(x / cell_)), static_cast<int>(std::floor(y / cell_))};
    }
    double cell_;
    std::map<std::pair<int, int>, std::vector<std::pair<Point, int>>> cells_;
};

} // namespace vedette::ctl
