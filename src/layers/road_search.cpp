// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"
#include "road_paces.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace vedette::layers {

using Arc = RoadNetwork::Arc;
using Node = RoadNetwork::Node;
using Link = RoadHierarchy::Link;

namespace {

Node parentOf(const RoadHierarchy& h, Node node) {
    return h.first[node] < h.first[node + 1] ? h.higher[h.first[node]] : RoadHierarchy::none;
}

} // namespace

void RoadSearch::aim(std::shared_ptr<const RoadMetric> metric, const RoadNetwork::Place& target) {
    metric_ = std::move(metric);
    target_ = target;
    const RoadMap& map = metric_->map();
    const std::size_t size = map.hierarchy.size();
    if (reached_.size() != size || ++stamp_ == 0) {
        reached_.assign(size, 0), known_.assign(size, 0);
        down_.resize(size), best_.resize(size);
        stamp_ = 1;
    }
    const Arc along = 2 * target.edge, against = along + 1;
    entries_.clear();
    const auto enter = [&](Arc arc, RoadTime time) {
        entries_.push_back({arc, time, map.hierarchy.rank[map.network.tail(arc)]});
        for (auto [copy, end] = map.network.copies(arc); copy < end && metric_->profile() == RoadProfile::driving; ++copy)
            entries_.push_back({copy, time, map.hierarchy.rank[map.network.tail(copy)]});
    };
    enter(along, metric_->partTime(along, target.along));
    enter(against, metric_->partTime(against, 1 - target.along));
    for (const Start& entry : entries_) {
        const RoadTime before = reached_[entry.rank] == stamp_ ? down_[entry.rank] : roadEndless;
        down_[entry.rank] = std::min(before, entry.time);
        reached_[entry.rank] = stamp_;
    }
    descend();
    pace();
}

void RoadSearch::pace() {
    paces_.clear();
    const RoadPaces* paces = metric_->paces_.get();
    if (!paces) {
        paces_.push_back({metric_->fastest(), 0});
        return;
    }
    const RoadNetwork& network = metric_->map().network;
    const double own = double(network.edges()[target_.edge].metresPerSecond);
    for (std::size_t i = 0; i < paces->size(); ++i) {
        RoadTime least = 0;
        if (i > 0 && own <= paces->speed(i - 1)) {
            least = roadEndless;
            for (const Start& entry : entries_)
                least = std::min(least, entry.time + paces->from(i, network.tail(entry.arc)));
        }
        paces_.push_back({paces->speed(i), least});
    }
}

double RoadSearch::leastTime(double straightMetres) const {
    constexpr double hair = 0.999999; // lengths are single floats
    double best = double(roadEndless);
    for (const Pace& pace : paces_)
        best = std::min(best, std::max(straightMetres / pace.metresPerSecond * 1000 * hair, double(pace.least)));
    return best;
}

// The ways down to the target, from all ranks above the ends of its edge: each chain once, together where they have
// met.
void RoadSearch::descend() {
    const RoadHierarchy& h = metric_->map().hierarchy;
    const auto links = metric_->linksDown();
    fronts_.clear();
    for (const Start& entry : entries_)
        fronts_.push_back(entry.rank);
    for (;;) {
        const Node node = *std::min_element(fronts_.begin(), fronts_.end());
        if (node == RoadHierarchy::none)
            return;
        const RoadTime here = down_[node];
        if (here < roadEndless)
            for (Link link = links.first[node]; link < links.first[node + 1]; ++link) {
                const Node above = links.higher[link];
                const RoadTime time = links.times[link] + here;
                if (reached_[above] != stamp_)
                    reached_[above] = stamp_, down_[above] = std::min(time, roadEndless);
                else if (time < down_[above])
                    down_[above] = time;
            }
        const Node parent = parentOf(h, node);
        // On the chain, though nothing may lead down to it.
        if (parent != RoadHierarchy::none && reached_[parent] != stamp_)
            reached_[parent] = stamp_, down_[parent] = roadEndless;
        std::replace(fronts_.begin(), fronts_.end(), node, parent);
    }
}

// Everything a rank's links lead to lies on its chain of parents.
RoadTime RoadSearch::ascend(Node rank) {
    const RoadHierarchy& h = metric_->map().hierarchy;
    const auto links = metric_->linksUp();
    chain_.clear();
    for (Node node = rank; node != RoadHierarchy::none && known_[node] != stamp_; node = parentOf(h, node))
        chain_.push_back(node);
    while (!chain_.empty()) {
        const Node node = chain_.back();
        chain_.pop_back();
        RoadTime best = reached_[node] == stamp_ ? down_[node] : roadEndless;
        for (Link link = links.first[node]; link < links.first[node + 1]; ++link)
            best = std::min(best, links.times[link] + best_[links.higher[link]]);
        best_[node] = best;
        known_[node] = stamp_;
    }
    return best_[rank];
}

std::array<RoadSearch::Start, 2> RoadSearch::exits(const RoadNetwork::Place& source) const {
    const RoadMap& map = metric_->map();
    const Arc along = 2 * source.edge, against = along + 1;
    return {
        {{along, metric_->partTime(along, 1 - source.along), map.hierarchy.rank[map.network.head(along)]},
         {against, metric_->partTime(against, source.along), map.hierarchy.rank[map.network.head(against)]}}};
}

std::optional<RoadRoute::Leg> RoadSearch::direct(const RoadNetwork::Place& source, RoadTime& time) const {
    if (source.edge != target_.edge)
        return std::nullopt;
    const bool against = target_.along < source.along;
    const Arc arc = 2 * source.edge + against;
    time = metric_->partTime(arc, std::abs(target_.along - source.along));
    if (time >= roadEndless)
        return std::nullopt;
    return against ? RoadRoute::Leg{arc, 1 - source.along, 1 - target_.along}
                   : RoadRoute::Leg{arc, source.along, target_.along};
}

RoadTime RoadSearch::from(const RoadNetwork::Place& source) {
    assert(metric_);
    RoadTime best = roadEndless;
    const auto edges = metric_->map().network.edges();
    if (edges[source.edge].part != edges[target_.edge].part)
        return best;
    if (RoadTime time = 0; direct(source, time))
        best = time;
    for (const Start& exit : exits(source))
        if (exit.time < best)
            best = std::min(best, exit.time + ascend(exit.rank));
    return best;
}

// The arcs behind a slot: its own, or over the lower rank whose triangle gave it its time.
void RoadSearch::unpack(std::uint32_t slot, std::vector<Arc>& out) const {
    const RoadHierarchy& h = metric_->map().hierarchy;
    const auto &up = metric_->upwards(), &down = metric_->downwards();
    const RoadTime time = (slot % 2 ? down : up)[slot / 2];
    for (std::uint32_t i = h.firstArc[slot]; i < h.firstArc[slot + 1]; ++i)
        if (metric_->time(h.arcs[i]) == time) {
            out.push_back(h.arcs[i]);
            return;
        }
    const Node low = h.lower[slot / 2], high = h.higher[slot / 2];
    for (const Link toLow : h.lowerLinks(low)) {
        const Link toHigh = h.between(h.lower[toLow], high);
        if (toHigh == RoadHierarchy::none)
            continue;
        const Link from = slot % 2 ? toHigh : toLow, to = slot % 2 ? toLow : toHigh;
        if (down[from] + up[to] == time) {
            unpack(2 * from + 1, out);
            unpack(2 * to, out);
            return;
        }
    }
    assert(false && "a shortcut is the sum of two sides of a triangle");
}

RoadRoute RoadSearch::route(const RoadNetwork::Place& source) {
    RoadRoute out;
    out.time = from(source);
    if (!out.found())
        return out;
    const RoadMap& map = metric_->map();
    const RoadHierarchy& h = map.hierarchy;
    RoadTime time = 0;
    if (const auto leg = direct(source, time); leg && time == out.time) {
        out.legs.push_back(*leg);
    } else {
        const auto ways = exits(source);
        const Start& exit = ways[0].time + (ways[0].time < roadEndless ? ascend(ways[0].rank) : 0) == out.time
                                ? ways[0]
                                : ways[1];
        std::vector<Arc> arcs;
        Node node = exit.rank;
        ascend(node);
        while (!(reached_[node] == stamp_ && down_[node] == best_[node])) {
            Link link = h.first[node];
            while (metric_->upwards()[link] + best_[h.higher[link]] != best_[node])
                ++link;
            unpack(2 * link, arcs);
            node = h.higher[link];
        }
        const auto entered = [&] {
            return std::find_if(entries_.begin(), entries_.end(), [&](const Start& entry) {
                return entry.rank == node && entry.time == down_[node];
            });
        };
        auto entry = entered();
        for (; entry == entries_.end(); entry = entered()) {
            const auto below = h.lowerLinks(node);
            const auto link = std::find_if(below.begin(), below.end(), [&](Link l) {
                return reached_[h.lower[l]] == stamp_ && down_[h.lower[l]] < roadEndless &&
                       metric_->downwards()[l] + down_[h.lower[l]] == down_[node];
            });
            unpack(2 * *link + 1, arcs);
            node = h.lower[*link];
        }
        out.legs.push_back({exit.arc, exit.arc % 2 ? 1 - source.along : source.along, 1});
        for (const Arc arc : arcs)
            if (const Arc base = map.network.base(arc); base != RoadNetwork::none)
                out.legs.push_back({base, 0, 1});
        const Arc last = map.network.base(entry->arc);
        out.legs.push_back({last, 0, last % 2 ? 1 - target_.along : target_.along});
    }
    draw(out);
    return out;
}

} // namespace vedette::layers
