// SPDX-License-Identifier: GPL-3.0-or-later
#include "state_impl.h"

#include "record_codec.h"

#include <algorithm>
#include <tuple>

namespace vedette::dispatch {

State::State() : impl_(Cow<Impl>::make()) {}
State::State(const State&) noexcept = default;
State::State(State&&) noexcept = default;
State& State::operator=(const State&) noexcept = default;
State& State::operator=(State&&) noexcept = default;
State::~State() = default;

Seq State::seq() const {
    return impl_->seq;
}

Instant State::at() const {
    return impl_->at;
}

Mode State::mode() const {
    return impl_->mode;
}

const Ticket* State::ticket(TicketId id) const {
    return impl_->byNumber.at(id.number);
}

const UnitRecord* State::unit(const UnitId& id) const {
    const auto rank = impl_->rank(id.text);
    return rank ? impl_->byRank.at(*rank) : nullptr;
}

void State::forEachTicket(const std::function<void(const Ticket&)>& visit) const {
    impl_->byNumber.forEach(visit);
}

void State::forEachTicket(Instant from, Instant till, const std::function<void(const Ticket&)>& visit) const {
    const std::int64_t first = from.time_since_epoch().count(), last = till.time_since_epoch().count();
    impl_->byNumber.forEachIn(
        [&](const Paged<Ticket>::Outline& page) { return page.most >= first && page.least < last; },
        [&](const Ticket& ticket) {
            if (ticket.openedAt >= from && ticket.openedAt < till)
                visit(ticket);
        });
}

void State::forEachOpenTicket(const std::function<void(const Ticket&)>& visit) const {
    impl_->byNumber.forEachMarked(visit);
}

void State::forEachUnit(const std::function<void(const UnitRecord&)>& visit) const {
    if (!impl_->strays || impl_->strays->empty())
        return impl_->byRank.forEach(visit);
    // Those no longer listed lie behind the others; by id they belong between them.
    auto stray = impl_->strays->begin();
    const auto last = impl_->strays->end();
    const std::size_t listed = impl_->roll ? impl_->roll->facts.size() : 0;
    for (std::size_t i = 0; i < listed; ++i) {
        for (; stray != last && stray->first < impl_->roll->facts[i].id.text; ++stray)
            visit(*impl_->byRank.at(stray->second));
        visit(*impl_->byRank.at(i));
    }
    for (; stray != last; ++stray)
        visit(*impl_->byRank.at(stray->second));
}

std::size_t State::ticketCount() const {
    return impl_->tickets;
}

std::size_t State::openTicketCount() const {
    return impl_->openTickets;
}

std::size_t State::unitCount() const {
    return impl_->units;
}

const std::vector<Duty>& State::duties() const {
    static const std::vector<Duty> none;
    return impl_->catalogue ? impl_->catalogue->duties : none;
}

std::vector<RoadRestricted> State::restrictedRoads() const {
    std::vector<RoadRestricted> all;
    if (impl_->roads)
        for (const auto& [id, road] : *impl_->roads)
            all.push_back(road);
    return all;
}

std::vector<Sweep> State::sweeps() const {
    std::vector<Sweep> all;
    if (impl_->sweeps)
        for (const auto& [id, sweep] : *impl_->sweeps)
            all.push_back(sweep);
    std::ranges::sort(all, {}, [](const Sweep& sweep) { return std::pair(sweep.id.size(), sweep.id); });
    return all;
}

const Sweep* State::sweep(std::string_view id) const {
    if (!impl_->sweeps)
        return nullptr;
    const auto found = impl_->sweeps->find(id);
    return found == impl_->sweeps->end() ? nullptr : &found->second;
}

std::vector<DeskWatch> State::deskWatches() const {
    std::vector<DeskWatch> all;
    if (impl_->desks)
        for (const auto& [desk, watch] : *impl_->desks)
            all.push_back(watch);
    return all;
}

std::optional<DeskWatch> State::deskWatch(std::string_view desk) const {
    if (!impl_->desks)
        return std::nullopt;
    const auto found = impl_->desks->find(desk);
    return found == impl_->desks->end() ? std::nullopt : std::optional(found->second);
}

std::vector<RollCall> State::rollCalls() const {
    std::vector<RollCall> all;
    if (impl_->rollCalls)
        for (const auto& [id, roll] : *impl_->rollCalls)
            all.push_back(roll);
    std::stable_sort(all.begin(), all.end(), [](const RollCall& a, const RollCall& b) {
        return a.at != b.at ? a.at < b.at : a.called.id.size() < b.called.id.size();
    });
    return all;
}

std::vector<PatrolPlanned> State::patrols() const {
    std::vector<PatrolPlanned> all;
    if (impl_->patrols)
        for (const auto& [id, patrol] : *impl_->patrols)
            all.push_back(patrol);
    std::ranges::sort(all, {}, [](const PatrolPlanned& one) { return std::pair(one.id.size(), one.id); });
    return all;
}

TicketId State::nextTicket() const {
    return {impl_->nextTicket};
}

std::uint32_t State::version(std::string_view stream) const {
    constexpr std::string_view ofTicket = "ticket/", ofUnit = "unit/";
    if (stream.starts_with(ofTicket)) {
        const auto id = ticketId(stream.substr(ofTicket.size()));
        if (const Ticket* known = id ? ticket(*id) : nullptr)
            return known->version;
    } else if (stream.starts_with(ofUnit)) {
        if (const auto rank = impl_->rank(stream.substr(ofUnit.size())))
            return impl_->byRank.at(*rank)->version;
    }
    if (!impl_->versions)
        return 0;
    const auto found = impl_->versions->find(stream);
    return found == impl_->versions->end() ? 0 : found->second;
}

std::size_t State::unknownKinds() const {
    return impl_->unknownKinds;
}

std::string State::pinned(std::string_view what) const {
    if (what == "units" && impl_->roll)
        return impl_->roll->sha256;
    if (what == "duties" && impl_->catalogue)
        return impl_->catalogue->sha256;
    return {};
}

std::string State::hash() const {
    Sum128 sum = hashOf(headerBytes(*impl_), 0);
    sum += impl_->byNumber.sum(&ticketHash);
    sum += impl_->byRank.sum(&unitHash);
    std::string text = "f3:";
    for (const std::uint64_t half : {sum.high, sum.low})
        for (int shift = 60; shift >= 0; shift -= 4)
            text += "0123456789abcdef"[half >> shift & 15];
    return text;
}

std::optional<std::size_t> State::Impl::rank(std::string_view unit) const {
    if (roll) {
        if (const auto listed = roll->rank(unit))
            return *listed;
    }
    if (strays) {
        const auto found = strays->find(unit);
        if (found != strays->end())
            return found->second;
    }
    return std::nullopt;
}

void State::Impl::countRecords() {
    std::tie(tickets, openTickets) = byNumber.count();
    units = 0;
    strays = {};
    byRank.forEach([this](const UnitRecord& unit) {
        if (!unit.listed)
            strays.write().emplace(unit.facts->id.text, static_cast<std::uint32_t>(units));
        ++units;
    });
}

} // namespace vedette::dispatch
