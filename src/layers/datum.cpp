// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/crs.h"

#include <cmath>
#include <numbers>

namespace vedette::layers {

namespace {

constexpr double pi = std::numbers::pi;

// The box inside which the published GCJ-02 series is applied.
bool inChina(LonLat at, double beyond = 0) {
    return at.lon >= 72.004 - beyond && at.lon <= 137.8347 + beyond && at.lat >= 0.8293 - beyond &&
           at.lat <= 55.8271 + beyond;
}

double waves(double x, double first, double second, double third, double a, double b, double c) {
    return (a * std::sin(first * x) + b * std::sin(second * x) + c * std::sin(third * x)) * 2.0 / 3.0;
}

// The GCJ-02 obfuscation series as published (Krasovsky 1940 axis and eccentricity).
LonLat bend(LonLat at) {
    constexpr double axis = 6378245.0, e2 = 0.00669342162296594323;
    const double x = at.lon - 105, y = at.lat - 35;
    const double root = std::sqrt(std::abs(x));
    const double common = waves(x, 6 * pi, 2 * pi, 0, 20, 20, 0);
    double north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common +
                   waves(y, pi, pi / 3, pi / 12, 20, 40, 160) + waves(y, pi / 30, 0, 0, 320, 0, 0);
    double east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common +
                  waves(x, pi, pi / 3, pi / 12, 20, 40, 150) + waves(x, pi / 30, 0, 0, 300, 0, 0);
    const double latitude = at.lat * pi / 180;
    const double sine = std::sin(latitude), w2 = 1 - e2 * sine * sine, w = std::sqrt(w2);
    north = north * 180 / (axis * (1 - e2) / (w2 * w) * pi);
    east = east * 180 / (axis / w * std::cos(latitude) * pi);
    return {at.lon + east, at.lat + north};
}

// BD-09 over GCJ-02, as published.
LonLat twist(LonLat at) {
    constexpr double k = pi * 3000 / 180;
    const double radius = std::hypot(at.lon, at.lat) + 0.00002 * std::sin(at.lat * k);
    const double angle = std::atan2(at.lat, at.lon) + 0.000003 * std::cos(at.lon * k);
    return {radius * std::cos(angle) + 0.0065, radius * std::sin(angle) + 0.006};
}

// Both maps are near the identity, so the fixed point is reached in a few steps.
template <class Forward>
LonLat inverse(LonLat target, Forward forward) {
    LonLat at = target;
    for (int i = 0; i < 40; ++i) {
        const LonLat there = forward(at);
        const double dx = target.lon - there.lon, dy = target.lat - there.lat;
        at.lon += dx, at.lat += dy;
        if (std::abs(dx) < 1e-13 && std::abs(dy) < 1e-13)
            break;
    }
    return at;
}

} // namespace

LonLat fromWgs84(LonLat at, Datum datum) {
    if ((datum != Datum::gcj02 && datum != Datum::bd09) || !inChina(at))
        return at;
    return datum == Datum::gcj02 ? bend(at) : twist(bend(at));
}

LonLat toWgs84(LonLat at, Datum datum) {
    // What was bent from within the box may lie a little beyond it.
    constexpr double reach = 0.05;
    if ((datum != Datum::gcj02 && datum != Datum::bd09) || !inChina(at, reach))
        return at;
    const LonLat from = inverse(datum == Datum::bd09 ? inverse(at, twist) : at, bend);
    return inChina(from, 1e-9) ? from : at;
}

} // namespace vedette::layers
