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

private:
    int name_, class_, speed_, oneway_, tags_;
    bool openStreetMap_;
};

} // namespace vedette::layers
