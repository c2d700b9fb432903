// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_routes.h"

// Whole recommendations by road - owners, joint roles, skills, who may not go and why - in a city of 13,689
// grids and 73,000 units on the synthetic roads, and again while a road is closed.
void compareCityByRoad(const std::shared_ptr<const vedette::layers::RoadMap>& map);
