// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"

#include <iterator>
#include <sstream>

namespace vedette::layers {

namespace {

// Parted by blanks.
std::vector<std::string> words(std::string_view text) {
    std::istringstream in{std::string(text)};
    return {std::istream_iterator<std::string>(in), {}};
}

std::vector<RoadTurn> turnsIn(const Snapshot& source) {
    std::vector<RoadTurn> out;
    const int from = source.field("turn_from"), to = source.field("turn_to"), kind = source.field("turn");
    const int through = source.field("turn_through");
    if (from < 0 || to < 0)
        return out;
    for (std::size_t feature = 0; feature < source.size(); ++feature)
        if (source.shape(feature) == Shape::point && source.partCount(feature) > 0)
            out.push_back({std::string(source.text(feature, from)), std::string(source.text(feature, to)),
                           source.part(feature, 0).points.front(),
                           source.text(feature, kind).starts_with("only"),
                           through < 0 ? std::vector<std::string>{} : words(source.text(feature, through))});
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
    const CityRoads out{RoadMetric(map, RoadProfile::driving).lean(), RoadMetric(map, RoadProfile::walking).lean()};
    map->forget(); // preparing reads all of it, a question little
    return out;
}

} // namespace vedette::layers
