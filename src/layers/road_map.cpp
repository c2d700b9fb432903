// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"

namespace vedette::layers {

std::shared_ptr<const RoadMap> RoadMap::make(const std::vector<Snapshot>& lines,
                                             const std::vector<RoadTurn>& turns) {
    auto map = std::make_shared<RoadMap>();
    map->network = RoadNetwork::build(lines, turns, &map->findings);
    map->hierarchy = RoadHierarchy::build(map->network);
    return map;
}

} // namespace vedette::layers
