// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/writer.h"
#include "text_encoding.h"

#include <ogr_feature.h>

class GDALDriver;

namespace vedette::layers {

// The OGR driver that a format name ("GPKG", "shp") or a file's suffix means; null when none can create it.
GDALDriver* exportDriver(const std::string& format, const std::filesystem::path& out);
bool isShapefile(const GDALDriver& driver);
bool isCsv(const GDALDriver& driver);

inline constexpr std::size_t dbfNameBytes = 10, dbfTextBytes = 254, dbfIntegerDigits = 18;

// The columns' names in the file, one per column: unique without regard to case, for Shapefile cut on a
// character's border in the target encoding.
std::vector<std::string> exportNames(const ExportTable& table, bool shapefile, const TextEncoding& encoding);

// How one column is written. A type the format lacks, or a value that isn't of its column's type, makes the
// column text: nothing is lost that way.
struct ColumnPlan {
    std::string name;
    FieldType type = FieldType::text; // what the values are
    bool asText = false;              // written as text although `type` isn't
    OGRFieldType ogrType = OFTString;
    OGRFieldSubType subType = OFSTNone;
    int width = 0;
};
std::vector<ColumnPlan> exportColumns(const ExportTable& table, GDALDriver& driver,
                                      const TextEncoding& encoding);

// Canonical texts as values; nullopt when the text is none.
std::optional<std::int64_t> readInteger(std::string_view text);
std::optional<double> readReal(std::string_view text);
std::optional<bool> readBoolean(std::string_view text);
struct Moment {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, milliseconds = 0, zone = 0; // zone: OGR's TZFlag
    friend bool operator==(const Moment&, const Moment&) = default;
};
// date "2026-11-22", time "23:47:38[.123]", dateTime "2026-11-22T23:47:38[.123][Z|+08:00]" (T or blank)
std::optional<Moment> readMoment(std::string_view text, FieldType type);
std::string writeMoment(const Moment& moment, FieldType type);

} // namespace vedette::layers
