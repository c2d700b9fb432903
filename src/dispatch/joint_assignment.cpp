// SPDX-License-Identifier: GPL-3.0-or-later
#include "joint_search.h"

#include <cassert>
#include <numeric>

namespace vedette::dispatch {

// The least that serving one more can cost at these prices: its share of the bound.
std::int64_t JointSearch::marginal(std::uint32_t index) {
    Task& task = tasks_[index];
    const std::int64_t out = leftOut(problem_.rank[index]), least = this->least(problem_.kind[index]);
    std::int64_t best = out;
    while (true) {
        for (std::size_t place = 0; place < task.front; ++place)
            best = std::min(best, task.arcs[place].cost + price_[task.arcs[place].unit]);
        if (task.rest < best) {
            bringForward(task, best);
            continue;
        }
        if (task.kept == ArcSource::nothingMore || task.kept + least >= best)
            return best;
        fetch(task, index);
    }
}

// What the bound gains where a pool has more tasks than places: all its prices raised by what the last one
// served would still be worth, which is the best that one step for all can do.
std::int64_t JointSearch::shortage(const std::vector<std::int64_t>& share) const {
    std::int64_t gain = 0;
    for (std::uint32_t pool = 0; pool < pools_.size(); ++pool) {
        std::size_t places = 0;
        for (std::size_t unit = 0; unit < units_.size(); ++unit)
            if (problem_.poolOfUnit[unit] == pool)
                places += static_cast<std::size_t>(std::max(0, problem_.room[unit]));
        std::vector<std::int64_t> slack;
        for (std::uint32_t task = 0; task < tasks_.size(); ++task)
            if (poolOf(task) == pool)
                slack.push_back(leftOut(problem_.rank[task]) - share[task]);
        if (slack.size() <= places)
            continue;
        const auto last = slack.begin() + static_cast<std::ptrdiff_t>(places);
        std::nth_element(slack.begin(), last, slack.end(), std::greater<>());
        const std::int64_t by = *last;
        for (const std::int64_t one : slack)
            gain += std::min(by, one);
        gain -= by * static_cast<std::int64_t>(places);
    }
    return gain;
}

// A plan for all: those not yet served go to the nearest who is left. Everybody's share of the bound.
JointResult JointSearch::whole(const std::vector<std::uint32_t>& order, std::size_t done) {
    JointResult result;
    std::vector<int> room(units_.size());
    std::int64_t bound = 0, cost = 0, out = 0;
    for (std::size_t unit = 0; unit < units_.size(); ++unit) {
        room[unit] = units_[unit].room;
        bound -= price_[unit] * std::max(0, problem_.room[unit]);
    }
    std::vector<Pool> left = pools_;
    result.unitOf.assign(tasks_.size(), nobody);
    std::vector<std::int64_t> share(tasks_.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        const std::uint32_t index = order[place];
        Task& task = tasks_[index];
        bound += share[index] = place < done ? task.worth : marginal(index);
        std::uint32_t unit = task.unit;
        std::int64_t& free = left[poolOf(index)].free;
        while (place >= done && unit == nobody && free > 0) {
            const JointArc* cheapest = nullptr;
            for (const JointArc& arc : task.arcs)
                if (room[arc.unit] > 0 && (!cheapest || arc.cost < cheapest->cost))
                    cheapest = &arc;
            if (cheapest)
                unit = cheapest->unit, --room[unit], --free;
            else if (task.kept == ArcSource::nothingMore)
                break;
            else
                fetch(task, index);
        }
        result.unitOf[index] = unit;
        if (unit == nobody)
            out += leftOut(problem_.rank[index]);
        else
            cost += std::find_if(task.arcs.begin(), task.arcs.end(), [&](const JointArc& arc) {
                        return arc.unit == unit;
                    })->cost;
    }
    bound += shortage(share);
    assert(bound <= cost + out);
    result.cost = cost;
    // Further off than a step: somebody more, or graver, may be served.
    if (cost + out - bound < step / 2)
        result.bound = bound - out;
    result.proven = bound == cost + out;
    return result;
}

JointResult JointSearch::run(const JointWatch& watch) {
    std::vector<std::uint32_t> order(tasks_.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return problem_.rank[a] < problem_.rank[b]; });
    bool given = !watch.first;
    for (std::size_t done = 0; done < order.size(); ++done) {
        if (watch.stop && watch.stop())
            return whole(order, done);
        if (!given && watch.firstDue && watch.firstDue())
            given = true, watch.first(whole(order, done));
        serve(order[done]);
    }
    return whole(order, order.size());
}

JointResult assignJointly(const JointProblem& problem, ArcSource& source, const JointWatch& watch) {
    return JointSearch(problem, source).run(watch);
}

} // namespace vedette::dispatch
