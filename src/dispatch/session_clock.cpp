// SPDX-License-Identifier: GPL-3.0-or-later
// What the journal thread says of itself: deadlines that pass are escalated, units that are reserved for a
// ticket are assigned when it begins, by the one session that holds the lease of the clocks.
#include "batch.h"
#include "live_session.h"

#include "dispatch/roll_call.h"

namespace vedette::dispatch {

namespace {

constexpr auto leaseFor = std::chrono::seconds(6), leaseEvery = std::chrono::seconds(2);
constexpr std::size_t atOnce = 500; // one transaction; the next comes a moment later

constexpr std::string_view overdue = "overdue/";

// The same missed deadline has the same command id in every session: a second one adds nothing. A hazard's
// clocks run anew with every inspection that failed.
std::string commandIdOf(const Escalation& escalation, const Ticket& ticket) {
    const bool again = ticket.hazard.rounds > 0 && (escalation.clock == "rectify" || escalation.clock == "inspect");
    return std::string(overdue) + toString(escalation.ticket) + '/' + std::to_string(ticket.reopenings) + '/' +
           escalation.clock + (again ? "." + std::to_string(ticket.hazard.rounds) : "") + '/' +
           std::to_string(escalation.level);
}

std::string commandIdOf(const Ticket& ticket, const UnitId& unit) {
    return "begin/" + toString(ticket.id) + '/' + std::to_string(ticket.begins.time_since_epoch().count()) +
           '/' + std::to_string(ticket.version) + '/' + unit.text;
}

} // namespace

bool isOverdueCommand(std::string_view commandId) {
    return commandId.starts_with(overdue);
}

void LiveSession::fire() {
    if (!options_.feeds || store_->readOnly())
        return;
    if (const auto now = std::chrono::steady_clock::now(); now - leaseAt_ >= leaseEvery) {
        leaseAt_ = now;
        watching_ = store_->lease("deadlines", process_, leaseFor);
    }
    if (!watching_)
        return;
    closeRolls();
    const State before = state();
    const Instant now = clock_->now();
    const auto due = watch_.due(before, now, atOnce);
    const auto begun = begins_.due(before, now, atOnce);
    if (due.empty() && begun.empty())
        return;
    Batch all(before, city_->zone); // a ticket may be due on two clocks
    for (const Escalation& escalation : due)
        if (const Ticket* ticket = all.after().ticket(escalation.ticket)) {
            Said words = said(commandIdOf(escalation, *ticket));
            words.actor = "clock";
            all.add(EscalateOverdue{escalation.ticket, escalation.clock, escalation.level}, words);
        }
    for (const TicketId id : begun)
        if (const Ticket* ticket = before.ticket(id))
            for (const UnitId& unit : ticket->reserved) {
                Said words = said(commandIdOf(*ticket, unit));
                words.actor = "clock";
                const Whereabouts where = index_.whereabouts(unit, now);
                all.add(BeginReserved{id, unit, where.lonLat, where.basis}, words);
            }
    if (all.append.events.empty())
        return;
    const auto appended = store_->append(all.append);
    if (appended.ok() && appended.value().conflict)
        return catchUp(); // somebody moved one of them: looked at again next time
    takeIn(appended);
}

// Who didn't answer in time is written down once: the same roll has the same command id in every session.
void LiveSession::closeRolls() {
    for (const std::string& id : rollsDue(state(), clock_->now())) {
        Said words = said("roll/" + id + "/close");
        words.actor = "clock";
        Decision decision = decide(state(), CloseRoll{id}, words, city_->zone);
        if (decision.events.empty())
            continue;
        const auto appended =
            store_->append({std::move(decision.events), std::move(decision.read), std::nullopt});
        if (appended.ok() && appended.value().conflict)
            catchUp(); // an answer came in between: looked at again next time
        else
            takeIn(appended);
    }
}

} // namespace vedette::dispatch
