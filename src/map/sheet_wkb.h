// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

#include <cstdint>
#include <vector>

namespace vedette::map {

// A feature as WKB (OGC 06-103r4): a multipolygon, multilinestring or multipoint, in working metres. Empty: it has
// no shape.
std::vector<std::uint8_t> wkbOf(const layers::Snapshot& snapshot, std::size_t feature);

} // namespace vedette::map
