// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/crs.h"
#include "layers/snapshot_builder.h"
#include "ogr_source.h"

namespace vedette::layers {

// One feature's geometry, ready for a snapshot.
struct Drawn {
    Shape shape = Shape::none;
    std::vector<SnapshotBuilder::Ring> rings;
};

// Foreign geometries to working metres: curves made lines, rings closed and turned, broken polygons repaired,
// what can't be placed left out; everything done to a geometry is said through `tell`.
//
// An edge over the antimeridian is taken the short way round, so a ring from 179 to -179 is two degrees wide. Where
// the working CRS is torn (Mercator at 180 degrees and the poles, a transverse one on the far side of the Earth) a
// ring or line over the tear is left out: shapeTorn {count}. Its image would be a band across the map.
class ShapeMaker {
public:
    using Tell = std::function<void(Finding::Severity, Message)>;
    // `from`: the source's own CRS; nullptr when its coordinates already are working metres.
    // Problem: crsUnreadable {path,crs}.
    static Result<ShapeMaker> between(const OGRSpatialReference* from, Datum datum, const WorkingCrs& working,
                                      const std::string& path);

    Drawn make(const OGRGeometry& geometry, OgrErrors& errors, const Tell& tell) const;
    bool geographic() const { return geographic_; }

private:
    explicit ShapeMaker(WorkingCrs working) : working_(std::move(working)) {}
    struct Lost {
        std::size_t dropped = 0, torn = 0; // parts
    };
    // Source coordinates in, working metres out; NaN for what has no place.
    void placeAll(std::vector<Point>& points) const;
    bool place(std::vector<Point>& points) const; // drops the unplaceable; false: there were some
    bool torn(const std::vector<Point>& from, const std::vector<Point>& placed) const;
    bool tearsBetween(Point a, Point b, double apart) const;
    void addRing(const OGRLineString& line, bool hole, bool swap, Drawn& out, Lost& lost) const;
    bool swapped(const OGRGeometry& geometry) const;

    struct TransformFree {
        void operator()(OGRCoordinateTransformation* transform) const {
            OGRCoordinateTransformation::DestroyCT(transform);
        }
    };
    std::unique_ptr<OGRCoordinateTransformation, TransformFree> toLonLat_; // null: already lon/lat, or metres
    bool geographic_ = false, metres_ = false;
    Datum datum_ = Datum::wgs84;
    WorkingCrs working_;
    // Where the working CRS is at home, in degrees, a little widened.
    double west_ = -180, south_ = -90, east_ = 180, north_ = 90;
};

} // namespace vedette::layers
