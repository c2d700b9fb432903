// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_plan.h"

#include <gdal_priv.h>

#include <array>
#include <set>

namespace vedette::layers {

namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return out;
}

bool canCreate(GDALDriver& driver) {
    return driver.GetMetadataItem(GDAL_DCAP_VECTOR) && driver.GetMetadataItem(GDAL_DCAP_CREATE);
}

// Whether a blank-separated list in the driver's metadata holds the word.
bool lists(GDALDriver& driver, const char* item, std::string_view word) {
    const char* text = driver.GetMetadataItem(item);
    std::string_view rest = text ? text : "";
    while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        if (rest.substr(0, end) == word)
            return true;
        rest.remove_prefix(std::min(rest.size(), end + 1));
    }
    return false;
}

GDALDriver* driverForSuffix(std::string suffix) {
    if (suffix.empty())
        return nullptr;
    constexpr std::array<std::array<const char*, 2>, 11> preferred{{{"SHP", "ESRI Shapefile"},
                                                                    {"GPKG", "GPKG"},
                                                                    {"GEOJSON", "GeoJSON"},
                                                                    {"JSON", "GeoJSON"},
                                                                    {"CSV", "CSV"},
                                                                    {"KML", "LIBKML"},
                                                                    {"FGB", "FlatGeobuf"},
                                                                    {"TAB", "MapInfo File"},
                                                                    {"SQLITE", "SQLite"},
                                                                    {"DBF", "ESRI Shapefile"},
                                                                    {"GML", "GML"}}};
    auto* manager = GetGDALDriverManager();
    for (const auto& [known, name] : preferred)
        if (suffix == known)
            return manager->GetDriverByName(name);
    for (int i = 0; i < manager->GetDriverCount(); ++i) {
        GDALDriver* driver = manager->GetDriver(i);
        for (char& c : suffix)
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c - 'A' + 'a');
        if (canCreate(*driver) && lists(*driver, GDAL_DMD_EXTENSIONS, suffix))
            return driver;
    }
    return nullptr;
}

bool fits(FieldType type, std::string_view text) {
    switch (type) {
    case FieldType::integer:
        return readInteger(text).has_value();
    case FieldType::real:
        return readReal(text).has_value();
    case FieldType::boolean:
        return readBoolean(text).has_value();
    case FieldType::date:
    case FieldType::time:
    case FieldType::dateTime:
        return readMoment(text, type).has_value();
    default:
        return true;
    }
}

ColumnPlan typed(FieldType type, GDALDriver& driver) {
    ColumnPlan plan;
    plan.type = type;
    const auto has = [&](const char* name) { return lists(driver, GDAL_DMD_CREATIONFIELDDATATYPES, name); };
    switch (type) {
    case FieldType::integer:
        plan.ogrType = OFTInteger64;
        plan.asText = !has("Integer64");
        break;
    case FieldType::real:
        plan.ogrType = OFTReal;
        plan.asText = !has("Real");
        break;
    case FieldType::boolean:
        plan.ogrType = OFTInteger;
        if (lists(driver, GDAL_DMD_CREATIONFIELDDATASUBTYPES, "Boolean"))
            plan.subType = OFSTBoolean;
        break;
    case FieldType::date:
        plan.ogrType = OFTDate;
        plan.asText = !has("Date");
        break;
    case FieldType::time:
        plan.ogrType = OFTTime;
        plan.asText = !has("Time");
        break;
    case FieldType::dateTime:
        plan.ogrType = OFTDateTime;
        plan.asText = !has("DateTime");
        break;
    default:
        break;
    }
    return plan;
}

} // namespace

GDALDriver* exportDriver(const std::string& format, const std::filesystem::path& out) {
    if (format.empty()) {
        std::string suffix = out.extension().string();
        return driverForSuffix(upper(suffix.empty() ? suffix : suffix.substr(1)));
    }
    if (upper(format) == "SHAPEFILE")
        return GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(format.c_str());
    if (driver && canCreate(*driver))
        return driver;
    return driverForSuffix(upper(format.starts_with('.') ? format.substr(1) : format));
}

bool isShapefile(const GDALDriver& driver) {
    return EQUAL(const_cast<GDALDriver&>(driver).GetDescription(), "ESRI Shapefile");
}

bool isCsv(const GDALDriver& driver) {
    return EQUAL(const_cast<GDALDriver&>(driver).GetDescription(), "CSV");
}

std::vector<std::string> exportNames(const ExportTable& table, bool shapefile, const TextEncoding& encoding) {
    std::vector<std::string> out;
    std::set<std::string> taken;
    for (const auto& column : table.columns) {
        std::string whole = encoding.writable(column.name, '_');
        for (char& c : whole)
            if (static_cast<unsigned char>(c) < 0x20)
                c = '_';
        if (whole.empty())
            whole = "field";
        const std::size_t limit = shapefile ? dbfNameBytes : std::string::npos;
        std::string name(encoding.cut(whole, limit));
        for (int number = 1; !taken.insert(upper(name)).second; ++number) {
            const std::string suffix = "_" + std::to_string(number);
            name = std::string(encoding.cut(whole, shapefile ? limit - suffix.size() : limit)) + suffix;
        }
        out.push_back(std::move(name));
    }
    return out;
}

std::vector<ColumnPlan> exportColumns(const ExportTable& table, GDALDriver& driver,
                                      const TextEncoding& encoding) {
    const bool shapefile = isShapefile(driver);
    const auto names = exportNames(table, shapefile, encoding);
    std::vector<ColumnPlan> out;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        ColumnPlan plan = typed(table.columns[i].type, driver);
        plan.name = names[i];
        std::size_t widest = 1;
        for (const auto& row : table.rows) {
            if (i >= row.values.size() || !row.values[i])
                continue;
            const std::string& text = *row.values[i];
            plan.asText |= !fits(plan.type, text);
            // A DBF number of 19 digits is read back as a double by everybody.
            if (shapefile && plan.type == FieldType::integer)
                plan.asText |= text.size() > dbfIntegerDigits;
            if (shapefile)
                widest = std::max(widest, encoding.size(encoding.writable(text)));
        }
        if (plan.asText)
            plan.ogrType = OFTString;
        if (shapefile && plan.ogrType == OFTString)
            plan.width = static_cast<int>(std::min(widest, dbfTextBytes));
        if (shapefile && plan.ogrType == OFTInteger64)
            plan.width = dbfIntegerDigits;
        out.push_back(std::move(plan));
    }
    return out;
}

std::vector<ExportReport::Renamed> plannedNames(const ExportTable& table, const ExportSettings& settings) {
    GDALAllRegister();
    const TextEncoding encoding(settings.encoding);
    GDALDriver* driver = exportDriver(settings.format, {});
    const auto names = exportNames(table, driver && isShapefile(*driver), encoding);
    std::vector<ExportReport::Renamed> out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out.push_back({table.columns[i].name, names[i]});
    return out;
}

} // namespace vedette::layers
