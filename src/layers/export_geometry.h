// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/writer.h"

#include <ogr_geometry.h>
#include <ogr_spatialref.h>

#include <memory>

namespace vedette::layers {

struct DestroyTransformation {
    void operator()(OGRCoordinateTransformation* transformation) const {
        OGRCoordinateTransformation::DestroyCT(transformation);
    }
};
using Transformation = std::unique_ptr<OGRCoordinateTransformation, DestroyTransformation>;

// From the rows' CRS to the file's, longitude or east first on both sides.
struct ExportCrs {
    OGRSpatialReference target;
    Transformation transformation; // null: the same CRS
    // Problems: crsUnreadable {crs}.
    static Result<std::unique_ptr<ExportCrs>> between(const ExportSettings& settings);
    bool geographic() const { return target.IsGeographic() != 0; }
};

// The layer type that takes every row.
OGRwkbGeometryType layerType(const ExportTable& table);
// The row's geometry in the file's CRS; null for a row without one or one that the CRS cannot hold.
std::unique_ptr<OGRGeometry> rowGeometry(const ExportTable::Row& row, OGRwkbGeometryType layer,
                                         const ExportCrs& crs);
// Whether both hold the same vertices within `tolerance`; rings may start elsewhere, run the other way and
// come in another order.
bool sameGeometry(const OGRGeometry* left, const OGRGeometry* right, double tolerance);

} // namespace vedette::layers
