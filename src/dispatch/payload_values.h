// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/event.h"
#include "iso.h"
#include "json_line.h"

#include <charconv>
#include <optional>

// How the values of a payload are read, before it is known which kind holds them (payload_decode.cpp).
namespace vedette::dispatch::payload {

using value = JsonLine&; // that stands before a value

// Each reader takes one value and leaves its target alone when it isn't of the type that is due: a payload
// with a broken field still tells the rest.
inline bool isText(value from) {
    if (from.next() == '"')
        return true;
    from.skip();
    return false;
}
template <class Number>
void readNumber(value from, Number& into) {
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
inline void read(value from, std::string& into) {
    if (isText(from))
        into = from.text();
}
inline void read(value from, double& into) {
    readNumber(from, into);
}
inline void read(value from, int& into) {
    readNumber(from, into);
}
inline void read(value from, bool& into) {
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
inline void read(value from, std::chrono::minutes& into) {
    int number = static_cast<int>(into.count());
    read(from, number);
    into = std::chrono::minutes{number};
}
inline void read(value from, UnitId& into) {
    read(from, into.text);
}
inline void read(value from, TicketId& into) {
    if (isText(from))
        into = ticketId(from.text()).value_or(TicketId{});
}
inline void read(value from, Instant& into) {
    if (isText(from))
        into = isoInstant(from.text());
}
// Set when a word isn't one of its enum's: guessing (a ticket closed by default) would be worse than showing
// the event as unknown.
inline constinit thread_local bool wordUnknown = false;

template <class Enum>
void read(value from, Enum& into, std::optional<Enum> (*named)(std::string_view)) {
    const auto found = isText(from) ? named(from.text()) : std::nullopt;
    if (found)
        into = *found;
    else
        wordUnknown = true;
}

// Calls visit(item) for every item of an array; anything else is passed over.
template <class Visit>
void items(value from, const Visit& visit) {
    if (from.next() != '[')
        return from.skip();
    for (from.enter('['); from.more(']');)
        visit(from);
}
inline void read(value from, std::vector<std::string>& into) {
    items(from, [&](value one) { read(one, into.emplace_back()); });
}

// Calls visit(key, value) for every field of an object; what that leaves unread is passed over.
template <class Visit>
void fields(value from, const Visit& visit) {
    if (from.next() != '{')
        return from.skip();
    for (from.enter('{'); from.more('}');) {
        const std::string_view key = from.key();
        const char* const before = from.place();
        visit(key, from);
        if (from.place() == before)
            from.skip();
    }
}

void read(value from, Duty& into);
void read(value from, IncidentFacts& into);
void read(value from, Deadlines& into);
void read(value from, std::vector<CandidateFacts>& into);

} // namespace vedette::dispatch::payload
