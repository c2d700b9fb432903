// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_routes.h"
#include "make_snapshot.h"

#include <cmath>
#include <queue>

namespace roadkit {

using namespace vedette::layers;

inline const std::vector<std::string> columns{"id", "name", "class", "speed", "oneway", "bridge"};

inline made::Row road(std::vector<Point> points, std::string id, std::string speed = "36",
                      std::string oneway = "", std::string bridge = "",
                      std::string roadClass = "residential") {
    return {
        Shape::line, {{std::move(points), false}}, {id, "street " + id, roadClass, speed, oneway, bridge}};
}

inline std::shared_ptr<const RoadMap> mapOf(const std::vector<made::Row>& rows,
                                            const std::vector<RoadTurn>& turns = {}) {
    return RoadMap::make({made::snapshot("roads", columns, rows)}, turns);
}

// Plain Dijkstra over the arcs, from every node to the place; knows nothing of ranks.
class Oracle {
public:
    Oracle(const RoadMetric& metric, const RoadNetwork::Place& target)
        : metric_(metric), network_(metric.map().network), target_(target),
          times_(network_.nodeCount(), roadEndless) {
        const std::size_t arcs = network_.arcCount() + network_.turns().size();
        std::vector<std::vector<RoadNetwork::Arc>> entering(network_.nodeCount());
        for (RoadNetwork::Arc arc = 0; arc < arcs; ++arc)
            entering[network_.head(arc)].push_back(arc);
        using Open = std::pair<RoadTime, RoadNetwork::Node>;
        std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
        const auto reach = [&](RoadNetwork::Node node, RoadTime time) {
            if (time < times_[node])
                times_[node] = time, open.emplace(time, node);
        };
        for (RoadNetwork::Arc arc = 0; arc < arcs; ++arc)
            if (network_.base(arc) / 2 == target.edge && (arc < network_.arcCount() || metric.profile() == RoadProfile::driving))
                reach(network_.tail(arc), metric.partTime(network_.base(arc), shareBefore(network_.base(arc), target)));
        while (!open.empty()) {
            const auto [time, node] = open.top();
            open.pop();
            if (time == times_[node])
                for (const auto arc : entering[node])
                    if (metric.time(arc) < roadEndless)
                        reach(network_.tail(arc), time + metric.time(arc));
        }
    }
    static double shareBefore(RoadNetwork::Arc arc, const RoadNetwork::Place& at) {
        return arc % 2 ? 1 - at.along : at.along;
    }
    RoadTime from(const RoadNetwork::Place& s) const {
        RoadTime best = roadEndless;
        if (s.edge == target_.edge)
            best = s.along <= target_.along ? metric_.partTime(2 * s.edge, target_.along - s.along)
                                            : metric_.partTime(2 * s.edge + 1, s.along - target_.along);
        for (const auto arc : {2 * s.edge, 2 * s.edge + 1}) {
            const RoadTime leave = metric_.partTime(arc, arc % 2 ? s.along : 1 - s.along);
            const RoadTime rest = times_[network_.head(arc)];
            if (leave < roadEndless && rest < roadEndless)
                best = std::min(best, leave + rest);
        }
        return std::min(best, roadEndless);
    }

private:
    const RoadMetric& metric_;
    const RoadNetwork& network_;
    RoadNetwork::Place target_;
    std::vector<RoadTime> times_;
};

// What a route's legs take; roadEndless where two legs don't meet.
inline RoadTime timeOf(const RoadMetric& metric, const RoadRoute& route) {
    const RoadNetwork& network = metric.map().network;
    RoadTime sum = 0;
    for (std::size_t i = 0; i < route.legs.size(); ++i) {
        const auto& leg = route.legs[i];
        if (i > 0) {
            // Or over copies of the two, for who came a certain way.
            const auto all = [&](RoadNetwork::Arc arc) {
                std::vector<RoadNetwork::Arc> out{arc};
                for (auto [copy, end] = network.copies(arc); copy < end; ++copy)
                    out.push_back(copy);
                return out;
            };
            bool joined = false;
            for (const auto before : all(route.legs[i - 1].arc))
                for (const auto after : all(leg.arc)) {
                    const auto from = network.head(before), to = network.tail(after);
                    joined |= from == to;
                    for (RoadNetwork::Arc turn = 0; turn < network.turns().size(); ++turn)
                        if (network.turns()[turn].from == from && network.turns()[turn].to == to)
                            joined |= metric.time(static_cast<RoadNetwork::Arc>(network.arcCount()) + turn) == 0;
                }
            if (!joined)
                return roadEndless;
        }
        sum += leg.to - leg.from == 1 ? std::min(metric.time(leg.arc), metric.partTime(leg.arc, 1))
                                      : metric.partTime(leg.arc, leg.to - leg.from);
    }
    return sum;
}

} // namespace roadkit
