// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"
#include "layers/message.h"

#include <memory>
#include <span>
#include <string>

namespace vedette::layers {

// How a source's lon/lat were bent before publication. gcj02 and bd09 apply only to geographic coordinates in
// China.
enum class Datum { wgs84, cgcs2000, gcj02, bd09 };

LonLat toWgs84(LonLat at, Datum datum);   // inverse by iteration, error under 1e-9 degrees
LonLat fromWgs84(LonLat at, Datum datum); // GCJ-02: the published obfuscation series; BD-09 on top of it

// WGS 84 lon/lat <-> the working CRS (projected, metres). One object is used from any thread (it keeps one
// PROJ context per thread inside). Longitude first always, whatever the CRS's own axis order.
class WorkingCrs {
public:
    // `crs`: "EPSG:4549", WKT or PROJ text. Problems: crsUnreadable {crs}, crsNotProjected {crs}.
    static Result<WorkingCrs> named(const std::string& crs);
    Point toWorking(LonLat at) const; // NaN coordinates when outside the CRS's reach
    LonLat toLonLat(Point at) const;
    void toWorking(std::span<const LonLat> from, std::span<Point> to) const;
    const std::string& name() const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

} // namespace vedette::layers
