// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_routes.h"
#include "road_parts.h"

#include <optional>

namespace vedette::layers {

// A prepared map as bytes, and back. The map that is read looks into `bytes` and keeps `memory` alive, whose they are; they
// must lie on a multiple of 8 and never change. Nothing read is trusted: a checksum over all, then every number; nullopt:
// spoilt, or of another version or key.
std::string encodeRoads(const RoadMap& map, const std::string& key);
std::optional<RoadMap> decodeRoads(std::string_view bytes, std::shared_ptr<const void> memory, const std::string& key);

// Whether what was read can be used, number by number (road_sound.cpp): the network first, without its grid; of the grid
// that no cell leads beyond the edges; of the hierarchy that it is what building one for that network would make of its
// ranks and links.
bool sound(const RoadNetwork::Impl& roads);
bool sound(const RoadGrid& grid, std::span<const RoadNetwork::Edge> edges);
bool sound(const RoadHierarchy& hierarchy, const RoadNetwork& network);

// What a map follows from: the lines, the turns, and the version of the rules that are applied to them.
std::string keyOf(const std::vector<Snapshot>& lines, const std::vector<RoadTurn>& turns);

} // namespace vedette::layers
