// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"
#include "road_paces.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace vedette::layers {

namespace {
std::atomic<std::uint64_t> metrics{0};
}

RoadMetric::RoadMetric(std::shared_ptr<const RoadMap> map, RoadProfile profile)
    : map_(std::move(map)), profile_(profile), number_(++metrics) {
    const RoadNetwork& network = map_->network;
    times_.resize(network.arcCount() + network.turns().size());
    fastest_ = walkingMetresPerSecond;
    for (RoadNetwork::Arc arc = 0; arc < times_.size(); ++arc) {
        times_[arc] = network.time(arc, profile_);
        if (arc < network.arcCount() && times_[arc] < roadEndless && profile_ == RoadProfile::driving)
            fastest_ = std::max(fastest_, double(network.edges()[arc / 2].metresPerSecond));
    }
    customise();
}

RoadTime RoadMetric::partTime(RoadNetwork::Arc arc, double share) const {
    constexpr double hair = 1e-6; // ms; what the rounding of shares may add
    if (times_[arc] < roadEndless)
        return static_cast<RoadTime>(std::ceil(std::max(double(times_[arc]) * share - hair, 0.0)));
    if (!map_->network.open(arc, profile_))
        return roadEndless;
    const double metres = double(map_->network.edges()[arc / 2].metres) * share;
    return static_cast<RoadTime>(
        std::min(std::ceil(metres / walkingMetresPerSecond * 1000), double(roadEndless / 16)));
}

RoadTime RoadMetric::ownTime(std::uint32_t slot) const {
    const RoadHierarchy& h = map_->hierarchy;
    RoadTime best = roadEndless;
    for (std::uint32_t i = h.firstArc[slot]; i < h.firstArc[slot + 1]; ++i)
        best = std::min(best, times_[h.arcs[i]]);
    return best;
}

// From the lowest rank up: by then both lower sides of a triangle are what they will be.
void RoadMetric::customise() {
    const RoadHierarchy& h = map_->hierarchy;
    up_.resize(h.higher.size()), down_.resize(h.higher.size());
    for (RoadHierarchy::Link link = 0; link < h.higher.size(); ++link)
        up_[link] = ownTime(2 * link), down_[link] = ownTime(2 * link + 1);
    std::vector<RoadHierarchy::Link> linkTo(h.size());
    for (RoadHierarchy::Node node = 0; node < h.size(); ++node) {
        for (RoadHierarchy::Link link = h.first[node]; link < h.first[node + 1]; ++link)
            linkTo[h.higher[link]] = link;
        for (const auto side : h.lowerLinks(node)) {
            const RoadTime there = up_[side], back = down_[side];
            for (RoadHierarchy::Link other = side + 1; other < h.first[h.lower[side] + 1]; ++other) {
                const auto link = linkTo[h.higher[other]];
                up_[link] = std::min(up_[link], back + up_[other]);
                down_[link] = std::min(down_[link], down_[other] + there);
            }
        }
    }
}

RoadMetric::Links RoadMetric::linksUp() const {
    return lean_ ? (*lean_)[0].links() : Links{map_->hierarchy.first, map_->hierarchy.higher, up_};
}
RoadMetric::Links RoadMetric::linksDown() const {
    return lean_ ? (*lean_)[1].links() : Links{map_->hierarchy.first, map_->hierarchy.higher, down_};
}

// Perfect customisation: from the highest rank down each link learns the shortest time between its ends. A
// link that is longer than that is on no shortest way upwards.
std::shared_ptr<const RoadMetric> RoadMetric::lean() const {
    using Link = RoadHierarchy::Link;
    using Node = RoadHierarchy::Node;
    const RoadHierarchy& h = map_->hierarchy;
    auto up = up_, down = down_;
    std::vector<Link> linkTo(h.size(), RoadHierarchy::none);
    for (Node node = static_cast<Node>(h.size()); node-- > 0;) {
        for (Link link = h.first[node]; link < h.first[node + 1]; ++link)
            linkTo[h.higher[link]] = link;
        for (Link link = h.first[node]; link < h.first[node + 1]; ++link)
            for (Link across = h.first[h.higher[link]]; across < h.first[h.higher[link] + 1]; ++across)
                if (const Link other = linkTo[h.higher[across]]; other != RoadHierarchy::none) {
                    up[other] = std::min(up[other], up[link] + up[across]);
                    up[link] = std::min(up[link], up[other] + down[across]);
                    down[other] = std::min(down[other], down[across] + down[link]);
                    down[link] = std::min(down[link], up[across] + down[other]);
                }
        for (Link link = h.first[node]; link < h.first[node + 1]; ++link)
            linkTo[h.higher[link]] = RoadHierarchy::none;
    }
    auto lean = std::make_shared<std::array<Lean, 2>>();
    const auto keep = [&](Lean& out, const std::vector<RoadTime>& basic,
                          const std::vector<RoadTime>& shortest) {
        out.first.assign(1, 0);
        for (Node node = 0; node < h.size(); ++node) {
            for (Link link = h.first[node]; link < h.first[node + 1]; ++link)
                if (basic[link] == shortest[link] && basic[link] < roadEndless)
                    out.higher.push_back(h.higher[link]), out.times.push_back(basic[link]);
            out.first.push_back(static_cast<std::uint32_t>(out.higher.size()));
        }
    };
    keep((*lean)[0], up_, up);
    keep((*lean)[1], down_, down);
    auto next = std::make_shared<RoadMetric>(*this);
    next->lean_ = std::move(lean);
    if (!paces_)
        next->paces_ = RoadPaces::of(map_->network, profile_);
    return next;
}

} // namespace vedette::layers
