// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/commands.h"

#include <cmath>

namespace vedette::dispatch {

inline bool onEarth(LonLat at) {
    return std::isfinite(at.lon) && std::isfinite(at.lat) && std::abs(at.lon) <= 180 &&
           std::abs(at.lat) <= 90;
}

// What every check of a command needs: the state, what was said, and the decision as it grows. A violation
// empties what would have happened.
class Deciding {
public:
    Deciding(const State& state, const Said& said, const layers::TimeZone& zone)
        : state_(state), said_(said), zone_(zone) {}

protected:
    void refuse(std::string code, std::vector<std::pair<std::string, std::string>> args = {}) {
        decision_.violations.push_back({std::move(code), std::move(args)});
    }
    void happens(Payload payload) {
        Event event;
        event.envelope.commandId = said_.commandId;
        event.envelope.source = said_.source;
        event.envelope.sourceId = said_.sourceId;
        event.envelope.stream = streamOf(payload);
        event.envelope.kind = kindOf(payload);
        event.envelope.occurredAt = said_.occurredAt;
        event.envelope.actor = said_.actor;
        event.envelope.workstation = said_.workstation;
        event.envelope.mode = said_.mode;
        event.payload = std::move(payload);
        decision_.events.push_back(std::move(event));
    }
    void reads(const auto& id) { readsStream(streamOf(id)); }
    void readsStream(const std::string& stream) { decision_.read[stream] = state_.version(stream); }

    const Ticket* knownTicket(TicketId id) {
        reads(id);
        const Ticket* ticket = state_.ticket(id);
        if (!ticket)
            refuse("ticketUnknown", {{"ticket", toString(id)}});
        return ticket;
    }
    const Ticket* openTicket(TicketId id) {
        const Ticket* ticket = knownTicket(id);
        if (!ticket || isOpen(*ticket))
            return ticket;
        refuse("ticketClosed", {{"ticket", toString(id)}, {"stage", std::string(toString(stage(*ticket)))}});
        return nullptr;
    }
    const UnitRecord* knownUnit(const UnitId& id) {
        reads(id);
        const UnitRecord* unit = state_.unit(id);
        if (!unit)
            refuse("unitUnknown", {{"unit", id.text}});
        return unit;
    }
    void available(const UnitRecord& unit) {
        const std::string& id = unit.facts->id.text;
        if (!onDuty(unit, said_.occurredAt, zone_))
            refuse("unitOffShift", {{"unit", id}});
        if (unit.onBreak)
            refuse("unitOnBreak", {{"unit", id}});
        if (onPlannedBreak(unit, said_.occurredAt, zone_)) {
            const auto till = nextTurn(unit.facts->breaks, said_.occurredAt, zone_);
            refuse("unitOnPlannedBreak",
                   {{"unit", id}, {"till", till ? layers::clockLocal(*till, zone_).substr(0, 5) : ""}});
        }
        if (outOfService(unit, said_.occurredAt))
            refuse("unitOutOfService", {{"unit", id}});
    }
    static const Assignment* openAssignment(const Ticket& ticket, const UnitId& unit) {
        for (const Assignment& one : ticket.assignments)
            if (one.unit == unit && one.open())
                return &one;
        return nullptr;
    }
    // Whoever is still on it is told so by an event of its own: orders are made from these.
    void releaseAll(const Ticket& ticket) {
        for (const Assignment& one : ticket.assignments)
            if (one.open()) {
                reads(one.unit);
                happens(AssignmentMoved{ticket.id, one.unit, AssignmentStatus::released, {}});
            }
    }
    // As `id`, which must be the next or one of those behind it.
    void opens(const OpenTicket& open, TicketId id, const std::string& sweep = {});

    const State& state_;
    const Said& said_;
    const layers::TimeZone& zone_;
    Decision decision_;
};

// The commands of the closed loop (commands_loop.cpp).
class LoopDecider : public Deciding {
public:
    using Deciding::Deciding;

    void operator()(const GiveFeedback& give);
    void operator()(const ScheduleTicket& schedule);
    void operator()(const ReserveUnit& reserve);
    void operator()(const UnreserveUnit& unreserve);
    void operator()(const BeginReserved& begin);
    void operator()(const FindHazard& find);
    void operator()(const RectifyHazard& rectify);
    void operator()(const InspectHazard& inspect);
    void operator()(const OpenSweep& open);
    void operator()(const CloseSweep& close);
    void operator()(const JoinSweep& join);
    void operator()(const LeaveSweep& leave);

protected:
    // What is answered, without fields whose names can't be kept; of one name the last.
    void answers(TicketId ticket, const UnitId& unit, const std::vector<FeedbackField>& fields);
    void mayReview(const Ticket& ticket);
    void mayClose(const Ticket& ticket); // without a reason
    void keepSweepLine();

private:
    bool daysRight(int days);
    void wantAnswers(const Ticket& ticket);
};

} // namespace vedette::dispatch
