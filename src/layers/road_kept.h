// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_routes.h"

#include <optional>

namespace vedette::layers {

// A prepared map as bytes and back. Nothing read is trusted: a checksum over all, then every number; nullopt:
// spoilt, or of another version or key.
std::string encodeRoads(const RoadMap& map, const std::string& key);
std::optional<RoadMap> decodeRoads(std::string_view bytes, const std::string& key);

// What a map follows from: the lines, the turns, and the version of the rules that are applied to them.
std::string keyOf(const std::vector<Snapshot>& lines, const std::vector<RoadTurn>& turns);

} // namespace vedette::layers
