// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/counts.h"
#include "layers/writer.h"

#include "make_snapshot.h"

#include <charconv>
#include <cmath>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <ogrsf_frmts.h>
#include <random>
#include <rapidcheck/gtest.h>
#include <sys/mount.h>

using namespace vedette::layers;

namespace {

std::string number(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// Any text that UTF-8 and a C string can hold.
rc::Gen<std::string> anyText() {
    static const std::vector<std::string> pieces{"a",  "Z",  "0", " ", "'",  "\"", ",", ";", "\n", "\\",
                                                 "人", "民", "é", "😀", "𠮷", "%",  "<", "&", "\t"};
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                        [](const std::vector<std::string>& chosen) {
                            std::string out;
                            for (const auto& piece : chosen)
                                out += piece;
                            return out;
                        });
}

ExportTable anyTable() {
    ExportTable table;
    table.name = "any";
    table.shape = Shape::point;
    table.columns = {{"text", FieldType::text}, {"whole", FieldType::integer}, {"real", FieldType::real}};
    const int rows = *rc::gen::inRange(0, 12);
    for (int i = 0; i < rows; ++i) {
        ExportTable::Row row;
        row.id = i;
        if (*rc::gen::inRange(0, 5) > 0) {
            row.shape = Shape::point;
            row.rings = {{{*rc::gen::inRange(0, 1000000) / 7.0, *rc::gen::inRange(0, 1000000) / 3.0}}};
        }
        row.values.push_back(*rc::gen::inRange(0, 5) ? std::optional(*anyText()) : std::nullopt);
        row.values.push_back(*rc::gen::inRange(0, 5)
                                 ? std::optional(std::to_string(*rc::gen::arbitrary<std::int64_t>()))
                                 : std::nullopt);
        const double real = *rc::gen::arbitrary<double>();
        row.values.push_back(std::isfinite(real) ? std::optional(number(real)) : std::nullopt);
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace

RC_GTEST_PROP(Export, GeoPackageThenReadIsTheSameRows, ()) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "any.gpkg";
    const ExportTable table = anyTable();
    const auto report = exportTable(table, {"", "EPSG:4549", "EPSG:4549", "UTF-8"}, file);
    RC_ASSERT(report.ok());
    RC_ASSERT(report.value().changed.empty());
    const std::unique_ptr<GDALDataset> dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
    std::size_t i = 0;
    for (const auto& feature : *dataset->GetLayer(0)) {
        const auto& row = table.rows.at(i++);
        for (int field = 0; field < 3; ++field) {
            const auto& before = row.values[static_cast<std::size_t>(field)];
            RC_ASSERT(before.has_value() == static_cast<bool>(feature->IsFieldSetAndNotNull(field)));
            if (before && field == 0)
                RC_ASSERT(*before == feature->GetFieldAsString(field));
            if (before && field == 1)
                RC_ASSERT(std::stoll(*before) == feature->GetFieldAsInteger64(field));
            if (before && field == 2)
                RC_ASSERT(std::strtod(before->c_str(), nullptr) == feature->GetFieldAsDouble(field));
        }
        const auto* geometry = feature->GetGeometryRef();
        RC_ASSERT((geometry != nullptr) == !row.rings.empty());
        if (geometry)
            RC_ASSERT(Point(geometry->toPoint()->getX(), geometry->toPoint()->getY()) == row.rings[0][0]);
    }
    RC_ASSERT(i == table.rows.size());
}

// What the report says of a Shapefile is what OGR finds, whatever the texts.
RC_GTEST_PROP(Export, ShapefileReportsExactlyTheTextsThatDiffer, ()) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "any.shp";
    const ExportTable table = anyTable();
    const bool gbk = *rc::gen::arbitrary<bool>();
    const auto report = exportTable(table, {"", "EPSG:4549", "EPSG:4549", gbk ? "GBK" : "UTF-8"}, file);
    RC_ASSERT(report.ok());
    const std::unique_ptr<GDALDataset> dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
    std::size_t i = 0;
    for (const auto& feature : *dataset->GetLayer(0)) {
        const auto& row = table.rows.at(i++);
        const auto told = [&](const char* field) {
            return std::any_of(report.value().changed.begin(), report.value().changed.end(),
                               [&](const auto& one) { return one.row == row.id && one.field == field; });
        };
        const auto& text = row.values[0];
        const bool same = text ? feature->IsFieldSetAndNotNull(0) && *text == feature->GetFieldAsString(0)
                               : !feature->IsFieldSetAndNotNull(0);
        RC_ASSERT(told("text") == !same);
        const auto& real = row.values[2];
        const bool sameReal = real ? feature->IsFieldSetAndNotNull(2) &&
                                         std::strtod(real->c_str(), nullptr) == feature->GetFieldAsDouble(2)
                                   : !feature->IsFieldSetAndNotNull(2);
        RC_ASSERT(told("real") == !sameReal);
    }
    RC_ASSERT(i == table.rows.size());
}

TEST(Export, AFullDiskIsSaidAndLeavesNothing) {
    const TemporaryFolder folder;
    const auto disk = folder.path() / "disk";
    std::filesystem::create_directory(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0)
        GTEST_SKIP() << "a small file system cannot be mounted here";
    ExportTable table;
    table.name = "big";
    table.shape = Shape::point;
    table.columns = {{"text", FieldType::text}};
    for (int i = 0; i < 3000; ++i)
        table.rows.push_back({i, Shape::point, {{{500000, 3550000}}}, {}, {std::string(250, 'x')}});
    for (const char* name : {"big.shp", "big.gpkg", "big.geojson", "big.csv"}) {
        const auto report = exportTable(table, {"", "EPSG:4549", "EPSG:4549", "UTF-8"}, disk / name);
        if (report.ok()) {
            ADD_FAILURE() << name;
            continue;
        }
        EXPECT_EQ(report.problem().message.code, "diskFull") << name;
        EXPECT_EQ(report.problem().kind, Problem::Kind::environment) << name;
        EXPECT_TRUE(std::filesystem::is_empty(disk)) << name;
    }
    ::umount(disk.c_str());
}

TEST(Counts, EveryPointIsCountedWhereItLies) {
    const auto beats = made::snapshot(
        "beats", {"code", "name"},
        {{Shape::polygon, {made::square(0, 0, 1000), made::square(100, 100, 500, true)}, {"a", "A"}},
         {Shape::polygon, {made::square(1000, 0, 1000)}, {"b", "B"}}});
    const Areas areas = Areas::build({{AreaKind::beat, beats}});
    const std::vector<Point> points{{10, 10}, {20, 20}, {1500, 10}, {1000, 5}, {300, 300}, {-1, -1}};
    const AreaCounts counts = countPerArea(areas, AreaKind::beat, points);
    ASSERT_EQ(counts.counts.size(), 2u);
    EXPECT_EQ(counts.counts[0].second, 3u);
    EXPECT_EQ(counts.counts[1].second, 2u);
    EXPECT_EQ(counts.outside, 2u);
    const ExportTable table = countTable(areas, counts);
    EXPECT_EQ(table.rows[0].values[2], "3");
    EXPECT_EQ(table.rows[0].values[3], "0.75");
    EXPECT_EQ(table.rows[0].values[4], "4");
    const TemporaryFolder folder;
    const auto report = exportTable(table, {"", "", "EPSG:4549", "UTF-8"}, folder.path() / "counts.shp");
    ASSERT_TRUE(report.ok());
    EXPECT_THAT(report.value().changed, testing::IsEmpty());
}
