// SPDX-License-Identifier: GPL-3.0-or-later
#include "payload_json.h"

#include "iso.h"
#include "json_line.h"
#include "utf8.h"

#include <array>
#include <charconv>
#include <utility>

namespace vedette::dispatch {

namespace {

// Each reader takes one value and leaves its target alone when it isn't of the type that is due: a payload
// with a broken field still tells the rest.
bool isText(JsonLine& from) {
    if (from.next() == '"')
        return true;
    from.skip();
    return false;
}
template <class Number>
void readNumber(JsonLine& from, Number& into) {
    const char first = from.next();
    if (first != '-' && (first < '0' || first > '9'))
        return from.skip();
    const char* const begin = from.place();
    from.skip();
    const char* end = from.place();
    while (end != begin && static_cast<unsigned char>(end[-1]) <= ' ')
        --end;
    Number number{};
    const auto [ptr, error] = std::from_chars(begin, end, number);
    if (error == std::errc{} && ptr == end && end[-1] <= '9') // neither "-inf" nor "-nan"
        into = number;
}
void read(JsonLine& from, std::string& into) {
    if (isText(from))
        into = from.text();
}
void read(JsonLine& from, double& into) {
    readNumber(from, into);
}
void read(JsonLine& from, int& into) {
    readNumber(from, into);
}
void read(JsonLine& from, bool& into) {
    const char first = from.next();
    const char* const begin = from.place();
    from.skip();
    if (first == 't' || first == 'f') {
        const std::string_view word(begin, static_cast<std::size_t>(from.place() - begin));
        if (word.starts_with("true"))
            into = true;
        else if (word.starts_with("false"))
            into = false;
    }
}
void read(JsonLine& from, std::chrono::minutes& into) {
    int number = static_cast<int>(into.count());
    read(from, number);
    into = std::chrono::minutes{number};
}
void read(JsonLine& from, UnitId& into) {
    read(from, into.text);
}
void read(JsonLine& from, TicketId& into) {
    if (isText(from))
        into = ticketId(from.text()).value_or(TicketId{});
}
void read(JsonLine& from, Instant& into) {
    if (isText(from))
        into = isoInstant(from.text());
}
// Set when a word isn't one of its enum's: guessing (a ticket closed by default) would be worse than showing
// the event as unknown.
thread_local bool wordUnknown = false;

template <class Enum>
void read(JsonLine& from, Enum& into, std::optional<Enum> (*named)(std::string_view)) {
    const auto found = isText(from) ? named(from.text()) : std::nullopt;
    if (found)
        into = *found;
    else
        wordUnknown = true;
}

// Calls visit() for every item of an array; anything else is passed over.
template <class Visit>
void items(JsonLine& from, const Visit& visit) {
    if (from.next() != '[')
        return from.skip();
    for (from.enter('['); from.more(']');)
        visit();
}
void read(JsonLine& from, std::vector<std::string>& into) {
    items(from, [&] { read(from, into.emplace_back()); });
}

// Calls visit(key) for every field of an object; what that leaves unread is passed over.
template <class Visit>
void fields(JsonLine& from, const Visit& visit) {
    if (from.next() != '{')
        return from.skip();
    for (from.enter('{'); from.more('}');) {
        const std::string_view key = from.key();
        const char* const before = from.place();
        visit(key);
        if (from.place() == before)
            from.skip();
    }
}

void read(JsonLine& from, Duty& into) {
    fields(from, [&](std::string_view key) {
        if (key == "category")
            read(from, into.category);
        else if (key == "name")
            read(from, into.name);
        else if (key == "lead")
            read(from, into.lead, &role);
        else if (key == "joint") {
            std::vector<std::string> names;
            read(from, names);
            for (const std::string& name : names)
                if (const auto known = role(name))
                    into.joint.push_back(*known);
        } else if (key == "skills")
            read(from, into.skills);
        else if (key == "priority")
            read(from, into.priority);
        else if (key == "acceptMinutes")
            read(from, into.accept);
        else if (key == "arriveMinutes")
            read(from, into.arrive);
        else if (key == "finishMinutes")
            read(from, into.finish);
        else if (key == "escalation")
            read(from, into.escalation);
    });
}
void read(JsonLine& from, IncidentFacts& into) {
    fields(from, [&](std::string_view key) {
        if (key == "lon")
            read(from, into.at.lon);
        else if (key == "lat")
            read(from, into.at.lat);
        else if (key == "category")
            read(from, into.category);
        else if (key == "priority")
            read(from, into.priority);
        else if (key == "source")
            read(from, into.source);
        else if (key == "place")
            read(from, into.place);
        else if (key == "caller")
            read(from, into.caller);
        else if (key == "text")
            read(from, into.text);
        else if (key == "happenedAt")
            read(from, into.happenedAt);
    });
}
void read(JsonLine& from, Deadlines& into) {
    fields(from, [&](std::string_view key) {
        if (key == "accept")
            read(from, into.accept);
        else if (key == "arrive")
            read(from, into.arrive);
        else if (key == "finish")
            read(from, into.finish);
    });
}
void read(JsonLine& from, std::vector<CandidateFacts>& into) {
    items(from, [&] {
        CandidateFacts& candidate = into.emplace_back();
        fields(from, [&](std::string_view key) {
            if (key == "unit")
                read(from, candidate.unit);
            else if (key == "metres")
                read(from, candidate.metres);
            else if (key == "seconds")
                read(from, candidate.seconds);
            else if (key == "basis")
                read(from, candidate.basis, &positionBasis);
            else if (key == "owner")
                read(from, candidate.owner);
        });
    });
}

// One field of each kind; keys it doesn't know are passed over.
void read(std::string_view key, JsonLine& from, JournalOpened& into) {
    if (key == "workspace")
        read(from, into.workspace);
}
void read(std::string_view key, JsonLine& from, ReferencePinned& into) {
    if (key == "what")
        read(from, into.what);
    else if (key == "sha256")
        read(from, into.sha256);
    else if (key == "source")
        read(from, into.source);
}
void read(std::string_view key, JsonLine& from, TicketOpened& into) {
    if (key == "ticket")
        read(from, into.ticket);
    else if (key == "incident")
        read(from, into.incident);
    else if (key == "areas")
        read(from, into.areas);
    else if (key == "duty")
        read(from, into.duty);
    else if (key == "deadlines")
        read(from, into.deadlines);
    else if (key == "desk")
        read(from, into.desk);
    else if (key == "flags")
        read(from, into.flags);
}
void read(std::string_view key, JsonLine& from, TicketVerified& into) {
    if (key == "ticket")
        read(from, into.ticket);
}
void read(std::string_view key, JsonLine& from, UnitAssigned& into) {
    if (key == "ticket")
        read(from, into.ticket);
    else if (key == "unit")
        read(from, into.unit);
    else if (key == "part")
        read(from, into.part, &part);
    else if (key == "lon")
        read(from, into.unitAt.lon);
    else if (key == "lat")
        read(from, into.unitAt.lat);
    else if (key == "basis")
        read(from, into.basis, &positionBasis);
    else if (key == "shown")
        read(from, into.shown);
    else if (key == "overrideReason")
        read(from, into.overrideReason);
}
void read(std::string_view key, JsonLine& from, AssignmentMoved& into) {
    if (key == "ticket")
        read(from, into.ticket);
    else if (key == "unit")
        read(from, into.unit);
    else if (key == "to")
        read(from, into.to, &assignmentStatus);
    else if (key == "text")
        read(from, into.text);
}
void read(std::string_view key, JsonLine& from, TicketMoved& into) {
    if (key == "ticket")
        read(from, into.ticket);
    else if (key == "to")
        read(from, into.to, &ticketMove);
    else if (key == "target")
        read(from, into.target);
    else if (key == "reason")
        read(from, into.reason);
}
void read(std::string_view key, JsonLine& from, EntryAdded& into) {
    if (key == "ticket")
        read(from, into.ticket);
    else if (key == "entry")
        read(from, into.kind, &entryKind);
    else if (key == "text")
        read(from, into.text);
    else if (key == "unit")
        read(from, into.unit);
}
void read(std::string_view key, JsonLine& from, DuplicateJudged& into) {
    if (key == "ticket")
        read(from, into.ticket);
    else if (key == "other")
        read(from, into.other);
    else if (key == "keptApart")
        read(from, into.keptApart);
}
void read(std::string_view key, JsonLine& from, RosterChanged& into) {
    if (key == "unit")
        read(from, into.unit);
    else if (key == "to")
        read(from, into.to, &rosterChange);
    else if (key == "reason")
        read(from, into.reason);
}
void read(std::string_view key, JsonLine& from, PositionDeclared& into) {
    if (key == "unit")
        read(from, into.unit);
    else if (key == "lon")
        read(from, into.at.lon);
    else if (key == "lat")
        read(from, into.at.lat);
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
    fields(from, [&](std::string_view key) { read(key, from, made); });
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
    const Decode decode = kindVersion == 1 && isUtf8(json) ? decoderOf(kind) : nullptr;
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
    const auto collect = [&](std::string_view key) {
        if (!key.ends_with(mark))
            return;
        Seal& seal = seals.emplace_back();
        seal.field = key.substr(0, key.size() - mark.size());
        read(from, seal.commitment);
    };
    fields(from, [&](std::string_view key) {
        if (key == "incident")
            fields(from, collect);
        else
            collect(key);
    });
    return seals;
}

} // namespace vedette::dispatch
