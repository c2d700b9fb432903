// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"
#include "dispatch/tracks.h"
#include "layers/heat.h"

#include <functional>
#include <span>

namespace vedette::dispatch {

// Patrols: force follows the risk. Areas (beats, or grids; `[patrol]` in workspace.toml) fall into four tiers
// by the risk surface; each tier wants so many visits and minutes; who patrols what is proposed, accepted line by
// line as `patrolPlanned`, and held against the tracks.

// The surface the plan goes by: the history's last 30 days, 800 m, quartic, unweighted; the one the window
// draws. nullopt: there is no history. Blocks for a second on a large one.
std::optional<layers::HeatSurface> patrolSurface(const City& city, const std::atomic<bool>* cancel = nullptr);

struct PatrolArea {
    layers::AreaIndex area = 0;
    std::string code, name;
    double km2 = 0;
    double risk = 0;   // mean of the surface over the area, expected events/km2/day
    double events = 0; // risk * km2, expected a day
    int tier = 4;
    std::size_t rank = 0; // by risk, from 1
};
// All areas of the rules' kind in `scope`, riskiest first. Tiers are shares of all of them, rounded up; an area
// without any risk is tier 4 wherever it stands.
std::vector<PatrolArea> patrolAreas(const City& city, const layers::HeatSurface& surface, const Scope& scope);

// Who may patrol: on duty, free, of a role that goes round (officer, auxiliary, grid worker, guard), in scope, on
// no patrol that overlaps the period.
struct PatrolUnit {
    UnitId unit;
    layers::Point at; // where it is thought to be
    bool placed = false;
    std::vector<std::string> owns;
};
std::vector<PatrolUnit> patrolUnits(const Session& session, const Scope& scope, Instant from, Instant till);

struct PatrolLine {
    PatrolPlanned patrol; // without an id
    // Why this area: patrolRisk {rank,of,risk,events,tier}; why this unit: patrolOwner {unit} or patrolNearest
    // {unit,metres}.
    std::vector<Message> why;
};
struct PatrolPlan {
    std::vector<PatrolLine> lines; // riskiest first
    std::vector<PatrolArea> unserved; // nobody was left
    std::size_t areas = 0, units = 0; // looked at
};
// Riskiest area first: its owner when that one has the time, else the nearest who has. A unit gives at most 60 % of the period to patrols, the rest is for calls; each visit costs five minutes
// of way beside its own. A visit is wanted `visits` times in the rules' `every`, in proportion to the period, once
// at least. At most `limit` units are used (0: all).
PatrolPlan planPatrols(const City& city, std::vector<PatrolArea> areas, std::vector<PatrolUnit> units, Instant from,
                       Instant till, std::size_t limit = 0);

// ---- coverage
// How long somebody was in an area, from the track log. The rule:
// - Fixes of a unit count by fix time; one that isn't later than the one before it is left out (a receiver that
//   sends twice, or late).
// - Between two fixes of a unit no further apart than the rules' `gap`, the unit is where the earlier one puts it.
// - Beyond that nothing is known: the time is `unknown`, never presence. So is what lies after a last fix.
// - A stay is presence without interruption; from patrolStay on it is a visit. Driving through is none.
// - An area's rings are those of the plan, even-odd, in degrees.
// Times are cut to [from, till) and to the patrol's own.
inline constexpr std::chrono::seconds patrolStay{120};
struct Presence {
    std::chrono::milliseconds present{0}; // summed over units: two there for a minute are two minutes
    std::chrono::milliseconds covered{0}; // time with anybody there
    std::chrono::milliseconds unknown{0}; // summed over the planned units; of anybody: zero
    std::chrono::milliseconds longestGap{0}; // without anybody known there
    std::size_t visits = 0;
};
struct PatrolCoverage {
    PatrolPlanned patrol;
    Instant from{}, till{}; // what was looked at; equal: nothing, the patrol lies outside
    Presence planned, anybody; // by the units of the plan; by any unit that sends fixes
    bool kept() const { // visits and minutes as wanted
        return planned.visits >= static_cast<std::size_t>(std::max(0, patrol.visits)) &&
               planned.present >= std::chrono::minutes(patrol.minutes);
    }
};
// Takes fixes as they come, keeps what it needs of each unit and its stays, never the fixes. One thread.
class CoverageCount {
public:
    CoverageCount(std::vector<PatrolPlanned> patrols, Instant from, Instant till, std::chrono::seconds gap);
    ~CoverageCount();
    void add(const Fix& fix);
    std::vector<PatrolCoverage> done();
    std::size_t fixes() const, leftOut() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};
// Fixes that come more than an hour after they were taken aren't looked for.
std::vector<PatrolCoverage> patrolCoverage(const TrackLog& tracks, std::vector<PatrolPlanned> patrols, Instant from,
                                           Instant till, std::chrono::seconds gap);

} // namespace vedette::dispatch
