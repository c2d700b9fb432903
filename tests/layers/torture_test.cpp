// SPDX-License-Identifier: GPL-3.0-or-later
// Every data set of the shared torture folder through the reader, beside what ogrinfo said of it.
#include "reader_ground.h"

#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>

using namespace vedette::layers;

namespace {

struct Told {
    std::string path;
    bool opens = false;
    std::int64_t features = 0;
};

std::vector<Told> baseline(const std::filesystem::path& file) {
    std::vector<Told> out;
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream columns(line);
        std::string path, status, seconds, driver, layers, features;
        std::getline(columns, path, '\t');
        std::getline(columns, status, '\t');
        std::getline(columns, seconds, '\t');
        std::getline(columns, driver, '\t');
        std::getline(columns, layers, '\t');
        std::getline(columns, features, '\t');
        out.push_back({path, status == "0", std::stoll(features)});
    }
    return out;
}

} // namespace

using Torture = ReaderTest;

// A shapefile of one ring, by its specification (ESRI, July 1998): big-endian heads, little-endian shapes.
void writeRing(const std::filesystem::path& stem, const std::vector<Point>& ring) {
    Box box;
    for (const Point point : ring)
        box.add(point);
    const auto file = [&](const char* suffix) { return std::ofstream(stem.string() + suffix, std::ios::binary); };
    const auto big = [](std::ofstream& out, std::uint32_t value) {
        for (int shift = 24; shift >= 0; shift -= 8)
            out.put(char(value >> shift));
    };
    const auto put = [](std::ofstream& out, const auto& value) {
        out.write(reinterpret_cast<const char*>(&value), sizeof value);
    };
    const auto content = std::uint32_t(44 + 4 + 16 * ring.size()) / 2; // in words of sixteen bits
    const auto head = [&](std::ofstream& out, std::uint32_t words) {
        big(out, 9994);
        for (int i = 0; i < 5; ++i)
            big(out, 0);
        big(out, words);
        put(out, 1000), put(out, 5);
        for (const double value : {box.minX, box.minY, box.maxX, box.maxY, 0.0, 0.0, 0.0, 0.0})
            put(out, value);
    };
    auto shp = file(".shp"), shx = file(".shx"), dbf = file(".dbf");
    head(shp, 50 + 4 + content);
    big(shp, 1), big(shp, content);
    put(shp, 5);
    for (const double value : {box.minX, box.minY, box.maxX, box.maxY})
        put(shp, value);
    put(shp, 1), put(shp, int(ring.size())), put(shp, 0);
    shp.write(reinterpret_cast<const char*>(ring.data()), std::streamsize(ring.size() * sizeof(Point)));
    head(shx, 50 + 4);
    big(shx, 50), big(shx, content);
    std::string table(32 + 32 + 1 + 9 + 1, '\0'); // one row, one column of eight letters
    table[0] = 3, table[1] = 126, table[2] = 1, table[3] = 1, table[4] = 1, table[8] = 65, table[10] = 9;
    table.replace(32, 4, "NAME"), table[32 + 11] = 'C', table[32 + 16] = 8, table[64] = '\r';
    table.replace(65, 9, " giant   "), table[74] = '\x1a';
    dbf << table;
}

// Within the limits of time and memory that every source has; how it is drawn is told in tests/map.
TEST_F(Torture, APolygonOfTenMillionVerticesIsReadWhole) {
    workspace.crs = "EPSG:4549";
    constexpr std::size_t vertices = 10'000'000;
    std::vector<Point> ring(vertices + 1);
    for (std::size_t i = 0; i < vertices; ++i) {
        const double a = -2 * M_PI * double(i) / double(vertices), r = 0.05 * (1 + 0.2 * std::sin(997 * a));
        ring[i] = {121.8 + r * std::cos(a), 32 + r * std::sin(a)};
    }
    ring.back() = ring.front();
    writeRing(folder.path() / "giant", ring);
    const auto result = read("giant.shp");
    ASSERT_TRUE(result) << said(result.problem());
    ASSERT_EQ(result.value().size(), 1u);
    ASSERT_EQ(result.value().partCount(0), 1u);
    EXPECT_EQ(result.value().part(0, 0).points.size(), vertices + 1);
    EXPECT_EQ(found(result.value()).find("polygonInvalid"), std::string::npos);
}

TEST_F(Torture, WhatOgrinfoOpensLoadsWithEqualCountsTheRestIsAClearProblem) {
    const std::filesystem::path data = std::filesystem::path(VEDETTE_SHARED_DATA) / "torture-qgis";
    if (!std::filesystem::exists(data))
        GTEST_SKIP() << "no torture data at " << data;
    options.timeLimit = std::chrono::seconds(60);
    std::string reachingOut;
    std::size_t equal = 0, refusedToo = 0, more = 0, outside = 0, crashes = 0;
    for (const Told& told : baseline(data / "BASELINE-ogrinfo-3.6.2.tsv")) {
        const std::string source = (data / told.path).string();
        const auto listed = listLayers(workspace, source, options);
        if (!listed) {
            const std::string& code = listed.problem().message.code;
            EXPECT_TRUE(hasWording(code, Language::english)) << code;
            crashes += code == "readerCrashed" || code == "readerTimeout";
            if (code == "outsideFolder") {
                ++outside;
                reachingOut = source;
            } else if (told.opens)
                ADD_FAILURE() << told.path << ": " << said(listed.problem());
            else
                ++refusedToo;
            continue;
        }
        std::int64_t counted = 0, loaded = 0;
        for (const LayerFacts& layer : listed.value()) {
            counted += layer.features;
            const auto snapshot = read(source + "|layername=" + layer.name);
            if (snapshot)
                loaded += static_cast<std::int64_t>(snapshot.value().size());
            else
                ADD_FAILURE() << told.path << " " << layer.name << ": " << said(snapshot.problem());
        }
        if (told.path.ends_with("testdata/lines.gml") && loaded == 7) {
            ++equal; // ogrinfo's summary repeats the stale count of the .gfs beside it; the file has seven
                     // lines
            continue;
        }
        EXPECT_EQ(counted, loaded) << told.path;
        more += !told.opens;
        if (told.opens && told.features >= 0) {
            EXPECT_EQ(loaded, told.features) << told.path;
        }
        equal += told.opens && (told.features < 0 || loaded == told.features);
    }
    std::cout << "equal " << equal << ", refused like ogrinfo " << refusedToo << ", opened beyond ogrinfo "
              << more << ", refused for reaching outside " << outside << ", reader ended " << crashes << "\n";
    EXPECT_GE(equal, 182u);
    EXPECT_EQ(outside, 1u);
    EXPECT_EQ(crashes, 0u);

    // It names polys.shp on its author's disk. Allowed to look there, we say that nothing is there, as
    // ogrinfo does.
    ASSERT_FALSE(reachingOut.empty());
    workspace.allowFolders = {"/home"};
    const auto looked = read(reachingOut);
    ASSERT_FALSE(looked);
    EXPECT_EQ(looked.problem().message.code, "sourceUnreadable");
    EXPECT_NE(said(looked.problem()).find("polys.shp"), std::string::npos) << said(looked.problem());
    // The same VRT, naming the same file where it lies here, loads with that file's count once it may.
    std::ifstream in(reachingOut);
    std::string vrt(std::istreambuf_iterator<char>(in), {});
    const std::string named = "/home/nyall/dev/QGIS/tests/testdata/polys.shp";
    ASSERT_NE(vrt.find(named), std::string::npos);
    folder.write("polys.vrt", vrt.replace(vrt.find(named), named.size(), (data / "polys.shp").string()));
    EXPECT_EQ(read("polys.vrt").problem().message.code, "outsideFolder");
    workspace.allowFolders = {data.string()};
    const auto allowed = read("polys.vrt");
    ASSERT_TRUE(allowed) << said(allowed.problem());
    EXPECT_EQ(allowed.value().size(), read((data / "polys.shp").string()).value().size());
}
