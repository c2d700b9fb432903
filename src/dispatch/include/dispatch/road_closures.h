// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/road_cost.h"
#include "dispatch/state.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace vedette::dispatch {

// The edges that a restriction means: those that run along a line for most of their length, or of the line's; those
// that a line crosses farther than `reach` from such an edge's ends; and of an area those in it or cut by its border.
std::vector<layers::RoadNetwork::EdgeIndex>
edgesMeant(const layers::RoadNetwork& network, const layers::WorkingCrs& crs, const RoadRestricted& road);
inline constexpr double alongReach = 12; // metres

// Every section of the road that is called so, as it lies now: an event keeps where, not what it was called.
std::vector<std::vector<LonLat>> linesNamed(const layers::RoadNetwork& network, const layers::WorkingCrs& crs,
                                            std::string_view name);
// The section nearest to a place; empty where none is near.
std::vector<std::vector<LonLat>> sectionAt(const layers::RoadNetwork& network, const layers::WorkingCrs& crs,
                                           LonLat at);
// Those whose time isn't over, by id: they end by themselves, without an event.
std::vector<RoadRestricted> standingRoads(const State& state, Instant now);

// The road cost under the restrictions that stand: what changed since last time is mended, nothing else made
// anew. Any thread. A few sections are mended by whoever asks first, as is all that stood when it was first
// asked. A whole street or area is mended by a thread of its own: until that is done, the answer is as before.
// Links that searches don't need are left out again by the same thread, behind everything else.
class RoadClosures {
public:
    RoadClosures(layers::CityRoads roads, layers::WorkingCrs crs, layers::Rules rules);
    ~RoadClosures(); // waits for the thread: a second at most
    RoadClosures(const RoadClosures&) = delete;
    RoadClosures& operator=(const RoadClosures&) = delete;
    std::shared_ptr<const RoadCost> standing(const State& state, Instant now);
    void settle(); // waits until nothing is left to mend or to leave out

private:
    using Factors = std::map<layers::RoadNetwork::EdgeIndex, double>; // below 1 only
    struct Stand { // what holds for a list of restrictions
        std::vector<RoadRestricted> roads;
        std::array<Factors, 2> factors; // by profile
        std::shared_ptr<const RoadCost> cost;
        bool lean = true;
    };
    struct Work {
        std::array<Factors, 2> due;
        std::array<std::vector<layers::RoadMetric::Change>, 2> changes;
        std::size_t size() const { return changes[0].size() + changes[1].size(); }
    };
    Work workFor(const Stand& from, const std::vector<RoadRestricted>& roads) const;
    Stand after(const Stand& from, const std::vector<RoadRestricted>& roads, Work work) const;
    void run();

    static constexpr std::size_t few = 4; // sections and profiles: tens of milliseconds
    const layers::CityRoads usual_;
    const layers::WorkingCrs crs_;
    const layers::Rules rules_;
    std::mutex gate_;
    std::condition_variable wake_, rest_;
    Stand stand_;
    std::vector<RoadRestricted> wanted_;
    bool asked_ = false, mending_ = false, quit_ = false;
    std::thread worker_; // from the first change on
};

} // namespace vedette::dispatch
