// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vedette::oracle {

struct LemonArc {
    std::uint32_t task, unit;
    std::int64_t cost;
};
struct LemonAnswer {
    std::int64_t cost = 0;             // with what leaving out costs
    std::vector<std::uint32_t> unitOf; // of a task; ~0: left out
    double buildSeconds = 0, solveSeconds = 0;
};
// The same assignment by LEMON's NetworkSimplex: a node a task and a unit, one sink; leaving a task out is an
// arc of its own. A file of its own as LEMON 1.3.1 doesn't compile as C++20.
LemonAnswer lemonAssign(const std::vector<std::int64_t>& leftOut, const std::vector<int>& room,
                        const std::vector<LemonArc>& arcs);

} // namespace vedette::oracle
