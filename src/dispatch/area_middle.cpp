// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/area_middle.h"

namespace vedette::dispatch {

layers::Point areaMiddle(const layers::Areas& areas, layers::AreaIndex index) {
    const layers::Area& area = areas[index];
    const layers::Snapshot& snapshot = areas.layers()[area.source].snapshot;
    // Green's theorem over the rings, from the box's middle so that large coordinates cancel nothing; outers
    // run one way and holes the other, so the signs add up by themselves.
    const layers::Point origin = area.box.centre();
    double twice = 0, x = 0, y = 0;
    for (std::size_t part = 0; part < snapshot.partCount(area.feature); ++part) {
        const auto points = snapshot.part(area.feature, part).points;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const double ax = points[i - 1].x - origin.x, ay = points[i - 1].y - origin.y;
            const double bx = points[i].x - origin.x, by = points[i].y - origin.y;
            const double cross = ax * by - bx * ay;
            twice += cross, x += (ax + bx) * cross, y += (ay + by) * cross;
        }
    }
    if (!(twice > 0 || twice < 0))
        return origin;
    return {origin.x + x / (3 * twice), origin.y + y / (3 * twice)};
}

} // namespace vedette::dispatch
