// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/commands.h"

#include <unordered_set>

namespace vedette::dispatch {

// A desk is who owns tickets and sends units: that of an area above the grids and beats (its code is the
// area's), and whatever else the units of the city name as theirs.
struct Desk {
    std::string code, name;
    std::optional<layers::AreaKind> level; // nullopt: no area
};

// All desks of a city, from the city downwards, then by code. Immutable; any thread.
class Desks {
public:
    explicit Desks(const City& city);
    const std::vector<Desk>& all() const { return desks_; }
    const Desk* find(std::string_view code) const; // by code, else by exact name when only one has it
    // The desks of a duty's escalation for an incident in `areas` (codes): a level becomes the desk of its
    // area there (or above it), a code stays, what is neither is left out; each once.
    std::vector<std::string> chain(const std::vector<std::string>& escalation,
                                   const std::vector<std::string>& areas) const;

private:
    const City& city_;
    std::vector<Desk> desks_;
};

// What one desk has before it. A ticket is in its scope when the desk owns it or handed it over unseen, when
// it happened in the desk's area, when it was escalated to the desk, or when a unit of the desk is on it; a
// unit when its desk, home or anything it is responsible for lies at or under the desk. A default-constructed
// Scope is the whole city. Immutable; any thread.
class Scope {
public:
    Scope() = default;
    Scope(const City& city, std::string desk);
    bool whole() const { return desk_.empty(); }
    const std::string& desk() const { return desk_; }
    bool has(const Ticket& ticket, const State& state) const;
    bool has(const UnitFacts& unit) const;
    // Of a ticket that it has, whether it is this desk's to take: its own, or escalated to it, or of a desk
    // below whose chain won't ever lead here. What is still on its way up is seen here, and not heard.
    bool hears(const Ticket& ticket) const;

private:
    std::string desk_;
    std::shared_ptr<const std::unordered_set<std::string>> under_; // codes of areas, the desk's own included
};

// The transfer of a ticket to `target`: a desk of the city (it stays open there), or a body outside it that
// the city's rules name (it is over here). Anything else is refused by decide() as deskUnknown.
MoveTicket transferTo(const Desks& desks, const layers::Rules& rules, TicketId ticket, std::string target,
                      std::string reason);

} // namespace vedette::dispatch
