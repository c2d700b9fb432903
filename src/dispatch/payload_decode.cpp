// SPDX-License-Identifier: GPL-3.0-or-later
#include "payload_json.h"

#include "iso.h"

#include <array>
#include <cmath>
#include <simdjson.h>
#include <utility>

namespace vedette::dispatch {

namespace {

using simdjson::ondemand::object;
using simdjson::ondemand::value;

// Each reader leaves its target alone when the value isn't of the type that is due: a payload with a broken
// field still tells the rest.
void read(value from, std::string& into) {
    std::string_view text;
    if (!from.get_string().get(text))
        into = text;
}
void read(value from, double& into) {
    double number = 0;
    if (!from.get_double().get(number))
        into = number;
}
void read(value from, int& into) {
    std::int64_t number = 0;
    if (!from.get_int64().get(number) && number >= INT32_MIN && number <= INT32_MAX)
        into = static_cast<int>(number);
}
void read(value from, bool& into) {
    bool truth = false;
    if (!from.get_bool().get(truth))
        into = truth;
}
void read(value from, std::chrono::minutes& into) {
    int number = static_cast<int>(into.count());
    read(from, number);
    into = std::chrono::minutes{number};
}
void read(value from, UnitId& into) {
    read(from, into.text);
}
void read(value from, TicketId& into) {
    std::string_view text;
    if (!from.get_string().get(text))
        into = ticketId(text).value_or(TicketId{});
}
void read(value from, Instant& into) {
    std::string_view text;
    if (!from.get_string().get(text))
        into = isoInstant(text);
}
// Set when a word isn't one of its enum's: guessing (a ticket closed by default) would be worse than showing
// the event as unknown.
thread_local bool wordUnknown = false;

template <class Enum>
void read(value from, Enum& into, std::optional<Enum> (*named)(std::string_view)) {
    std::string_view text;
    const auto found = from.get_string().get(text) ? std::nullopt : named(text);
    if (found)
        into = *found;
    else
        wordUnknown = true;
}
void read(value from, std::vector<std::string>& into) {
    simdjson::ondemand::array all;
    if (from.get_array().get(all))
        return;
    for (auto item : all) {
        value one;
        if (item.get(one))
            return;
        read(one, into.emplace_back());
    }
}

// Calls visit(key, value) for every field that can be read.
template <class Visit>
void fields(object from, const Visit& visit) {
    for (auto field : from) {
        std::string_view key;
        value held;
        if (field.unescaped_key().get(key) || field.value().get(held))
            return;
        visit(key, held);
    }
}
template <class Visit>
void fields(value from, const Visit& visit) {
    object inner;
    if (!from.get_object().get(inner))
        fields(inner, visit);
}

void read(value from, Duty& into) {
    fields(from, [&](std::string_view key, value held) {
        if (key == "category")
            read(held, into.category);
        else if (key == "name")
            read(held, into.name);
        else if (key == "lead")
            read(held, into.lead, &role);
        else if (key == "joint") {
            std::vector<std::string> names;
            read(held, names);
            for (const std::string& name : names)
                if (const auto known = role(name))
                    into.joint.push_back(*known);
        } else if (key == "skills")
            read(held, into.skills);
        else if (key == "priority")
            read(held, into.priority);
        else if (key == "acceptMinutes")
            read(held, into.accept);
        else if (key == "arriveMinutes")
            read(held, into.arrive);
        else if (key == "finishMinutes")
            read(held, into.finish);
        else if (key == "escalation")
            read(held, into.escalation);
    });
}
void read(value from, IncidentFacts& into) {
    fields(from, [&](std::string_view key, value held) {
        if (key == "lon")
            read(held, into.at.lon);
        else if (key == "lat")
            read(held, into.at.lat);
        else if (key == "category")
            read(held, into.category);
        else if (key == "priority")
            read(held, into.priority);
        else if (key == "source")
            read(held, into.source);
        else if (key == "place")
            read(held, into.place);
        else if (key == "caller")
            read(held, into.caller);
        else if (key == "text")
            read(held, into.text);
        else if (key == "happenedAt")
            read(held, into.happenedAt);
    });
}
void read(value from, Deadlines& into) {
    fields(from, [&](std::string_view key, value held) {
        if (key == "accept")
            read(held, into.accept);
        else if (key == "arrive")
            read(held, into.arrive);
        else if (key == "finish")
            read(held, into.finish);
    });
}
void read(value from, std::vector<CandidateFacts>& into) {
    simdjson::ondemand::array all;
    if (from.get_array().get(all))
        return;
    for (auto item : all) {
        value one;
        if (item.get(one))
            return;
        CandidateFacts& candidate = into.emplace_back();
        fields(one, [&](std::string_view key, value held) {
            if (key == "unit")
                read(held, candidate.unit);
            else if (key == "metres")
                read(held, candidate.metres);
            else if (key == "seconds")
                read(held, candidate.seconds);
            else if (key == "basis")
                read(held, candidate.basis, &positionBasis);
            else if (key == "owner")
                read(held, candidate.owner);
        });
    }
}

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
}
void read(std::string_view key, value held, LineSaid& into) {
    if (key == "unit")
        read(held, into.unit);
    else if (key == "text")
        read(held, into.text);
}

// A thread's parser and its buffer with the room behind the text that simdjson wants.
struct Scratch {
    simdjson::ondemand::parser parser;
    std::string buffer;
    simdjson::ondemand::document document;

    bool load(std::string_view json, object& into) {
        buffer.assign(json);
        buffer.append(simdjson::SIMDJSON_PADDING, ' ');
        const simdjson::padded_string_view text(buffer.data(), json.size(), buffer.size());
        return !parser.iterate(text).get(document) && !document.get_object().get(into);
    }
};

Scratch& scratch() {
    thread_local Scratch held;
    return held;
}

// The names are asked for once, and only the payload that is due is made: a long fold comes by here a million
// times.
template <std::size_t... I>
std::optional<Payload> emptyPayload(std::string_view kind, std::index_sequence<I...>) {
    static const std::array<std::string_view, sizeof...(I)> names{kindOf(Payload{std::in_place_index<I>})...};
    std::optional<Payload> payload;
    (void)((names[I] == kind && (payload.emplace(std::in_place_index<I>), true)) || ...);
    return payload;
}
// UnknownKind, the last, has no name.
std::optional<Payload> emptyPayload(std::string_view kind) {
    return emptyPayload(kind, std::make_index_sequence<std::variant_size_v<Payload> - 1>());
}

} // namespace

Payload decodePayload(std::string_view kind, int kindVersion, std::string_view json) {
    // Every kind stands at version 1. The upcast of an older version belongs here, before its fields are
    // read.
    object from;
    std::optional<Payload> payload;
    if (kindVersion == 1)
        payload = emptyPayload(kind);
    if (!payload || !scratch().load(json, from))
        return UnknownKind{std::string(json)};
    wordUnknown = false;
    std::visit(
        [&](auto& into) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(into)>, UnknownKind>)
                fields(from, [&](std::string_view key, value held) { read(key, held, into); });
        },
        *payload);
    if (wordUnknown)
        return UnknownKind{std::string(json)};
    return std::move(*payload);
}

std::vector<Seal> sealsIn(std::string_view json) {
    static constexpr std::string_view mark = "Sealed";
    std::vector<Seal> seals;
    const auto collect = [&](std::string_view key, value held) {
        if (!key.ends_with(mark))
            return;
        Seal& seal = seals.emplace_back();
        seal.field = key.substr(0, key.size() - mark.size());
        read(held, seal.commitment);
    };
    object from;
    if (scratch().load(json, from))
        fields(from, [&](std::string_view key, value held) {
            if (key == "incident")
                fields(held, collect);
            else
                collect(key, held);
        });
    return seals;
}

} // namespace vedette::dispatch
