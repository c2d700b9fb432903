// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

#include <optional>

namespace vedette::map {

// The pole of inaccessibility: the point inside a polygon that is farthest from its border, to a hundredth of its
// size (GEOS's maximum inscribed circle). Of several parts, of the one with the largest box. Nothing: too many
// vertices to ask in passing, or no polygon that GEOS takes. Any thread.
std::optional<layers::Point> areaPole(const layers::Snapshot& snapshot, std::size_t feature);

} // namespace vedette::map
