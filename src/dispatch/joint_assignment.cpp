// SPDX-License-Identifier: GPL-3.0-or-later
#include "joint_assignment.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace vedette::dispatch {

namespace {

constexpr std::uint32_t nobody = JointResult::nobody;
// More than any detour of costs can be: 2^42 > 40,000 arcs of mostArcCost.
constexpr std::int64_t step = std::int64_t{1} << 42;

std::int64_t leftOut(std::uint8_t rank) {
    return step * (4 - std::min<int>(rank, 3));
}

class Search {
public:
    Search(const JointProblem& problem, ArcSource& source)
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
    struct Task {
        std::int64_t worth = 0;    // its price: what serving it costs at the margin
        std::int64_t distance = 0; // in this round
        std::int64_t kept = 0;     // no arc still kept back costs less
        std::uint32_t unit = nobody, next = nobody, round = 0;
        std::vector<JointArc> arcs; // by cost
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

    std::uint32_t round_ = 0;
    std::vector<Entry> heap_;
    std::vector<std::uint32_t> reached_, settled_;
    std::int64_t best_ = 0; // length of the shortest path known
    std::uint32_t endUnit_ = nobody, endTask_ = nobody;
};

// A bound of the prices of all that a kind may go to; prices never fall, so an old one stays true.
std::int64_t Search::least(std::uint32_t index) {
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

void Search::fetch(Task& task, std::uint32_t index) {
    const std::size_t before = task.arcs.size();
    task.kept = source_.more(index, task.arcs);
    const auto cheaper = [](const JointArc& a, const JointArc& b) { return a.cost < b.cost; };
    const auto middle = task.arcs.begin() + static_cast<std::ptrdiff_t>(before);
    std::sort(middle, task.arcs.end(), cheaper);
    std::inplace_merge(task.arcs.begin(), middle, task.arcs.end(), cheaper);
}

void Search::scan(std::uint32_t index) {
    Task& task = tasks_[index];
    const std::int64_t base = task.distance - task.worth, least = this->least(problem_.kind[index]);
    if (const std::int64_t out = base + leftOut(problem_.rank[index]); out < best_)
        best_ = out, endTask_ = index, endUnit_ = nobody;
    for (const JointArc& arc : task.arcs) {
        if (base + arc.cost + least >= best_)
            break;
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

void Search::reach(std::uint32_t index, std::int64_t distance) {
    Task& task = tasks_[index];
    if (task.round == round_)
        return;
    task.round = round_, task.distance = distance;
    reached_.push_back(index);
    scan(index);
}

void Search::settle(std::uint32_t index) {
    Unit& unit = units_[index];
    unit.settled = round_;
    settled_.push_back(index);
    for (std::uint32_t task = unit.first; task != nobody; task = tasks_[task].next)
        reach(task, unit.distance);
}

void Search::take(std::uint32_t task, std::uint32_t unit) {
    tasks_[task].unit = unit;
    tasks_[task].next = units_[unit].first;
    units_[unit].first = task;
    --units_[unit].room;
    --pools_[problem_.poolOfUnit[unit]].free;
}

void Search::leave(std::uint32_t task) {
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
void Search::augment(std::uint32_t root) {
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
void Search::raiseAll(std::uint32_t pool) {
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

void Search::serve(std::uint32_t root) {
    ++round_;
    if (const Pool& pool = pools_[poolOf(root)]; pool.free == 0 && !pool.raised)
        raiseAll(poolOf(root));
    heap_.clear(), reached_.clear(), settled_.clear();
    best_ = std::numeric_limits<std::int64_t>::max();
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
    for (const std::uint32_t task : reached_)
        tasks_[task].worth += best_ - tasks_[task].distance;
    for (const std::uint32_t unit : settled_)
        price_[unit] += best_ - units_[unit].distance;
    augment(root);
}

// The least that serving one more can cost at these prices: its share of the bound.
std::int64_t Search::marginal(std::uint32_t index) {
    Task& task = tasks_[index];
    const std::int64_t out = leftOut(problem_.rank[index]), least = this->least(problem_.kind[index]);
    std::int64_t best = out;
    while (true) {
        for (const JointArc& arc : task.arcs) {
            if (arc.cost + least >= best)
                break;
            best = std::min(best, arc.cost + price_[arc.unit]);
        }
        if (task.kept == ArcSource::nothingMore || task.kept + least >= best)
            return best;
        fetch(task, index);
    }
}

// What the bound gains where a pool has more tasks than places: all its prices raised by what the last one
// served would still be worth, which is the best that one step for all can do.
std::int64_t Search::shortage(const std::vector<std::int64_t>& share) const {
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
JointResult Search::whole(const std::vector<std::uint32_t>& order, std::size_t done) {
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
            const auto found = std::find_if(task.arcs.begin(), task.arcs.end(),
                                            [&](const JointArc& arc) { return room[arc.unit] > 0; });
            if (found != task.arcs.end())
                unit = found->unit, --room[unit], --free;
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

JointResult Search::run(const JointWatch& watch) {
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

} // namespace

JointResult assignJointly(const JointProblem& problem, ArcSource& source, const JointWatch& watch) {
    return Search(problem, source).run(watch);
}

} // namespace vedette::dispatch
