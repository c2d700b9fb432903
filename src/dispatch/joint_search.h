// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "joint_assignment.h"

#include <algorithm>
#include <limits>

namespace vedette::dispatch {

// The search behind assignJointly. joint_search.cpp: one task after the other, each along a shortest path;
// joint_assignment.cpp: what a plan costs and what is proven of it, at any moment.
class JointSearch {
public:
    JointSearch(const JointProblem& problem, ArcSource& source)
        : problem_(problem), source_(source), tasks_(problem.rank.size()), units_(problem.room.size()),
          price_(problem.room.size()), kinds_(problem.unitsOfKind.size()) {
        for (const std::uint32_t pool : problem.poolOfKind)
            pools_.resize(std::max<std::size_t>(pools_.size(), pool + 1));
        for (const std::uint32_t pool : problem.poolOfUnit)
            pools_.resize(std::max<std::size_t>(pools_.size(), pool + 1));
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            units_[unit].room = std::max(0, problem.room[unit]);
            pools_[problem.poolOfUnit[unit]].free += units_[unit].room;
        }
    }

    JointResult run(const JointWatch& watch);

private:
    static constexpr std::uint32_t nobody = JointResult::nobody;
    // More than any detour of costs can be: 2^42 > 40,000 arcs of mostArcCost.
    static constexpr std::int64_t step = std::int64_t{1} << 42;
    static std::int64_t leftOut(std::uint8_t rank) { return step * (4 - std::min<int>(rank, 3)); }

    struct Task {
        std::int64_t worth = 0;    // its price: what serving it costs at the margin
        std::int64_t distance = 0; // in this round
        std::int64_t kept = 0;     // no arc still kept back costs less
        std::uint32_t unit = nobody, next = nobody, round = 0;
        // Those in front may matter now; of the others cost and price came to `rest` at least when they were
        // looked at, and prices never fall.
        std::vector<JointArc> arcs;
        std::size_t front = 0;
        std::int64_t rest = std::numeric_limits<std::int64_t>::max();
    };
    struct Unit {
        std::int64_t distance = 0;
        std::uint32_t from = nobody, first = nobody, round = 0, settled = 0;
        int room = 0;
    };
    struct Kind {
        std::size_t looked = 0; // units before this one are full
        std::int64_t least = 0; // no price is below
        std::uint32_t round = 0;
    };
    struct Pool {
        std::int64_t free = 0;
        bool raised = false;
    };
    struct Entry {
        std::int64_t distance;
        std::uint32_t index;
        bool more; // a task whose further arcs come next, else a unit
        bool operator<(const Entry& other) const { return distance > other.distance; }
    };

    void serve(std::uint32_t task);
    void scan(std::uint32_t task);
    void reach(std::uint32_t task, std::int64_t distance);
    void settle(std::uint32_t unit);
    void augment(std::uint32_t root);
    void take(std::uint32_t task, std::uint32_t unit);
    void leave(std::uint32_t task);
    void raiseAll(std::uint32_t pool);
    std::uint32_t poolOf(std::uint32_t task) const { return problem_.poolOfKind[problem_.kind[task]]; }
    std::int64_t least(std::uint32_t kind);
    void fetch(Task& task, std::uint32_t index);
    void bringForward(Task& task, std::int64_t below); // cost and price together
    bool search(std::uint32_t root, std::int64_t within);
    std::int64_t marginal(std::uint32_t task);
    std::int64_t shortage(const std::vector<std::int64_t>& share) const;
    JointResult whole(const std::vector<std::uint32_t>& order, std::size_t done);

    const JointProblem& problem_;
    ArcSource& source_;
    std::vector<Task> tasks_;
    std::vector<Unit> units_;
    std::vector<std::int64_t> price_; // of a unit; above 0 only where nothing is free. Apart: a scan reads
                                      // little else
    std::vector<Kind> kinds_;
    std::vector<Pool> pools_;

    std::int64_t rise_ = 1; // how far beyond its cheapest arc a task's path went lately
    std::uint32_t round_ = 0;
    std::vector<Entry> heap_;
    std::vector<std::uint32_t> reached_, settled_;
    std::int64_t best_ = 0; // length of the shortest path known
    std::uint32_t endUnit_ = nobody, endTask_ = nobody;
};

} // namespace vedette::dispatch
