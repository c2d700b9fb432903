// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_paces.h"

#include <algorithm>
#include <numeric>
#include <queue>

namespace vedette::layers {

namespace {

using Arc = RoadNetwork::Arc;
using Node = RoadNetwork::Node;

// Speeds below which so much of the roads' length lies: most ways of a city use no motorway, and fewer a trunk road.
std::vector<double> parted(const RoadNetwork& network) {
    constexpr double shares[] = {0.6, 0.85, 0.97, 1};
    std::vector<std::pair<double, double>> lengths; // by speed
    double all = 0;
    for (const RoadNetwork::Edge& edge : network.edges())
        if (edge.metresPerSecond > 0) {
            lengths.emplace_back(double(edge.metresPerSecond), double(edge.metres));
            all += double(edge.metres);
        }
    std::sort(lengths.begin(), lengths.end());
    std::vector<double> out;
    double below = 0;
    std::size_t next = 0;
    for (const auto& [speed, metres] : lengths) {
        below += metres;
        for (; next < std::size(shares) && below >= shares[next] * all; ++next)
            if (out.empty() || out.back() < speed)
                out.push_back(speed);
    }
    const double fastest =
        std::max(walkingMetresPerSecond, lengths.empty() ? 0.0 : lengths.back().first);
    if (out.empty() || out.back() < fastest)
        out.push_back(fastest); // the sum may fall short of all by a rounding
    return out;
}

} // namespace

std::shared_ptr<const RoadPaces> RoadPaces::of(const RoadNetwork& network, RoadProfile profile) {
    const auto out = std::make_shared<RoadPaces>();
    if (profile == RoadProfile::walking) {
        out->speeds_ = {walkingMetresPerSecond};
        return out;
    }
    out->speeds_ = parted(network);
    out->nodes_ = network.nodeCount();
    out->quarters_.resize((out->speeds_.size() - 1) * out->nodes_);
    const auto arcs = Arc(network.arcCount() + network.turns().size());
    std::vector<std::uint32_t> first(network.nodeCount() + 1, 0);
    for (Arc arc = 0; arc < arcs; ++arc)
        ++first[network.tail(arc) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<Arc> leaving(arcs);
    for (auto [arc, at] = std::pair(Arc(0), first); arc < arcs; ++arc)
        leaving[at[network.tail(arc)]++] = arc;
    std::vector<RoadTime> times(network.nodeCount());
    using Open = std::pair<RoadTime, Node>;
    for (std::size_t pace = 1; pace < out->speeds_.size(); ++pace) {
        std::fill(times.begin(), times.end(), roadEndless);
        std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
        const auto reach = [&](Node node, RoadTime time) {
            if (time < times[node])
                times[node] = time, open.emplace(time, node);
        };
        for (Arc arc = 0; arc < arcs; ++arc)
            if (const Arc base = network.base(arc);
                base != RoadNetwork::none && network.open(arc, profile) &&
                double(network.edges()[base / 2].metresPerSecond) > out->speeds_[pace - 1])
                reach(network.head(arc), 0);
        while (!open.empty()) {
            const auto [time, node] = open.top();
            open.pop();
            if (time != times[node])
                continue;
            for (auto i = first[node]; i < first[node + 1]; ++i)
                if (const RoadTime more = network.time(leaving[i], profile); more < roadEndless)
                    reach(network.head(leaving[i]), time + more);
        }
        for (Node node = 0; node < times.size(); ++node)
            out->quarters_[(pace - 1) * out->nodes_ + node] =
                std::uint16_t(std::min<RoadTime>(times[node] / 250, 0xFFFF));
    }
    return out;
}

} // namespace vedette::layers
