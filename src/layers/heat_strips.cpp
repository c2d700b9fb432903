// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_strips.h"

#include <cmath>

namespace vedette::layers {

HeatStrips::HeatStrips(const std::vector<HeatPoint>& points, const HeatSettings& settings,
                       const HeatRaster& raster, int threads)
    : rows_(raster.rows) {
    const auto strips = static_cast<std::size_t>((rows_ + rowsEach - 1) / rowsEach);
    const auto parts = static_cast<std::size_t>(threads);
    const auto rowOf = [&](const HeatPoint& point) {
        return (raster.maxY - point.at.y) * raster.rowsPerMetre + raster.firstRow;
    };
    const auto stripOf = [&](double row) {
        return static_cast<std::size_t>(std::clamp(row, 0.0, rows_ - 1.0)) / rowsEach;
    };
    const auto placeless = [](const HeatPoint& point) {
        return !std::isfinite(point.at.x) || !std::isfinite(point.at.y);
    };
    const auto share = [&](std::size_t part) { return points.size() * part / parts; };

    std::vector<std::vector<std::size_t>> next(parts, std::vector<std::size_t>(strips));
    onThreads(threads, [&](int thread) {
        const auto part = static_cast<std::size_t>(thread);
        auto& counts = next[part];
        for (std::size_t i = share(part); i < share(part + 1); ++i)
            if (!placeless(points[i]))
                ++counts[stripOf(rowOf(points[i]))];
    });
    std::size_t before = 0;
    for (std::size_t strip = 0; strip < strips; ++strip) {
        begins_.push_back(before);
        for (auto& counts : next)
            before += std::exchange(counts[strip], before);
    }
    begins_.push_back(before);
    placed_.resize(before);
    onThreads(threads, [&](int thread) {
        const auto part = static_cast<std::size_t>(thread);
        for (std::size_t i = share(part); i < share(part + 1); ++i) {
            if (placeless(points[i]))
                continue;
            double weight = points[i].weight;
            if (settings.halfLifeDays > 0)
                weight *= std::exp2(-points[i].ageDays / settings.halfLifeDays);
            const double row = rowOf(points[i]);
            placed_[next[part][stripOf(row)]++] = {(points[i].at.x - raster.minX) * raster.columnsPerMetre +
                                                       raster.firstColumn,
                                                   row, std::isfinite(weight) ? weight : 0};
        }
    });
}

std::span<const PlacedPoint> HeatStrips::near(int first, int end, double reach) const {
    const auto strip = [&](double row) {
        return static_cast<std::size_t>(std::clamp(row, 0.0, rows_ - 1.0)) / rowsEach;
    };
    const auto begin = begins_[strip(first - reach)];
    return {placed_.data() + begin, begins_[strip(end + reach) + 1] - begin};
}

std::vector<int> HeatStrips::evenRows(int parts) const {
    constexpr std::size_t stripCost = 500; // points that cost as much as the pixels of a strip
    std::vector<int> ends{0};
    const std::size_t strips = begins_.size() - 1;
    const std::size_t total = begins_.back() + strips * stripCost;
    for (std::size_t strip = 1; strip <= strips; ++strip)
        while (ends.size() < static_cast<std::size_t>(parts) &&
               (begins_[strip] + strip * stripCost) * static_cast<std::size_t>(parts) >= total * ends.size())
            ends.push_back(std::min(static_cast<int>(strip) * rowsEach, rows_));
    ends.resize(static_cast<std::size_t>(parts) + 1, rows_);
    return ends;
}

} // namespace vedette::layers
