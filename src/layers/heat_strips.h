// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/heat.h"

#include <span>
#include <thread>

namespace vedette::layers {

// work(0) on this thread, work(1) .. work(threads - 1) on others; returns when all have.
template <class Work>
void onThreads(int threads, const Work& work) {
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i)
        others.emplace_back([&work, i] { work(i); });
    work(0);
}

// Where points fall on a raster: column = (x - minX) * columnsPerMetre + firstColumn, rows likewise from maxY
// downwards.
struct HeatRaster {
    double minX, maxY, columnsPerMetre, rowsPerMetre, firstColumn, firstRow;
    int rows;
};
struct PlacedPoint {
    double column, row, weight; // the weight after decay
};

// Points by the strip of rows they lie in (the first and the last strip also hold what lies beyond), within
// it in the order they came. Sums that are taken strip by strip touch memory that is near, and come out the
// same with any number of threads. What has no place or no finite weight is left out.
class HeatStrips {
public:
    static constexpr int rowsEach = 16;
    HeatStrips(const std::vector<HeatPoint>& points, const HeatSettings& settings, const HeatRaster& raster,
               int threads);
    // The points that lie less than `reach` rows from rows [first, end).
    std::span<const PlacedPoint> near(int first, int end, double reach) const;
    // Ends of `parts` runs of rows, 0 first, each with about as many points.
    std::vector<int> evenRows(int parts) const;

private:
    int rows_;
    std::vector<std::size_t> begins_; // of each strip in placed_, and the end
    std::vector<PlacedPoint> placed_;
};

} // namespace vedette::layers
