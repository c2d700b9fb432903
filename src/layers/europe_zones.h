// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <optional>
#include <string>

namespace vedette::layers {

// Europe's small countries lie too close for boxes: a table of cells of 0.2 degrees, each with its country,
// from Natural Earth 1:10m (public domain); seas belong to the nearest coast for two cells.
struct ZoneAt {
    std::string zone;  // the country's IANA zone
    std::string other; // another zone within a cell of the place; empty: none
};
// nullopt: not in Europe, or at sea.
std::optional<ZoneAt> europeanZoneAt(LonLat at);

} // namespace vedette::layers
