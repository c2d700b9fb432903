// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <queue>

namespace vedette::layers {

using Link = RoadHierarchy::Link;
using Node = RoadHierarchy::Node;

// Rank by rank upwards, as a shortcut depends on lower ones only. What waits is a bit a slot (2 x link +
// direction) and each rank once; a rank's links are looked at together, with what they were before.
class RoadMetric::Mending {
public:
    enum class Kind { slower, faster, both }; // what the changes do

    Mending(RoadMetric& metric, Kind kind)
        : m_(metric), h_(metric.map_->hierarchy), kind_(kind), dirty_((2 * h_.higher.size() + 63) / 64),
          queued_(h_.size()) {}

    void touch(std::uint32_t slot) {
        dirty_[slot / 64] |= 1ull << slot % 64;
        if (const Node low = h_.lower[slot / 2]; !queued_[low]) {
            queued_[low] = true;
            waiting_.push(low);
        }
    }
    void run() {
        for (; !waiting_.empty(); waiting_.pop())
            mend(waiting_.top());
    }
    // Where everything gets faster a slot is lowered at once; nothing has to be looked at again.
    void lower(std::uint32_t slot, RoadTime now) {
        RoadTime& held = time(slot);
        if (now < held) {
            held = now;
            touch(slot);
        }
    }

private:
    RoadTime& time(std::uint32_t slot) { return (slot % 2 ? m_.down_ : m_.up_)[slot / 2]; }
    bool dirty(std::uint32_t slot) const { return dirty_[slot / 64] >> slot % 64 & 1; }

    void mend(Node low) {
        const Link begin = h_.first[low], count = h_.first[low + 1] - begin;
        slots_.clear(), changed_.clear();
        for (std::uint32_t slot = 2 * begin; slot < 2 * (begin + count); ++slot)
            if (dirty(slot))
                slots_.push_back(slot);
        oldUp_.assign(m_.up_.begin() + begin, m_.up_.begin() + begin + count);
        oldDown_.assign(m_.down_.begin() + begin, m_.down_.begin() + begin + count);
        if (kind_ != Kind::faster) {
            const Link from = slots_.empty() ? begin : slots_.front() / 2, till = slots_.empty() ? begin : slots_.back() / 2 + 1;
            const bool together = slots_.size() > few && sooner(low, from, till);
            if (together)
                anewAll(low, from, till);
            for (const std::uint32_t slot : slots_)
                time(slot) = !together ? anew(slot) : (slot % 2 ? freshDown_ : freshUp_)[slot / 2 - from];
        }
        for (const std::uint32_t slot : slots_) {
            const Link i = slot / 2 - begin;
            const bool differs = kind_ == Kind::faster || oldUp_[i] != m_.up_[begin + i] ||
                                 oldDown_[i] != m_.down_[begin + i];
            if (differs && (changed_.empty() || changed_.back() != i))
                changed_.push_back(i);
        }
        if (!changed_.empty())
            tell(begin, count);
    }

    // All pairs of the rank's links of which one has changed: the slots across them that took their time
    // from the pair, or would do so now.
    void tell(Link begin, Link count) {
        auto next = changed_.begin();
        const bool most = kind_ == Kind::slower && 3 * changed_.size() > count; // in runs all are sooner than some
        for (Link a = 0; a + 1 < count; ++a) {
            const bool itself = next != changed_.end() && *next == a, whole = most || itself;
            if (itself)
                ++next;
            if (next == changed_.end() && !itself)
                break;
            const Node high = h_.higher[begin + a];
            Link across = h_.first[high];
            if (whole && kind_ == Kind::slower) {
                const Link acrossEnd = h_.first[high + 1];
                for (Link b = a + 1, some; b < count; b += some, across += some) {
                    across = standsAt(begin + b, across, acrossEnd);
                    some = run(across, acrossEnd, begin + b, begin + count);
                    tellRun(begin, a, b, across, some);
                }
                continue;
            }
            const auto pair = [&](Link b) {
                const Node third = h_.higher[begin + b];
                for (int step = 0; step < 8 && h_.higher[across] < third; ++step)
                    ++across;
                if (h_.higher[across] < third)
                    across = static_cast<Link>(std::lower_bound(h_.higher.begin() + across,
                                                                h_.higher.begin() + h_.first[high + 1], third) -
                                               h_.higher.begin());
                over(2 * across, oldDown_[a] + oldUp_[b], m_.down_[begin + a] + m_.up_[begin + b]);
                over(2 * across + 1, oldDown_[b] + oldUp_[a], m_.down_[begin + b] + m_.up_[begin + a]);
                ++across;
            };
            if (whole)
                for (Link b = a + 1; b < count; ++b)
                    pair(b);
            else
                for (auto b = next; b != changed_.end(); ++b)
                    pair(*b);
        }
    }
    // A rank's higher nodes but the lowest are all higher nodes of that one, in the same order, as contraction joined
    // them. So the links that go to the same nodes stand in long runs on both sides: compared at their ends alone, they
    // are gone through without looking up, several at once.
    static constexpr Link longest = 64;
    // Between `at` and `end`, where the link is that goes to the node `link` goes to. There is one.
    Link standsAt(Link link, Link at, Link end) const {
        const Node node = h_.higher[link];
        while (at + 8 < end && h_.higher[at + 8] <= node)
            at += 8;
        while (h_.higher[at] != node)
            ++at;
        return at;
    }
    // How many links from `a` and `b` on go to the same nodes, at least: both begin with the same, and one has all that
    // the other has.
    Link run(Link a, Link aEnd, Link b, Link bEnd) const {
        Link last = 0;
        for (Link tried = 3; tried < longest; last = tried, tried = 2 * tried + 1)
            if (a + tried >= aEnd || b + tried >= bEnd || h_.higher[a + tried] != h_.higher[b + tried])
                break;
        return last + 1;
    }
    // pair() of one link and some behind it that go to the same nodes as the links from `across` on.
    void tellRun(Link begin, Link a, Link b, Link across, Link some) {
        const RoadTime upOld = oldUp_[a], downOld = oldDown_[a], up = m_.up_[begin + a], down = m_.down_[begin + a];
        const RoadTime *const upsOld = &oldUp_[b], *const downsOld = &oldDown_[b], *const ups = &m_.up_[begin + b],
                              *const downs = &m_.down_[begin + b], *const upHeld = &m_.up_[across],
                              *const downHeld = &m_.down_[across];
        std::array<std::uint8_t, longest> told;
        std::uint8_t any = 0;
        for (Link i = 0; i < some; ++i) {
            const RoadTime forth = downOld + upsOld[i], back = downsOld[i] + upOld;
            const bool forthToo = forth == upHeld[i] && down + ups[i] != forth;
            const bool backToo = back == downHeld[i] && downs[i] + up != back;
            told[i] = static_cast<std::uint8_t>(forthToo | backToo << 1);
            any |= told[i];
        }
        for (Link i = 0; any && i < some; ++i) {
            if (told[i] & 1)
                touch(2 * (across + i));
            if (told[i] & 2)
                touch(2 * (across + i) + 1);
        }
    }
    void over(std::uint32_t slot, RoadTime before, RoadTime now) {
        if (kind_ == Kind::faster)
            lower(slot, now);
        else if ((before == time(slot) && now != before) || (kind_ == Kind::both && now < time(slot)))
            touch(slot);
    }

    // Its own arcs and all triangles below it.
    RoadTime anew(std::uint32_t slot) const {
        const Link link = slot / 2;
        const Node low = h_.lower[link], high = h_.higher[link];
        const std::uint32_t l = h_.firstLow[low], h = h_.firstLow[high];
        const std::uint32_t lEnd = h_.firstLow[low + 1], hEnd = h_.firstLow[high + 1];
        // Where all get slower no other way can be better than the time was: as good is enough.
        const RoadTime enough = kind_ == Kind::slower ? (slot % 2 ? m_.down_ : m_.up_)[link] : 0;
        RoadTime best = m_.ownTime(slot);
        for (std::uint32_t a = l, b = h; a != lEnd && b != hEnd && best > enough;) {
            const Node below = h_.lowNode[a], other = h_.lowNode[b];
            if (below < other)
                ++a;
            else if (other < below)
                ++b;
            else {
                const Link toLow = h_.lowLink[a++], toHigh = h_.lowLink[b++];
                best = std::min(best, slot % 2 ? m_.down_[toHigh] + m_.up_[toLow]
                                               : m_.down_[toLow] + m_.up_[toHigh]);
            }
        }
        return best;
    }
    // All slots of a rank's links from `from` until before `till`, into freshUp_ and freshDown_.
    void anewAll(Node low, Link from, Link till) {
        freshUp_.resize(till - from), freshDown_.resize(till - from);
        for (Link link = from; link < till; ++link) {
            freshUp_[link - from] = m_.ownTime(2 * link);
            freshDown_[link - from] = m_.ownTime(2 * link + 1);
        }
        const Node first = h_.higher[from], last = h_.higher[till - 1];
        const auto place = [&](Link begin, Link end, Node node) {
            const auto all = h_.higher.begin();
            return static_cast<Link>(std::lower_bound(all + begin, all + end, node) - all);
        };
        for (const Link side : h_.lowerLinks(low)) {
            const RoadTime there = m_.up_[side], back = m_.down_[side];
            const Link sideEnd = h_.first[h_.lower[side] + 1], others = place(side + 1, sideEnd, last + 1);
            Link to = from;
            for (Link other = place(side + 1, others, first), some; other < others; other += some, to += some) {
                to = standsAt(other, to, till);
                some = run(to, till, other, others);
                RoadTime *const up = &freshUp_[to - from], *const down = &freshDown_[to - from];
                const RoadTime *const ups = &m_.up_[other], *const downs = &m_.down_[other];
                for (Link i = 0; i < some; ++i) {
                    up[i] = std::min(up[i], back + ups[i]);
                    down[i] = std::min(down[i], downs[i] + there);
                }
            }
        }
    }
    // Whether that takes fewer steps than one slot after the other.
    bool sooner(Node low, Link from, Link till) const {
        const std::size_t count = h_.first[low + 1] - h_.first[low], wanted = till - from;
        std::size_t all = 0, single = 0;
        for (std::uint32_t i = h_.firstLow[low]; i < h_.firstLow[low + 1]; ++i)
            all += 16 + (h_.first[h_.lowNode[i] + 1] - h_.lowLink[i]) * wanted / count / 4; // in runs of several
        for (const std::uint32_t slot : slots_) {
            const Node high = h_.higher[slot / 2];
            single += h_.firstLow[low + 1] - h_.firstLow[low] + h_.firstLow[high + 1] - h_.firstLow[high];
        }
        return all < single;
    }

    static constexpr std::size_t few = 4;
    RoadMetric& m_;
    const RoadHierarchy& h_;
    const Kind kind_;
    std::vector<std::uint64_t> dirty_; // by slot
    std::vector<bool> queued_;         // by rank
    std::priority_queue<Node, std::vector<Node>, std::greater<>> waiting_;
    std::vector<std::uint32_t> slots_; // of the rank at hand, those to look at
    std::vector<Link> changed_;        // its links whose time has changed, from its first
    std::vector<RoadTime> oldUp_, oldDown_, freshUp_, freshDown_;
};

std::shared_ptr<const RoadMetric> RoadMetric::changed(std::span<const Change> changes) const {
    static std::atomic<std::uint64_t> made{1ull << 32};
    auto next = std::make_shared<RoadMetric>(*this);
    next->lean_ = nullptr;
    next->number_ = ++made;
    bool slower = false, faster = false;
    std::vector<RoadNetwork::Arc> touched;
    for (const Change& change : changes)
        for (const RoadNetwork::Arc arc : {2 * change.edge, 2 * change.edge + 1}) {
            const RoadTime usual = map_->network.time(arc, profile_);
            if (usual >= roadEndless)
                continue;
            const double factor = std::min(change.factor, 1.0); // faster than usual would break fastest()
            const RoadTime now = factor > 0 ? static_cast<RoadTime>(std::min(std::ceil(double(usual) / factor),
                                                                             double(roadEndless / 16)))
                                            : roadEndless;
            slower |= now > next->times_[arc], faster |= now < next->times_[arc];
            next->times_[arc] = now;
            touched.push_back(arc);
            if (auto [copy, end] = map_->network.copies(arc); profile_ == RoadProfile::driving)
                for (; copy < end; ++copy)
                    next->times_[copy] = now, touched.push_back(copy);
        }
    using Kind = Mending::Kind;
    const Kind kind = slower && faster ? Kind::both : faster ? Kind::faster : Kind::slower;
    Mending mending(*next, kind);
    for (const RoadNetwork::Arc arc : touched)
        if (const auto slot = map_->hierarchy.slot[arc]; slot != RoadHierarchy::none) {
            if (kind == Kind::faster)
                mending.lower(slot, next->times_[arc]);
            else
                mending.touch(slot);
        }
    mending.run();
    return next;
}

} // namespace vedette::layers
