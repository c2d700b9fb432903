// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/kpi.h"

#include <algorithm>
#include <limits>
#include <map>
#include <span>

namespace vedette::dispatch {

namespace {

using std::chrono::seconds;

Instant reached(const Assignment& assignment, AssignmentStatus status) {
    return assignment.at[static_cast<std::size_t>(status)];
}

// The first assignment that led and went furthest: a lead that declined says nothing of the one who went.
const Assignment* bestLead(const Ticket& ticket, std::size_t from = 0) {
    const Assignment* best = nullptr;
    for (const Assignment& assignment : std::span(ticket.assignments).subspan(from))
        if (assignment.part == Part::lead &&
            (!best || reached(*best, AssignmentStatus::onscene) == Instant{}))
            best = &assignment;
    return best;
}

std::optional<seconds> median(std::vector<std::int32_t> values) {
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return seconds(*middle);
}

std::int32_t between(Instant from, Instant till) {
    if (from == Instant{} || till == Instant{})
        return KpiFacts::unreached;
    if (till < from)
        return KpiFacts::setBack;
    const auto took = std::chrono::floor<seconds>(till - from).count();
    return static_cast<std::int32_t>(std::min<std::int64_t>(took, std::numeric_limits<std::int32_t>::max()));
}

KpiFacts::End endOf(const Ticket& ticket) {
    switch (stage(ticket)) {
    case Stage::closed:
        return KpiFacts::End::closed;
    case Stage::cancelled:
        return KpiFacts::End::cancelled;
    case Stage::merged:
        return KpiFacts::End::merged;
    case Stage::returned:
        return KpiFacts::End::returned;
    case Stage::transferred:
        return isOpen(ticket) ? KpiFacts::End::open : KpiFacts::End::transferred;
    default:
        return KpiFacts::End::open;
    }
}

} // namespace

bool keptDeadlines(const Ticket& ticket) {
    if (ticket.lateBefore)
        return false;
    const Assignment* lead = bestLead(ticket, ticket.roundStart);
    if (!lead)
        return true;
    const auto kept = [&](Instant due, AssignmentStatus status) {
        const Instant when = reached(*lead, status);
        return due == Instant{} || when == Instant{} || when <= due;
    };
    return kept(ticket.deadlines.accept, AssignmentStatus::accepted) &&
           kept(ticket.deadlines.arrive, AssignmentStatus::onscene) &&
           kept(ticket.deadlines.finish, AssignmentStatus::handled);
}

KpiFacts kpiFacts(const Ticket& ticket) {
    KpiFacts facts;
    facts.openedAt = ticket.openedAt;
    facts.end = endOf(ticket);
    facts.reopened = ticket.reopenings > 0;
    facts.escalated = ticket.escalations > 0;
    for (const LogEntry& entry : ticket.log) {
        facts.transferred = facts.transferred || entry.what.code == "log.transferred" ||
                            entry.what.code == "log.handedOver";
        if (facts.end == KpiFacts::End::closed && entry.what.code == "log.closed")
            facts.closedAt = entry.at;
    }
    if (facts.end == KpiFacts::End::closed)
        facts.kept = keptDeadlines(ticket);
    else if (facts.end == KpiFacts::End::open)
        if (const auto running = runningDeadline(ticket))
            facts.due = running->due;
    for (const Assignment& assignment : ticket.assignments)
        facts.overrides = static_cast<std::uint16_t>(facts.overrides + !assignment.overrideReason.empty());
    if (const Assignment* lead = bestLead(ticket)) {
        const Instant accepted = reached(*lead, AssignmentStatus::accepted);
        const Instant onscene = reached(*lead, AssignmentStatus::onscene);
        facts.took[0] = between(reached(*lead, AssignmentStatus::assigned), accepted);
        facts.took[1] = between(accepted, onscene);
        facts.took[2] = between(onscene, reached(*lead, AssignmentStatus::handled));
    }
    return facts;
}

const std::vector<seconds>& kpiBounds(std::size_t interval) {
    using namespace std::chrono_literals;
    static const std::vector<seconds> bounds[] = {
        {30s, 60s, 120s, 180s}, {5min, 10min, 15min, 30min}, {30min, 60min, 120min, 240min}};
    return bounds[interval];
}

std::size_t kpiBucket(std::size_t interval, std::int32_t took) {
    const auto& bounds = kpiBounds(interval);
    return static_cast<std::size_t>(std::upper_bound(bounds.begin(), bounds.end(), seconds(took)) -
                                    bounds.begin());
}

Kpi emptyKpi() {
    Kpi kpi;
    for (std::size_t i = 0; i < 3; ++i)
        bucketsOf(kpi, i) = {kpiBounds(i), std::vector<std::size_t>(kpiBounds(i).size() + 1), {}};
    return kpi;
}

Kpi::Buckets& bucketsOf(Kpi& kpi, std::size_t interval) {
    return interval == 0 ? kpi.signFor : interval == 1 ? kpi.turnOut : kpi.feedback;
}
const Kpi::Buckets& bucketsOf(const Kpi& kpi, std::size_t interval) {
    return interval == 0 ? kpi.signFor : interval == 1 ? kpi.turnOut : kpi.feedback;
}

void count(Kpi& into, const KpiFacts& ticket, Instant now) {
    using End = KpiFacts::End;
    ++into.opened;
    into.open += ticket.end == End::open;
    into.overdue += ticket.end == End::open && ticket.due != Instant{} && ticket.due < now;
    into.closed += ticket.end == End::closed;
    into.onTime += ticket.end == End::closed && ticket.kept;
    into.late += ticket.end == End::closed && !ticket.kept;
    into.cancelled += ticket.end == End::cancelled;
    into.merged += ticket.end == End::merged;
    into.returned += ticket.end == End::returned;
    into.transferred += ticket.transferred;
    into.reopened += ticket.reopened;
    into.escalated += ticket.escalated;
    into.overrides += ticket.overrides;
    for (std::size_t i = 0; i < 3; ++i) {
        if (ticket.took[i] >= 0)
            ++bucketsOf(into, i).counts[kpiBucket(i, ticket.took[i])];
        into.clockBack += ticket.took[i] == KpiFacts::setBack;
    }
}

Kpi kpi(const State& state, Instant from, Instant till, Instant now,
        const std::function<std::string(const Ticket&)>& stationOf,
        const std::function<bool(const Ticket&)>& counts) {
    Kpi kpi = emptyKpi();
    std::vector<std::int32_t> took[3];
    std::map<std::string, std::vector<std::int32_t>> byStation;
    state.forEachTicket(from, till, [&](const Ticket& ticket) {
        if (counts && !counts(ticket))
            return;
        const KpiFacts facts = kpiFacts(ticket);
        count(kpi, facts, now);
        for (std::size_t i = 0; i < 3; ++i)
            if (facts.took[i] >= 0)
                took[i].push_back(facts.took[i]);
        if (facts.took[1] < 0)
            return;
        if (std::string station = stationOf ? stationOf(ticket) : std::string{}; !station.empty())
            byStation[std::move(station)].push_back(facts.took[1]);
    });
    for (std::size_t i = 0; i < 3; ++i)
        bucketsOf(kpi, i).median = median(std::move(took[i]));
    for (auto& [station, times] : byStation)
        if (times.size() >= Kpi::slowestOf)
            if (const auto typical = *median(times); !kpi.slowest || typical > kpi.slowest->median)
                kpi.slowest = Kpi::Slow{station, typical, times.size()};
    return kpi;
}

} // namespace vedette::dispatch
