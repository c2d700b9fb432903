// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/desks.h"

namespace vedette::dispatch {

// One unit of the roster at one moment.
struct RosterRow {
    UnitId unit;
    std::string name, team, desk;
    Role role = Role::officer;
    UnitStatus status = UnitStatus::off;
    bool plannedBreak = false; // on break by the plan; else by somebody's word
    // When the plan ends its turn. None: on at all hours, or on (or off) by somebody's word and so until the
    // next word.
    std::optional<Instant> till;
    std::optional<Instant> breakTill; // of a planned break
    Instant outUntil{};               // zero: nobody knows
    std::string outReason;
    std::vector<TicketId> tickets;
    std::optional<Instant> comes; // of those who come next
    friend bool operator==(const RosterRow&, const RosterRow&) = default;
};

// Who is on at a moment, and who comes next. `on` is by desk, team and code, those out of service with the
// others; `next` by when they come, then the same: whoever isn't on and whose turn begins within `ahead`.
struct RosterSheet {
    Instant at{};
    std::vector<RosterRow> on, next;
};

// `state` is as of `at` or, where `at` lies ahead, the newest: then it says who would be on if nobody says
// anything else until then. Tens of milliseconds for a city of thousands; any thread.
RosterSheet rosterAt(const State& state, Instant at, const layers::TimeZone& zone, const Scope& scope = {},
                     std::chrono::hours ahead = std::chrono::hours(12));

// The moment that a person means by `text` on the roster: "18:00" (the next time it is that late), "+2h",
// "2026-03-14 18:00". nullopt: none of these.
std::optional<Instant> momentMeant(std::string_view text, Instant now, const layers::TimeZone& zone);

} // namespace vedette::dispatch
