// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

#include <atomic>
#include <functional>
#include <optional>

namespace vedette::layers {

// A table to be exported, row by row, geometry in working metres. Filled by who knows the layer (areas,
// incidents, tickets, units, counts per area); written by `exportTable`.
struct ExportTable {
    struct Column {
        std::string name;
        FieldType type = FieldType::text;
        std::string alias{}; // kept in the alias table when the format cuts the name
    };
    struct Row {
        std::int64_t id = 0;
        Shape shape = Shape::none;
        std::vector<std::vector<Point>> rings; // polygons: outers and holes; lines: parts; point: one of one
        std::vector<bool> holes;               // same length as rings for polygons
        std::vector<std::optional<std::string>> values; // canonical text per column; nullopt: null
    };
    std::string name;
    Shape shape = Shape::none; // of every row (or none)
    std::vector<Column> columns;
    std::vector<Row> rows;
};

struct ExportSettings {
    std::string format;            // OGR driver; empty: by file name (.shp .gpkg .geojson .csv ...)
    std::string crs = "EPSG:4326"; // target; the rows are in `workingCrs`
    std::string workingCrs;
    std::string encoding = "UTF-8"; // Shapefile and CSV: UTF-8 or GBK
};

struct ExportReport {
    std::size_t features = 0;
    struct Renamed {
        std::string from, to;
    };
    struct Changed {
        std::int64_t row;  // the table's row id
        std::string field; // the table's name; empty for the geometry and the whole row
        // textCut, characterLacking, blanksLost, emptyLost (came back as null), nullLost (came back as
        // something), valueLost, precision, timeCut, typeLost, textChanged, geometry, rowLost
        std::string cause;
        std::string before, after;
    };
    // A column that went out as text: the format lacks its type, or a value was not of it. No value is lost.
    struct TextInstead {
        std::string field;
        FieldType type;
    };
    std::vector<TextInstead> textInstead;
    std::vector<Renamed> renamed; // `to` is empty when the format has dropped the field
    std::vector<Changed> changed; // found by reading the file back, not by prediction
    std::vector<std::filesystem::path> files;
};

// Every column as the format will call it, before anything is written: unique, cut at 10 bytes on a
// character border for Shapefile.
std::vector<ExportReport::Renamed> plannedNames(const ExportTable& table, const ExportSettings& settings);

// Writes to a temporary neighbour, opens that anew through OGR (it is our own file, so no reader child is
// needed), compares, then renames every part into place; a failure or a cancel leaves what was there before.
// A Shapefile whose names were cut gets `<name>.fields.csv` beside it. Blocks. Problems: formatUnknown
// {format}, encodingUnknown {encoding}, folderMissing, readOnly {path}, diskFull {path}, writeFailed
// {path,cause}, exportUnreadable {path,cause}, crsUnreadable, cancelled.
Result<ExportReport> exportTable(const ExportTable& table, const ExportSettings& settings,
                                 const std::filesystem::path& out,
                                 const std::function<void(double)>& progress = {},
                                 const std::atomic<bool>* cancel = nullptr);

} // namespace vedette::layers
