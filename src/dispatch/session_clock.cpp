// SPDX-License-Identifier: GPL-3.0-or-later
// What the journal thread says of itself: deadlines that pass are escalated, by the one session that holds
// the lease of the clocks.
#include "live_session.h"

#include "dispatch/roll_call.h"

namespace vedette::dispatch {

namespace {

constexpr auto leaseFor = std::chrono::seconds(6), leaseEvery = std::chrono::seconds(2);
constexpr std::size_t atOnce = 500; // one transaction; the next comes a moment later

// The same missed deadline has the same command id in every session: a second one adds nothing.
std::string commandIdOf(const Escalation& escalation, int reopenings) {
    return "overdue/" + toString(escalation.ticket) + '/' + std::to_string(reopenings) + '/' +
           escalation.clock + '/' + std::to_string(escalation.level);
}

} // namespace

void LiveSession::escalate() {
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
    const auto due = watch_.due(before, clock_->now(), atOnce);
    if (due.empty())
        return;
    State after = before; // a ticket may be due on two clocks
    Store::Append append;
    for (const Escalation& escalation : due) {
        const Ticket* ticket = after.ticket(escalation.ticket);
        Said words = said(commandIdOf(escalation, ticket ? ticket->reopenings : 0));
        words.actor = "clock";
        Decision decision =
            decide(after, EscalateOverdue{escalation.ticket, escalation.clock, escalation.level}, words,
                   city_->zone);
        for (const auto& [stream, version] : decision.read)
            append.read.try_emplace(stream, before.version(stream));
        for (Event& event : decision.events) {
            event.envelope.version = after.version(event.envelope.stream) + 1;
            event.envelope.seq = after.seq() + 1;
            after = apply(std::move(after), event);
            append.events.push_back(std::move(event));
        }
    }
    if (append.events.empty())
        return;
    const auto appended = store_->append(append);
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
