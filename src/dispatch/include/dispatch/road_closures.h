// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/road_cost.h"
#include "dispatch/state.h"

#include <map>
#include <mutex>

namespace vedette::dispatch {

// The edges that a restriction means: those that run along a line for most of their length, those that a line
// crosses farther than `reach` from such an edge's ends, and of an area those in it or cut by its border.
std::vector<layers::RoadNetwork::EdgeIndex>
edgesMeant(const layers::RoadNetwork& network, const layers::WorkingCrs& crs, const RoadRestricted& road);
inline constexpr double alongReach = 12; // metres

// The road cost under the restrictions that stand: what changed since last time is mended, nothing else made
// anew. Any thread; whoever asks first after a change waits for that.
class RoadClosures {
public:
    RoadClosures(layers::CityRoads roads, layers::WorkingCrs crs, layers::Rules rules);
    std::shared_ptr<const RoadCost> standing(const State& state, Instant now);

private:
    using Factors = std::map<layers::RoadNetwork::EdgeIndex, double>; // below 1 only

    const layers::CityRoads usual_;
    const layers::WorkingCrs crs_;
    const layers::Rules rules_;
    std::mutex gate_;
    std::vector<RoadRestricted> taken_;
    std::array<Factors, 2> factors_; // by profile
    std::shared_ptr<const RoadCost> cost_;
};

} // namespace vedette::dispatch
