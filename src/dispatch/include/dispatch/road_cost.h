// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/recommend.h"
#include "layers/road_routes.h"

#include <array>

namespace vedette::dispatch {

// By road where both places are within reach of one and joined: time on the network as the role travels, and
// what lies off it at walking pace, driving roles at rules.offRoadKilometresPerHour. Driving roles take a car's time x 30 km/h / the role's speed (see
// straightCost), walking ones (rules.walking) ways on foot at the role's speed. Else, and where it is shorter
// to go straight over, method is "straight". Exact. Any thread.
class RoadCost final : public CostModel {
public:
    RoadCost(layers::CityRoads roads, const layers::Rules& rules);
    Cost cost(layers::Point from, layers::Point to, Role role) const override;
    double seconds(layers::Point from, layers::Point to, Role role) const override;
    double minSeconds(layers::Point to, double straightMetres, Role role) const override;

    struct Way {
        Cost cost;
        std::vector<layers::Point> line; // from place to place, also where it is straight
        std::vector<layers::RoadStep> turns; // empty where it is straight
    };
    Way way(layers::Point from, layers::Point to, Role role) const;
    const layers::CityRoads& roads() const { return roads_; }

private:
    struct Answer;
    Answer ask(layers::Point from, layers::Point to, Role role) const;

    const layers::CityRoads roads_;
    const std::unique_ptr<CostModel> straight_;
    std::array<layers::RoadProfile, 7> profile_{};
    std::array<double, 7> factor_{};  // of a profile's time
    std::array<double, 7> offRoad_{}; // metres a second between a place and its road
};

} // namespace vedette::dispatch
