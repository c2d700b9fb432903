// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/workspace.h"

#include "temporary_folder.h"

#include <gtest/gtest.h>

using namespace vedette::layers;

namespace {

std::string argument(const Problem& problem, std::string_view name) {
    for (const auto& [key, value] : problem.message.args)
        if (key == name)
            return value;
    return "absent";
}

class WorkspaceFile : public testing::Test {
protected:
    Result<Workspace> load(const std::string& toml) {
        folder.write("workspace.toml", toml);
        return loadWorkspace(folder.path());
    }
    TemporaryFolder folder;
};

} // namespace

TEST_F(WorkspaceFile, ReadsTheDesignsExample) {
    const auto loaded = load(R"(format = 1
[workspace]
name = "Binhai"
crs = "EPSG:4549"
time_zone = "Asia/Shanghai"
[store]
url = "sqlite:journal.sqlite"
[[areas]]
kind = "grid"
source = "areas.gpkg|layername=grids"
columns = { code = "code", name = "name", parent = "parent", level = "level", beat = "beat" }
[incidents]
source = "incidents.csv"
columns = { id = "id", time = "time", category = "category", x = "lon", y = "lat" }
datum = "gcj02"
zulu = "local"
[[units]]
source = "units.csv"
constants = { role = "officer", capacity = 2 }
[[units]]
source = "more.csv"
encoding = "GBK"
[duties]
source = "duties.csv"
[basemap]
project = "base.qgz"
datum = "gcj02"
[[feeds]]
url = "ndjson:feed.ndjson"
orders = "ndjson:orders.ndjson"
[rules]
fix_stale = 600
recommend = ["live", "posted"]
detour = 1.4
)");
    ASSERT_TRUE(loaded) << word(loaded.problem().message, Language::english);
    const Workspace& w = loaded.value();
    EXPECT_EQ(w.folder, folder.path());
    EXPECT_EQ(w.name, "Binhai");
    ASSERT_EQ(w.areas.size(), 1u);
    EXPECT_EQ(w.areas[0].kind, "grid");
    EXPECT_EQ(w.areas[0].spec.columns.at("beat"), "beat");
    ASSERT_EQ(w.incidents.size(), 1u);
    EXPECT_EQ(w.incidents[0].datum, Datum::gcj02);
    EXPECT_EQ(w.incidents[0].zulu, ZuluMeans::local);
    ASSERT_EQ(w.units.size(), 2u);
    EXPECT_EQ(w.units[0].constants.at("capacity"), "2");
    EXPECT_EQ(w.units[1].encoding, "GBK");
    EXPECT_EQ(w.basemapProject, "base.qgz");
    EXPECT_EQ(w.basemapDatum, Datum::gcj02);
    ASSERT_EQ(w.feeds.size(), 1u);
    EXPECT_EQ(w.feeds[0].orders, "ndjson:orders.ndjson");
    EXPECT_EQ(w.rules.fixStale.count(), 600);
    EXPECT_EQ(w.rules.fixLive.count(), 60);
    EXPECT_EQ(w.rules.recommend, (std::vector<std::string>{"live", "posted"}));
    EXPECT_DOUBLE_EQ(w.rules.detour, 1.4);
}

TEST_F(WorkspaceFile, WhatIsSavedIsWhatIsLoaded) {
    Workspace w;
    w.folder = folder.path();
    w.name = "南通 \"北\"\\\n";
    w.crs = "EPSG:4528";
    w.allowNetwork = true;
    w.basemapProject = "base.qgz", w.basemapNetwork = true;
    w.allowFolders = {"/data/city", "../shared \"x\""};
    w.areas.push_back({"beat", {}});
    w.areas[0].spec.source = "a b.shp";
    w.areas[0].spec.columns = {{"code", "编号"}, {"name", "NAME 1"}};
    w.areas[0].spec.dateOrder = DateOrder::dayFirst;
    w.incidents.resize(2);
    w.incidents[0].source = "one.csv", w.incidents[1].source = "two.csv";
    w.incidents[1].zulu = ZuluMeans::local, w.incidents[1].datum = Datum::bd09;
    w.incidents[1].constants = {{"category", "fire"}};
    w.roads.resize(1);
    w.roads[0].source = "r.gpkg|layername=roads", w.roads[0].crs = "EPSG:4490",
    w.roads[0].timeZone = "Asia/Urumqi";
    w.feeds = {{"ndjson:-", ""}};
    w.basemapProject = "b.qgz", w.basemapDatum = Datum::bd09;
    w.rules.detour = 2;
    ASSERT_TRUE(saveWorkspace(w));
    const auto loaded = loadWorkspace(folder.path());
    ASSERT_TRUE(loaded) << word(loaded.problem().message, Language::english);
    const Workspace& back = loaded.value();
    EXPECT_EQ(back.name, w.name);
    EXPECT_TRUE(back.allowNetwork);
    EXPECT_TRUE(back.basemapNetwork);
    EXPECT_EQ(back.allowFolders, w.allowFolders);
    ASSERT_EQ(back.areas.size(), 1u);
    EXPECT_EQ(back.areas[0].spec.columns, w.areas[0].spec.columns);
    EXPECT_EQ(back.areas[0].spec.dateOrder, DateOrder::dayFirst);
    ASSERT_EQ(back.incidents.size(), 2u);
    EXPECT_EQ(back.incidents[1].zulu, ZuluMeans::local);
    EXPECT_EQ(back.incidents[1].datum, Datum::bd09);
    EXPECT_EQ(back.incidents[1].constants, w.incidents[1].constants);
    EXPECT_EQ(back.roads.at(0).timeZone, "Asia/Urumqi");
    EXPECT_EQ(back.feeds.at(0).url, "ndjson:-");
    EXPECT_EQ(back.basemapDatum, Datum::bd09);
    EXPECT_DOUBLE_EQ(back.rules.detour, 2);
    EXPECT_EQ(back.rules.recommend, w.rules.recommend);
    // Nothing but the file itself is left in the folder.
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
        ++files;
    EXPECT_EQ(files, 1u);
}

TEST_F(WorkspaceFile, UnknownKeyIsNamedWithLineAndNearest) {
    const auto loaded = load("format = 1\n[workspace]\nname = \"x\"\ntimezone = \"UTC\"\n");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.problem().message.code, "keyUnknown");
    EXPECT_EQ(argument(loaded.problem(), "key"), "workspace.timezone");
    EXPECT_EQ(argument(loaded.problem(), "line"), "4");
    EXPECT_EQ(argument(loaded.problem(), "nearest"), "time_zone");
    const auto table = load("[incident]\nsource = \"a\"\n");
    ASSERT_FALSE(table);
    EXPECT_EQ(argument(table.problem(), "nearest"), "incidents");
    const auto source = load("[units]\nsource = \"a\"\ncolumn = { id = \"x\" }\n");
    ASSERT_FALSE(source);
    EXPECT_EQ(argument(source.problem(), "key"), "units.column");
    EXPECT_EQ(argument(source.problem(), "nearest"), "columns");
}

TEST_F(WorkspaceFile, EveryBadFileHasItsOwnProblem) {
    const struct {
        const char *toml, *code;
    } cases[] = {
        {"format = ", "tomlBroken"},
        {"a = 1\na = 2\n", "tomlBroken"},
        {"format = \"1\"", "keyType"},
        {"format = 2", "formatNewer"},
        {"[workspace]\nname = 3", "keyType"},
        {"[workspace]\ntime_zone = \"Asia/Nantong\"", "timeZoneUnknown"},
        {"[workspace]\nallow_network = \"yes\"", "keyType"},
        {"workspace = 3", "keyType"},
        {"[[areas]]\nsource = \"x\"", "keyMissing"},
        {"[[areas]]\nkind = \"gird\"\nsource = \"x\"", "keyValue"},
        {"[incidents]\n", "keyMissing"},
        {"[incidents]\nsource = \"x\"\ncolumns = [\"a\"]", "keyType"},
        {"[incidents]\nsource = \"x\"\ncolumns = { id = 3 }", "keyType"},
        {"[incidents]\nsource = \"x\"\ndatum = \"wgs72\"", "keyValue"},
        {"[incidents]\nsource = \"x\"\nzulu = \"maybe\"", "keyValue"},
        {"[rules]\nrecommend = [\"dead\"]", "keyValue"},
        {"[rules]\nfix_live = -1", "keyType"},
        {"[rules]\ndetour = nan", "keyType"},
        {"incidents = [1, 2]", "keyType"},
    };
    for (const auto& [toml, code] : cases) {
        const auto loaded = load(toml);
        ASSERT_FALSE(loaded) << toml;
        EXPECT_EQ(loaded.problem().message.code, code) << toml;
        EXPECT_TRUE(hasWording(loaded.problem().message.code, Language::chinese)) << code;
        EXPECT_EQ(loaded.problem().kind, Problem::Kind::refused) << toml;
    }
}

TEST_F(WorkspaceFile, MissingIsTheEnvironmentsFault) {
    const auto none = loadWorkspace(folder.path() / "nowhere");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.problem().message.code, "workspaceMissing");
    EXPECT_EQ(none.problem().kind, Problem::Kind::environment);
    Workspace w;
    w.folder = folder.path() / "nowhere";
    EXPECT_EQ(saveWorkspace(w).problem().message.code, "folderMissing");
}

TEST_F(WorkspaceFile, EmptyFileIsAWorkspaceOfDefaults) {
    const auto loaded = load("");
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded.value().name, folder.path().filename());
    EXPECT_EQ(loaded.value().crs, "EPSG:4549");
}
