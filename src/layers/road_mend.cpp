// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <queue>

namespace vedette::layers {

using Link = RoadHierarchy::Link;
using Node = RoadHierarchy::Node;

// Slots (2 x link + direction) wait in the order of their links: a slot depends on lower ones only.
class RoadMetric::Mending {
public:
    explicit Mending(RoadMetric& metric) : m_(metric), h_(metric.map_->hierarchy) {}
    void touch(std::uint32_t slot) { waiting_.push(slot); }
    void run() {
        std::vector<std::uint32_t> together;
        while (!waiting_.empty()) {
            const Node low = h_.lower[waiting_.top() / 2];
            together.clear();
            for (; !waiting_.empty() && h_.lower[waiting_.top() / 2] == low; waiting_.pop())
                if (together.empty() || together.back() != waiting_.top())
                    together.push_back(waiting_.top());
            if (together.size() > few)
                anewAll(low);
            for (const std::uint32_t slot : together) {
                const RoadTime before = time(slot);
                const RoadTime now = together.size() > few ? fresh_[slot - 2 * h_.first[low]] : anew(slot);
                if (now == before)
                    continue;
                (slot % 2 ? m_.down_ : m_.up_)[slot / 2] = now;
                tellHigher(slot, before, now);
            }
        }
    }

private:
    RoadTime time(std::uint32_t slot) const { return (slot % 2 ? m_.down_ : m_.up_)[slot / 2]; }

    // Its own arcs and all triangles below it.
    RoadTime anew(std::uint32_t slot) const {
        const Link link = slot / 2;
        RoadTime best = m_.ownTime(slot);
        const auto first = h_.lowerLinks(h_.lower[link]), second = h_.lowerLinks(h_.higher[link]);
        for (auto a = first.begin(), b = second.begin(); a != first.end() && b != second.end();) {
            const Node below = h_.lower[*a], other = h_.lower[*b];
            if (below < other)
                ++a;
            else if (other < below)
                ++b;
            else {
                best = std::min(best, slot % 2 ? m_.down_[*b] + m_.up_[*a] : m_.down_[*a] + m_.up_[*b]);
                ++a, ++b;
            }
        }
        return best;
    }
    // All slots of a rank at once, into fresh_: sooner than one by one when there are many.
    void anewAll(Node low) {
        const Link begin = h_.first[low], end = h_.first[low + 1];
        fresh_.resize(2 * (end - begin));
        linkTo_.resize(h_.size());
        for (Link link = begin; link < end; ++link) {
            linkTo_[h_.higher[link]] = 2 * (link - begin);
            fresh_[2 * (link - begin)] = m_.ownTime(2 * link);
            fresh_[2 * (link - begin) + 1] = m_.ownTime(2 * link + 1);
        }
        for (const Link side : h_.lowerLinks(low)) {
            const RoadTime there = m_.up_[side], back = m_.down_[side];
            for (Link other = side + 1; other < h_.first[h_.lower[side] + 1]; ++other) {
                RoadTime* both = &fresh_[linkTo_[h_.higher[other]]];
                both[0] = std::min(both[0], back + m_.up_[other]);
                both[1] = std::min(both[1], m_.down_[other] + there);
            }
        }
    }
    // Those whose time went over this slot, or would do so now.
    void tellHigher(std::uint32_t slot, RoadTime before, RoadTime now) {
        const Link link = slot / 2;
        const Node low = h_.lower[link], high = h_.higher[link];
        const bool downwards = slot % 2;
        for (Link other = h_.first[low]; other < h_.first[low + 1]; ++other) {
            const Node third = h_.higher[other];
            if (third == high)
                continue;
            const Link top = h_.between(std::min(high, third), std::max(high, third));
            // Down to low and up again to third; or down from third and up over this slot.
            const RoadTime rest = downwards ? m_.up_[other] : m_.down_[other];
            const Node from = downwards ? high : third, to = downwards ? third : high;
            const std::uint32_t over = 2 * top + (from > to);
            if (rest < roadEndless && (time(over) == before + rest || now + rest < time(over)))
                waiting_.push(over);
        }
    }

    static constexpr std::size_t few = 40;
    RoadMetric& m_;
    const RoadHierarchy& h_;
    std::vector<RoadTime> fresh_;
    std::vector<std::uint32_t> linkTo_;
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> waiting_;
};

std::shared_ptr<const RoadMetric> RoadMetric::changed(std::span<const Change> changes) const {
    static std::atomic<std::uint64_t> made{1ull << 32};
    auto next = std::make_shared<RoadMetric>(*this);
    next->lean_ = nullptr;
    next->number_ = ++made;
    Mending mending(*next);
    for (const Change& change : changes)
        for (const RoadNetwork::Arc arc : {2 * change.edge, 2 * change.edge + 1}) {
            const RoadTime usual = map_->network.time(arc, profile_);
            if (usual >= roadEndless)
                continue;
            const double factor = std::min(change.factor, 1.0); // faster than usual would break fastest()
            next->times_[arc] = factor > 0 ? static_cast<RoadTime>(std::min(std::ceil(double(usual) / factor),
                                                                            double(roadEndless / 16)))
                                           : roadEndless;
            if (const auto slot = map_->hierarchy.slot[arc]; slot != RoadHierarchy::none)
                mending.touch(slot);
        }
    mending.run();
    return next;
}

} // namespace vedette::layers
