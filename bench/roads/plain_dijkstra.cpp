// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain_dijkstra.h"

#include <algorithm>
#include <numeric>
#include <queue>

using namespace vedette::layers;

PlainDijkstra::PlainDijkstra(const RoadMetric& metric, const std::vector<Place>& units)
    : metric_(metric), places_(units), times_(metric.map().network.nodeCount(), roadEndless),
      exits_(times_.size()) {
    const RoadNetwork& network = metric.map().network;
    const std::size_t arcs = network.arcCount() + network.turns().size();
    first_.assign(times_.size() + 1, 0);
    for (RoadNetwork::Arc arc = 0; arc < arcs; ++arc)
        if (metric.time(arc) < roadEndless)
            ++first_[network.head(arc) + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    arcs_.resize(first_.back());
    auto next = first_;
    for (RoadNetwork::Arc arc = 0; arc < arcs; ++arc)
        if (metric.time(arc) < roadEndless)
            arcs_[next[network.head(arc)]++] = {network.tail(arc), metric.time(arc)};
}

std::vector<RoadTime> PlainDijkstra::nearest(const Place& incident, const std::vector<std::uint32_t>& units,
                                             std::size_t enough) {
    const RoadNetwork& network = metric_.map().network;
    std::vector<std::pair<RoadTime, std::uint32_t>> found; // a unit's best so far, by either exit
    std::vector<RoadTime> best(places_.size(), roadEndless);
    for (const auto unit : units) {
        const Place& p = places_[unit];
        if (p.edge == incident.edge)
            best[unit] = p.along <= incident.along
                             ? metric_.partTime(2 * p.edge, incident.along - p.along)
                             : metric_.partTime(2 * p.edge + 1, p.along - incident.along);
        exits_[network.head(2 * p.edge)].push_back({unit, metric_.partTime(2 * p.edge, 1 - p.along)});
        exits_[network.head(2 * p.edge + 1)].push_back({unit, metric_.partTime(2 * p.edge + 1, p.along)});
    }
    using Open = std::pair<RoadTime, Node>;
    std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
    const auto reach = [&](Node node, RoadTime time) {
        if (time < times_[node]) {
            if (times_[node] == roadEndless)
                touched_.push_back(node);
            times_[node] = time;
            open.emplace(time, node);
        }
    };
    reach(network.tail(2 * incident.edge), metric_.partTime(2 * incident.edge, incident.along));
    reach(network.tail(2 * incident.edge + 1), metric_.partTime(2 * incident.edge + 1, 1 - incident.along));
    std::priority_queue<RoadTime> kept; // the `enough` least of those reached, largest first
    const auto bound = [&] {
        kept = {};
        for (const auto unit : units)
            if (best[unit] < roadEndless) {
                kept.push(best[unit]);
                if (kept.size() > enough)
                    kept.pop();
            }
        return kept.size() == enough ? kept.top() : roadEndless;
    };
    RoadTime limit = bound();
    while (!open.empty() && open.top().first < limit) {
        const auto [time, node] = open.top();
        open.pop();
        if (time != times_[node])
            continue;
        if (!exits_[node].empty()) {
            for (const Exit& exit : exits_[node])
                if (exit.time < roadEndless)
                    best[exit.unit] = std::min(best[exit.unit], time + exit.time);
            limit = bound();
        }
        for (auto i = first_[node]; i < first_[node + 1]; ++i)
            reach(arcs_[i].from, time + arcs_[i].time);
    }
    for (const Node node : touched_)
        times_[node] = roadEndless;
    touched_.clear();
    std::vector<RoadTime> out;
    for (const auto unit : units) {
        exits_[network.head(2 * places_[unit].edge)].clear();
        exits_[network.head(2 * places_[unit].edge + 1)].clear();
        if (best[unit] < roadEndless)
            out.push_back(best[unit]);
    }
    std::sort(out.begin(), out.end());
    out.resize(std::min(out.size(), enough));
    return out;
}
