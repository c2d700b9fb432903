// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"

namespace vedette::dispatch {

// The area that is meant: by code, else by exact name when only one has it, the widest first.
std::optional<layers::AreaIndex> areaMeant(const layers::Areas& areas, std::string_view text);

// The areas right below one, by code: its children of the widest kind among them (communities of a township,
// grids of a community). Of grids that nest those of the widest level, and the exclusive ones.
std::vector<layers::AreaIndex> areasBelow(const layers::Areas& areas, layers::AreaIndex above);

// The command that opens a sweep: a ticket in each area below the named one, resolved. Blocks like resolve().
// Problem: areaUnknown {area}, sweepTooWide {count,most}.
layers::Result<OpenSweep> sweepOf(const Session& session, std::string category, std::string_view area,
                                  std::string name, Instant now);

// How far it is: tickets that are handled, reviewed or over, of all that were not cancelled or merged.
struct SweepProgress {
    std::size_t done = 0, all = 0;
};
SweepProgress progressOf(const State& state, const Sweep& sweep);

} // namespace vedette::dispatch
