// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/positions.h"
#include "layers/areas.h"

namespace vedette::dispatch {

struct Cost {
    double metres = 0, seconds = 0;
    std::string_view method = "straight"; // or "road"; see road_cost.h
};
class CostModel {
public:
    virtual ~CostModel() = default;
    // The same question has the same answer; of those shown it is asked twice.
    virtual Cost cost(layers::Point from, layers::Point to, Role role) const = 0;
    // Of that only the seconds: asked of many more than are shown.
    virtual double seconds(layers::Point from, layers::Point to, Role role) const {
        return cost(from, to, role).seconds;
    }
    // A lower bound of seconds to a place from anywhere so far off, for pruning the nearest search: never less for
    // more metres.
    virtual double minSeconds(layers::Point to, double straightMetres, Role role) const = 0;
};
// detour x straight metres at the role's speed in km/h: officer 30, auxiliary 25, gridWorker 12, guard 10,
// mediator 15, rescueTeam 40, departmentDesk 30.
std::unique_ptr<CostModel> straightCost(const layers::Rules& rules);

struct Candidate {
    UnitId unit;
    Role role = Role::officer;
    Part part = Part::lead;
    double metres = 0, seconds = 0;
    std::string method;
    Whereabouts where;
    bool owner = false; // responsible for an area the incident lies in
    int load = 0, capacity = 1;
    // In this order: ownerOf {area}, then one of fixFresh fixAgeing fixStale {seconds} declaredAt postedAt
    // atHomeArea {area}, then free or alsoOn {load,capacity}, then nearest (fewest seconds of its role's
    // list).
    std::vector<Message> why;
};
struct Unsuitable {
    UnitId unit;
    double metres = 0, seconds = 0;
    // All that hold, in this order: offShift, onBreak, onPlannedBreak, outOfService, atCapacity
    // {load,capacity,ticket}, alreadyOn {ticket}, skillMissing {skill} of a lead, then one of noPosition,
    // fixStale {seconds}, fixLost {seconds}, basisNotAllowed {basis}. Of those who could go: ownerFirst
    // {seconds} when the owner's head start kept a nearer one out, rankedLower {limit} for an owner beyond
    // the limit.
    std::vector<Message> reasons;
};
struct Recommendation {
    // Lead candidates in order, then those of each joint role (but the lead's own) in order; at most `limit`
    // of a role.
    std::vector<Candidate> candidates;
    // Nearest first, those without a position last, at most Request::notTaken: owners of the lead and joint
    // roles that were not taken, then units of the lead role nearer in seconds than the farthest lead
    // candidate (any distance while there are fewer than `limit`).
    std::vector<Unsuitable> unsuitable;
    std::vector<Message> flags; // dutyMissing, outsideEveryArea, nobodyEligible
    Duty duty;
    std::vector<std::string> areas;
};

struct StormField; // storm.h

struct Request {
    LonLat at;
    std::string category;
    std::size_t limit = 5;
    std::size_t notTaken =
        20; // as many `unsuitable` at most; who asks for none is answered three times sooner
    Instant now{};
    std::optional<TicketId> ticket; // units already on it are not proposed again
};

// The order, and the whole of it: seconds + (owner ? 0 : ownerTolerance), then load, then seconds, then unit
// code. A unit may go when it has the role, is on duty at `now`, not on break nor out of service, below its
// capacity, has a lead's skills, and its position basis is among rules.recommend (live ageing stale declared
// posted homeArea; lost never). It is an owner when it owns the code of an area at the point or of the beat
// that a grid there belongs to.

// Units by position, updated in place: a Boost R-tree per role of those who may go now, one of the others, so
// that neither a rare role nor 1 % on duty costs anything. Any thread: readers share a lock, changes take it.
class UnitIndex {
public:
    UnitIndex(const layers::WorkingCrs& crs, const layers::Areas& areas, layers::Rules rules,
              layers::TimeZone zone);
    ~UnitIndex();
    // Takes over roster, facts and declared positions that changed since last time; an older state is
    // ignored.
    void follow(const State& state);
    // The same when `events` are exactly what lies between: looks only at the units they touch.
    void follow(const State& state, std::span<const Event> events);
    // A newer fix moves the unit; an older one, or one of a unit the state doesn't know, is ignored.
    void fix(const Fix& fix);
    void fix(std::span<const Fix> fixes);
    bool knows(const UnitId& unit) const;
    // Does now what the passing of time asks for (shifts that begin or end, fixes that age), so that the next
    // recommendation needn't.
    void advance(Instant now);
    Whereabouts whereabouts(const UnitId& unit, Instant now) const;
    std::vector<std::pair<UnitId, Fix>> fixes() const; // by unit
    // Answers on the newer of `state` and what it has followed; for the past, fill an index of its own.
    Recommendation recommend(const State& state, const Request& request, const CostModel& cost) const;
    // Everybody who may go at `now`, for a plan; on the newer of `state` and what it has followed.
    StormField stormField(const State& state, Instant now) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::dispatch
