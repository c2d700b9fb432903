// SPDX-License-Identifier: GPL-3.0-or-later
#include "payload_json.h"

#include "json_writer.h"
#include "payload_values.h"

#include <array>
#include <utility>

namespace vedette::dispatch {

namespace {

using payload::fields, payload::items, payload::read, payload::readNumber, payload::value, payload::wordUnknown;

// One field of each kind; keys it doesn't know are passed over.
void read(std::string_view key, value held, JournalOpened& into) {
    if (key == "workspace")
        read(held, into.workspace);
}
void read(std::string_view key, value held, ReferencePinned& into) {
    if (key == "what")
        read(held, into.what);
    else if (key == "sha256")
        read(held, into.sha256);
    else if (key == "source")
        read(held, into.source);
}
void read(std::string_view key, value held, TicketOpened& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "incident")
        read(held, into.incident);
    else if (key == "areas")
        read(held, into.areas);
    else if (key == "duty")
        read(held, into.duty);
    else if (key == "deadlines")
        read(held, into.deadlines);
    else if (key == "desk")
        read(held, into.desk);
    else if (key == "flags")
        read(held, into.flags);
    else if (key == "chain")
        read(held, into.chain);
    else if (key == "begins")
        read(held, into.begins);
    else if (key == "sweep")
        read(held, into.sweep);
}
void read(std::string_view key, value held, TicketVerified& into) {
    if (key == "ticket")
        read(held, into.ticket);
}
void read(std::string_view key, value held, UnitAssigned& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "unit")
        read(held, into.unit);
    else if (key == "part")
        read(held, into.part, &part);
    else if (key == "lon")
        read(held, into.unitAt.lon);
    else if (key == "lat")
        read(held, into.unitAt.lat);
    else if (key == "basis")
        read(held, into.basis, &positionBasis);
    else if (key == "shown")
        read(held, into.shown);
    else if (key == "overrideReason")
        read(held, into.overrideReason);
}
void read(std::string_view key, value held, AssignmentMoved& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "unit")
        read(held, into.unit);
    else if (key == "to")
        read(held, into.to, &assignmentStatus);
    else if (key == "text")
        read(held, into.text);
}
void read(std::string_view key, value held, TicketMoved& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "to")
        read(held, into.to, &ticketMove);
    else if (key == "target")
        read(held, into.target);
    else if (key == "reason")
        read(held, into.reason);
    else if (key == "stays")
        read(held, into.stays);
    else if (key == "clock")
        read(held, into.clock);
    else if (key == "level")
        read(held, into.level);
}
void read(std::string_view key, value held, EntryAdded& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "entry")
        read(held, into.kind, &entryKind);
    else if (key == "text")
        read(held, into.text);
    else if (key == "unit")
        read(held, into.unit);
}
void read(std::string_view key, value held, DuplicateJudged& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "other")
        read(held, into.other);
    else if (key == "keptApart")
        read(held, into.keptApart);
}
void read(std::string_view key, value held, RosterChanged& into) {
    if (key == "unit")
        read(held, into.unit);
    else if (key == "to")
        read(held, into.to, &rosterChange);
    else if (key == "reason")
        read(held, into.reason);
    else if (key == "until")
        read(held, into.until);
}
void read(std::string_view key, value held, PositionDeclared& into) {
    if (key == "unit")
        read(held, into.unit);
    else if (key == "lon")
        read(held, into.at.lon);
    else if (key == "lat")
        read(held, into.at.lat);
}
void read(std::string_view key, value held, TicketReclassified& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "category")
        read(held, into.category);
    else if (key == "priority")
        read(held, into.priority);
    else if (key == "duty")
        read(held, into.duty);
    else if (key == "deadlines")
        read(held, into.deadlines);
    else if (key == "flags")
        read(held, into.flags);
    else if (key == "chain")
        read(held, into.chain);
}
void read(std::string_view key, value held, LineSaid& into) {
    if (key == "unit")
        read(held, into.unit);
    else if (key == "text")
        read(held, into.text);
}
void read(std::string_view key, value held, RoadRestricted& into) {
    if (key == "id")
        read(held, into.id);
    else if (key == "lines") {
        std::string text;
        read(held, text);
        into.lines = linesFrom(text).value_or(std::vector<std::vector<LonLat>>{});
    } else if (key == "area")
        read(held, into.area);
    else if (key == "factor")
        read(held, into.factor);
    else if (key == "use")
        read(held, into.use, roadUse);
    else if (key == "reason")
        read(held, into.reason);
    else if (key == "until")
        read(held, into.until);
    else if (key == "by")
        read(held, into.by);
}
void read(std::string_view key, value held, RoadRestored& into) {
    if (key == "id")
        read(held, into.id);
}
void read(std::string_view key, value held, PatrolPlanned& into) {
    if (key == "id")
        read(held, into.id);
    else if (key == "tier")
        read(held, into.tier);
    else if (key == "area")
        read(held, into.area);
    else if (key == "name")
        read(held, into.name);
    else if (key == "rings") {
        std::string text;
        read(held, text);
        into.rings = linesFrom(text).value_or(std::vector<std::vector<LonLat>>{});
    } else if (key == "risk")
        read(held, into.risk);
    else if (key == "units") {
        std::vector<std::string> units;
        read(held, units);
        for (std::string& unit : units)
            into.units.push_back({std::move(unit)});
    } else if (key == "from")
        read(held, into.from);
    else if (key == "till")
        read(held, into.till);
    else if (key == "visits")
        read(held, into.visits);
    else if (key == "minutes")
        read(held, into.minutes);
}
void read(std::string_view key, value held, PatrolEnded& into) {
    if (key == "id")
        read(held, into.id);
    else if (key == "reason")
        read(held, into.reason);
}
void read(std::string_view key, value held, ShiftHandedOver& into) {
    if (key == "desk")
        read(held, into.desk);
    else if (key == "to")
        read(held, into.to);
    else if (key == "since")
        read(held, into.since);
    else if (key == "at")
        read(held, into.at);
    else if (key == "seq")
        readNumber(held, into.seq);
    else if (key == "open")
        read(held, into.open);
    else if (key == "overdue")
        read(held, into.overdue);
    else if (key == "sha256")
        read(held, into.sha256);
    else if (key == "text")
        read(held, into.text);
}
void read(std::string_view key, value held, ShiftTakenOver& into) {
    if (key == "desk")
        read(held, into.desk);
    else if (key == "from")
        read(held, into.from);
    else if (key == "sha256")
        read(held, into.sha256);
}
void read(std::string_view key, value held, RollCalled& into) {
    if (key == "id")
        read(held, into.id);
    else if (key == "scopeKind")
        read(held, into.kind);
    else if (key == "scope")
        read(held, into.scope);
    else if (key == "name")
        read(held, into.name);
    else if (key == "units")
        read(held, into.units);
    else if (key == "deadline")
        read(held, into.deadline);
}
void read(std::string_view key, value held, RollAnswered& into) {
    if (key == "id")
        read(held, into.id);
    else if (key == "unit")
        read(held, into.unit);
    else if (key == "lon")
        read(held, into.at.lon), into.placed = true;
    else if (key == "lat")
        read(held, into.at.lat);
    else if (key == "basis")
        read(held, into.basis, &positionBasis);
    else if (key == "late")
        read(held, into.late);
}
void read(std::string_view key, value held, RollClosed& into) {
    if (key == "id")
        read(held, into.id);
    else if (key == "answered")
        read(held, into.answered);
    else if (key == "missed")
        read(held, into.missed);
}

// ---- the closed loop ----
void read(std::string_view key, value held, FeedbackGiven& into) {
    constexpr std::string_view mark = "value";
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "unit")
        read(held, into.unit);
    else if (key == "names")
        items(held, [&](value one) { read(one, into.fields.emplace_back().name); });
    else if (key.starts_with(mark)) {
        std::size_t place = 0;
        const char* const end = key.data() + key.size();
        const auto [ptr, error] = std::from_chars(key.data() + mark.size(), end, place);
        if (error == std::errc{} && ptr == end && place < into.fields.size()) // the names stand before
            read(held, into.fields[place].value);
    }
}
void read(std::string_view key, value held, TicketScheduled& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "begins")
        read(held, into.begins);
    else if (key == "deadlines")
        read(held, into.deadlines);
}
void read(std::string_view key, value held, UnitReserved& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "unit")
        read(held, into.unit);
}
void read(std::string_view key, value held, UnitUnreserved& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "unit")
        read(held, into.unit);
    else if (key == "why")
        read(held, into.why.code);
    else if (key == "args") {
        std::vector<std::string> flat;
        read(held, flat);
        for (std::size_t i = 0; i + 1 < flat.size(); i += 2)
            into.why.args.emplace_back(std::move(flat[i]), std::move(flat[i + 1]));
    }
}
void read(std::string_view key, value held, HazardFound& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "due")
        read(held, into.due);
    else if (key == "text")
        read(held, into.text);
}
void read(std::string_view key, value held, HazardRectified& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "inspectBy")
        read(held, into.inspectBy);
    else if (key == "text")
        read(held, into.text);
}
void read(std::string_view key, value held, HazardInspected& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "passed")
        read(held, into.passed);
    else if (key == "due")
        read(held, into.due);
    else if (key == "text")
        read(held, into.text);
}
void read(std::string_view key, value held, SweepOpened& into) {
    if (key == "id")
        read(held, into.id);
    else if (key == "name")
        read(held, into.name);
    else if (key == "category")
        read(held, into.category);
    else if (key == "area")
        read(held, into.area);
    else if (key == "line")
        read(held, into.line);
}
void read(std::string_view key, value held, SweepClosed& into) {
    if (key == "id")
        read(held, into.id);
    else if (key == "reason")
        read(held, into.reason);
    else if (key == "line")
        read(held, into.line);
}
void read(std::string_view key, value held, SweepJoined& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "sweep")
        read(held, into.sweep);
}
void read(std::string_view key, value held, SweepLeft& into) {
    if (key == "ticket")
        read(held, into.ticket);
    else if (key == "sweep")
        read(held, into.sweep);
}

// Makes the payload that is due where `into` stands, and only that one: a long fold comes by here a million
// times. False: it isn't JSON, or a word in it is unknown.
using Decode = bool (*)(JsonLine&, Payload&);
template <std::size_t I>
bool decodeAs(JsonLine& from, Payload& into) {
    auto& made = into.emplace<I>();
    wordUnknown = false;
    if (from.next() != '{')
        return false;
    fields(from, [&](std::string_view key, value held) { read(key, held, made); });
    return !from.broken() && !wordUnknown;
}
struct Kind {
    std::string_view name;
    Decode decode;
};
template <std::size_t... I>
std::array<Kind, sizeof...(I)> kindsKnown(std::index_sequence<I...>) {
    return {Kind{kindOf(Payload{std::in_place_index<I>}), &decodeAs<I>}...};
}
Decode decoderOf(std::string_view kind) {
    // UnknownKind, the last, has no name.
    static const auto known = kindsKnown(std::make_index_sequence<std::variant_size_v<Payload> - 1>());
    for (const Kind& one : known)
        if (one.name == kind)
            return one.decode;
    return nullptr;
}

} // namespace

void decodePayload(std::string_view kind, int kindVersion, std::string_view json, Payload& into) {
    // Every kind stands at version 1. The upcast of an older version belongs here, before its fields are
    // read.
    const Decode decode = kindVersion == 1 && !mendedUtf8(json) ? decoderOf(kind) : nullptr;
    JsonLine from(json);
    if (!decode || !decode(from, into))
        into = UnknownKind{std::string(json)};
}

Payload decodePayload(std::string_view kind, int kindVersion, std::string_view json) {
    Payload payload;
    decodePayload(kind, kindVersion, json, payload);
    return payload;
}

std::vector<Seal> sealsIn(std::string_view json) {
    static constexpr std::string_view mark = "Sealed";
    std::vector<Seal> seals;
    JsonLine from(json);
    const auto collect = [&](std::string_view key, value held) {
        if (!key.ends_with(mark))
            return;
        Seal& seal = seals.emplace_back();
        seal.field = key.substr(0, key.size() - mark.size());
        read(held, seal.commitment);
    };
    fields(from, [&](std::string_view key, value held) {
        if (key == "incident")
            fields(held, collect);
        else
            collect(key, held);
    });
    return seals;
}

} // namespace vedette::dispatch
