// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/storm.h"
#include "recommend_search.h"

#include <mutex>
#include <shared_mutex>

namespace vedette::dispatch {

struct UnitIndex::Impl {
    layers::WorkingCrs crs;
    layers::Areas areas;
    layers::Rules rules;
    mutable std::shared_mutex gate;
    UnitBoard board;

    Recommendation search(const State& state, const Request& request, const CostModel& cost) const {
        const State& newer = state.seq() >= board.followed().seq() ? state : board.followed();
        return RecommendSearch(board, crs, areas, rules, newer, request, cost).run();
    }
    StormField field(Instant now) const {
        StormField out{board.followed(), board.standing(now), {}, crs, areas, rules};
        for (const UnitSlot& slot : board.slots())
            if (slot.tree == UnitSlot::Tree::ready)
                out.ready.push_back({slot.facts, board.whereabouts(slot, out.now), slot.load});
        return out;
    }
};

UnitIndex::UnitIndex(const layers::WorkingCrs& crs, const layers::Areas& areas, layers::Rules rules,
                     layers::TimeZone zone)
    : impl_(new Impl{crs, areas, rules, {}, UnitBoard(crs, areas, rules, std::move(zone))}) {}

UnitIndex::~UnitIndex() = default;

void UnitIndex::follow(const State& state) {
    const std::unique_lock lock(impl_->gate);
    impl_->board.follow(state);
}

void UnitIndex::follow(const State& state, std::span<const Event> events) {
    const std::unique_lock lock(impl_->gate);
    impl_->board.follow(state, events);
}

void UnitIndex::fix(const Fix& fix) {
    this->fix(std::span(&fix, 1));
}

void UnitIndex::fix(std::span<const Fix> fixes) {
    // Few at a time, so that a batch of thousands keeps nobody who asks waiting for longer than a moment.
    constexpr std::size_t atOnce = 256;
    std::vector<layers::LonLat> from;
    std::vector<layers::Point> to;
    for (; !fixes.empty(); fixes = fixes.subspan(std::min(atOnce, fixes.size()))) {
        const auto some = fixes.first(std::min(atOnce, fixes.size()));
        from.clear(), to.resize(some.size());
        for (const Fix& one : some)
            from.push_back(one.at);
        impl_->crs.toWorking(from, to);
        const std::unique_lock lock(impl_->gate);
        for (std::size_t i = 0; i < some.size(); ++i)
            impl_->board.fix(some[i], to[i]);
    }
}

bool UnitIndex::knows(const UnitId& unit) const {
    const std::shared_lock lock(impl_->gate);
    return impl_->board.slot(unit).has_value();
}

void UnitIndex::advance(Instant now) {
    const std::unique_lock lock(impl_->gate);
    if (impl_->board.needs(now))
        impl_->board.advance(now);
}

Whereabouts UnitIndex::whereabouts(const UnitId& unit, Instant now) const {
    const std::shared_lock lock(impl_->gate);
    const auto slot = impl_->board.slot(unit);
    return slot ? impl_->board.whereabouts(impl_->board.slots()[*slot], now) : Whereabouts{};
}

std::vector<std::pair<UnitId, Fix>> UnitIndex::fixes() const {
    std::vector<std::pair<UnitId, Fix>> all;
    {
        const std::shared_lock lock(impl_->gate);
        for (const UnitSlot& slot : impl_->board.slots())
            if (slot.hasFix)
                all.emplace_back(slot.facts->id, impl_->board.fixOf(slot));
    }
    return all;
}

Recommendation UnitIndex::recommend(const State& state, const Request& request, const CostModel& cost) const {
    {
        const std::shared_lock lock(impl_->gate);
        if (state.seq() <= impl_->board.followed().seq() && !impl_->board.needs(request.now))
            return impl_->search(state, request, cost);
    }
    const std::unique_lock lock(impl_->gate);
    impl_->board.follow(state);
    impl_->board.advance(request.now);
    return impl_->search(state, request, cost);
}

StormField UnitIndex::stormField(const State& state, Instant now) const {
    {
        const std::shared_lock lock(impl_->gate);
        if (state.seq() <= impl_->board.followed().seq() && !impl_->board.needs(now))
            return impl_->field(now);
    }
    const std::unique_lock lock(impl_->gate);
    impl_->board.follow(state);
    impl_->board.advance(now);
    return impl_->field(now);
}

} // namespace vedette::dispatch
