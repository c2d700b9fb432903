// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/state.h"

#include <algorithm>

namespace vedette::dispatch {

std::string_view toString(Stage stage) {
    static constexpr std::array<std::string_view, 15> names{
        "reported", "verified", "dispatched",  "accepted",  "enroute", "onscene",   "handled", "reviewed",
        "closed",   "returned", "transferred", "escalated", "merged",  "cancelled", "reopened"};
    return names[static_cast<std::size_t>(stage)];
}

std::string_view toString(UnitStatus status) {
    static constexpr std::array<std::string_view, 7> names{"free",    "assigned",     "enroute", "onscene",
                                                           "onBreak", "outOfService", "off"};
    return names[static_cast<std::size_t>(status)];
}

bool isOpen(const Ticket& ticket) {
    if (!ticket.own)
        return true;
    switch (*ticket.own) {
    case TicketMove::closed:
    case TicketMove::returned:
    case TicketMove::transferred:
    case TicketMove::merged:
    case TicketMove::cancelled:
        return false;
    case TicketMove::reviewed:
    case TicketMove::escalated:
    case TicketMove::reopened:
        return true;
    }
    return true;
}

const Assignment* lead(const Ticket& ticket) {
    for (std::size_t i = ticket.assignments.size(); i > ticket.roundStart; --i) {
        const Assignment& one = ticket.assignments[i - 1];
        if (one.part == Part::lead && one.status <= AssignmentStatus::handled)
            return &one;
    }
    return nullptr;
}

Stage stage(const Ticket& ticket) {
    if (ticket.own) {
        switch (*ticket.own) {
        case TicketMove::closed:
            return Stage::closed;
        case TicketMove::returned:
            return Stage::returned;
        case TicketMove::transferred:
            return Stage::transferred;
        case TicketMove::merged:
            return Stage::merged;
        case TicketMove::cancelled:
            return Stage::cancelled;
        case TicketMove::reviewed:
            return Stage::reviewed;
        case TicketMove::escalated:
        case TicketMove::reopened:
            break;
        }
    }
    if (const Assignment* leading = lead(ticket)) {
        switch (leading->status) {
        case AssignmentStatus::assigned:
            return Stage::dispatched;
        case AssignmentStatus::accepted:
            return Stage::accepted;
        case AssignmentStatus::enroute:
            return Stage::enroute;
        case AssignmentStatus::onscene:
            return Stage::onscene;
        default:
            return Stage::handled;
        }
    }
    if (ticket.own)
        return *ticket.own == TicketMove::escalated ? Stage::escalated : Stage::reopened;
    if (!ticket.cameFrom.empty())
        return Stage::transferred;
    return ticket.verified ? Stage::verified : Stage::reported;
}

Deadlines deadlinesFor(const Duty& duty, Instant from) {
    const auto after = [from](std::chrono::minutes minutes) {
        return minutes.count() > 0 ? from + minutes : Instant{};
    };
    return {after(duty.accept), after(duty.arrive), after(duty.finish), after(duty.verify)};
}

std::vector<RunningDeadline> runningDeadlines(const Ticket& ticket) {
    std::vector<RunningDeadline> running;
    if (!isOpen(ticket))
        return running;
    const auto runs = [&](std::string_view name, Instant due) {
        if (due != Instant{})
            running.push_back({name, due});
    };
    const Hazard& hazard = ticket.hazard;
    switch (stage(ticket)) {
    case Stage::handled:
        // A hazard takes days; what is reviewed is all of it.
        if (ticket.duty.review.count() > 0 && !hazard.runs())
            runs("review", std::max(lead(ticket)->at[std::size_t(AssignmentStatus::handled)], hazard.passedAt) +
                               ticket.duty.review);
        break;
    case Stage::reviewed:
        break;
    case Stage::onscene:
        runs("finish", ticket.deadlines.finish);
        break;
    case Stage::accepted:
    case Stage::enroute:
        runs("arrive", ticket.deadlines.arrive);
        break;
    default:
        if (!ticket.verified)
            runs("verify", ticket.deadlines.verify);
        runs("accept", ticket.deadlines.accept);
        break;
    }
    if (hazard.step == Hazard::Step::found)
        runs("rectify", hazard.due);
    else if (hazard.step == Hazard::Step::rectified)
        runs("inspect", hazard.inspectBy);
    if (running.size() > 1)
        std::ranges::stable_sort(running, {}, &RunningDeadline::due);
    return running;
}

std::optional<RunningDeadline> runningDeadline(const Ticket& ticket) {
    const auto running = runningDeadlines(ticket);
    return running.empty() ? std::nullopt : std::optional(running.front());
}

bool isScheduled(const Ticket& ticket, Instant now) {
    return ticket.begins > now && isOpen(ticket) && !lead(ticket);
}

std::vector<std::string> feedbackMissing(const Ticket& ticket) {
    std::vector<std::string> missing;
    for (const std::string& name : ticket.duty.feedback)
        if (std::ranges::find(ticket.feedback, name, &FeedbackField::name) == ticket.feedback.end())
            missing.push_back(name);
    return missing;
}

std::vector<std::string> workedOn(const Ticket& ticket) {
    std::vector<std::string> actors;
    for (const LogEntry& entry : ticket.log) {
        const std::string& what = entry.what.code;
        if (what == "log.reopened")
            actors.clear();
        else if ((what == "log.verified" || what == "log.assigned" || what == "log.handled") &&
                 !std::ranges::count(actors, entry.actor))
            actors.push_back(entry.actor);
    }
    return actors;
}

int nextLevel(const Ticket& ticket, std::string_view clock) {
    int level = 1;
    for (const Ticket::Fired& fired : ticket.fired)
        if (fired.clock == clock)
            level = std::max(level, fired.level + 1);
    return level;
}

bool onDuty(const UnitRecord& unit, Instant now, const layers::TimeZone& zone) {
    if (unit.on)
        return *unit.on;
    return unit.facts->shifts.empty() || planned(unit.facts->shifts, zone.local(now));
}

bool outOfService(const UnitRecord& unit, Instant now) {
    return unit.outOfService && (unit.said().outUntil == Instant{} || now < unit.said().outUntil);
}

bool onPlannedBreak(const UnitRecord& unit, Instant now, const layers::TimeZone& zone) {
    return !unit.onBreak && !unit.facts->breaks.empty() && now >= unit.said().breakLiftedTill &&
           planned(unit.facts->breaks, zone.local(now)) && onDuty(unit, now, zone);
}

const RollCall::Answer* RollCall::answer(const UnitId& unit) const {
    for (const Answer& one : answers)
        if (one.unit == unit)
            return &one;
    return nullptr;
}

std::vector<std::string> RollCall::waitingFor() const {
    std::vector<std::string> left;
    for (const std::string& unit : called.units)
        if (!answer({unit}))
            left.push_back(unit);
    return left;
}

UnitStatus unitStatus(const State& state, const UnitRecord& unit, Instant now, const layers::TimeZone& zone) {
    if (outOfService(unit, now))
        return UnitStatus::outOfService;
    std::optional<UnitStatus> working;
    for (const TicketId id : unit.tickets) {
        const Ticket* ticket = state.ticket(id);
        if (!ticket)
            continue;
        for (const Assignment& one : ticket->assignments) {
            if (one.unit != unit.facts->id || !one.open())
                continue;
            const UnitStatus here = one.status == AssignmentStatus::onscene   ? UnitStatus::onscene
                                    : one.status == AssignmentStatus::enroute ? UnitStatus::enroute
                                                                              : UnitStatus::assigned;
            working = std::max(working.value_or(here), here);
        }
    }
    if (working)
        return *working;
    if (unit.onBreak || onPlannedBreak(unit, now, zone))
        return UnitStatus::onBreak;
    return onDuty(unit, now, zone) ? UnitStatus::free : UnitStatus::off;
}

} // namespace vedette::dispatch
