// SPDX-License-Identifier: GPL-3.0-or-later
#include "decider.h"

#include <algorithm>

namespace vedette::dispatch {

namespace {

// Checks one command. A violation empties what would have happened.
class Decider : public LoopDecider {
public:
    using LoopDecider::operator();

    Decider(const State& state, const Said& said, const layers::TimeZone& zone)
        : LoopDecider(state, said, zone) {
        if (state.seq() > 0 && said.mode != state.mode())
            refuse("modeMismatch", {{"mode", std::string(toString(state.mode()))},
                                    {"said", std::string(toString(said.mode))}});
    }

    void operator()(const OpenTicket& open) {
        opens(open, state_.nextTicket());
    }

    void operator()(const VerifyTicket& verify) {
        const Ticket* ticket = openTicket(verify.ticket);
        if (!ticket)
            return;
        if (ticket->verified && ticket->cameFrom.empty())
            return refuse("nothingChanges", {{"what", toString(verify.ticket)}});
        happens(TicketVerified{verify.ticket});
    }

    void operator()(const AssignUnit& assign) {
        const Ticket* ticket = openTicket(assign.ticket);
        const UnitRecord* unit = knownUnit(assign.unit);
        if (unit)
            available(*unit);
        if (!ticket || !unit)
            return;
        if (openAssignment(*ticket, assign.unit))
            return refuse("alreadyAssigned",
                          {{"unit", assign.unit.text}, {"ticket", toString(assign.ticket)}});
        const int load = static_cast<int>(unit->tickets.size());
        if (load >= unit->facts->capacity)
            refuse("unitAtCapacity", {{"unit", assign.unit.text},
                                      {"load", std::to_string(load)},
                                      {"capacity", std::to_string(unit->facts->capacity)}});
        if (stage(*ticket) == Stage::reviewed)
            return refuse("wrongStep", {{"unit", assign.unit.text},
                                        {"ticket", toString(assign.ticket)},
                                        {"from", "reviewed"},
                                        {"to", "assigned"}});
        const Assignment* leading = lead(*ticket);
        // Whoever comes first leads; nobody joins a ticket that nobody leads.
        const Part part = leading ? assign.part.value_or(Part::joint) : Part::lead;
        if (part == Part::lead && leading && leading->open())
            return refuse("leadTaken", {{"unit", leading->unit.text}, {"ticket", toString(assign.ticket)}});
        happens(UnitAssigned{assign.ticket, assign.unit, part, assign.unitAt, assign.basis, assign.shown,
                             assign.overrideReason});
    }

    void operator()(const MoveAssignment& move) {
        const Ticket* ticket = openTicket(move.ticket);
        if (!ticket)
            return;
        const Assignment* leading = lead(*ticket);
        if (!move.unit && (!leading || !leading->open()))
            return refuse("nobodyLeads", {{"ticket", toString(move.ticket)}});
        const UnitId unit = move.unit.value_or(leading ? leading->unit : UnitId{});
        const Assignment* one = openAssignment(*ticket, unit);
        if (!one)
            return refuse("notAssigned", {{"unit", unit.text}, {"ticket", toString(move.ticket)}});
        if (one->status == move.to)
            return refuse("nothingChanges", {{"what", unit.text + " " + toString(move.ticket)}});
        // Forward only; the field may skip a step, and declines only before it has set out.
        const bool forward = move.to > one->status && move.to != AssignmentStatus::declined;
        const bool declines =
            move.to == AssignmentStatus::declined && one->status <= AssignmentStatus::accepted;
        if (!forward && !declines)
            return refuse("wrongStep", {{"unit", unit.text},
                                        {"ticket", toString(move.ticket)},
                                        {"from", std::string(toString(one->status))},
                                        {"to", std::string(toString(move.to))}});
        if (move.to >= AssignmentStatus::handled)
            reads(unit);
        happens(AssignmentMoved{move.ticket, unit, move.to, move.text});
        answers(move.ticket, unit, move.fields);
    }

    void operator()(const MoveTicket& move) {
        if (move.to == TicketMove::reopened)
            return reopen(move);
        const Ticket* ticket = openTicket(move.ticket);
        if (!ticket)
            return;
        const Stage now = stage(*ticket);
        switch (move.to) {
        case TicketMove::reviewed:
            if (now == Stage::reviewed)
                return refuse("nothingChanges", {{"what", toString(move.ticket)}});
            if (now != Stage::handled)
                return refuse("notHandled", {{"ticket", toString(move.ticket)}});
            mayReview(*ticket);
            break;
        case TicketMove::closed:
            if (now != Stage::handled && now != Stage::reviewed && move.reason.empty())
                return refuse("notHandled", {{"ticket", toString(move.ticket)}});
            if (move.reason.empty())
                mayClose(*ticket);
            break;
        case TicketMove::returned:
        case TicketMove::cancelled:
            if (move.reason.empty())
                return refuse("reasonMissing", {{"ticket", toString(move.ticket)}});
            break;
        case TicketMove::transferred:
            if (move.target.empty())
                return refuse("targetMissing", {{"ticket", toString(move.ticket)}});
            if (move.whither == Whither::unknown)
                return refuse("deskUnknown", {{"desk", move.target}});
            if (move.target == ticket->desk)
                return refuse("nothingChanges", {{"what", toString(move.ticket)}});
            break;
        case TicketMove::merged:
            if (!mayMerge(*ticket, move.target))
                return;
            break;
        case TicketMove::escalated:
        case TicketMove::reopened:
            break;
        }
        const bool stays = move.to == TicketMove::transferred && move.whither == Whither::desk;
        if (move.to != TicketMove::escalated && move.to != TicketMove::reviewed && !stays)
            releaseAll(*ticket);
        happens(TicketMoved{move.ticket, move.to, move.target, move.reason, stays, {}, 0});
    }

    void operator()(const AddEntry& add) {
        if (!openTicket(add.ticket))
            return;
        if (add.text.empty())
            return refuse("textMissing", {{"ticket", toString(add.ticket)}});
        happens(EntryAdded{add.ticket, add.kind, add.text, add.unit});
    }

    void operator()(const JudgeDuplicate& judge) {
        const Ticket* ticket = openTicket(judge.ticket);
        if (!ticket || !mayMerge(*ticket, toString(judge.other)))
            return;
        happens(DuplicateJudged{judge.ticket, judge.other, judge.keptApart});
        if (judge.keptApart)
            return;
        releaseAll(*ticket);
        happens(TicketMoved{judge.ticket, TicketMove::merged, toString(judge.other), {}, false, {}, 0});
    }

    void operator()(const ChangeRoster& change) {
        const UnitRecord* unit = knownUnit(change.unit);
        if (!unit)
            return;
        const bool on = onDuty(*unit, said_.occurredAt, zone_);
        bool changes = true;
        Instant until{};
        switch (change.to) {
        case RosterChange::on:
            // Saying what the plan says is worth an event: from then on it holds whatever the plan is.
            changes = unit->on != true;
            if (!unit->listed)
                refuse("unitUnknown", {{"unit", change.unit.text}});
            break;
        case RosterChange::off:
            changes = unit->on != false;
            break;
        case RosterChange::breakStarted:
            changes = !unit->onBreak;
            if (!on)
                refuse("unitOffShift", {{"unit", change.unit.text}});
            break;
        case RosterChange::breakEnded:
            changes = unit->onBreak || onPlannedBreak(*unit, said_.occurredAt, zone_);
            // Whoever is called back from a planned break is back for all of it, however long it was meant to
            // be.
            if (planned(unit->facts->breaks, zone_.local(said_.occurredAt)) && !unit->facts->breaks.empty())
                until = nextTurn(unit->facts->breaks, said_.occurredAt, zone_).value_or(Instant{});
            break;
        case RosterChange::outOfService:
            changes = !outOfService(*unit, said_.occurredAt) || unit->said().outUntil != change.until;
            until = change.until;
            if (until != Instant{} && until <= said_.occurredAt)
                refuse("untilPassed", {{"unit", change.unit.text}});
            break;
        case RosterChange::inService:
            changes = outOfService(*unit, said_.occurredAt);
            break;
        }
        if (!changes)
            refuse("nothingChanges", {{"what", change.unit.text}});
        happens(RosterChanged{change.unit, change.to, change.reason, until});
    }

    void operator()(const DeclarePosition& declare) {
        if (!knownUnit(declare.unit))
            return;
        if (!onEarth(declare.at))
            refuse("placeMissing");
        happens(PositionDeclared{declare.unit, declare.at});
    }

    void operator()(const ReclassifyTicket& now) {
        const Ticket* ticket = openTicket(now.ticket);
        if (!ticket)
            return;
        if (now.category.empty())
            return refuse("categoryMissing");
        const int priority = now.priority >= 1 && now.priority <= 4 ? now.priority : now.duty.priority;
        if (now.category == ticket->incident.category && priority == ticket->incident.priority)
            return refuse("nothingChanges", {{"what", toString(now.ticket)}});
        Instant begun = std::max(ticket->openedAt, ticket->begins);
        for (const LogEntry& entry : ticket->log)
            if (entry.what.code == "log.reopened")
                begun = std::max(entry.at, ticket->begins);
        happens(TicketReclassified{now.ticket, now.category, priority, now.duty,
                                   deadlinesFor(now.duty, begun), now.flags, now.chain});
    }

    void operator()(const EscalateOverdue& overdue) {
        const Ticket* ticket = openTicket(overdue.ticket);
        if (!ticket)
            return;
        const auto running = runningDeadlines(*ticket);
        const bool runs = std::ranges::any_of(running, [&](const RunningDeadline& one) {
            return one.name == overdue.clock && one.due <= said_.occurredAt;
        });
        if (!runs || overdue.level != nextLevel(*ticket, overdue.clock) ||
            overdue.level > static_cast<int>(ticket->chain.size()))
            return refuse("nothingChanges", {{"what", toString(overdue.ticket)}});
        happens(TicketMoved{overdue.ticket,
                            TicketMove::escalated,
                            ticket->chain[static_cast<std::size_t>(overdue.level - 1)],
                            {},
                            false,
                            overdue.clock,
                            overdue.level});
    }

    void operator()(const RestrictRoad& restrict) {
        RoadRestricted road = restrict.road;
        if (!(road.factor >= 0 && road.factor < 1))
            refuse("roadFactor", {{"factor", std::to_string(road.factor)}});
        bool placed = !road.lines.empty();
        for (const auto& line : road.lines) {
            placed = placed && line.size() >= (road.area ? 3U : 2U);
            for (const LonLat at : line)
                placed = placed && onEarth(at);
        }
        if (!placed)
            refuse("placeMissing");
        for (int number = 1; road.id.empty(); ++number)
            if (const std::string id = "R" + std::to_string(number); state_.version("road/" + id) == 0)
                road.id = id;
        if (road.by.empty())
            road.by = said_.actor;
        happens(std::move(road));
    }

    void operator()(const RestoreRoad& restore) {
        const auto all = state_.restrictedRoads();
        if (std::none_of(all.begin(), all.end(), [&](const auto& road) { return road.id == restore.id; }))
            return refuse("roadUnknown", {{"road", restore.id}});
        happens(RoadRestored{restore.id});
    }

    void operator()(const HandOverShift& hand) {
        ShiftHandedOver shift = hand.shift;
        readsStream("desk/" + shift.desk);
        if (shift.desk.empty())
            return refuse("deskMissing");
        const auto watch = state_.deskWatch(shift.desk);
        if (watch && !watch->handed && !watch->holder.empty() && watch->holder != said_.actor)
            return refuse("deskHeldBy", {{"desk", shift.desk}, {"holder", watch->holder}});
        if (shift.at == Instant{})
            shift.at = said_.occurredAt;
        happens(std::move(shift));
    }

    void operator()(const TakeOverShift& take) {
        readsStream("desk/" + take.desk);
        if (take.desk.empty())
            return refuse("deskMissing");
        const auto watch = state_.deskWatch(take.desk);
        if (watch && watch->holder == said_.actor && !watch->handed)
            return refuse("nothingChanges", {{"what", take.desk}});
        ShiftTakenOver taken{take.desk, {}, {}};
        if (watch)
            taken.from = watch->handed ? watch->handedBy : watch->holder,
            taken.sha256 = watch->handed ? watch->sha256 : std::string();
        happens(std::move(taken));
    }

    void operator()(const CallRoll& call) {
        RollCalled roll = call.roll;
        if (roll.units.empty())
            refuse("rollNobody", {{"scope", roll.name.empty() ? roll.scope : roll.name}});
        if (roll.deadline <= said_.occurredAt)
            refuse("rollDeadline");
        for (int number = 1; roll.id.empty(); ++number)
            if (const std::string id = "RC" + std::to_string(number); state_.version("roll/" + id) == 0)
                roll.id = id;
        readsStream("roll/" + roll.id);
        happens(std::move(roll));
    }

    void operator()(const AnswerRoll& answer) {
        std::vector<std::string> open, missed;
        for (const RollCall& roll : state_.rollCalls()) {
            if (!answer.roll.empty() && roll.called.id != answer.roll)
                continue;
            if (std::ranges::count(roll.called.units, answer.unit.text) && !roll.answer(answer.unit))
                (roll.closed ? missed : open).push_back(roll.called.id);
        }
        if (open.empty() && missed.empty())
            return refuse("rollNotAsked", {{"unit", answer.unit.text}});
        if (answer.placed && !onEarth(answer.at))
            refuse("placeMissing");
        // Whoever calls in after the roll was closed is heard, but doesn't count as in time.
        const bool late = open.empty();
        if (late)
            open.push_back(missed.back());
        for (const std::string& id : open) {
            readsStream("roll/" + id);
            happens(RollAnswered{id, answer.unit, answer.placed, answer.placed ? answer.at : LonLat{}, answer.basis,
                                 late});
        }
        if (answer.placed && answer.basis != PositionBasis::fix && state_.unit(answer.unit)) {
            reads(answer.unit);
            happens(PositionDeclared{answer.unit, answer.at});
        }
    }

    void operator()(const CloseRoll& close) {
        readsStream("roll/" + close.id);
        for (const RollCall& roll : state_.rollCalls()) {
            if (roll.called.id != close.id)
                continue;
            if (roll.closed)
                return refuse("rollOver", {{"roll", close.id}});
            RollClosed closed{close.id, {}, roll.waitingFor()};
            for (const RollCall::Answer& one : roll.answers)
                closed.answered.push_back(one.unit.text);
            return happens(std::move(closed));
        }
        refuse("rollUnknown", {{"roll", close.id}});
    }

    void operator()(const PlanPatrol& plan) {
        PatrolPlanned patrol = plan.patrol;
        if (patrol.tier < 1 || patrol.tier > 4)
            refuse("patrolTier", {{"tier", std::to_string(patrol.tier)}});
        if (patrol.till <= patrol.from)
            refuse("patrolSpan", {{"patrol", patrol.id.empty() ? patrol.area : patrol.id}});
        bool placed = !patrol.rings.empty();
        for (const auto& ring : patrol.rings) {
            placed = placed && ring.size() >= 3;
            for (const LonLat at : ring)
                placed = placed && onEarth(at);
        }
        if (!placed)
            refuse("placeMissing");
        for (const UnitId& unit : patrol.units)
            if (!state_.unit(unit))
                refuse("unitUnknown", {{"unit", unit.text}});
        for (int number = 1; patrol.id.empty(); ++number)
            if (const std::string id = "P" + std::to_string(number); state_.version("patrol/" + id) == 0)
                patrol.id = id;
        happens(std::move(patrol));
    }

    void operator()(const EndPatrol& end) {
        const auto all = state_.patrols();
        const auto patrol = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == end.id; });
        if (patrol == all.end() || patrol->till <= said_.occurredAt)
            return refuse("patrolUnknown", {{"patrol", end.id}});
        happens(PatrolEnded{end.id, end.reason});
    }

    // The typed line beside what it did: before it where that ends the ticket, else an ended ticket would be
    // written to.
    void keepLine(const Command& command) {
        if (said_.line.empty() || !decision_.violations.empty())
            return;
        std::visit(
            [&](const auto& said) {
                if constexpr (requires { said.ticket; })
                    entry(said.ticket);
                else if constexpr (requires { said.unit; })
                    happens(LineSaid{said.unit, said_.line});
                else if constexpr (requires { said.incident; })
                    entry(state_.nextTicket());
            },
            command);
        keepSweepLine();
    }

    Decision result() && {
        if (!decision_.violations.empty())
            decision_.events.clear();
        return std::move(decision_);
    }

private:
    void entry(TicketId id) {
        happens(EntryAdded{id, EntryKind::note, "> " + said_.line, {}});
        const Ticket* ticket = state_.ticket(id);
        if (ticket && isOpen(*ticket))
            std::rotate(decision_.events.begin(), decision_.events.end() - 1, decision_.events.end());
    }
    bool mayMerge(const Ticket& ticket, const std::string& target) {
        const auto other = ticketId(target);
        if (!other) {
            refuse("targetMissing", {{"ticket", toString(ticket.id)}});
            return false;
        }
        if (*other == ticket.id) {
            refuse("mergeIntoItself", {{"ticket", toString(ticket.id)}});
            return false;
        }
        return openTicket(*other) != nullptr;
    }
    void reopen(const MoveTicket& move) {
        const Ticket* ticket = knownTicket(move.ticket);
        if (!ticket)
            return;
        const Stage now = stage(*ticket);
        if (isOpen(*ticket) && now != Stage::handled && now != Stage::reviewed)
            return refuse("nothingChanges", {{"what", toString(move.ticket)}});
        if (move.reason.empty())
            return refuse("reasonMissing", {{"ticket", toString(move.ticket)}});
        releaseAll(*ticket);
        happens(TicketMoved{move.ticket, move.to, move.target, move.reason, false, {}, 0});
    }

};

} // namespace

Decision decide(const State& state, const Command& command, const Said& said, const layers::TimeZone& zone) {
    Decider decider(state, said, zone);
    std::visit(decider, command);
    decider.keepLine(command);
    return std::move(decider).result();
}

} // namespace vedette::dispatch
