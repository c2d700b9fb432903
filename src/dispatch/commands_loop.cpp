// SPDX-License-Identifier: GPL-3.0-or-later
// The closed loop: what is asked back of the field, second reviews, scheduled tickets, hazards, sweeps.
#include "decider.h"

#include <algorithm>

namespace vedette::dispatch {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

} // namespace

void Deciding::opens(const OpenTicket& open, TicketId id, const std::string& sweep) {
    decision_.read[streamOf(id)] = 0;
    if (open.incident.category.empty())
        refuse("categoryMissing");
    if (!onEarth(open.incident.at))
        refuse("placeMissing");
    if (open.begins != Instant{} && open.begins <= said_.occurredAt)
        refuse("timePassed", {{"time", layers::isoLocal(open.begins, zone_)}});
    TicketOpened opened{id, open.incident, open.areas, open.duty, {}, open.desk, open.flags, open.chain};
    opened.begins = open.begins;
    opened.sweep = sweep;
    opened.deadlines = deadlinesFor(open.duty, std::max(said_.occurredAt, open.begins));
    if (opened.incident.happenedAt == Instant{})
        opened.incident.happenedAt = said_.occurredAt;
    happens(std::move(opened));
}

void LoopDecider::answers(TicketId ticket, const UnitId& unit, const std::vector<FeedbackField>& fields) {
    FeedbackGiven given{ticket, unit, {}};
    for (const FeedbackField& field : fields) {
        if (!isFeedbackName(field.name) || field.value.empty()) // left blank: not answered
            continue;
        const auto known = std::ranges::find(given.fields, field.name, &FeedbackField::name);
        if (known == given.fields.end())
            given.fields.push_back(field);
        else
            known->value = field.value;
    }
    if (!given.fields.empty())
        happens(std::move(given));
}

void LoopDecider::wantAnswers(const Ticket& ticket) {
    if (const auto missing = feedbackMissing(ticket); !missing.empty())
        refuse("feedbackMissing", {{"ticket", toString(ticket.id)}, {"fields", joined(missing)}});
}

void LoopDecider::mayReview(const Ticket& ticket) {
    wantAnswers(ticket);
    if (!ticket.duty.reviewBySecond)
        return;
    const auto actors = workedOn(ticket);
    if (std::ranges::count(actors, said_.actor))
        refuse("reviewerSent", {{"ticket", toString(ticket.id)}, {"actor", said_.actor}});
}

void LoopDecider::mayClose(const Ticket& ticket) {
    wantAnswers(ticket);
    if (ticket.duty.reviewBySecond && stage(ticket) != Stage::reviewed)
        refuse("reviewMissing", {{"ticket", toString(ticket.id)}});
    if (ticket.hazard.runs())
        refuse("hazardOpen", {{"ticket", toString(ticket.id)}});
}

void LoopDecider::operator()(const GiveFeedback& give) {
    const Ticket* ticket = openTicket(give.ticket);
    if (!ticket)
        return;
    // Whoever types a name can mend it; what a feed brings is taken.
    for (const FeedbackField& field : give.fields) {
        if (!said_.source.empty())
            break;
        if (!isFeedbackName(field.name))
            refuse("feedbackFieldUnusable", {{"field", field.name}});
        else if (const auto& asked = ticket->duty.feedback;
                 !asked.empty() && !std::ranges::count(asked, field.name))
            refuse("feedbackFieldUnknown", {{"field", field.name}, {"known", joined(asked)}});
    }
    answers(give.ticket, give.unit, give.fields);
    if (!give.text.empty())
        happens(EntryAdded{give.ticket, EntryKind::feedback, give.text, give.unit});
    if (decision_.events.empty())
        refuse("textMissing", {{"ticket", toString(give.ticket)}});
}

void LoopDecider::operator()(const ScheduleTicket& schedule) {
    const Ticket* ticket = openTicket(schedule.ticket);
    if (!ticket)
        return;
    if (const Assignment* leading = lead(*ticket))
        return refuse("underWay", {{"ticket", toString(ticket->id)}, {"unit", leading->unit.text}});
    if (schedule.begins <= said_.occurredAt)
        return refuse("timePassed", {{"time", layers::isoLocal(schedule.begins, zone_)}});
    if (schedule.begins == ticket->begins)
        return refuse("nothingChanges", {{"what", toString(ticket->id)}});
    happens(TicketScheduled{ticket->id, schedule.begins, deadlinesFor(ticket->duty, schedule.begins)});
}

void LoopDecider::operator()(const ReserveUnit& reserve) {
    const Ticket* ticket = openTicket(reserve.ticket);
    const UnitRecord* unit = knownUnit(reserve.unit);
    if (!ticket || !unit)
        return;
    if (!unit->listed)
        return refuse("unitUnknown", {{"unit", reserve.unit.text}});
    if (!isScheduled(*ticket, said_.occurredAt))
        return refuse("notScheduled", {{"ticket", toString(ticket->id)}});
    if (openAssignment(*ticket, reserve.unit))
        return refuse("alreadyAssigned", {{"unit", reserve.unit.text}, {"ticket", toString(ticket->id)}});
    if (std::ranges::count(ticket->reserved, reserve.unit))
        return refuse("alreadyReserved", {{"unit", reserve.unit.text}, {"ticket", toString(ticket->id)}});
    happens(UnitReserved{ticket->id, reserve.unit});
}

void LoopDecider::operator()(const UnreserveUnit& unreserve) {
    const Ticket* ticket = openTicket(unreserve.ticket);
    if (!ticket)
        return;
    if (!unreserve.unit && ticket->reserved.size() > 1)
        return refuse("severalReserved", {{"ticket", toString(ticket->id)}});
    const UnitId unit = unreserve.unit           ? *unreserve.unit
                        : ticket->reserved.empty() ? UnitId{}
                                                   : ticket->reserved.front();
    if (!std::ranges::count(ticket->reserved, unit))
        return refuse("notReserved", {{"unit", unit.text}, {"ticket", toString(ticket->id)}});
    happens(UnitUnreserved{ticket->id, unit, {}});
}

void LoopDecider::operator()(const BeginReserved& begin) {
    const Ticket* ticket = openTicket(begin.ticket);
    if (!ticket)
        return;
    if (ticket->begins > said_.occurredAt || !std::ranges::count(ticket->reserved, begin.unit))
        return refuse("nothingChanges", {{"what", toString(begin.ticket)}});
    Decision sent = decide(
        state_,
        AssignUnit{begin.ticket, begin.unit, std::nullopt, begin.unitAt, begin.basis, {}, "reserved"}, said_,
        zone_);
    decision_.read.merge(sent.read);
    if (sent.violations.empty())
        decision_.events = std::move(sent.events);
    else
        happens(UnitUnreserved{begin.ticket, begin.unit, sent.violations.front()});
}

bool LoopDecider::daysRight(int days) {
    if (days >= 1 && days <= 366)
        return true;
    refuse("hazardDays", {{"days", std::to_string(days)}});
    return false;
}

void LoopDecider::operator()(const FindHazard& find) {
    const Ticket* ticket = openTicket(find.ticket);
    if (!ticket || !daysRight(find.days))
        return;
    if (ticket->hazard.runs())
        return refuse("hazardRuns", {{"ticket", toString(ticket->id)}});
    if (find.text.empty())
        return refuse("textMissing", {{"ticket", toString(ticket->id)}});
    happens(HazardFound{ticket->id, said_.occurredAt + std::chrono::days(find.days), find.text});
}

void LoopDecider::operator()(const RectifyHazard& rectify) {
    const Ticket* ticket = openTicket(rectify.ticket);
    if (!ticket)
        return;
    if (ticket->hazard.step == Hazard::Step::rectified)
        return refuse("nothingChanges", {{"what", toString(ticket->id)}});
    if (ticket->hazard.step != Hazard::Step::found)
        return refuse("noHazard", {{"ticket", toString(ticket->id)}});
    const auto within = ticket->duty.inspect;
    happens(HazardRectified{ticket->id, within.count() > 0 ? said_.occurredAt + within : Instant{},
                            rectify.text});
}

void LoopDecider::operator()(const InspectHazard& inspect) {
    const Ticket* ticket = openTicket(inspect.ticket);
    if (!ticket)
        return;
    if (!ticket->hazard.runs())
        return refuse("noHazard", {{"ticket", toString(ticket->id)}});
    if (ticket->hazard.step != Hazard::Step::rectified)
        return refuse("notRectified", {{"ticket", toString(ticket->id)}});
    if (ticket->hazard.rectifiedBy == said_.actor)
        refuse("inspectorRectified", {{"ticket", toString(ticket->id)}, {"actor", said_.actor}});
    if (!inspect.passed && !daysRight(inspect.days))
        return;
    happens(HazardInspected{ticket->id, inspect.passed,
                            inspect.passed ? Instant{} : said_.occurredAt + std::chrono::days(inspect.days),
                            inspect.text});
}

void LoopDecider::operator()(const OpenSweep& open) {
    if (open.tickets.empty())
        return refuse("sweepEmpty", {{"area", open.area}});
    if (open.tickets.size() > mostInSweep)
        return refuse("sweepTooWide", {{"count", std::to_string(open.tickets.size())},
                                       {"most", std::to_string(mostInSweep)}});
    SweepOpened sweep{{}, open.name.empty() ? open.area : open.name, open.category, open.area, {}};
    for (int number = 1; sweep.id.empty(); ++number)
        if (const std::string id = "S" + std::to_string(number); state_.version("sweep/" + id) == 0)
            sweep.id = id;
    decision_.read["sweep/" + sweep.id] = 0;
    const std::string id = sweep.id;
    happens(std::move(sweep));
    TicketId next = state_.nextTicket();
    for (const OpenTicket& ticket : open.tickets) {
        opens(ticket, next, id);
        ++next.number;
    }
}

void LoopDecider::operator()(const CloseSweep& close) {
    const Sweep* sweep = state_.sweep(close.sweep);
    if (!sweep)
        return refuse("sweepUnknown", {{"sweep", close.sweep}});
    if (sweep->closed)
        return refuse("sweepIsClosed", {{"sweep", close.sweep}});
    if (close.reason.empty())
        return refuse("sweepReasonMissing", {{"sweep", close.sweep}});
    decision_.read["sweep/" + sweep->id] = state_.version("sweep/" + sweep->id);
    happens(SweepClosed{sweep->id, close.reason, {}});
    for (const TicketId id : sweep->tickets) {
        const Ticket* ticket = state_.ticket(id);
        if (!ticket || !isOpen(*ticket) || lead(*ticket))
            continue;
        reads(id);
        releaseAll(*ticket);
        happens(TicketMoved{id, TicketMove::cancelled, {}, close.reason, false, {}, 0});
    }
}

void LoopDecider::operator()(const JoinSweep& join) {
    const Ticket* ticket = openTicket(join.ticket);
    if (!ticket)
        return;
    const Sweep* sweep = state_.sweep(join.sweep);
    if (!sweep)
        return refuse("sweepUnknown", {{"sweep", join.sweep}});
    if (sweep->closed)
        return refuse("sweepIsClosed", {{"sweep", join.sweep}});
    if (ticket->sweep == join.sweep)
        return refuse("nothingChanges", {{"what", toString(ticket->id)}});
    if (!ticket->sweep.empty())
        return refuse("inSweep", {{"ticket", toString(ticket->id)}, {"sweep", ticket->sweep}});
    happens(SweepJoined{ticket->id, join.sweep});
}

void LoopDecider::operator()(const LeaveSweep& leave) {
    const Ticket* ticket = openTicket(leave.ticket);
    if (!ticket)
        return;
    if (ticket->sweep.empty())
        return refuse("notInSweep", {{"ticket", toString(ticket->id)}});
    happens(SweepLeft{ticket->id, ticket->sweep});
}

// A sweep has no record of its own to write into: what was typed stands in its event.
void LoopDecider::keepSweepLine() {
    if (decision_.events.empty())
        return;
    if (auto* opened = std::get_if<SweepOpened>(&decision_.events.front().payload))
        opened->line = said_.line;
    else if (auto* closed = std::get_if<SweepClosed>(&decision_.events.front().payload))
        closed->line = said_.line;
}

} // namespace vedette::dispatch
