// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/kpi.h"

#include <algorithm>
#include <map>

namespace vedette::dispatch {

namespace {

using std::chrono::seconds;

Instant reached(const Assignment& assignment, AssignmentStatus status) {
    return assignment.at[static_cast<std::size_t>(status)];
}

// The first assignment that led and went furthest: a lead that declined says nothing of the one who went.
const Assignment* bestLead(const Ticket& ticket) {
    const Assignment* best = nullptr;
    for (const Assignment& assignment : ticket.assignments)
        if (assignment.part == Part::lead &&
            (!best || reached(*best, AssignmentStatus::onscene) == Instant{}))
            best = &assignment;
    return best;
}

std::optional<seconds> median(std::vector<seconds> values) {
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

class Interval {
public:
    explicit Interval(std::vector<seconds> bounds) {
        buckets_.counts.resize(bounds.size() + 1);
        buckets_.bounds = std::move(bounds);
    }
    void add(Instant from, Instant till) {
        if (from == Instant{} || till == Instant{} || till < from)
            return;
        const auto took = std::chrono::floor<seconds>(till - from);
        const auto bucket = std::upper_bound(buckets_.bounds.begin(), buckets_.bounds.end(), took);
        ++buckets_.counts[static_cast<std::size_t>(bucket - buckets_.bounds.begin())];
        all_.push_back(took);
    }
    Kpi::Buckets done() {
        buckets_.median = median(std::move(all_));
        return std::move(buckets_);
    }

private:
    Kpi::Buckets buckets_;
    std::vector<seconds> all_;
};

void countMoves(const Ticket& ticket, Kpi& kpi) {
    kpi.reopened += ticket.reopenings > 0;
    kpi.escalated += ticket.escalations > 0;
    switch (stage(ticket)) {
    case Stage::cancelled:
        ++kpi.cancelled;
        break;
    case Stage::merged:
        ++kpi.merged;
        break;
    case Stage::returned:
        ++kpi.returned;
        break;
    case Stage::transferred:
        ++kpi.transferred;
        break;
    case Stage::closed:
        ++kpi.closed;
        ++(keptDeadlines(ticket) ? kpi.onTime : kpi.late);
        break;
    default:
        break;
    }
}

} // namespace

bool keptDeadlines(const Ticket& ticket) {
    const Assignment* lead = bestLead(ticket);
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

Kpi kpi(const State& state, Instant from, Instant till, Instant now,
        const std::function<std::string(const Ticket&)>& stationOf,
        const std::function<bool(const Ticket&)>& counts) {
    using namespace std::chrono_literals;
    Kpi kpi;
    Interval signFor({30s, 60s, 120s, 180s}), turnOut({5min, 10min, 15min, 30min}),
        feedback({30min, 60min, 120min, 240min});
    std::map<std::string, std::vector<seconds>> byStation;
    state.forEachTicket(from, till, [&](const Ticket& ticket) {
        if (counts && !counts(ticket))
            return;
        ++kpi.opened;
        countMoves(ticket, kpi);
        if (isOpen(ticket)) {
            ++kpi.open;
            const auto running = runningDeadline(ticket);
            kpi.overdue += running && running->due < now;
        }
        for (const Assignment& assignment : ticket.assignments)
            kpi.overrides += !assignment.overrideReason.empty();
        const Assignment* lead = bestLead(ticket);
        if (!lead)
            return;
        const Instant accepted = reached(*lead, AssignmentStatus::accepted);
        const Instant onscene = reached(*lead, AssignmentStatus::onscene);
        signFor.add(reached(*lead, AssignmentStatus::assigned), accepted);
        turnOut.add(accepted, onscene);
        feedback.add(onscene, reached(*lead, AssignmentStatus::handled));
        if (const std::string station = stationOf ? stationOf(ticket) : std::string{};
            !station.empty() && accepted != Instant{} && onscene >= accepted)
            byStation[station].push_back(std::chrono::floor<seconds>(onscene - accepted));
    });
    kpi.signFor = signFor.done(), kpi.turnOut = turnOut.done(), kpi.feedback = feedback.done();
    for (auto& [station, times] : byStation)
        if (times.size() >= 3)
            if (const auto typical = *median(times); !kpi.slowest || typical > kpi.slowest->median)
                kpi.slowest = Kpi::Slow{station, typical};
    return kpi;
}

} // namespace vedette::dispatch
