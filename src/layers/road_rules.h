// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

#include <optional>

namespace vedette::layers {

inline constexpr std::uint32_t noNode = 0xFFFFFFFF;

// How one row of a road source may be driven.
struct RoadRow {
    std::string name;
    float metresPerSecond = 0;
    int direction = 0; // 1 only along the line, -1 only against it, 0 both ways
    int level = 0;     // 0 on the ground; bridges above, tunnels below, else as the source says
    bool drivable = true, walkable = true;
    bool bridge = false, tunnel = false, roundabout = false;
    bool limitedAccess = false; // a motorway: what crosses it does so on another level
};

// -1, 0 or 1 from the words sources use: 1/0/-1, yes/no, T/F, "One way (Digitizing direction)", 单行 ...
int onewayDirection(std::string_view text);
// Kilometres an hour for a road class (OpenStreetMap's, and common words) that states no speed.
double usualSpeed(std::string_view roadClass);

// The columns of one road source; OpenStreetMap's extra tags are read where a column is absent.
class RoadColumns {
public:
    explicit RoadColumns(const Snapshot& snapshot);
    // nullopt: not a road for vehicles (footway, waterway, ...).
    std::optional<RoadRow> read(const Snapshot& snapshot, std::size_t feature) const;
    // The same with ways on foot, and with level and kind. nullopt: neither.
    std::optional<RoadRow> readAny(const Snapshot& snapshot, std::size_t feature) const;
    // What a turn restriction calls it.
    std::string_view id(const Snapshot& snapshot, std::size_t feature) const {
        return snapshot.text(feature, id_);
    }
    bool openStreetMap() const { return openStreetMap_; }

private:
    bool enter(const Snapshot& snapshot, std::size_t feature, RoadRow& row) const;
    std::string_view value(const Snapshot& snapshot, std::size_t feature, int field,
                           std::string_view key) const;
    int name_, class_, speed_, oneway_, tags_, bridge_, tunnel_, level_, id_;
    bool openStreetMap_;
};

} // namespace vedette::layers
