// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"

namespace vedette::layers {

namespace {

std::vector<RoadTurn> turnsIn(const Snapshot& source) {
    std::vector<RoadTurn> out;
    const int from = source.field("turn_from"), to = source.field("turn_to"), kind = source.field("turn");
    if (from < 0 || to < 0)
        return out;
    for (std::size_t feature = 0; feature < source.size(); ++feature)
        if (source.shape(feature) == Shape::point && source.partCount(feature) > 0)
            out.push_back({std::string(source.text(feature, from)), std::string(source.text(feature, to)),
                           source.part(feature, 0).points.front(),
                           source.text(feature, kind).starts_with("only")});
    return out;
}

} // namespace

std::shared_ptr<const RoadMap> RoadMap::make(const std::vector<Snapshot>& lines,
                                             const std::vector<RoadTurn>& turns) {
    auto map = std::make_shared<RoadMap>();
    map->network = RoadNetwork::build(lines, turns, &map->findings);
    map->hierarchy = RoadHierarchy::build(map->network);
    return map;
}

CityRoads CityRoads::make(const std::vector<Snapshot>& sources, const std::filesystem::path& cache) {
    std::vector<RoadTurn> turns;
    for (const Snapshot& source : sources) {
        const auto some = turnsIn(source);
        turns.insert(turns.end(), some.begin(), some.end());
    }
    const auto map = cache.empty() ? RoadMap::make(sources, turns) : RoadMap::kept(sources, turns, cache);
    if (map->network.empty())
        return {};
    return {RoadMetric(map, RoadProfile::driving).lean(), RoadMetric(map, RoadProfile::walking).lean()};
}

} // namespace vedette::layers
