// SPDX-License-Identifier: GPL-3.0-or-later
#include "lemon_oracle.h"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <chrono>

namespace vedette::oracle {

LemonAnswer lemonAssign(const std::vector<std::int64_t>& leftOut, const std::vector<int>& room,
                        const std::vector<LemonArc>& arcs) {
    using Graph = lemon::StaticDigraph;
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    const int tasks = int(leftOut.size()), units = int(room.size()), sink = tasks + units;
    // By source, as StaticDigraph wants them: those of a task follow one another.
    std::vector<std::pair<int, int>> ends;
    std::vector<std::int64_t> costs;
    std::vector<int> most;
    ends.reserve(arcs.size() + leftOut.size() + room.size());
    costs.reserve(ends.capacity()), most.reserve(ends.capacity());
    std::size_t next = 0;
    const auto add = [&](int from, int to, std::int64_t cost, int capacity) {
        ends.emplace_back(from, to), costs.push_back(cost), most.push_back(capacity);
    };
    for (int task = 0; task < tasks; ++task) {
        for (; next < arcs.size() && int(arcs[next].task) == task; ++next)
            add(task, tasks + int(arcs[next].unit), arcs[next].cost, 1);
        add(task, sink, leftOut[std::size_t(task)], 1);
    }
    for (int unit = 0; unit < units; ++unit)
        add(tasks + unit, sink, 0, room[std::size_t(unit)]);
    Graph graph;
    graph.build(sink + 1, ends.begin(), ends.end());
    Graph::ArcMap<std::int64_t> cost(graph);
    Graph::ArcMap<int> upper(graph);
    for (int arc = 0; arc < graph.arcNum(); ++arc)
        cost[graph.arc(arc)] = costs[std::size_t(arc)], upper[graph.arc(arc)] = most[std::size_t(arc)];
    Graph::NodeMap<int> supply(graph, 0);
    for (int task = 0; task < tasks; ++task)
        supply[graph.node(task)] = 1;
    supply[graph.node(sink)] = -tasks;
    const auto built = Clock::now();
    lemon::NetworkSimplex<Graph, int, std::int64_t> simplex(graph);
    simplex.upperMap(upper).costMap(cost).supplyMap(supply);
    LemonAnswer answer;
    if (simplex.run() != simplex.OPTIMAL)
        return answer;
    answer.solveSeconds = std::chrono::duration<double>(Clock::now() - built).count();
    answer.buildSeconds = std::chrono::duration<double>(built - begun).count();
    answer.cost = simplex.totalCost<std::int64_t>();
    answer.unitOf.assign(leftOut.size(), ~std::uint32_t{0});
    for (int arc = 0; arc < graph.arcNum(); ++arc)
        if (ends[std::size_t(arc)].first < tasks && ends[std::size_t(arc)].second < sink &&
            simplex.flow(graph.arc(arc)) > 0)
            answer.unitOf[std::size_t(ends[std::size_t(arc)].first)] =
                std::uint32_t(ends[std::size_t(arc)].second - tasks);
    return answer;
}

} // namespace vedette::oracle
