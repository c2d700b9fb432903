// SPDX-License-Identifier: GPL-3.0-or-later
// Every data set of the shared torture folder through the reader, beside what ogrinfo said of it.
#include "reader_ground.h"

#include <chrono>
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
