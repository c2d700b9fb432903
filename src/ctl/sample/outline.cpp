// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan.h"

#include <algorithm>

namespace vedette::ctl {

// The land: hills and neighbours to the west and north, the sea to the south and east, a bay into which the
// river runs.
void planOutline(Plan& plan, Chance& chance) {
    const double w = plan.extent.width(), h = plan.extent.height();
    const auto at = [&](double x, double y) {
        const double dx = chance.normal() * 0.008, dy = chance.normal() * 0.008;
        return Point{plan.extent.minX + (x + dx) * w, plan.extent.minY + (y + dy) * h};
    };
    const double spacing = 90 * std::sqrt(plan.scale);
    const Point southWest = at(0.00, 0.20), northEast = at(0.985, 0.70);
    const std::vector<Point> coastPoints{southWest,      at(0.10, 0.15), at(0.22, 0.10), at(0.33, 0.13),
                                         at(0.42, 0.22), at(0.50, 0.25), at(0.56, 0.19), at(0.62, 0.08),
                                         at(0.70, 0.05), at(0.79, 0.10), at(0.86, 0.22), at(0.90, 0.34),
                                         at(0.97, 0.43), at(1.00, 0.55), northEast};
    const std::vector<Point> borderPoints{northEast,      at(0.93, 0.86),  at(0.80, 0.95), at(0.62, 0.93),
                                          at(0.45, 1.00), at(0.28, 0.97),  at(0.12, 0.93), at(0.05, 0.75),
                                          at(0.02, 0.52), at(-0.02, 0.36), southWest};
    const std::vector<Point> coast = naturalLine(coastPoints, spacing, 0.15, chance);
    const std::vector<Point> border = naturalLine(borderPoints, spacing * 1.6, 0.05, chance);
    for (const Point p : coast)
        plan.coast.push_back(plan.mesh.add(p));
    plan.outline = plan.coast;
    for (std::size_t i = 1; i + 1 < border.size(); ++i)
        plan.outline.push_back(plan.mesh.add(border[i]));

    const auto nearest = [&](Point p) {
        return *std::min_element(plan.outline.begin(), plan.outline.end(), [&](auto a, auto b) {
            return distance(plan.mesh.at(a), p) < distance(plan.mesh.at(b), p);
        });
    };
    const Mesh::Vertex source = nearest(at(0.36, 1.0)), mouth = nearest(at(0.475, 0.25));
    const std::vector<Point> riverPoints{plan.mesh.at(source), at(0.39, 0.88),  at(0.34, 0.77),
                                         at(0.39, 0.66),       at(0.475, 0.58), at(0.465, 0.47),
                                         at(0.42, 0.39),       at(0.455, 0.31), plan.mesh.at(mouth)};
    const std::vector<Point> river = naturalLine(riverPoints, spacing, 0.05, chance);
    plan.river.push_back(source);
    for (std::size_t i = 1; i + 1 < river.size(); ++i)
        plan.river.push_back(plan.mesh.add(river[i]));
    plan.river.push_back(mouth);

    plan.centres = {at(0.50, 0.42)};
    const int towns = 3 + static_cast<int>(5 * (plan.scale - 1));
    for (int tries = 0; static_cast<int>(plan.centres.size()) <= towns && tries < 400; ++tries) {
        const double x = chance.between(0.08, 0.9), y = chance.between(0.2, 0.9);
        const Point p = at(x, y);
        const bool apart = std::all_of(plan.centres.begin(), plan.centres.end(), [&](Point other) {
            return distance(p, other) > w * 0.5 / std::sqrt(towns + 1.0);
        });
        if (apart && inside(plan.mesh.points(plan.outline), p))
            plan.centres.push_back(p);
    }
}

double Plan::density(Point p) const {
    const double w = extent.width();
    double sum = 0.05;
    for (std::size_t i = 0; i < centres.size(); ++i) {
        const double reach = w * (i == 0 ? 0.14 : 0.05) / (i == 0 ? std::pow(scale, 0.25) : std::sqrt(scale));
        const double d = distance(p, centres[i]) / reach;
        sum += (i == 0 ? 0.95 : 0.4) * std::exp(-0.5 * d * d);
    }
    const double wide = distance(p, centres[0]) / (w * 0.3);
    return std::min(1.0, sum + 0.18 * std::exp(-0.5 * wide * wide));
}

double Plan::grain(Point p) const {
    const double x = (p.x - centres[0].x) / extent.width(), y = (p.y - centres[0].y) / extent.width();
    return 0.10 + 0.35 * std::sin(4.1 * x + 0.6) * std::cos(3.3 * y) + 0.2 * std::sin(7 * y);
}

} // namespace vedette::ctl
