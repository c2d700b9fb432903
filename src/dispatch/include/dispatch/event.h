// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/ids.h"
#include "dispatch/reference.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vedette::dispatch {

enum class Mode : std::uint8_t { live, training };

// The fixed part of every event; see ARCHITECTURE.md, "The journal". The store fills seq, eventId, version,
// recordedAt.
struct Envelope {
    Seq seq = 0;
    std::string eventId;          // shaped as a UUID; follows from commandId and the place within the command
    std::string commandId;        // one command, its events share it; a retry adds nothing
    std::string source, sourceId; // of a feed message; unique together when set
    std::string stream;           // "ticket/T1042", "unit/U0322", "journal", "reference/units"
    std::uint32_t version = 0;    // of the stream, from 1
    std::string kind;
    int kindVersion = 1;
    Instant occurredAt{}, recordedAt{};
    std::string actor, workstation;
    Mode mode = Mode::live;
    friend bool operator==(const Envelope&, const Envelope&) = default;
};

// What an incident was when it was reported. Caller and text are private: the hash chain covers a salted
// commitment.
struct IncidentFacts {
    LonLat at;
    std::string category;
    int priority = 3;
    std::string source; // "110" "12345" "gridWorker" "sensor" "desk"
    std::string place;  // worded place
    std::string caller, text;
    Instant happenedAt{};
    friend bool operator==(const IncidentFacts&, const IncidentFacts&) = default;
};

enum class Part : std::uint8_t { lead, joint };
enum class PositionBasis : std::uint8_t { fix, declared, posted, homeArea, none };
enum class FixAge : std::uint8_t { live, ageing, stale, lost };

// One candidate as it was shown when somebody decided; see recommend.h for the live type.
struct CandidateFacts {
    UnitId unit;
    int metres = 0, seconds = 0;
    PositionBasis basis = PositionBasis::none;
    bool owner = false;
    friend bool operator==(const CandidateFacts&, const CandidateFacts&) = default;
};

struct Deadlines {
    Instant accept{}, arrive{}, finish{}, verify{}; // absolute; zero: none
    friend bool operator==(const Deadlines&, const Deadlines&) = default;
};

// ---- kinds, version 1 ----
struct JournalOpened {
    std::string workspace;
    friend bool operator==(const JournalOpened&, const JournalOpened&) = default;
};
// The content is kept in the store by its sha256; the store hands it to the fold with the event.
struct ReferencePinned {
    std::string what, sha256, source; // what: "units" or "duties"
    std::shared_ptr<const std::string> content;
    friend bool operator==(const ReferencePinned& a, const ReferencePinned& b) {
        return a.what == b.what && a.sha256 == b.sha256 && a.source == b.source;
    }
};
struct TicketOpened {
    TicketId ticket;
    IncidentFacts incident;
    std::vector<std::string> areas;
    Duty duty;
    Deadlines deadlines;
    std::string desk;
    std::vector<std::string> flags;   // "dutyMissing", "outsideEveryArea", ...
    std::vector<std::string> chain{}; // desks that hear of a missed deadline, nearest first
    Instant begins{};                 // scheduled: its clocks run from then; zero: from now
    std::string sweep{};              // "S1": opened as a part of it
    friend bool operator==(const TicketOpened&, const TicketOpened&) = default;
};
struct TicketVerified {
    TicketId ticket;
    friend bool operator==(const TicketVerified&, const TicketVerified&) = default;
};
struct UnitAssigned {
    TicketId ticket;
    UnitId unit;
    Part part = Part::lead;
    LonLat unitAt;
    PositionBasis basis = PositionBasis::none;
    std::vector<CandidateFacts> shown;
    std::string overrideReason;
    friend bool operator==(const UnitAssigned&, const UnitAssigned&) = default;
};
enum class AssignmentStatus : std::uint8_t {
    assigned,
    accepted,
    enroute,
    onscene,
    handled,
    declined,
    released
};
struct AssignmentMoved {
    TicketId ticket;
    UnitId unit;
    AssignmentStatus to = AssignmentStatus::accepted;
    std::string text;
    friend bool operator==(const AssignmentMoved&, const AssignmentMoved&) = default;
};
// Stages that are the ticket's own.
enum class TicketMove : std::uint8_t {
    reviewed,
    closed,
    returned,
    transferred,
    escalated,
    merged,
    cancelled,
    reopened
};
struct TicketMoved {
    TicketId ticket;
    TicketMove to = TicketMove::closed;
    std::string target;
    std::string reason;
    bool stays = false;  // transferred to another desk of this journal: it goes on there, whoever is on it
    std::string clock{}; // escalated because this deadline passed ("accept" ...); empty: somebody said so
    int level = 0;       // and how far up the chain, from 1
    friend bool operator==(const TicketMoved&, const TicketMoved&) = default;
};
enum class EntryKind : std::uint8_t { note, call, feedback };
struct EntryAdded {
    TicketId ticket;
    EntryKind kind = EntryKind::note;
    std::string text;
    UnitId unit;
    friend bool operator==(const EntryAdded&, const EntryAdded&) = default;
}; // text is private
struct DuplicateJudged {
    TicketId ticket, other;
    bool keptApart = true;
    friend bool operator==(const DuplicateJudged&, const DuplicateJudged&) = default;
};
enum class RosterChange : std::uint8_t { on, off, breakStarted, breakEnded, outOfService, inService };
struct RosterChanged {
    UnitId unit;
    RosterChange to = RosterChange::on;
    std::string reason;
    // outOfService: back by itself then; breakEnded: the planned break that it lifts would have lasted till
    // then. Zero: neither.
    Instant until{};
    friend bool operator==(const RosterChanged&, const RosterChanged&) = default;
};
struct PositionDeclared {
    UnitId unit;
    LonLat at;
    friend bool operator==(const PositionDeclared&, const PositionDeclared&) = default;
};
// A ticket turned out to be about something else; whatever followed from the category is stated anew.
struct TicketReclassified {
    TicketId ticket;
    std::string category;
    int priority = 3;
    Duty duty;
    Deadlines deadlines;
    std::vector<std::string> flags;
    std::vector<std::string> chain{};
    friend bool operator==(const TicketReclassified&, const TicketReclassified&) = default;
};
// A line of the command bar about a unit, as it was typed; one about a ticket is an entry of its record.
struct LineSaid {
    UnitId unit;
    std::string text;
    friend bool operator==(const LineSaid&, const LineSaid&) = default;
}; // text is private
// Roads that may be used less, or not at all, from now on: those along or across `lines`, or in and across
// the rings of an area. The same id again replaces it.
enum class RoadUse : std::uint8_t { both, driving, walking };
struct RoadRestricted {
    std::string id; // "R1"
    std::vector<std::vector<LonLat>> lines;
    bool area = false;
    double factor = 0; // of the usual speed; 0: closed
    RoadUse use = RoadUse::both;
    std::string reason;
    Instant until{};  // zero: until it is restored
    std::string by{}; // who said so
    friend bool operator==(const RoadRestricted&, const RoadRestricted&) = default;
};
struct RoadRestored {
    std::string id;
    friend bool operator==(const RoadRestored&, const RoadRestored&) = default;
};
// ---- the closed loop ----
// What the duty asks to be answered. The values are private texts, sealed one by one ("value0", ...); the names
// of what was answered aren't. A field that is given again is answered anew.
struct FeedbackField {
    std::string name, value;
    friend bool operator==(const FeedbackField&, const FeedbackField&) = default;
};
struct FeedbackGiven {
    TicketId ticket;
    UnitId unit; // who reported it; empty: nobody said
    std::vector<FeedbackField> fields;
    friend bool operator==(const FeedbackGiven&, const FeedbackGiven&) = default;
};
// It begins at another time, with the deadlines that follow from it.
struct TicketScheduled {
    TicketId ticket;
    Instant begins{};
    Deadlines deadlines;
    friend bool operator==(const TicketScheduled&, const TicketScheduled&) = default;
};
// A unit is kept in mind for a scheduled ticket; it takes no capacity until it is assigned.
struct UnitReserved {
    TicketId ticket;
    UnitId unit;
    friend bool operator==(const UnitReserved&, const UnitReserved&) = default;
};
// `why`: the violation for which it couldn't be assigned when the ticket began; no code: somebody said so.
struct UnitUnreserved {
    TicketId ticket;
    UnitId unit;
    Message why;
    friend bool operator==(const UnitUnreserved&, const UnitUnreserved&) = default;
};
// A hazard is to be rectified by `due`. A text is private.
struct HazardFound {
    TicketId ticket;
    Instant due{};
    std::string text;
    friend bool operator==(const HazardFound&, const HazardFound&) = default;
};
struct HazardRectified {
    TicketId ticket;
    Instant inspectBy{}; // zero: no such clock
    std::string text;
    friend bool operator==(const HazardRectified&, const HazardRectified&) = default;
};
struct HazardInspected {
    TicketId ticket;
    bool passed = true;
    Instant due{}; // not passed: to be rectified by then
    std::string text;
    friend bool operator==(const HazardInspected&, const HazardInspected&) = default;
};
// One operation, a ticket for each area below `area`; they follow as ticketOpened of the same command.
struct SweepOpened {
    std::string id; // "S1"
    std::string name, category, area;
    std::string line; // what was typed for it; private
    friend bool operator==(const SweepOpened&, const SweepOpened&) = default;
};
struct SweepClosed {
    std::string id, reason;
    std::string line;
    friend bool operator==(const SweepClosed&, const SweepClosed&) = default;
};
struct SweepJoined {
    TicketId ticket;
    std::string sweep;
    friend bool operator==(const SweepJoined&, const SweepJoined&) = default;
};
struct SweepLeft {
    TicketId ticket;
    std::string sweep;
    friend bool operator==(const SweepLeft&, const SweepLeft&) = default;
};
// ---- who is on: shift change and roll call ----
// A desk's shift was handed over: what stood open then, and the sheet that says so. The sheet itself is made
// anew from the state as of `seq` (handover.h); `sha256` is of its facts, without private text.
struct ShiftHandedOver {
    std::string desk;
    std::string to;        // whom it is meant for; empty: whoever comes
    Instant since{}, at{}; // the shift that it tells of
    Seq seq = 0;           // the state that the sheet shows
    int open = 0, overdue = 0;
    std::string sha256;
    std::string text; // free remarks, private
    friend bool operator==(const ShiftHandedOver&, const ShiftHandedOver&) = default;
};
struct ShiftTakenOver {
    std::string desk;
    std::string from;   // who had it; empty: nobody that the journal knows of
    std::string sha256; // of the sheet that was handed over; empty: none was
    friend bool operator==(const ShiftTakenOver&, const ShiftTakenOver&) = default;
};
// Everybody on duty in a scope is asked to answer by the deadline.
struct RollCalled {
    std::string id;    // "RC1"
    std::string kind;  // "beat" "grid" ... as areas, "team", "desk", "city"
    std::string scope; // its code; the team's name
    std::string name;  // as it is called
    std::vector<std::string> units;
    Instant deadline{};
    friend bool operator==(const RollCalled&, const RollCalled&) = default;
};
struct RollAnswered {
    std::string id;
    UnitId unit;
    bool placed = false; // it said where it is
    LonLat at;
    PositionBasis basis = PositionBasis::none; // what was known of its place then
    bool late = false;                         // the roll was closed already
    friend bool operator==(const RollAnswered&, const RollAnswered&) = default;
};
struct RollClosed {
    std::string id;
    std::vector<std::string> answered, missed;
    friend bool operator==(const RollClosed&, const RollClosed&) = default;
};
// Who goes round where from when till when, and what is wanted there. The rings are the area's as they were
// (even-odd, degrees), so that coverage can be counted after the areas were edited.
struct PatrolPlanned {
    std::string id; // "P1"
    int tier = 4;   // 1 gravest
    std::string area, name;
    std::vector<std::vector<LonLat>> rings;
    double risk = 0; // expected events/km2/day there when it was planned
    std::vector<UnitId> units;
    Instant from{}, till{};
    int visits = 1, minutes = 0; // wanted between them: visits, and minutes of presence altogether
    friend bool operator==(const PatrolPlanned&, const PatrolPlanned&) = default;
};
struct PatrolEnded { // before its time
    std::string id, reason;
    friend bool operator==(const PatrolEnded&, const PatrolEnded&) = default;
};
// Kept as it came; shown as unknown; changes nothing.
struct UnknownKind {
    std::string payload;
    friend bool operator==(const UnknownKind&, const UnknownKind&) = default;
};

using Payload =
    std::variant<JournalOpened, ReferencePinned, TicketOpened, TicketVerified, UnitAssigned, AssignmentMoved,
                 TicketMoved, EntryAdded, DuplicateJudged, RosterChanged, PositionDeclared,
                 TicketReclassified, LineSaid, RoadRestricted, RoadRestored,
                 // the closed loop
                 FeedbackGiven, TicketScheduled, UnitReserved, UnitUnreserved, HazardFound, HazardRectified,
                 HazardInspected, SweepOpened, SweepClosed, SweepJoined, SweepLeft,
                 // who is on
                 ShiftHandedOver, ShiftTakenOver, RollCalled, RollAnswered, RollClosed,
                 // patrols
                 PatrolPlanned, PatrolEnded,
                 //
                 UnknownKind>;

struct Event {
    Envelope envelope;
    Payload payload;
    friend bool operator==(const Event&, const Event&) = default;
};

// The words of the journal's JSON and of the command line; reading gives nullopt for anything else.
std::string_view toString(Mode mode);               // "live" "training"
std::string_view toString(Part part);               // "lead" "joint"
std::string_view toString(PositionBasis basis);     // "fix" "declared" "posted" "homeArea" "none"
std::string_view toString(FixAge age);              // "live" "ageing" "stale" "lost"
std::string_view toString(AssignmentStatus status); // "assigned" "accepted" ... "declined" "released"
std::string_view toString(TicketMove move);         // "reviewed" "closed" ... "cancelled" "reopened"
std::string_view toString(EntryKind kind);          // "note" "call" "feedback"
std::string_view toString(RosterChange change);     // "on" "off" "breakStarted" ... "inService"
std::string_view toString(RoadUse use);             // "both" "driving" "walking"
std::optional<RoadUse> roadUse(std::string_view text);
// "lon lat, lon lat; lon lat, ...": lines as the journal keeps them and a person may type them. nullopt: not
// that, or a line of fewer than two points.
std::string linesText(const std::vector<std::vector<LonLat>>& lines);
std::optional<std::vector<std::vector<LonLat>>> linesFrom(std::string_view text);
std::optional<Mode> mode(std::string_view text);
std::optional<Part> part(std::string_view text);
std::optional<PositionBasis> positionBasis(std::string_view text);
std::optional<AssignmentStatus> assignmentStatus(std::string_view text);
std::optional<TicketMove> ticketMove(std::string_view text);
std::optional<EntryKind> entryKind(std::string_view text);
std::optional<RosterChange> rosterChange(std::string_view text);

// The stream that an event belongs to, from its payload ("ticket/T1042", "reference/units", ...).
std::string streamOf(const Payload& payload);
// The unit whose load an event changes though it belongs to a ticket's stream: that unit's stream moves on by
// one as well, so that two desks can't give the same last place of one unit to two tickets. Null: none.
const UnitId* touchedUnit(const Payload& payload);

std::string_view kindOf(const Payload& payload); // "ticketOpened", ...
// JSON text of a payload and back. Decoding upcasts old kind versions; an unknown kind or a newer version
// comes back as UnknownKind, as does what isn't JSON. A field of another type is left out. Never throws.
// Text that isn't UTF-8 is mended (U+FFFD); a number that isn't finite becomes 0.
std::string encodePayload(const Payload& payload);
Payload decodePayload(std::string_view kind, int kindVersion, std::string_view json);
// One NDJSON line: the envelope's fields and "payload".
std::string encodeEvent(const Event& event);

} // namespace vedette::dispatch
