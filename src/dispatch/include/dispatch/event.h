// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/ids.h"
#include "dispatch/reference.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace vedette::dispatch {

enum class Mode : std::uint8_t { live, training };

// The fixed part of every event; see ARCHITECTURE.md, "The journal". The store fills seq, eventId, version,
// recordedAt.
struct Envelope {
    Seq seq = 0;
    std::string eventId;          // UUIDv7-like, unique
    std::string commandId;        // one command, its events share it; a retry adds nothing
    std::string source, sourceId; // of a feed message; unique together when set
    std::string stream;           // "ticket/T1042", "unit/U0322", "journal", "reference/units"
    std::uint32_t version = 0;    // of the stream, from 1
    std::string kind;
    int kindVersion = 1;
    Instant occurredAt{}, recordedAt{};
    std::string actor, workstation;
    Mode mode = Mode::live;
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
};

struct Deadlines {
    Instant accept{}, arrive{}, finish{}; // absolute; zero: none
    friend bool operator==(const Deadlines&, const Deadlines&) = default;
};

// ---- kinds, version 1 ----
struct JournalOpened {
    std::string workspace;
};
// The content is kept in the store by its sha256; the store hands it to the fold with the event.
struct ReferencePinned {
    std::string what, sha256, source;
    std::shared_ptr<const std::string> content;
};
struct TicketOpened {
    TicketId ticket;
    IncidentFacts incident;
    std::vector<std::string> areas;
    Duty duty;
    Deadlines deadlines;
    std::string desk;
    std::vector<std::string> flags; // "dutyMissing", "outsideEveryArea", ...
};
struct TicketVerified {
    TicketId ticket;
};
struct UnitAssigned {
    TicketId ticket;
    UnitId unit;
    Part part = Part::lead;
    LonLat unitAt;
    PositionBasis basis = PositionBasis::none;
    std::vector<CandidateFacts> shown;
    std::string overrideReason;
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
};
enum class EntryKind : std::uint8_t { note, call, feedback };
struct EntryAdded {
    TicketId ticket;
    EntryKind kind = EntryKind::note;
    std::string text;
    UnitId unit;
}; // text is private
struct DuplicateJudged {
    TicketId ticket, other;
    bool keptApart = true;
};
enum class RosterChange : std::uint8_t { on, off, breakStarted, breakEnded, outOfService, inService };
struct RosterChanged {
    UnitId unit;
    RosterChange to = RosterChange::on;
    std::string reason;
};
struct PositionDeclared {
    UnitId unit;
    LonLat at;
};
// Kept as it came; shown as unknown; changes nothing.
struct UnknownKind {
    std::string payload;
};

using Payload =
    std::variant<JournalOpened, ReferencePinned, TicketOpened, TicketVerified, UnitAssigned, AssignmentMoved,
                 TicketMoved, EntryAdded, DuplicateJudged, RosterChanged, PositionDeclared, UnknownKind>;

struct Event {
    Envelope envelope;
    Payload payload;
};

std::string_view kindOf(const Payload& payload); // "ticketOpened", ...
// JSON text of a payload and back. Decoding upcasts old kind versions; an unknown kind or a newer version
// comes back as UnknownKind. Never throws.
std::string encodePayload(const Payload& payload);
Payload decodePayload(std::string_view kind, int kindVersion, std::string_view json);
// One NDJSON line: the envelope's fields and "payload".
std::string encodeEvent(const Event& event);

} // namespace vedette::dispatch
