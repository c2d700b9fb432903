// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/city.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

using namespace vedette;
using namespace vedette::dispatch;
namespace fs = std::filesystem;

namespace {

class RealCity : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "city-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
    }
    void TearDown() override { fs::remove_all(folder); }
    std::shared_ptr<const City> load(const std::string& toml) {
        std::ofstream(folder / "workspace.toml") << toml;
        LoadOptions options;
        options.read.reader = "/proc/self/exe";
        auto city = loadCity(folder, options);
        EXPECT_TRUE(city.ok()) << (city.ok() ? "" : city.problem().message.code);
        return city.ok() ? city.value() : nullptr;
    }
    fs::path folder;
};

std::map<std::string, std::vector<layers::Message>> byCode(const std::vector<layers::Finding>& findings) {
    std::map<std::string, std::vector<layers::Message>> all;
    for (const auto& finding : findings) {
        all[finding.message.code].push_back(finding.message);
        EXPECT_TRUE(layers::hasWording(finding.message.code, layers::Language::chinese))
            << finding.message.code;
    }
    return all;
}
std::string arg(const layers::Message& message, std::string_view name) {
    for (const auto& [key, value] : message.args)
        if (key == name)
            return value;
    return "";
}

} // namespace

TEST_F(RealCity, WhatIsMissingIsAFindingAndTheRestWorks) {
    const auto city =
        load("format = 1\n[workspace]\nname = \"x\"\ncrs = \"EPSG:4549\"\ntime_zone = \"Asia/Shanghai\"\n"
             "[units]\nsource = \"nowhere.csv\"\n");
    ASSERT_TRUE(city);
    const auto found = byCode(city->findings);
    EXPECT_TRUE(found.contains("fileMissing"));
    EXPECT_TRUE(found.contains("noAreas"));
    EXPECT_TRUE(found.contains("noDuties"));
}

TEST_F(RealCity, DcSaysWhatIsWrongWithIt) {
    const fs::path data = fs::path(VEDETTE_SHARED_DATA) / "dc-2016";
    if (!fs::exists(data))
        GTEST_SKIP() << "dc-2016 is not here";
    for (const char* file : {"police-service-areas-psa.geojson", "police-districts-mpd.geojson",
                             "crime-incidents-last-30-days.geojson"})
        fs::copy_file(data / file, folder / file);
    const std::string toml = R"(format = 1
[workspace]
name = "DC"
crs = "EPSG:26985"
time_zone = "America/New_York"
code_schema = "free"
[[areas]]
kind = "beat"
source = "police-service-areas-psa.geojson"
columns = { code = "NAME", name = "NAME" }
[incidents]
source = "crime-incidents-last-30-days.geojson"
columns = { id = "CCN", time = "REPORTDATETIME", category = "OFFENSE", text = "BLOCKSITEADDRESS" }
)";
    const auto city = load(toml);
    ASSERT_TRUE(city);
    EXPECT_EQ(city->areas.size(), 56u);
    EXPECT_EQ(city->history->size(), 2898u);
    const auto found = byCode(checkCity(*city));
    ASSERT_EQ(found.count("duplicateIncident"), 1u);
    EXPECT_EQ(found.at("duplicateIncident").size(), 1u);
    ASSERT_EQ(found.count("recordAreasDiffer"), 1u);
    EXPECT_EQ(arg(found.at("recordAreasDiffer")[0], "count"), "125");
    EXPECT_EQ(arg(found.at("recordAreasDiffer")[0], "total"), "2895");
    EXPECT_EQ(arg(found.at("recordAreasDiffer")[0], "column"), "PSA");
    EXPECT_EQ(found.at("recordAreaDiffers").size(), 5u);
    ASSERT_EQ(found.count("timesAreLocal"), 1u);
    EXPECT_EQ(arg(found.at("timesAreLocal")[0], "by"), "SHIFT");
    EXPECT_EQ(found.count("codeTypesDiffer"), 1u);

    // Told what Z means, it has nothing more to say about times.
    auto told = toml;
    told.replace(told.find("columns = { id"), 0, "zulu = \"local\"\n");
    EXPECT_EQ(byCode(checkCity(*load(told))).count("timesAreLocal"), 0u);
}

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "read-source")
        return layers::readerMain(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
