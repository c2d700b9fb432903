// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan.h"

#include <string>
#include <vector>

namespace vedette::ctl {

// The generator's own point -> areas, over level 3 grids, exclusive ones and blocks.
class Locator {
public:
    explicit Locator(const Plan& plan);
    int level3(Point p) const;    // -1: outside
    int exclusive(Point p) const; // -1: none
    // Codes of all areas around the point, most responsible first.
    std::vector<std::string> codes(const Plan& plan, Point p) const;

private:
    struct Shape {
        std::vector<Point> ring;
        Box box;
    };
    int find(const std::vector<Shape>& shapes, const std::vector<std::vector<int>>& cells, Point p) const;
    std::vector<std::vector<int>> index(const std::vector<Shape>& shapes) const;
    Box extent_;
    int across_ = 1, down_ = 1;
    std::vector<Shape> grids_, exclusives_;
    std::vector<std::vector<int>> gridCells_, exclusiveCells_;
};

} // namespace vedette::ctl
