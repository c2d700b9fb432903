// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"

namespace vedette::layers {

// The rows of the layers as areas, in layer and source order. Rows without a code or a polygon are left out;
// what is missing or contradicts another row is reported.
std::vector<Area> readAreaRows(const std::vector<Areas::Layer>& layers, std::vector<Finding>& findings);

// A class that an area doesn't have is that of its parent, or of the nearest above that has one.
void inheritClasses(std::vector<Area>& rows);

// Gives each grid without a beat the one its middle lies in, when the city has beats at all. `rows` are the
// areas that `areas` was built from.
void deriveBeats(const Areas& areas, std::vector<Area>& rows, std::vector<Finding>& findings);

// A point inside the polygon, away from its boundary: the middle of the widest stretch at half height.
Point innerPoint(const Snapshot& snapshot, std::size_t feature);

} // namespace vedette::layers
