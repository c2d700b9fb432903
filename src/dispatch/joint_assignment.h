// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace vedette::dispatch {

// Tasks to units at the least total cost: a task goes to one unit or to none, a unit takes `room` tasks at
// most. Leaving a task out costs more than any way of serving it, and a graver one more than all lighter ones
// can: so the tasks served are as many as can be served, the gravest first, and of all such choices the
// cheapest is found. Sure for up to 40,000 tasks of any cost, and for more when costs are lower.
struct JointProblem {
    std::vector<std::uint8_t> rank;  // of a task: 0 gravest .. 3
    std::vector<std::uint32_t> kind; // of a task: tasks of a kind may go to the same units
    std::vector<std::vector<std::uint32_t>> unitsOfKind; // at least all that a task of the kind may go to
    std::vector<int> room;                               // of a unit
    // Of a kind and of a unit: no task of one pool may go to a unit of another.
    std::vector<std::uint32_t> poolOfKind, poolOfUnit;
};

struct JointArc {
    std::uint32_t unit = 0;
    std::int32_t cost = 0; // 0 .. mostArcCost
};
constexpr std::int32_t mostArcCost = 100'000'000;

// Says who may go, near ones first, so that what nobody needs to know is never asked.
class ArcSource {
public:
    static constexpr std::int64_t nothingMore = std::numeric_limits<std::int64_t>::max();
    virtual ~ArcSource() = default;
    // Adds some arcs of the task that were not given before. Returns a cost that none of those still kept
    // back is below; nothingMore when all were given.
    virtual std::int64_t more(std::uint32_t task, std::vector<JointArc>& arcs) = 0;
};

struct JointResult {
    static constexpr std::uint32_t nobody = ~std::uint32_t{0};
    std::vector<std::uint32_t> unitOf; // of a task
    std::int64_t cost = 0;             // of those served
    // No plan that serves as well costs less; nothing when it isn't known whether more could be served.
    std::optional<std::int64_t> bound;
    bool proven = false; // bound == cost, and nobody more can be served
};

struct JointWatch {
    std::function<bool()> firstDue; // true: a whole plan is wanted now; asked until it was given
    std::function<void(const JointResult&)> first;
    std::function<bool()> stop; // true: give what there is
};

// Successive shortest paths with potentials (Ahuja, Magnanti, Orlin: Network Flows, 9.7) over arcs that are
// asked for only when a path could lead over one (the idea of U, Mouratidis, Mamoulis: Capacity Constrained
// Assignment in Spatial Databases, SIGMOD 2008). The prices are feasible for all pairs at every moment,
// whether their arcs were asked for or not: so a plan cut short has a true bound. Any thread; no state.
JointResult assignJointly(const JointProblem& problem, ArcSource& source, const JointWatch& watch = {});

} // namespace vedette::dispatch
