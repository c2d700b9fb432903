// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export_geometry.h"
#include "export_plan.h"
#include "gdal_call.h"

namespace vedette::layers {

// One export as it is carried out; the pieces below share it.
struct Export {
    const ExportTable& table;
    const ExportSettings& settings;
    GDALDriver& driver;
    const TextEncoding& encoding;
    const ExportCrs& crs;
    std::vector<ColumnPlan> columns;
    OGRwkbGeometryType layer = wkbNone;
    std::string xName, yName;         // CSV of points: the columns of the coordinates
    std::function<bool(double)> goOn; // told how far; false: stop

    bool csvPoints() const { return !xName.empty(); }
    // How far two coordinates may differ and still be called the same: a tenth of a millimetre.
    double tolerance() const { return crs.geographic() ? 1e-9 : 1e-4; }
};

// Writes the table to `file`. Problems: cancelled, and what GdalCalls::problem finds.
Status writeExport(const Export& job, const std::filesystem::path& file, GdalCalls& calls);
// Opens the file anew and lists what differs from the table.
Status compareExport(const Export& job, const std::filesystem::path& file, GdalCalls& calls,
                     ExportReport& report);

} // namespace vedette::layers
