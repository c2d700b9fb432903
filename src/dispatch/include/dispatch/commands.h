// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"

#include <map>

namespace vedette::dispatch {

// A command is checked against the state and becomes events or violations; it changes nothing itself.
struct OpenTicket {
    IncidentFacts incident;
    // Resolved by whoever knows the ground (Session does): facts, not references.
    std::vector<std::string> areas;
    Duty duty;
    std::string desk;
    std::vector<std::string> flags;
    std::vector<std::string> chain{}; // desks that hear of a missed deadline
};
struct VerifyTicket {
    TicketId ticket;
};
struct AssignUnit {
    TicketId ticket;
    UnitId unit;
    std::optional<Part> part; // no part: lead if there is none, else joint
    LonLat unitAt;
    PositionBasis basis = PositionBasis::none;
    std::vector<CandidateFacts> shown;
    std::string overrideReason;
};
struct MoveAssignment {
    TicketId ticket;
    std::optional<UnitId> unit;
    AssignmentStatus to = AssignmentStatus::accepted;
    std::string text;
};
// What the target of a transfer is, for whoever knows the city (see transferTo() in desks.h).
enum class Whither : std::uint8_t { unknown, desk, outside };
struct MoveTicket {
    TicketId ticket;
    TicketMove to = TicketMove::closed;
    std::string target, reason;
    Whither whither = Whither::unknown;
};
struct AddEntry {
    TicketId ticket;
    EntryKind kind = EntryKind::note;
    std::string text;
    UnitId unit;
};
// Not kept apart: `ticket` is merged into `other`.
struct JudgeDuplicate {
    TicketId ticket, other;
    bool keptApart = true;
};
struct ChangeRoster {
    UnitId unit;
    RosterChange to = RosterChange::on;
    std::string reason;
    Instant until{}; // out of service: back by itself then
};
struct DeclarePosition {
    UnitId unit;
    LonLat at;
};
// Another category than it was taken as. Duty and flags are resolved like those of OpenTicket; see
// reclassified() in session.h.
struct ReclassifyTicket {
    TicketId ticket;
    std::string category;
    int priority = 0; // out of 1-4: the duty's
    Duty duty;
    std::vector<std::string> flags;
    std::vector<std::string> chain{};
};
// A deadline passed: the desk at this level of the chain hears of it. Said by the clock, once each.
struct EscalateOverdue {
    TicketId ticket;
    std::string clock;
    int level = 1;
};
// An empty id: the next free one.
struct RestrictRoad {
    RoadRestricted road;
};
struct RestoreRoad {
    std::string id;
};
// What the sheet of the shift says (sheetOf() in handover.h); the remarks go beside it.
struct HandOverShift {
    ShiftHandedOver shift;
};
struct TakeOverShift {
    std::string desk;
};
// An empty id: the next free one. The units are resolved by rollOf() in roll_call.h.
struct CallRoll {
    RollCalled roll;
};
// An empty roll: every open one that waits for the unit, else the last that it missed. `placed` by voice also
// declares where it is.
struct AnswerRoll {
    std::string roll;
    UnitId unit;
    bool placed = false;
    LonLat at;
    PositionBasis basis = PositionBasis::none;
};
struct CloseRoll {
    std::string id;
};
using Command =
    std::variant<OpenTicket, VerifyTicket, AssignUnit, MoveAssignment, MoveTicket, AddEntry, JudgeDuplicate,
                 ChangeRoster, DeclarePosition, ReclassifyTicket, EscalateOverdue, RestrictRoad, RestoreRoad,
                 HandOverShift, TakeOverShift, CallRoll, AnswerRoll, CloseRoll>;

// Who says it, from where and when; `commandId` makes a retry harmless.
struct Said {
    std::string actor, workstation, commandId;
    std::string source, sourceId; // of a feed message
    Mode mode = Mode::live;
    Instant occurredAt{}; // when it happened; the store stamps recordedAt
    // What was typed in a command bar. Kept word for word with what it did, in one transaction: behind "> "
    // in the ticket's record, or as `lineSaid` of the unit.
    std::string line{};
};

// Streams and the versions the decision rests on.
using ReadSet = std::map<std::string, std::uint32_t>;

struct Decision {
    std::vector<Event> events; // empty exactly when there are violations
    ReadSet read;
    std::vector<Message> violations;
};

// Violations: ticketUnknown {ticket}, ticketClosed {ticket,stage}, unitUnknown {unit}, unitOffShift {unit},
// unitOnBreak {unit}, unitOutOfService {unit}, unitAtCapacity {unit,load,capacity}, alreadyAssigned
// {unit,ticket}, leadTaken {unit,ticket}, nobodyLeads {ticket}, notAssigned {unit,ticket}, wrongStep
// {unit,ticket,from,to}, notHandled {ticket}, mergeIntoItself {ticket}, reasonMissing {ticket}, targetMissing
// {ticket}, deskUnknown {desk}, textMissing {ticket}, categoryMissing, placeMissing, nothingChanges {what},
// modeMismatch {mode,said}, roadUnknown {road}, roadFactor {factor} (0 to less than 1), unitOnPlannedBreak
// {unit,till}, untilPassed {unit}, deskMissing, deskHeldBy {desk,holder}, rollNobody {scope}, rollUnknown
// {roll}, rollOver {roll}, rollNotAsked {unit}, rollDeadline. The rules: whoever is assigned first leads,
// whatever part was asked for; at most one open lead. An assignment moves forward only (steps may be
// skipped), is declined before setting out, released any time before it is handled. Closing wants handled or
// reviewed, else a reason; returned, cancelled and reopened want a reason, transferred and merged a target.
// What ends a ticket first releases whoever is still on it; a transfer to another desk ends nothing: the
// ticket goes there with its clocks and everybody who is on it. A ticket that isn't open changes by
// `reopened` only. A new category brings its duty, priority and the deadlines that would have run from the
// start (or the last reopening); who is on it stays on it.
Decision decide(const State& state, const Command& command, const Said& said, const layers::TimeZone& zone);

} // namespace vedette::dispatch
