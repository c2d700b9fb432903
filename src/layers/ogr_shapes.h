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
    bool place(
        std::vector<Point>& points) const; // source coordinates in, working metres out; drops the unplaceable
    void addRing(const OGRLineString& line, bool hole, bool swap, Drawn& out, std::size_t& lost) const;
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
