// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/crs.h"

#include <vector>

namespace vedette::layers {

// Lengths and areas on the WGS 84 ellipsoid, by PROJ's geodesics (Karney 2013): what a tape would measure,
// not what the map's plane says.
struct Leg {
    double metres = 0;
    double bearing = 0; // degrees from true north at its start, [0, 360)
};
Leg legBetween(LonLat from, LonLat to);

struct Measured {
    std::vector<Leg> legs;   // between the places, in order
    double metres = 0;       // along all of them
    double closing = 0;      // from the last place to the first
    double squareMetres = 0; // inside the ring that the places make, whichever way round; 0 for fewer than 3
    bool crossed = false;    // the ring crosses itself: its area is what its loops leave of each other
};
Measured measured(std::span<const LonLat> places);

// Metres on the ellipsoid of one working metre at a place, mean of east and north; NaN out of the CRS's
// reach.
double groundMetres(const WorkingCrs& crs, Point at);

} // namespace vedette::layers
