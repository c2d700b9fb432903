// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <limits>

namespace vedette::layers {

// Two spaces, two types. LonLat: degrees, WGS 84 (CGCS2000 is treated as equal), longitude first.
struct LonLat {
    double lon = 0, lat = 0;
    friend bool operator==(const LonLat&, const LonLat&) = default;
};

// Point: metres in the workspace's working CRS, x east, y north.
struct Point {
    double x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

// Axis-parallel box in working metres; the default one is empty.
struct Box {
    double minX = std::numeric_limits<double>::infinity(), minY = minX, maxX = -minX, maxY = -minX;
    bool empty() const { return minX > maxX || minY > maxY; }
    double width() const { return empty() ? 0 : maxX - minX; }
    double height() const { return empty() ? 0 : maxY - minY; }
    Point centre() const { return {(minX + maxX) / 2, (minY + maxY) / 2}; }
    bool contains(Point p) const { return p.x >= minX && p.x <= maxX && p.y >= minY && p.y <= maxY; }
    bool intersects(const Box& o) const {
        return !empty() && !o.empty() && minX <= o.maxX && o.minX <= maxX && minY <= o.maxY && o.minY <= maxY;
    }
    void add(Point p) {
        minX = std::min(minX, p.x), maxX = std::max(maxX, p.x);
        minY = std::min(minY, p.y), maxY = std::max(maxY, p.y);
    }
    void add(const Box& o) {
        minX = std::min(minX, o.minX), maxX = std::max(maxX, o.maxX);
        minY = std::min(minY, o.minY), maxY = std::max(maxY, o.maxY);
    }
    friend bool operator==(const Box&, const Box&) = default;
};

} // namespace vedette::layers
