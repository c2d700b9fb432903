// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"
#include "paged.h"

#include <map>

namespace vedette::dispatch {

struct Catalogue {
    std::string sha256;
    std::vector<Duty> duties;
};

struct State::Impl {
    Seq seq = 0;
    Instant at{};
    Mode mode = Mode::live;
    std::uint64_t unknownKinds = 0;
    std::uint32_t nextTicket = 1001;
    std::size_t tickets = 0, openTickets = 0, units = 0;
    Paged<Ticket> byNumber; // marked: open
    // Listed units lie at their rank in the roll; those kept though no longer listed behind them.
    std::shared_ptr<const Roll> roll;
    Paged<UnitRecord> byRank;
    Cow<std::map<std::string, std::uint32_t, std::less<>>> strays; // unlisted unit -> place in byRank
    std::shared_ptr<const Catalogue> catalogue;
    Cow<std::map<std::string, RoadRestricted, std::less<>>> roads; // that are closed or slowed down, by id
    Cow<std::map<std::string, Sweep, std::less<>>> sweeps; // by id
    Cow<std::map<std::string, DeskWatch, std::less<>>> desks;
    Cow<std::map<std::string, RollCall, std::less<>>> rollCalls;
    Cow<std::map<std::string, PatrolPlanned, std::less<>>> patrols; // by id
    // Of every stream that isn't a known ticket's or unit's.
    Cow<std::map<std::string, std::uint32_t, std::less<>>> versions;

    std::optional<std::size_t> rank(std::string_view unit) const;
    void countRecords(); // counts and strays, anew from the records
};

} // namespace vedette::dispatch
