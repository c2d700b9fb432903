// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "road_parts.h"

#include <vector>

namespace vedette::layers {

// A turn restriction as arcs of a network that has none yet.
struct PlacedTurn {
    std::vector<RoadNetwork::Arc> from;    // that enter `via`
    RoadNetwork::Node via;
    std::vector<RoadNetwork::Arc> through; // one behind the other from `via`; empty: it turns there
    std::vector<RoadNetwork::Arc> to;      // that leave `via`, or where `through` ends
    bool only = false;
    bool back = false; // turning round alone is meant
};

// Junctions with restrictions become a node for each arc that meets them, with turns between those. What is forbidden
// after several roads only is known by where one came from: those roads are there a second time, as turns that take
// their time (RoadNetwork::Turn::like), for who comes from where it is forbidden.
void splitAtTurns(RoadParts& roads, const std::vector<PlacedTurn>& turns);

} // namespace vedette::layers
