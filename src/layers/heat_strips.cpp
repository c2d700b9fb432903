// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_strips.h"

#include <cmath>

namespace vedette::layers {

HeatStrips::HeatStrips(const std::vector<HeatPoint>& points, const HeatSettings& settings,
                       const HeatRaster& raster, int threads)
    : rows_(raster.rows), strips_((rows_ + rowsEach - 1) / rowsEach),
      parts_(static_cast<std::size_t>(threads)) {
    onThreads(threads, [&](int thread) {
        const auto number = static_cast<std::size_t>(thread), strips = static_cast<std::size_t>(strips_);
        const std::size_t first = points.size() * number / parts_.size(),
                          end = points.size() * (number + 1) / parts_.size();
        Part& part = parts_[number];
        part.strips.resize(strips);
        part.room = std::make_unique_for_overwrite<PlacedPoint[]>(end - first + strips * blockPoints);
        PlacedPoint* room = part.room.get();
        for (std::size_t i = first; i < end; ++i) {
            const HeatPoint& point = points[i];
            double weight = point.weight;
            if (settings.halfLifeDays > 0)
                weight *= std::exp2(-point.ageDays / settings.halfLifeDays);
            if (!std::isfinite(point.at.x) || !std::isfinite(point.at.y) || !std::isfinite(weight))
                continue;
            const double row = (raster.maxY - point.at.y) * raster.rowsPerMetre + raster.firstRow;
            Strip& strip = part.strips[static_cast<std::size_t>(at(row))];
            if (strip.next == strip.end) {
                strip.blocks.push_back(room);
                strip.next = room;
                strip.end = room += blockPoints;
            }
            *strip.next++ = {(point.at.x - raster.minX) * raster.columnsPerMetre + raster.firstColumn, row,
                             weight};
        }
    });
}

std::vector<int> HeatStrips::evenStrips(int parts) const {
    constexpr std::size_t stripCost = 500; // points that cost as much as the pixels of a strip
    std::vector<std::size_t> before{0};
    for (std::size_t strip = 0; strip < static_cast<std::size_t>(strips_); ++strip) {
        before.push_back(before.back() + stripCost);
        for (const Part& part : parts_)
            before.back() += part.strips[strip].blocks.size() * blockPoints;
    }
    std::vector<int> ends{0};
    for (std::size_t strip = 1; strip < before.size(); ++strip)
        while (ends.size() < static_cast<std::size_t>(parts) &&
               before[strip] * static_cast<std::size_t>(parts) >= before.back() * ends.size())
            ends.push_back(static_cast<int>(strip));
    ends.resize(static_cast<std::size_t>(parts) + 1, strips_);
    return ends;
}

} // namespace vedette::layers
