// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measure.h"

#include <geodesic.h>

#include <cmath>

namespace vedette::layers {

namespace {

const geod_geodesic& wgs84() {
    static const geod_geodesic ellipsoid = [] {
        geod_geodesic made;
        geod_init(&made, 6378137, 1 / 298.257223563);
        return made;
    }();
    return ellipsoid;
}

// Whether two legs cross; in degrees, which is as good as any plane for what a person draws in a city.
bool cross(LonLat a, LonLat b, LonLat c, LonLat d) {
    const auto side = [](LonLat p, LonLat q, LonLat r) {
        return (q.lon - p.lon) * (r.lat - p.lat) - (q.lat - p.lat) * (r.lon - p.lon);
    };
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

bool crossesItself(std::span<const LonLat> ring) {
    const std::size_t n = ring.size();
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i + 1; j < n; ++j)
            if (cross(ring[i], ring[(i + 1) % n], ring[j], ring[(j + 1) % n]))
                return true;
    return false;
}

} // namespace

Leg legBetween(LonLat from, LonLat to) {
    Leg leg;
    geod_inverse(&wgs84(), from.lat, from.lon, to.lat, to.lon, &leg.metres, &leg.bearing, nullptr);
    if (leg.bearing < 0)
        leg.bearing += 360;
    return leg;
}

Measured measured(std::span<const LonLat> places) {
    Measured out;
    for (std::size_t i = 1; i < places.size(); ++i) {
        out.legs.push_back(legBetween(places[i - 1], places[i]));
        out.metres += out.legs.back().metres;
    }
    if (places.size() < 3)
        return out;
    out.closing = legBetween(places.back(), places.front()).metres;
    geod_polygon ring;
    geod_polygon_init(&ring, 0);
    for (const LonLat at : places)
        geod_polygon_addpoint(&wgs84(), &ring, at.lat, at.lon);
    geod_polygon_compute(&wgs84(), &ring, 0, 1, &out.squareMetres, nullptr);
    out.squareMetres = std::abs(out.squareMetres);
    out.crossed = crossesItself(places);
    return out;
}

double groundMetres(const WorkingCrs& crs, Point at) {
    constexpr double reach = 100; // metres to either side
    const auto across = [&](Point by) {
        return legBetween(crs.toLonLat({at.x - by.x, at.y - by.y}), crs.toLonLat({at.x + by.x, at.y + by.y}))
            .metres;
    };
    return (across({reach, 0}) + across({0, reach})) / (4 * reach);
}

} // namespace vedette::layers
