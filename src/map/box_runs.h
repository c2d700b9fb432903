// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace vedette::map {

// The boxes of runs of things that stand in some order, neighbours mostly near each other: a narrow strip of a picture
// then looks only at what may touch it.
class BoxRuns {
public:
    BoxRuns() = default;
    // `boxOf(i)`: the box of each of `count` things.
    template <class BoxOf>
    BoxRuns(std::size_t count, const BoxOf& boxOf) : count_(count), boxes_((count + length - 1) / length) {
        for (std::size_t i = 0; i < count; ++i)
            boxes_[i / length].add(boxOf(i));
    }
    // `each(begin, end)` of every run that touches, until it says false.
    template <class Each>
    void touching(const layers::Box& reach, const Each& each) const {
        for (std::size_t run = 0; run < boxes_.size(); ++run)
            if (boxes_[run].intersects(reach) && !each(run * length, std::min(count_, (run + 1) * length)))
                return;
    }

private:
    static constexpr std::size_t length = 64;
    std::size_t count_ = 0;
    std::vector<layers::Box> boxes_;
};

} // namespace vedette::map
