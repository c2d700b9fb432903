// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/heat.h"

#include <algorithm>
#include <memory>
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
// same with any number of threads. What has no place or no finite weight is left out. They are read once: each
// thread fills blocks of a few points and a strip remembers which are its own.
class HeatStrips {
public:
    static constexpr int rowsEach = 16;
    HeatStrips(const std::vector<HeatPoint>& points, const HeatSettings& settings, const HeatRaster& raster,
               int threads);
    int count() const { return strips_; }
    // The strip that `row` lies in, the first or the last for what is beyond.
    int at(double row) const { return static_cast<int>(std::clamp(row, 0.0, rows_ - 1.0)) / rowsEach; }
    // see(span of points) until it says false, which is then the answer.
    template <class See>
    bool each(int strip, const See& see) const {
        for (const Part& part : parts_) {
            const auto& own = part.strips[static_cast<std::size_t>(strip)];
            for (const PlacedPoint* block : own.blocks)
                if (!see(std::span(block, block == own.blocks.back() ? own.next : block + blockPoints)))
                    return false;
        }
        return true;
    }
    // Ends of `parts` runs of strips, 0 first, each with about as many points.
    std::vector<int> evenStrips(int parts) const;

private:
    static constexpr std::size_t blockPoints = 128;
    struct Strip {
        std::vector<PlacedPoint*> blocks; // all full but the last
        PlacedPoint *next = nullptr, *end = nullptr;
    };
    struct Part {
        std::unique_ptr<PlacedPoint[]> room;
        std::vector<Strip> strips;
    };
    int rows_, strips_;
    std::vector<Part> parts_;
};

} // namespace vedette::layers
