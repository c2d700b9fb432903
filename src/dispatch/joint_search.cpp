// SPDX-License-Identifier: GPL-3.0-or-later
#include "joint_search.h"

namespace vedette::dispatch {

// A bound of the prices of all that a kind may go to; prices never fall, so an old one stays true.
std::int64_t JointSearch::least(std::uint32_t index) {
    constexpr std::uint32_t every = 64; // rounds
    Kind& kind = kinds_[index];
    const auto& among = problem_.unitsOfKind[index];
    while (kind.looked < among.size() && units_[among[kind.looked]].room <= 0)
        ++kind.looked;
    if (kind.looked < among.size())
        return 0;
    if (kind.round == 0 || round_ - kind.round >= every) {
        kind.round = round_;
        kind.least = among.empty() ? 0 : std::numeric_limits<std::int64_t>::max();
        for (const std::uint32_t unit : among)
            kind.least = std::min(kind.least, price_[unit]);
    }
    return kind.least;
}

void JointSearch::fetch(Task& task, std::uint32_t index) {
    const std::size_t before = task.arcs.size();
    task.kept = source_.more(index, task.arcs);
    for (std::size_t arc = before; arc < task.arcs.size(); ++arc)
        task.rest = std::min<std::int64_t>(task.rest, task.arcs[arc].cost);
}

void JointSearch::bringForward(Task& task, std::int64_t below) {
    task.rest = std::numeric_limits<std::int64_t>::max();
    task.front = 0;
    for (JointArc& arc : task.arcs)
        if (const std::int64_t all = arc.cost + price_[arc.unit]; all < below)
            std::swap(arc, task.arcs[task.front++]);
        else
            task.rest = std::min(task.rest, all);
}

void JointSearch::scan(std::uint32_t index) {
    Task& task = tasks_[index];
    const std::int64_t base = task.distance - task.worth, least = this->least(problem_.kind[index]);
    if (const std::int64_t out = base + leftOut(problem_.rank[index]); out < best_)
        best_ = out, endTask_ = index, endUnit_ = nobody;
    if (task.rest < best_ - base)
        bringForward(task, best_ - base + 2 * rise_);
    for (std::size_t place = 0; place < task.front; ++place) {
        const JointArc& arc = task.arcs[place];
        const std::int64_t distance = base + arc.cost + price_[arc.unit];
        if (distance >= best_)
            continue;
        Unit& unit = units_[arc.unit];
        if (unit.round == round_ && unit.distance <= distance)
            continue;
        unit.round = round_, unit.distance = distance, unit.from = index;
        if (unit.room > 0) {
            best_ = distance, endUnit_ = arc.unit, endTask_ = nobody;
        } else {
            heap_.push_back({distance, arc.unit, false});
            std::push_heap(heap_.begin(), heap_.end());
        }
    }
    if (task.kept != ArcSource::nothingMore && base + task.kept + least < best_) {
        heap_.push_back({base + task.kept + least, index, true});
        std::push_heap(heap_.begin(), heap_.end());
    }
}

void JointSearch::reach(std::uint32_t index, std::int64_t distance) {
    Task& task = tasks_[index];
    if (task.round == round_)
        return;
    task.round = round_, task.distance = distance;
    reached_.push_back(index);
    scan(index);
}

void JointSearch::settle(std::uint32_t index) {
    Unit& unit = units_[index];
    unit.settled = round_;
    settled_.push_back(index);
    for (std::uint32_t task = unit.first; task != nobody; task = tasks_[task].next)
        reach(task, unit.distance);
}

void JointSearch::take(std::uint32_t task, std::uint32_t unit) {
    tasks_[task].unit = unit;
    tasks_[task].next = units_[unit].first;
    units_[unit].first = task;
    --units_[unit].room;
    --pools_[problem_.poolOfUnit[unit]].free;
}

void JointSearch::leave(std::uint32_t task) {
    const std::uint32_t index = tasks_[task].unit;
    Unit& unit = units_[index];
    std::uint32_t* link = &unit.first;
    while (*link != task)
        link = &tasks_[*link].next;
    *link = tasks_[task].next;
    tasks_[task].unit = tasks_[task].next = nobody;
    ++unit.room;
    ++pools_[problem_.poolOfUnit[index]].free;
}

// Along the path, from its end: each task gives its unit to the one before it.
void JointSearch::augment(std::uint32_t root) {
    std::uint32_t unit = endUnit_;
    if (unit == nobody) {
        if (endTask_ == root)
            return;
        unit = tasks_[endTask_].unit;
        leave(endTask_);
    }
    while (true) {
        const std::uint32_t task = units_[unit].from, before = tasks_[task].unit;
        if (task != root)
            leave(task);
        take(task, unit);
        if (task == root)
            return;
        unit = before;
    }
}

// With every place of a pool taken, a path can only end at somebody left out. Raising all its prices at once
// until that is worth it saves searching the whole city for a place that isn't there.
void JointSearch::raiseAll(std::uint32_t pool) {
    pools_[pool].raised = true;
    std::int64_t by = std::numeric_limits<std::int64_t>::max();
    const auto served = [&](std::uint32_t task) {
        return tasks_[task].unit != nobody && problem_.poolOfUnit[tasks_[task].unit] == pool;
    };
    for (std::uint32_t task = 0; task < tasks_.size(); ++task)
        if (served(task))
            by = std::min(by, leftOut(problem_.rank[task]) - tasks_[task].worth);
    if (by <= 0 || by == std::numeric_limits<std::int64_t>::max())
        return;
    for (std::uint32_t task = 0; task < tasks_.size(); ++task)
        if (served(task))
            tasks_[task].worth += by;
    for (std::size_t unit = 0; unit < units_.size(); ++unit)
        if (problem_.poolOfUnit[unit] == pool)
            price_[unit] += by;
    for (Kind& kind : kinds_)
        kind.round = 0;
}

// Finds the shortest path that is shorter than `within`.
bool JointSearch::search(std::uint32_t root, std::int64_t within) {
    ++round_;
    heap_.clear(), reached_.clear(), settled_.clear();
    best_ = within;
    endUnit_ = endTask_ = nobody;
    tasks_[root].worth = 0;
    reach(root, 0);
    while (!heap_.empty() && heap_.front().distance < best_) {
        std::pop_heap(heap_.begin(), heap_.end());
        const Entry entry = heap_.back();
        heap_.pop_back();
        if (entry.more) {
            fetch(tasks_[entry.index], entry.index);
            scan(entry.index);
        } else if (Unit& unit = units_[entry.index];
                   unit.settled != round_ && unit.distance == entry.distance) {
            settle(entry.index);
        }
    }
    return endUnit_ != nobody || endTask_ != nobody;
}

// A path is rarely much longer than the cheapest arc: what lies further is looked at only when it must be.
void JointSearch::serve(std::uint32_t root) {
    if (const Pool& pool = pools_[poolOf(root)]; pool.free == 0 && !pool.raised)
        raiseAll(poolOf(root));
    const std::int64_t out = leftOut(problem_.rank[root]), nearest = marginal(root);
    for (std::int64_t further = rise_;; further *= 4)
        if (search(root, std::min(out, nearest + further) + 1))
            break;
    rise_ = std::max<std::int64_t>(1, (3 * rise_ + 2 * std::min(best_ - nearest, step)) / 4);
    for (const std::uint32_t task : reached_)
        tasks_[task].worth += best_ - tasks_[task].distance;
    for (const std::uint32_t unit : settled_)
        price_[unit] += best_ - units_[unit].distance;
    augment(root);
}

} // namespace vedette::dispatch
