// SPDX-License-Identifier: GPL-3.0-or-later
#include "locator.h"

#include <algorithm>

namespace vedette::ctl {

Locator::Locator(const Plan& plan) {
    const auto shape = [&](const Mesh::Ring& vertices) {
        Shape out{plan.mesh.points(vertices), {}};
        for (const Point p : out.ring)
            out.box.add(p), extent_.add(p);
        return out;
    };
    for (const Face& face : plan.level3)
        grids_.push_back(shape(face.ring));
    for (const ExclusiveGrid& grid : plan.exclusives)
        exclusives_.push_back(shape(grid.ring));
    across_ = down_ = std::clamp(static_cast<int>(std::sqrt(grids_.size())) * 2, 8, 400);
    gridCells_ = index(grids_);
    exclusiveCells_ = index(exclusives_);
}

std::vector<std::vector<int>> Locator::index(const std::vector<Shape>& shapes) const {
    std::vector<std::vector<int>> cells(static_cast<std::size_t>(across_ * down_));
    const auto column = [&](double x) {
        return std::clamp(static_cast<int>((x - extent_.minX) / extent_.width() * across_), 0, across_ - 1);
    };
    const auto row = [&](double y) {
        return std::clamp(static_cast<int>((y - extent_.minY) / extent_.height() * down_), 0, down_ - 1);
    };
    for (std::size_t i = 0; i < shapes.size(); ++i)
        for (int y = row(shapes[i].box.minY); y <= row(shapes[i].box.maxY); ++y)
            for (int x = column(shapes[i].box.minX); x <= column(shapes[i].box.maxX); ++x)
                cells[static_cast<std::size_t>(y * across_ + x)].push_back(static_cast<int>(i));
    return cells;
}

int Locator::find(const std::vector<Shape>& shapes, const std::vector<std::vector<int>>& cells,
                  Point p) const {
    if (!extent_.contains(p))
        return -1;
    const int x = std::min(across_ - 1, static_cast<int>((p.x - extent_.minX) / extent_.width() * across_));
    const int y = std::min(down_ - 1, static_cast<int>((p.y - extent_.minY) / extent_.height() * down_));
    for (const int i : cells[static_cast<std::size_t>(y * across_ + x)]) {
        const Shape& shape = shapes[static_cast<std::size_t>(i)];
        if (shape.box.contains(p) && inside(shape.ring, p))
            return i;
    }
    return -1;
}

int Locator::level3(Point p) const {
    return find(grids_, gridCells_, p);
}

int Locator::exclusive(Point p) const {
    return find(exclusives_, exclusiveCells_, p);
}

std::vector<std::string> Locator::codes(const Plan& plan, Point p) const {
    const int grid = level3(p);
    std::vector<std::string> out;
    if (grid < 0)
        return out;
    const auto at = [](const auto& list, int i) -> const auto& {
        return list[static_cast<std::size_t>(i)];
    };
    if (const int special = exclusive(p); special >= 0)
        out.push_back(at(plan.exclusives, special).code);
    const Face& third = at(plan.level3, grid);
    const Face& second = at(plan.level2, third.parent);
    const Face& first = at(plan.level1, second.parent);
    const Face& community = at(plan.communities, first.parent);
    const Face& township = at(plan.townships, community.parent);
    const Face& county = at(plan.counties, township.parent);
    const District& beat = at(plan.beats, at(plan.beatOfLevel1, second.parent));
    const District& station = at(plan.stations, beat.parent);
    for (const std::string& code :
         {third.code, second.code, first.code, beat.code, community.code, station.code, township.code,
          county.code + "000000", county.code, std::string(cityCode)})
        out.push_back(code);
    return out;
}

} // namespace vedette::ctl
