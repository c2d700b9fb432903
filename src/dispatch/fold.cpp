// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/kpi.h"
#include "state_impl.h"

#include <algorithm>
#include <utility>

namespace vedette::dispatch {

namespace {

// What one event does to a state. Every road through it ends well: an event about something that isn't there
// moves its stream's version and nothing else.
class Fold {
public:
    Fold(State::Impl& state, const Envelope& envelope) : s_(state), e_(envelope) {}

    void operator()(const JournalOpened&) { stray(e_.stream); }
    void operator()(const UnknownKind&) {
        ++s_.unknownKinds;
        streamMoves(e_.stream);
    }

    void operator()(const ReferencePinned& pinned) {
        stray("reference/" + pinned.what);
        const std::string_view content = pinned.content ? std::string_view(*pinned.content) : "";
        if (pinned.what == "units")
            pinUnits(readRoll(pinned.sha256, content));
        else if (pinned.what == "duties")
            s_.catalogue = std::make_shared<const Catalogue>(Catalogue{pinned.sha256, decodeDuties(content)});
    }

    void operator()(const TicketOpened& opened) {
        if (s_.byNumber.at(opened.ticket.number) || opened.ticket.number == 0)
            return streamMoves(streamOf(opened.ticket));
        if (s_.versions)
            forgetStray(streamOf(opened.ticket));
        Ticket& ticket = s_.byNumber.write(opened.ticket.number);
        ticket.id = opened.ticket;
        ticket.version = e_.version ? e_.version : 1;
        ticket.incident = opened.incident;
        ticket.areas = opened.areas;
        ticket.duty = opened.duty;
        ticket.deadlines = opened.deadlines;
        ticket.desk = opened.desk;
        ticket.flags = opened.flags;
        ticket.chain = opened.chain;
        ticket.begins = opened.begins;
        ticket.openedAt = e_.occurredAt;
        s_.byNumber.mark(opened.ticket.number, true);
        ++s_.tickets;
        ++s_.openTickets;
        s_.nextTicket = std::max(s_.nextTicket, opened.ticket.number + 1);
        log(ticket, "log.opened", {{"source", opened.incident.source}});
        if (opened.begins != Instant{})
            log(ticket, "log.scheduled", {{"begins", layers::isoUtc(opened.begins)}});
        if (!opened.sweep.empty())
            join(ticket, opened.sweep);
    }

    void operator()(const TicketVerified& verified) {
        if (Ticket* ticket = of(verified.ticket)) {
            ticket->verified = true;
            ticket->verifiedAt = e_.occurredAt;
            ticket->cameFrom.clear();
            log(*ticket, "log.verified");
        }
    }

    void operator()(const UnitAssigned& assigned) {
        touch(assigned.unit);
        Ticket* ticket = of(assigned.ticket);
        if (!ticket)
            return;
        ticket->cameFrom.clear();
        std::erase(ticket->reserved, assigned.unit);
        Assignment& made = ticket->assignments.emplace_back();
        made.unit = assigned.unit;
        made.part = assigned.part;
        made.at[0] = e_.occurredAt;
        made.unitAt = assigned.unitAt;
        made.by = e_.actor;
        made.overrideReason = assigned.overrideReason;
        load(assigned.unit, assigned.ticket, true);
        log(*ticket, "log.assigned", {{"unit", assigned.unit.text}, {"part", toString(assigned.part)}});
        if (!assigned.overrideReason.empty())
            ticket->log.back().what.args.emplace_back("reason", assigned.overrideReason);
    }

    void operator()(const AssignmentMoved& moved) {
        if (moved.to >= AssignmentStatus::handled)
            touch(moved.unit);
        Ticket* ticket = of(moved.ticket);
        if (!ticket)
            return;
        for (auto one = ticket->assignments.rbegin(); one != ticket->assignments.rend(); ++one) {
            if (one->unit != moved.unit)
                continue;
            move(*one, moved.ticket, moved.to);
            break;
        }
        static constexpr std::array<const char*, 7> codes{"log.assigned", "log.accepted", "log.enroute",
                                                          "log.onscene",  "log.handled",  "log.declined",
                                                          "log.released"};
        log(*ticket, codes[static_cast<std::size_t>(moved.to)], {{"unit", moved.unit.text}});
        if (!moved.text.empty())
            ticket->log.back().what.args.emplace_back("text", moved.text);
    }

    void operator()(const TicketMoved& moved) {
        Ticket* ticket = of(moved.ticket);
        if (!ticket)
            return;
        const bool wasOpen = isOpen(*ticket);
        if (moved.to == TicketMove::transferred && moved.stays && wasOpen)
            return handOver(*ticket, moved);
        switch (moved.to) {
        case TicketMove::reviewed:
            ticket->own = moved.to;
            ticket->reviewedAt = e_.occurredAt;
            break;
        case TicketMove::escalated:
            ++ticket->escalations;
            if (!moved.target.empty() && !std::ranges::count(ticket->boards, moved.target))
                ticket->boards.push_back(moved.target);
            if (!moved.clock.empty())
                ticket->fired.push_back({moved.clock, moved.level});
            if (wasOpen && ticket->own != TicketMove::reviewed)
                ticket->own = moved.to;
            break;
        case TicketMove::reopened:
            ticket->lateBefore = !keptDeadlines(*ticket);
            releaseAll(*ticket);
            ++ticket->reopenings;
            ticket->own = moved.to;
            ticket->mergedInto.reset();
            ticket->roundStart = static_cast<std::uint32_t>(ticket->assignments.size());
            ticket->deadlines = deadlinesFor(ticket->duty, std::max(e_.occurredAt, ticket->begins));
            ticket->fired.clear();
            ticket->feedback.clear();
            break;
        case TicketMove::merged:
            ticket->mergedInto = ticketId(moved.target);
            [[fallthrough]];
        case TicketMove::closed:
        case TicketMove::returned:
        case TicketMove::transferred:
        case TicketMove::cancelled:
            releaseAll(*ticket);
            ticket->reserved.clear();
            ticket->own = moved.to;
            break;
        }
        const bool open = isOpen(*ticket);
        s_.byNumber.mark(moved.ticket.number, open);
        s_.openTickets += open ? 1 : 0;
        s_.openTickets -= wasOpen ? 1 : 0;
        static constexpr std::array<const char*, 8> codes{"log.reviewed",    "log.closed",    "log.returned",
                                                          "log.transferred", "log.escalated", "log.merged",
                                                          "log.cancelled",   "log.reopened"};
        log(*ticket, codes[static_cast<std::size_t>(moved.to)]);
        auto& args = ticket->log.back().what.args;
        if (!moved.target.empty())
            args.emplace_back("target", moved.target);
        if (!moved.reason.empty())
            args.emplace_back("reason", moved.reason);
        if (!moved.clock.empty())
            ticket->log.back().what.code = "log.overdue." + moved.clock;
    }

    void operator()(const EntryAdded& added) {
        Ticket* ticket = of(added.ticket);
        if (!ticket)
            return;
        static constexpr std::array<const char*, 3> codes{"log.note", "log.call", "log.feedback"};
        log(*ticket, codes[static_cast<std::size_t>(added.kind)], {{"text", added.text}});
        if (!added.unit.text.empty())
            ticket->log.back().what.args.emplace_back("unit", added.unit.text);
    }

    void operator()(const DuplicateJudged& judged) {
        if (Ticket* ticket = of(judged.ticket))
            log(*ticket, judged.keptApart ? "log.keptApart" : "log.sameAs",
                {{"other", toString(judged.other)}});
    }

    void operator()(const RosterChanged& changed) {
        UnitRecord* unit = of(changed.unit);
        if (!unit)
            return;
        switch (changed.to) {
        case RosterChange::on:
            unit->on = true;
            break;
        case RosterChange::off:
            unit->on = false;
            unit->onBreak = false;
            break;
        case RosterChange::breakStarted:
        case RosterChange::breakEnded:
            unit->onBreak = changed.to == RosterChange::breakStarted;
            if (changed.until != Instant{})
                unit->say().breakLiftedTill = changed.until;
            break;
        case RosterChange::outOfService:
        case RosterChange::inService:
            unit->outOfService = changed.to == RosterChange::outOfService;
            unit->say().outUntil = unit->outOfService ? changed.until : Instant{};
            unit->say().outReason = unit->outOfService ? changed.reason : std::string();
            break;
        }
    }

    void operator()(const PositionDeclared& declared) {
        if (UnitRecord* unit = of(declared.unit)) {
            unit->say().declaredAt = declared.at;
            unit->say().declaredWhen = e_.occurredAt;
        }
    }

    void operator()(const TicketReclassified& now) {
        Ticket* ticket = of(now.ticket);
        if (!ticket)
            return;
        log(*ticket, "log.reclassified", {{"from", ticket->incident.category}, {"to", now.category}});
        ticket->incident.category = now.category;
        ticket->incident.priority = now.priority;
        ticket->duty = now.duty;
        ticket->deadlines = now.deadlines;
        ticket->flags = now.flags;
        ticket->chain = now.chain;
    }

    void operator()(const LineSaid& said) { of(said.unit); }

    // ---- the closed loop ----
    void operator()(const FeedbackGiven& given) {
        Ticket* ticket = of(given.ticket);
        if (!ticket)
            return;
        std::string text;
        for (const FeedbackField& field : given.fields) {
            const auto known = std::ranges::find(ticket->feedback, field.name, &FeedbackField::name);
            if (known == ticket->feedback.end())
                ticket->feedback.push_back(field);
            else
                known->value = field.value;
            text += (text.empty() ? "" : ", ") + field.name + (field.value.empty() ? "" : ": ") + field.value;
        }
        log(*ticket, "log.fields", {{"unit", given.unit.text}, {"text", text}});
    }
    void operator()(const TicketScheduled& scheduled) {
        Ticket* ticket = of(scheduled.ticket);
        if (!ticket)
            return;
        ticket->begins = scheduled.begins;
        ticket->deadlines = scheduled.deadlines;
        log(*ticket, "log.scheduled", {{"begins", layers::isoUtc(scheduled.begins)}});
    }
    void operator()(const UnitReserved& reserved) {
        Ticket* ticket = of(reserved.ticket);
        if (!ticket)
            return;
        if (!std::ranges::count(ticket->reserved, reserved.unit))
            ticket->reserved.push_back(reserved.unit);
        log(*ticket, "log.reserved", {{"unit", reserved.unit.text}});
    }
    void operator()(const UnitUnreserved& ended) {
        Ticket* ticket = of(ended.ticket);
        if (!ticket)
            return;
        std::erase(ticket->reserved, ended.unit);
        log(*ticket, ended.why.code.empty() ? "log.unreserved" : "log.reservationLost",
            {{"unit", ended.unit.text}});
        if (ended.why.code.empty())
            return;
        auto& args = ticket->log.back().what.args;
        args.emplace_back("why", ended.why.code);
        for (const auto& arg : ended.why.args)
            if (arg.first != "unit")
                args.push_back(arg);
    }
    void operator()(const HazardFound& found) {
        if (Ticket* ticket = of(found.ticket)) {
            begin(*ticket, found.due);
            log(*ticket, "log.hazardFound", {{"till", layers::isoUtc(found.due)}, {"text", found.text}});
        }
    }
    void operator()(const HazardRectified& rectified) {
        if (Ticket* ticket = of(rectified.ticket)) {
            ticket->hazard.step = Hazard::Step::rectified;
            ticket->hazard.inspectBy = rectified.inspectBy;
            ticket->hazard.rectifiedBy = e_.actor;
            log(*ticket, "log.hazardRectified", {{"text", rectified.text}});
        }
    }
    void operator()(const HazardInspected& inspected) {
        Ticket* ticket = of(inspected.ticket);
        if (!ticket)
            return;
        if (inspected.passed) {
            ticket->hazard.step = Hazard::Step::passed;
            ticket->hazard.passedAt = e_.occurredAt;
            log(*ticket, "log.inspectionPassed", {{"text", inspected.text}});
        } else {
            begin(*ticket, inspected.due);
            log(*ticket, "log.inspectionFailed",
                {{"till", layers::isoUtc(inspected.due)}, {"text", inspected.text}});
        }
    }
    void operator()(const SweepOpened& opened) {
        stray("sweep/" + opened.id);
        s_.sweeps.write().try_emplace(
            opened.id, Sweep{opened.id, opened.name, opened.category, opened.area, e_.occurredAt, false, {}});
    }
    void operator()(const SweepClosed& closed) {
        stray("sweep/" + closed.id);
        if (s_.sweeps && s_.sweeps->contains(closed.id))
            s_.sweeps.write()[closed.id].closed = true;
    }
    void operator()(const SweepJoined& joined) {
        if (Ticket* ticket = of(joined.ticket)) {
            leave(*ticket);
            join(*ticket, joined.sweep);
            log(*ticket, "log.sweepJoined", {{"sweep", joined.sweep}});
        }
    }
    void operator()(const SweepLeft& left) {
        if (Ticket* ticket = of(left.ticket)) {
            leave(*ticket);
            log(*ticket, "log.sweepLeft", {{"sweep", left.sweep}});
        }
    }

    void operator()(const RoadRestricted& road) {
        stray("road/" + road.id);
        s_.roads.write()[road.id] = road;
    }
    void operator()(const RoadRestored& road) {
        stray("road/" + road.id);
        if (s_.roads && s_.roads->contains(road.id))
            s_.roads.write().erase(road.id);
    }

    void operator()(const ShiftHandedOver& shift) {
        stray(e_.stream);
        DeskWatch& watch = s_.desks.write()[shift.desk];
        watch.desk = shift.desk;
        watch.handed = true;
        watch.handedAt = e_.occurredAt;
        watch.handedBy = e_.actor, watch.handedTo = shift.to, watch.sha256 = shift.sha256;
    }
    void operator()(const ShiftTakenOver& shift) {
        stray(e_.stream);
        DeskWatch& watch = s_.desks.write()[shift.desk];
        watch.desk = shift.desk;
        watch.holder = e_.actor;
        watch.since = e_.occurredAt;
        watch.handed = false;
    }
    void operator()(const RollCalled& roll) {
        stray(e_.stream);
        auto& rolls = s_.rollCalls.write();
        std::erase_if(rolls, [&](const auto& old) {
            return old.second.closed && old.second.called.deadline + std::chrono::days(7) < e_.occurredAt;
        });
        RollCall& made = rolls[roll.id];
        made = {};
        made.called = roll, made.at = e_.occurredAt, made.by = e_.actor;
    }
    void operator()(const RollAnswered& roll) {
        stray(e_.stream);
        if (!s_.rollCalls || !s_.rollCalls->contains(roll.id))
            return;
        RollCall& held = s_.rollCalls.write().at(roll.id);
        if (!held.answer(roll.unit))
            held.answers.push_back({roll.unit, e_.occurredAt, roll.placed, roll.at, roll.basis, roll.late});
    }
    void operator()(const RollClosed& roll) {
        stray(e_.stream);
        if (!s_.rollCalls || !s_.rollCalls->contains(roll.id))
            return;
        RollCall& held = s_.rollCalls.write().at(roll.id);
        held.closed = true, held.closedAt = e_.occurredAt;
    }

    void operator()(const PatrolPlanned& patrol) {
        stray("patrol/" + patrol.id);
        std::vector<std::string> old;
        if (s_.patrols)
            for (const auto& [id, known] : *s_.patrols)
                if (known.till < patrol.from && patrol.from - known.till > std::chrono::days(31))
                    old.push_back(id);
        for (const std::string& id : old)
            s_.patrols.write().erase(id);
        s_.patrols.write()[patrol.id] = patrol;
    }
    void operator()(const PatrolEnded& ended) {
        stray("patrol/" + ended.id);
        if (!s_.patrols || !s_.patrols->contains(ended.id))
            return;
        PatrolPlanned& patrol = s_.patrols.write()[ended.id];
        patrol.till = std::min(patrol.till, e_.occurredAt);
        if (patrol.till <= patrol.from)
            s_.patrols.write().erase(ended.id);
    }

private:
    // The ticket of this event's stream, its version moved on; null: not there, then only the version moves.
    Ticket* of(TicketId id) {
        if (!s_.byNumber.at(id.number)) {
            stray(streamOf(id));
            return nullptr;
        }
        Ticket& ticket = s_.byNumber.write(id.number);
        ticket.version = e_.version ? e_.version : ticket.version + 1;
        return &ticket;
    }
    UnitRecord* of(const UnitId& id) {
        const auto rank = s_.rank(id.text);
        if (!rank) {
            stray(streamOf(id));
            return nullptr;
        }
        UnitRecord& unit = s_.byRank.write(*rank);
        unit.version = e_.version ? e_.version : unit.version + 1;
        return &unit;
    }
    // The stream of a unit moves on with an event of a ticket's stream.
    void touch(const UnitId& id) {
        if (const auto rank = s_.rank(id.text))
            ++s_.byRank.write(*rank).version;
        else
            ++s_.versions.write()[streamOf(id)];
    }
    void stray(const std::string& stream) {
        std::uint32_t& version = s_.versions.write()[stream];
        version = e_.version ? e_.version : version + 1;
    }
    void forgetStray(const std::string& stream) {
        if (s_.versions->contains(stream))
            s_.versions.write().erase(stream);
    }
    // An event that changes nothing else still moves its stream on.
    void streamMoves(const std::string& stream) {
        constexpr std::string_view ofTicket = "ticket/", ofUnit = "unit/";
        if (stream.starts_with(ofTicket))
            if (const auto id = ticketId(std::string_view(stream).substr(ofTicket.size()))) {
                of(*id);
                return;
            }
        if (stream.starts_with(ofUnit))
            of(UnitId{stream.substr(ofUnit.size())});
        else
            stray(stream);
    }

    // A hazard's next round: its clocks run anew.
    static void begin(Ticket& ticket, Instant due) {
        Hazard& hazard = ticket.hazard;
        if (hazard.step != Hazard::Step::none) {
            ++hazard.rounds;
            std::erase_if(ticket.fired, [](const Ticket::Fired& fired) {
                return fired.clock == "rectify" || fired.clock == "inspect";
            });
        }
        hazard.step = Hazard::Step::found;
        hazard.due = due;
        hazard.rectifiedBy.clear();
    }
    void join(Ticket& ticket, const std::string& id) {
        ticket.sweep = id;
        if (!s_.sweeps || !s_.sweeps->contains(id))
            return;
        auto& tickets = s_.sweeps.write()[id].tickets;
        const auto place = std::lower_bound(tickets.begin(), tickets.end(), ticket.id);
        if (place == tickets.end() || *place != ticket.id)
            tickets.insert(place, ticket.id);
    }
    void leave(Ticket& ticket) {
        const std::string id = std::exchange(ticket.sweep, {});
        if (!id.empty() && s_.sweeps && s_.sweeps->contains(id))
            std::erase(s_.sweeps.write()[id].tickets, ticket.id);
    }
    void load(const UnitId& id, TicketId ticket, bool more) {
        const auto rank = s_.rank(id.text);
        if (!rank)
            return;
        auto& tickets = s_.byRank.write(*rank).tickets;
        const auto place = std::lower_bound(tickets.begin(), tickets.end(), ticket);
        if (more)
            tickets.insert(place, ticket);
        else if (place != tickets.end() && *place == ticket)
            tickets.erase(place);
    }
    void move(Assignment& one, TicketId ticket, AssignmentStatus to) {
        if (one.open() && to >= AssignmentStatus::handled)
            load(one.unit, ticket, false);
        else if (!one.open() && to < AssignmentStatus::handled)
            load(one.unit, ticket, true);
        one.status = to;
        one.at[static_cast<std::size_t>(to)] = e_.occurredAt;
    }
    // To another desk, whole: whoever is on it stays on it, its clocks run on.
    void handOver(Ticket& ticket, const TicketMoved& moved) {
        log(ticket, "log.handedOver", {{"from", ticket.desk}, {"target", moved.target}});
        if (!moved.reason.empty())
            ticket.log.back().what.args.emplace_back("reason", moved.reason);
        ticket.cameFrom = std::exchange(ticket.desk, moved.target);
    }
    // A ticket that isn't open holds nobody.
    void releaseAll(Ticket& ticket) {
        for (Assignment& one : ticket.assignments)
            if (one.open())
                move(one, ticket.id, AssignmentStatus::released);
    }
    // Made where it stays: nothing else in a fold is made as often.
    void log(Ticket& ticket, const char* code,
             std::initializer_list<std::pair<const char*, std::string_view>> args = {}) {
        if (ticket.log.empty())
            ticket.log.reserve(12); // an ordinary ticket's
        LogEntry& entry = ticket.log.emplace_back();
        entry.at = e_.occurredAt;
        entry.actor = e_.actor;
        entry.what.code = code;
        entry.what.args.reserve(args.size());
        for (const auto& [name, text] : args)
            entry.what.args.emplace_back(name, text);
    }

    void pinUnits(std::shared_ptr<const Roll> roll) {
        Paged<UnitRecord> records;
        std::map<std::string, std::uint32_t, std::less<>> strays;
        const State::Impl before = s_;
        for (std::size_t i = 0; i < roll->facts.size(); ++i) {
            const std::string& id = roll->facts[i].id.text;
            UnitRecord& unit = records.write(i);
            if (const auto rank = before.rank(id)) {
                unit = *before.byRank.at(*rank);
                if (!unit.listed)
                    unit.on.reset();
            } else if (before.versions) {
                const std::string stream = streamOf(roll->facts[i].id);
                const auto known = before.versions->find(stream);
                if (known != before.versions->end()) {
                    unit.version = known->second;
                    s_.versions.write().erase(stream);
                }
            }
            unit.listed = true;
            unit.facts = {roll, &roll->facts[i]};
            unit.tickets.clear();
        }
        std::size_t next = roll->facts.size();
        before.byRank.forEach([&](const UnitRecord& old) {
            if (roll->rank(old.facts->id.text))
                return;
            if (old.tickets.empty()) {
                s_.versions.write()[streamOf(old.facts->id)] = old.version;
                return;
            }
            UnitRecord& kept = records.write(next);
            kept = old;
            kept.facts = std::make_shared<const UnitFacts>(*old.facts);
            kept.listed = false;
            kept.on = false;
            kept.tickets.clear();
            strays.emplace(kept.facts->id.text, static_cast<std::uint32_t>(next++));
        });
        s_.roll = std::move(roll);
        s_.byRank = std::move(records);
        s_.strays = Cow<decltype(strays)>::make(std::move(strays));
        s_.units = next;
        // Units listed only now may already be on tickets.
        before.byNumber.forEachMarked([&](const Ticket& ticket) {
            for (const Assignment& one : ticket.assignments)
                if (one.open())
                    load(one.unit, ticket.id, true);
        });
    }

    State::Impl& s_;
    const Envelope& e_;
};

} // namespace

State apply(State state, const Event& event) {
    State::Impl& impl = state.impl_.write();
    if (impl.seq == 0)
        impl.mode = event.envelope.mode;
    std::visit(Fold{impl, event.envelope}, event.payload);
    impl.seq = event.envelope.seq ? event.envelope.seq : impl.seq + 1;
    impl.at = event.envelope.recordedAt;
    return state;
}

} // namespace vedette::dispatch
