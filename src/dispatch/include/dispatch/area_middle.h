// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"

namespace vedette::dispatch {

// Centroid of an area's polygons by area (holes taken out); the middle of its box when it has no extent.
layers::Point areaMiddle(const layers::Areas& areas, layers::AreaIndex index);

} // namespace vedette::dispatch
