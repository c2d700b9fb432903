// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/positions.h"
#include "layers/areas.h"

namespace vedette::dispatch {

// Road time will fill this; straight-line cost stands behind it today.
struct Cost {
    double metres = 0, seconds = 0;
    std::string_view method = "straight";
};
class CostModel {
public:
    virtual ~CostModel() = default;
    virtual Cost cost(layers::Point from, layers::Point to, Role role) const = 0;
    // A lower bound of seconds by straight distance, for pruning the nearest search.
    virtual double minSeconds(double straightMetres, Role role) const = 0;
};
// detour x straight metres at the role's speed (officer 30 km/h, grid worker 12 km/h, ...).
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
    std::vector<Message> why; // ownerOf {area}, fixFresh {seconds}, free, nearest, ...
};
struct Unsuitable {
    UnitId unit;
    double metres = 0, seconds = 0;
    std::vector<Message> reasons; // offShift, onBreak, outOfService, atCapacity {load,capacity,ticket},
                                  // fixStale {seconds}, fixLost {seconds}, basisNotAllowed {basis},
                                  // skillMissing {skill}, alreadyOn {ticket}, noPosition
};
struct Recommendation {
    std::vector<Candidate> candidates;  // lead candidates in order, then joint ones by role and order
    std::vector<Unsuitable> unsuitable; // owners and units nearer than the last candidate that were not
                                        // taken, nearest first, at most 20
    std::vector<Message> flags;         // dutyMissing, outsideEveryArea, nobodyEligible
    Duty duty;
    std::vector<std::string> areas;
};

struct Request {
    LonLat at;
    std::string category;
    std::size_t limit = 5;
    Instant now{};
    std::optional<TicketId> ticket; // units already on it are not proposed again
};

// The order, and the whole of it: seconds + (owner ? 0 : ownerTolerance), then load, then seconds, then unit
// code.

// Units by position, updated in place; one writer, readers take the lock it holds (see .cpp). Boost R-tree
// inside.
class UnitIndex {
public:
    UnitIndex(const layers::WorkingCrs& crs, const layers::Areas& areas, layers::Rules rules,
              layers::TimeZone zone);
    ~UnitIndex();
    void follow(
        const State& state);  // takes over roster, facts and declared positions that changed since last time
    void fix(const Fix& fix); // a newer fix moves the unit; an older one is ignored
    Whereabouts whereabouts(const UnitId& unit, Instant now) const;
    std::vector<std::pair<UnitId, Fix>> fixes() const;
    Recommendation recommend(const State& state, const Request& request, const CostModel& cost) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::dispatch
