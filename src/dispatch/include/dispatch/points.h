// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/desks.h"
#include "dispatch/store.h"
#include "dispatch/tracks.h"
#include "layers/points.h"

namespace vedette::dispatch {

// One line of a unit's points: what it did, and what that is worth by the city's rules. The lines of a unit
// add up to its points; there is nothing in them but its work.
struct PointsLine {
    UnitId unit;
    std::string kind; // "handled" "joined" "onTime" "late" "rollAnswered" "rollMissed" "patrol"
    std::string of;   // "T1042", "RC7", "2026-03-14"
    Instant at{};
    int minutes = 0; // of patrol
    layers::PointsRules::Hundredths points = 0;
};
struct PointsOfUnit {
    UnitId unit;
    std::string name, team, desk;
    Role role = Role::officer;
    layers::PointsRules::Hundredths points = 0;
    std::vector<PointsLine> lines; // by time, then kind and what
};

// What isn't in the folded state.
struct PointsWork {
    struct Roll {
        RollClosed closed;
        Instant at{};
    };
    std::vector<Roll> rolls;                                         // closed in the period
    std::map<std::string, std::map<std::string, int>> patrolMinutes; // unit -> local day -> minutes
};

// Roll calls that were closed in [from, till), from the journal.
layers::Result<std::vector<PointsWork::Roll>> rollsClosed(Store& store, Instant from, Instant till);
// Minutes that each unit was seen on the track log while it was on no ticket: between two fixes no farther
// apart than `gap`, counted for the day on which they began.
std::map<std::string, std::map<std::string, int>> patrolMinutes(const TrackLog& tracks, const State& state,
                                                                Instant from, Instant till,
                                                                std::chrono::seconds gap,
                                                                const layers::TimeZone& zone);

// Points of [from, till): `state` is the one at `till` (what is said afterwards changes no month that is
// over). A ticket counts for who handled it, when it was handled; on time or late for who led it last. Units
// of the rules' roles in `scope`, those without a line too, by code.
std::vector<PointsOfUnit> pointsOf(const State& state, const layers::PointsRules& rules, Instant from,
                                   Instant till, const PointsWork& work, const layers::TimeZone& zone,
                                   const Scope& scope = {});

std::string pointsText(layers::PointsRules::Hundredths points); // "3.5", "-2", "0"

} // namespace vedette::dispatch
