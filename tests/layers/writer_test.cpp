// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/writer.h"

#include "temporary_folder.h"

#include <fstream>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <iconv.h>
#include <map>
#include <ogrsf_frmts.h>
#include <set>
#include <sstream>
#include <tuple>

using namespace vedette::layers;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

namespace {

constexpr const char* workingCrs = "EPSG:4549";

std::string readAll(const std::filesystem::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += text;
    return out;
}

// Everything that is known to hurt.
ExportTable hardTable() {
    ExportTable table;
    table.name = "incidents";
    table.shape = Shape::point;
    table.columns = {{"派出所名称甲", FieldType::text, "派出所"},
                     {"派出所名称乙", FieldType::text},
                     {"responsible_officer", FieldType::text},
                     {"responsible_auxiliary", FieldType::text},
                     {"RESPONSIBL", FieldType::text},
                     {"number", FieldType::integer},
                     {"large", FieldType::integer},
                     {"share", FieldType::real},
                     {"on_day", FieldType::date},
                     {"at_time", FieldType::dateTime},
                     {"open", FieldType::boolean},
                     {"text", FieldType::text}};
    const std::vector<std::optional<std::string>> plain{"城东",
                                                        "城西",
                                                        "Li",
                                                        "Wang",
                                                        "both",
                                                        "12",
                                                        "9007199254740993",
                                                        "0.1",
                                                        "2026-11-22",
                                                        "2026-11-22T23:47:38.000Z",
                                                        "1",
                                                        "plain"};
    for (std::int64_t i = 0; i < 8; ++i) {
        ExportTable::Row row;
        row.id = 100 + i;
        row.shape = Shape::point;
        row.rings = {{{500000.0 + static_cast<double>(i), 3550000}}};
        row.values = plain;
        table.rows.push_back(row);
    }
    table.rows[1].values[11] = repeated("人民公园", 40);  // 480 bytes in UTF-8, 320 in GBK
    table.rows[2].values[11] = "x" + repeated("字", 120); // 361 / 241 bytes
    table.rows[3].values[11] = "𠮷野家 café 😀";           // GBK lacks three of these
    table.rows[4].values.assign(table.columns.size(), std::nullopt);
    table.rows[5].values = {"",  "", "", "", "", "0", "0", "0", "1970-01-01", "1970-01-01T00:00:00.000Z",
                            "0", ""};
    table.rows[6].values[6] = "-999999999999999999";
    table.rows[6].values[7] = "1e-20";
    table.rows[7].values[11] = "ends in blanks  ";
    table.rows[7].rings.clear();
    table.rows[7].shape = Shape::none;
    return table;
}

ExportSettings settings(const std::string& encoding = "UTF-8", const std::string& crs = workingCrs) {
    return {"", crs, workingCrs, encoding};
}

struct Close {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, Close>;

Dataset openAnew(const std::filesystem::path& file) {
    GDALAllRegister();
    return Dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
}

// Row and column of every value that OGR does not give back as it went out; it knows nothing of the writer.
using Cell = std::pair<std::int64_t, std::string>;
std::set<Cell> differing(const ExportTable& table, const std::filesystem::path& file) {
    std::set<Cell> out;
    const Dataset dataset = openAnew(file);
    OGRLayer* layer = dataset->GetLayer(0);
    std::size_t i = 0;
    for (const auto& feature : *layer) {
        const auto& row = table.rows.at(i++);
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const int field = static_cast<int>(c);
            const auto& before = row.values[c];
            const bool null = !feature->IsFieldSetAndNotNull(field);
            bool same = before.has_value() != null;
            if (before && !null)
                switch (table.columns[c].type) {
                case FieldType::integer:
                    same = std::stoll(*before) == feature->GetFieldAsInteger64(field);
                    break;
                case FieldType::real:
                    same = std::stod(*before) == feature->GetFieldAsDouble(field);
                    break;
                case FieldType::boolean:
                    same = (*before == "1") == (feature->GetFieldAsInteger(field) != 0);
                    break;
                case FieldType::date:
                case FieldType::dateTime: {
                    int year, month, day, hour, minute, zone;
                    float second;
                    if (!feature->GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second,
                                                     &zone)) {
                        same = *before == feature->GetFieldAsString(field);
                        break;
                    }
                    char text[64];
                    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                    if (table.columns[c].type == FieldType::dateTime)
                        std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%06.3fZ", year, month, day,
                                      hour, minute, static_cast<double>(second));
                    same = *before == text;
                    break;
                }
                default:
                    same = *before == feature->GetFieldAsString(field);
                }
            if (!same)
                out.emplace(row.id, table.columns[c].name);
        }
        const auto* geometry = feature->GetGeometryRef();
        if (row.rings.empty() != (geometry == nullptr))
            out.emplace(row.id, "");
        else if (geometry && (geometry->toPoint()->getX() != row.rings[0][0].x ||
                              geometry->toPoint()->getY() != row.rings[0][0].y))
            out.emplace(row.id, "");
    }
    EXPECT_EQ(i, table.rows.size());
    return out;
}

std::vector<std::string> namesIn(const std::filesystem::path& file) {
    std::vector<std::string> out;
    const Dataset dataset = openAnew(file);
    const auto* definition = dataset->GetLayer(0)->GetLayerDefn();
    for (int i = 0; i < definition->GetFieldCount(); ++i)
        out.push_back(definition->GetFieldDefn(i)->GetNameRef());
    return out;
}

std::set<Cell> cells(const ExportReport& report) {
    std::set<Cell> out;
    for (const auto& changed : report.changed)
        out.emplace(changed.row, changed.field);
    return out;
}

std::string causeOf(const ExportReport& report, std::int64_t row, const std::string& field) {
    for (const auto& changed : report.changed)
        if (changed.row == row && changed.field == field)
            return changed.cause;
    return "";
}

class ShapefileIn : public testing::TestWithParam<const char*> {};

} // namespace

TEST_P(ShapefileIn, ListsEveryChangeAndNoOther) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "out.shp";
    const ExportTable table = hardTable();
    const auto report = exportTable(table, settings(GetParam()), file);
    ASSERT_TRUE(report.ok()) << word(report.problem().message, Language::english);
    EXPECT_EQ(report.value().features, table.rows.size());
    EXPECT_EQ(cells(report.value()), differing(table, file));
    EXPECT_EQ(cells(report.value()).size(), report.value().changed.size());

    const auto names = namesIn(file);
    std::set<std::pair<std::string, std::string>> renamed, told;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] != table.columns[i].name)
            renamed.emplace(table.columns[i].name, names[i]);
    for (const auto& one : report.value().renamed)
        told.emplace(one.from, one.to);
    EXPECT_EQ(told, renamed);
    const auto planned = plannedNames(table, {"ESRI Shapefile", "", "", GetParam()});
    ASSERT_EQ(planned.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        EXPECT_EQ(planned[i].to, names[i]);
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());

    const bool gbk = std::string(GetParam()) == "GBK";
    EXPECT_EQ(causeOf(report.value(), 101, "text"), "textCut");
    EXPECT_EQ(causeOf(report.value(), 102, "text"), gbk ? "" : "textCut");
    EXPECT_EQ(causeOf(report.value(), 103, "text"), gbk ? "characterLacking" : "");
    EXPECT_EQ(causeOf(report.value(), 105, "text"), "emptyLost");
    EXPECT_EQ(causeOf(report.value(), 106, "share"), "precision");
    EXPECT_EQ(causeOf(report.value(), 106, "large"), "");
    EXPECT_EQ(causeOf(report.value(), 107, "text"), "blanksLost");
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "out.prj"));
    EXPECT_EQ(readAll(folder.path() / "out.cpg").substr(0, 5), gbk ? "CP936" : "UTF-8");
    EXPECT_NE(readAll(folder.path() / "out.fields.csv").find("派出所名称甲"), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(Export, ShapefileIn, testing::Values("UTF-8", "GBK"));

TEST(Export, ShapefileNamesAreCutOnACharactersBorderAndStayUnique) {
    const ExportTable table = hardTable();
    const auto names = [&](const char* encoding) {
        std::vector<std::string> out;
        for (const auto& one : plannedNames(table, {"ESRI Shapefile", "", "", encoding}))
            out.push_back(one.to);
        out.resize(5);
        return out;
    };
    EXPECT_THAT(names("UTF-8"), ElementsAre("派出所", "派出_1", "responsibl", "responsi_1", "RESPONSI_2"));
    EXPECT_THAT(names("GBK"),
                ElementsAre("派出所名称", "派出所名_1", "responsibl", "responsi_1", "RESPONSI_2"));
}

TEST(Export, GeoPackageLosesNothing) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "out.gpkg";
    ExportTable table = hardTable();
    table.columns[0].name = "fid"; // names that the format uses itself
    table.columns[1].name = "geom";
    const auto report = exportTable(table, settings(), file);
    ASSERT_TRUE(report.ok()) << word(report.problem().message, Language::english);
    EXPECT_EQ(differing(table, file), std::set<Cell>{});
    EXPECT_EQ(cells(report.value()), differing(table, file));
    EXPECT_THAT(report.value().files, ElementsAre(file));
    // RESPONSIBL and responsible_... differ in full, so nothing had to be renamed
    EXPECT_THAT(report.value().renamed, IsEmpty());
}

TEST(Export, GeoJsonAndCsvSayWhatTheyLose) {
    const TemporaryFolder folder;
    const ExportTable table = hardTable();
    const auto json = exportTable(table, settings("UTF-8", "EPSG:4326"), folder.path() / "out.geojson");
    ASSERT_TRUE(json.ok()) << word(json.problem().message, Language::english);
    EXPECT_THAT(json.value().changed, IsEmpty());

    for (const std::string encoding : {"UTF-8", "GBK"}) {
        const auto csv =
            exportTable(table, settings(encoding, "EPSG:4326"), folder.path() / ("out-" + encoding + ".csv"));
        ASSERT_TRUE(csv.ok()) << word(csv.problem().message, Language::english);
        for (const auto& changed : csv.value().changed)
            EXPECT_TRUE(changed.cause == "nullLost" || changed.cause == "emptyLost" ||
                        changed.cause == "characterLacking")
                << changed.row << " " << changed.field << " " << changed.cause << " '" << changed.before
                << "' '" << changed.after << "'";
        EXPECT_EQ(causeOf(csv.value(), 103, "text"), encoding == "GBK" ? "characterLacking" : "");
        EXPECT_EQ(causeOf(csv.value(), 101, "text"), "");
    }
    const std::string gbk = readAll(folder.path() / "out-GBK.csv");
    EXPECT_NE(gbk.find("\xB3\xC7\xB6\xAB"), std::string::npos); // 城东
    EXPECT_NE(readAll(folder.path() / "out-UTF-8.csv").find("lon,lat"), std::string::npos);
}

TEST(Export, PolygonsComeBackVertexByVertexInEveryFormat) {
    const TemporaryFolder folder;
    ExportTable table;
    table.name = "areas";
    table.shape = Shape::polygon;
    table.columns = {{"code", FieldType::text}};
    const auto square = [](double x, double y, double size) {
        return std::vector<Point>{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}};
    };
    ExportTable::Row one{1, Shape::polygon, {square(500000, 3550000, 100)}, {false}, {"one"}};
    ExportTable::Row two{
        2,
        Shape::polygon,
        {square(500200, 3550000, 100), square(500220, 3550020, 10), square(500400, 3550000, 50)},
        {false, true, false},
        {"two"}};
    std::reverse(two.rings[1].begin(), two.rings[1].end());
    table.rows = {one, two};
    for (const char* name :
         {"a.shp", "a.gpkg", "a.geojson", "a.csv", "a.fgb", "a.gml", "a.kml", "a.sqlite"}) {
        const auto report = exportTable(table, settings("UTF-8", "EPSG:4326"), folder.path() / name);
        ASSERT_TRUE(report.ok()) << name << ": " << word(report.problem().message, Language::english);
        EXPECT_EQ(report.value().features, 2u) << name;
        for (const auto& changed : report.value().changed)
            ADD_FAILURE() << name << " " << changed.cause << " " << changed.before << " -> " << changed.after;
    }
    EXPECT_FALSE(exportTable(table, settings(), folder.path() / "a.unheard").ok());
}

TEST(Export, AFailureOrACancelLeavesWhatWasThere) {
    const TemporaryFolder folder;
    const auto file = folder.write("out.geojson", "old");
    const ExportTable table = hardTable();
    std::atomic<bool> cancel{false};
    const auto stopped = exportTable(
        table, settings(), file, [&](double) { cancel = true; }, &cancel);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.problem().message.code, "cancelled");
    EXPECT_EQ(readAll(file), "old");
    std::size_t entries = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        entries += entry.exists();
    EXPECT_EQ(entries, 1u);

    EXPECT_EQ(exportTable(table, settings(), folder.path() / "no" / "out.shp").problem().message.code,
              "folderMissing");
    EXPECT_EQ(exportTable(table, settings("Klingon"), folder.path() / "out.shp").problem().message.code,
              "encodingUnknown");
    EXPECT_EQ(
        exportTable(table, settings("UTF-8", "EPSG:0"), folder.path() / "out.shp").problem().message.code,
        "crsUnreadable");
    const auto nowhere = exportTable(table, settings(), "/proc/out.shp");
    ASSERT_FALSE(nowhere.ok());
    EXPECT_EQ(nowhere.problem().kind, Problem::Kind::environment);
}

TEST(Export, ReplacesAnOlderShapefileWithAllItsParts) {
    const TemporaryFolder folder;
    folder.write("out.qix", "an index of the old file");
    folder.write("out.shp", "old");
    const auto report = exportTable(hardTable(), settings(), folder.path() / "out.shp");
    ASSERT_TRUE(report.ok());
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "out.qix"));
    for (const auto& file : report.value().files)
        EXPECT_TRUE(std::filesystem::exists(file)) << file;
    EXPECT_EQ(report.value().files.back().filename(), "out.shp");
}

TEST(Export, ATableWithoutGeometryGoesOutInEveryFormatToo) {
    const TemporaryFolder folder;
    ExportTable table;
    table.name = "duties";
    table.columns = {{"category", FieldType::text}, {"minutes", FieldType::integer}};
    table.rows.push_back({1, Shape::none, {}, {}, {"噪音", "30"}});
    for (const char* name : {"t.shp", "t.gpkg", "t.csv", "t.geojson"}) {
        const auto report = exportTable(table, settings(), folder.path() / name);
        ASSERT_TRUE(report.ok()) << name << ": " << word(report.problem().message, Language::english);
        EXPECT_EQ(report.value().features, 1u) << name;
        EXPECT_THAT(report.value().changed, IsEmpty()) << name;
    }
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "t.dbf"));
}
