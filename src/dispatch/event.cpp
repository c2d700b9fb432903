// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/event.h"

#include "iso.h"
#include "json_writer.h"

#include <array>

namespace vedette::dispatch {

namespace {

// One table an enum, in its order: what is written is what is read.
constexpr std::array<std::string_view, 2> modes{"live", "training"};
constexpr std::array<std::string_view, 2> parts{"lead", "joint"};
constexpr std::array<std::string_view, 5> bases{"fix", "declared", "posted", "homeArea", "none"};
constexpr std::array<std::string_view, 4> ages{"live", "ageing", "stale", "lost"};
constexpr std::array<std::string_view, 7> statuses{"assigned", "accepted", "enroute", "onscene",
                                                   "handled",  "declined", "released"};
constexpr std::array<std::string_view, 8> moves{"reviewed",  "closed", "returned",  "transferred",
                                                "escalated", "merged", "cancelled", "reopened"};
constexpr std::array<std::string_view, 3> entryKinds{"note", "call", "feedback"};
constexpr std::array<std::string_view, 6> rosterChanges{"on",         "off",          "breakStarted",
                                                        "breakEnded", "outOfService", "inService"};
constexpr std::array<std::string_view, 33> kinds{
    "journalOpened",    "referencePinned",    "ticketOpened", "ticketVerified",  "unitAssigned",
    "assignmentMoved",  "ticketMoved",        "entryAdded",   "duplicateJudged", "rosterChanged",
    "positionDeclared", "ticketReclassified", "lineSaid",     "roadRestricted",  "roadRestored",
    // the closed loop
    "feedbackGiven", "ticketScheduled", "unitReserved", "unitUnreserved", "hazardFound", "hazardRectified",
    "hazardInspected", "sweepOpened", "sweepClosed", "sweepJoined", "sweepLeft",
    // who is on
    "shiftHandedOver", "shiftTakenOver", "rollCalled", "rollAnswered", "rollClosed",
    // patrols
    "patrolPlanned", "patrolEnded"};
static_assert(kinds.size() == std::variant_size_v<Payload> - 1, "one name each, in the variant's order; UnknownKind has none");
constexpr std::array<std::string_view, 3> roadUses{"both", "driving", "walking"};

template <class Enum, std::size_t N>
std::string_view text(const std::array<std::string_view, N>& table, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    return index < N ? table[index] : std::string_view{};
}

template <class Enum, std::size_t N>
std::optional<Enum> read(const std::array<std::string_view, N>& table, std::string_view text) {
    for (std::size_t i = 0; i < N; ++i)
        if (table[i] == text)
            return static_cast<Enum>(i);
    return std::nullopt;
}

struct StreamOf {
    std::string operator()(const JournalOpened&) const { return "journal"; }
    std::string operator()(const ReferencePinned& pinned) const { return "reference/" + pinned.what; }
    std::string operator()(const RosterChanged& changed) const { return streamOf(changed.unit); }
    std::string operator()(const PositionDeclared& declared) const { return streamOf(declared.unit); }
    std::string operator()(const LineSaid& said) const { return streamOf(said.unit); }
    std::string operator()(const RoadRestricted& road) const { return "road/" + road.id; }
    std::string operator()(const RoadRestored& road) const { return "road/" + road.id; }
    std::string operator()(const SweepOpened& sweep) const { return "sweep/" + sweep.id; }
    std::string operator()(const SweepClosed& sweep) const { return "sweep/" + sweep.id; }
    std::string operator()(const ShiftHandedOver& shift) const { return "desk/" + shift.desk; }
    std::string operator()(const ShiftTakenOver& shift) const { return "desk/" + shift.desk; }
    std::string operator()(const RollCalled& roll) const { return "roll/" + roll.id; }
    std::string operator()(const RollAnswered& roll) const { return "roll/" + roll.id; }
    std::string operator()(const RollClosed& roll) const { return "roll/" + roll.id; }
    std::string operator()(const PatrolPlanned& patrol) const { return "patrol/" + patrol.id; }
    std::string operator()(const PatrolEnded& patrol) const { return "patrol/" + patrol.id; }
    std::string operator()(const UnknownKind&) const { return "journal"; }
    std::string operator()(const auto& ofTicket) const { return streamOf(ofTicket.ticket); }
};

} // namespace

std::string_view toString(Mode value) {
    return text(modes, value);
}
std::string_view toString(RoadUse value) {
    return text(roadUses, value);
}
std::optional<RoadUse> roadUse(std::string_view word) {
    return read<RoadUse>(roadUses, word);
}
std::string_view toString(Part value) {
    return text(parts, value);
}
std::string_view toString(PositionBasis value) {
    return text(bases, value);
}
std::string_view toString(FixAge value) {
    return text(ages, value);
}
std::string_view toString(AssignmentStatus value) {
    return text(statuses, value);
}
std::string_view toString(TicketMove value) {
    return text(moves, value);
}
std::string_view toString(EntryKind value) {
    return text(entryKinds, value);
}
std::string_view toString(RosterChange value) {
    return text(rosterChanges, value);
}
std::optional<Mode> mode(std::string_view text) {
    return read<Mode>(modes, text);
}
std::optional<Part> part(std::string_view text) {
    return read<Part>(parts, text);
}
std::optional<PositionBasis> positionBasis(std::string_view text) {
    return read<PositionBasis>(bases, text);
}
std::optional<AssignmentStatus> assignmentStatus(std::string_view text) {
    return read<AssignmentStatus>(statuses, text);
}
std::optional<TicketMove> ticketMove(std::string_view text) {
    return read<TicketMove>(moves, text);
}
std::optional<EntryKind> entryKind(std::string_view text) {
    return read<EntryKind>(entryKinds, text);
}
std::optional<RosterChange> rosterChange(std::string_view text) {
    return read<RosterChange>(rosterChanges, text);
}

std::string_view kindOf(const Payload& payload) {
    return payload.index() < kinds.size() ? kinds[payload.index()] : "unknown";
}

std::string streamOf(const Payload& payload) {
    return std::visit(StreamOf{}, payload);
}

const UnitId* touchedUnit(const Payload& payload) {
    if (const auto* assigned = std::get_if<UnitAssigned>(&payload))
        return &assigned->unit;
    if (const auto* moved = std::get_if<AssignmentMoved>(&payload))
        return moved->to >= AssignmentStatus::handled ? &moved->unit : nullptr;
    return nullptr;
}

std::string encodeEvent(const Event& event) {
    const Envelope& e = event.envelope;
    JsonWriter json;
    json.open('{');
    json.field("seq", e.seq);
    json.field("event_id", e.eventId);
    json.field("command_id", e.commandId);
    json.fieldIfSet("source", e.source);
    json.fieldIfSet("source_id", e.sourceId);
    json.field("stream", e.stream);
    json.field("version", e.version);
    json.field("kind", e.kind);
    json.field("kind_version", e.kindVersion);
    json.field("occurred_at", isoText(e.occurredAt));
    json.field("recorded_at", isoText(e.recordedAt));
    json.field("actor", e.actor);
    json.field("workstation", e.workstation);
    json.field("mode", toString(e.mode));
    json.key("payload");
    if (const auto* unknown = std::get_if<UnknownKind>(&event.payload))
        json.value(unknown->payload); // as text: nobody here can say that it is JSON
    else
        json.raw(encodePayload(event.payload));
    json.close('}');
    return std::move(json.out);
}

} // namespace vedette::dispatch
