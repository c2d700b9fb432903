// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/undo.h"

#include <algorithm>

namespace vedette::console {

using namespace dispatch;
using layers::Message;
using Inverse = std::variant<Command, Message>;

namespace {

const Assignment* latest(const Ticket& ticket, const UnitId& unit) {
    const Assignment* found = nullptr;
    for (const Assignment& assignment : ticket.assignments)
        if (assignment.unit == unit)
            found = &assignment;
    return found;
}

struct Take {
    std::optional<TicketId> opened;
    const State &before, &now;

    Inverse operator()(const OpenTicket&) const {
        const Ticket* ticket = opened ? now.ticket(*opened) : nullptr;
        if (!ticket)
            return Message{"undoMove", {{"ticket", ""}}};
        if (!ticket->assignments.empty() || !isOpen(*ticket))
            return Message{"undoWorked", {{"ticket", toString(*opened)}}};
        return Command(MoveTicket{*opened, TicketMove::cancelled, {}, "undo"});
    }
    Inverse operator()(const VerifyTicket& c) const {
        return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
    }
    Inverse operator()(const AssignUnit& c) const {
        const Ticket* ticket = now.ticket(c.ticket);
        const Assignment* assignment = ticket ? latest(*ticket, c.unit) : nullptr;
        if (!assignment || assignment->status != AssignmentStatus::assigned)
            return Message{"undoTaken", {{"unit", c.unit.text}, {"ticket", toString(c.ticket)}}};
        return Command(MoveAssignment{c.ticket, c.unit, AssignmentStatus::released, "undo"});
    }
    Inverse operator()(const MoveAssignment& c) const {
        return Message{"undoLeftRoom", {{"what", toString(c.ticket)}}};
    }
    Inverse operator()(const MoveTicket& c) const {
        const Ticket* old = before.ticket(c.ticket);
        if (c.to == TicketMove::cancelled && old && old->assignments.empty())
            return Command(
                MoveTicket{c.ticket, TicketMove::reopened, {}, "undo"}); // nobody outside knew of it
        return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
    }
    Inverse operator()(const EscalateOverdue& c) const {
        return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
    }
    Inverse operator()(const AddEntry&) const { return Message{"undoNote"}; }
    Inverse operator()(const JudgeDuplicate& c) const {
        return Command(JudgeDuplicate{c.ticket, c.other, !c.keptApart});
    }
    Inverse operator()(const ReclassifyTicket& c) const {
        const Ticket* old = before.ticket(c.ticket);
        if (!old)
            return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
        return Command(ReclassifyTicket{c.ticket, old->incident.category, old->incident.priority, old->duty,
                                        old->flags, old->chain});
    }
    Inverse operator()(const RestrictRoad& c) const {
        const auto old = before.restrictedRoads();
        for (const RoadRestricted& road : now.restrictedRoads())
            if (c.road.id.empty() ? std::find(old.begin(), old.end(), road) == old.end()
                                  : road.id == c.road.id)
                return Command(RestoreRoad{road.id});
        return Message{"roadUnknown", {{"road", c.road.id}}};
    }
    Inverse operator()(const RestoreRoad& c) const {
        for (const RoadRestricted& road : before.restrictedRoads())
            if (road.id == c.id)
                return Command(RestrictRoad{road});
        return Message{"roadUnknown", {{"road", c.id}}};
    }
    Inverse operator()(const PlanPatrol& c) const {
        const auto old = before.patrols();
        for (const PatrolPlanned& patrol : now.patrols())
            if (c.patrol.id.empty() ? patrol.area == c.patrol.area && patrol.from == c.patrol.from &&
                                          std::find(old.begin(), old.end(), patrol) == old.end()
                                    : patrol.id == c.patrol.id)
                return Command(EndPatrol{patrol.id, "undo"});
        return Message{"patrolUnknown", {{"patrol", c.patrol.id}}};
    }
    Inverse operator()(const EndPatrol& c) const {
        for (const PatrolPlanned& patrol : before.patrols())
            if (patrol.id == c.id)
                return Command(PlanPatrol{patrol});
        return Message{"patrolUnknown", {{"patrol", c.id}}};
    }
    Inverse operator()(const ChangeRoster& c) const {
        RosterChange back = RosterChange::on;
        switch (c.to) {
        case RosterChange::on:
            back = RosterChange::off;
            break;
        case RosterChange::off:
            back = RosterChange::on;
            break;
        case RosterChange::breakStarted:
            back = RosterChange::breakEnded;
            break;
        case RosterChange::breakEnded:
            back = RosterChange::breakStarted;
            break;
        case RosterChange::outOfService:
            back = RosterChange::inService;
            break;
        case RosterChange::inService:
            back = RosterChange::outOfService;
            break;
        }
        return Command(ChangeRoster{c.unit, back, "undo"});
    }
    // ---- the closed loop ----
    Inverse operator()(const GiveFeedback&) const { return Message{"undoNote"}; }
    Inverse operator()(const ScheduleTicket& c) const {
        const Ticket* old = before.ticket(c.ticket);
        if (!old || old->begins == Instant{})
            return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
        return Command(ScheduleTicket{c.ticket, old->begins});
    }
    Inverse operator()(const ReserveUnit& c) const { return Command(UnreserveUnit{c.ticket, c.unit}); }
    Inverse operator()(const UnreserveUnit& c) const {
        const Ticket* old = before.ticket(c.ticket);
        if (c.unit)
            return Command(ReserveUnit{c.ticket, *c.unit});
        if (!old || old->reserved.empty())
            return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
        return Command(ReserveUnit{c.ticket, old->reserved.front()});
    }
    Inverse operator()(const BeginReserved& c) const {
        return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
    }
    Inverse operator()(const FindHazard& c) const {
        return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
    }
    Inverse operator()(const RectifyHazard& c) const {
        return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
    }
    Inverse operator()(const InspectHazard& c) const {
        return Message{"undoMove", {{"ticket", toString(c.ticket)}}};
    }
    Inverse operator()(const OpenSweep& c) const {
        for (const Sweep& sweep : now.sweeps())
            if (!before.sweep(sweep.id) && sweep.area == c.area && sweep.category == c.category)
                return Command(CloseSweep{sweep.id, "undo"});
        return Message{"sweepUnknown", {{"sweep", c.name}}};
    }
    Inverse operator()(const CloseSweep& c) const { return Message{"undoMove", {{"ticket", c.sweep}}}; }
    Inverse operator()(const JoinSweep& c) const { return Command(LeaveSweep{c.ticket}); }
    Inverse operator()(const LeaveSweep& c) const {
        const Ticket* old = before.ticket(c.ticket);
        return old ? Inverse(Command(JoinSweep{c.ticket, old->sweep}))
                   : Inverse(Message{"undoMove", {{"ticket", toString(c.ticket)}}});
    }
    // What was asked of the field, or said between two people, can't be unsaid.
    Inverse operator()(const HandOverShift& c) const {
        return Message{"undoLeftRoom", {{"what", c.shift.desk}}};
    }
    Inverse operator()(const TakeOverShift& c) const { return Message{"undoLeftRoom", {{"what", c.desk}}}; }
    Inverse operator()(const CallRoll& c) const {
        return Message{"undoLeftRoom", {{"what", c.roll.name.empty() ? c.roll.scope : c.roll.name}}};
    }
    Inverse operator()(const AnswerRoll& c) const { return Message{"undoLeftRoom", {{"what", c.unit.text}}}; }
    Inverse operator()(const CloseRoll& c) const { return Message{"undoLeftRoom", {{"what", c.id}}}; }
    Inverse operator()(const DeclarePosition& c) const {
        const UnitRecord* unit = before.unit(c.unit);
        if (!unit || !unit->said().declaredAt)
            return Message{"undoPosition", {{"unit", c.unit.text}}};
        return Command(DeclarePosition{c.unit, *unit->said().declaredAt});
    }
};

} // namespace

Inverse inverse(const Command& done, std::optional<TicketId> opened, const State& before, const State& now) {
    return std::visit(Take{opened, before, now}, done);
}

} // namespace vedette::console
