// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/sample.h"

#include "dispatch/store.h"
#include "dispatch/tracks.h"

#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace vedette::ctl {
namespace {

// Each process its own: ctest runs the cases side by side.
std::filesystem::path ownFolder(const std::string& name) {
    return std::filesystem::path(testing::TempDir()) / (name + "-" + std::to_string(getpid()));
}

namespace fs = std::filesystem;

std::string bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::map<std::string, std::string> tree(const fs::path& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            out[fs::relative(entry.path(), folder).string()] = bytes(entry.path());
    return out;
}

bool validUtf8(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80       ? 0
                                 : lead >> 5 == 6  ? 1
                                 : lead >> 4 == 14 ? 2
                                 : lead >> 3 == 30 ? 3
                                                   : 9;
        if (more == 9 || i + more >= text.size())
            return false;
        for (std::size_t k = 1; k <= more; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80)
                return false;
        i += more + 1;
    }
    return true;
}

struct Row {
    std::string code, name, parent, level, beat;
    OGRGeometryUniquePtr shape;
};

class Sample : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = ownFolder("sample-one");
        fs::remove_all(folder_);
        const auto made = makeSample(folder_, {});
        ASSERT_TRUE(made.ok()) << made.problem().message.code;
        counts_ = made.value();
        GDALAllRegister();
    }
    static void TearDownTestSuite() { fs::remove_all(folder_); }

    static std::vector<Row> rows(const char* layer, const char* level = nullptr) {
        std::vector<Row> out;
        const GDALDatasetUniquePtr file(GDALDataset::Open((folder_ / "areas.gpkg").c_str(), GDAL_OF_VECTOR));
        if (!file)
            return out;
        for (auto& feature : *file->GetLayerByName(layer)) {
            const auto text = [&](const char* field) {
                return std::string(feature->GetFieldAsString(field));
            };
            if (!level || text("level") == level)
                out.push_back({text("code"), text("name"), text("parent"), text("level"), text("beat"),
                               OGRGeometryUniquePtr(feature->GetGeometryRef()->clone())});
        }
        return out;
    }
    static fs::path folder_;
    static SampleCounts counts_;
};
fs::path Sample::folder_;
SampleCounts Sample::counts_;

TEST_F(Sample, GivesWhatItSaysItGave) {
    EXPECT_EQ(counts_.grids, 349);
    EXPECT_EQ(counts_.units, 412);
    EXPECT_EQ(counts_.duties, 159);
    EXPECT_EQ(counts_.classes, 47);
    EXPECT_GE(counts_.events, 1000);
    EXPECT_GE(counts_.bridges, 3);
    EXPECT_EQ(static_cast<int>(rows("grids").size()), counts_.grids);
    EXPECT_EQ(static_cast<int>(rows("grids", "exclusive").size()), counts_.exclusiveGrids);
    EXPECT_EQ(static_cast<int>(rows("beats").size()), counts_.beats);
    EXPECT_EQ(static_cast<int>(rows("communities").size()), counts_.communities);
}

TEST_F(Sample, StaysUnderThreeMegabytes) {
    std::size_t sum = 0;
    for (const auto& [name, content] : tree(folder_))
        sum += content.size();
    EXPECT_LT(sum, 3'000'000u);
}

TEST_F(Sample, SameSeedGivesSameBytesAndAnotherSeedOthers) {
    const fs::path again = ownFolder("sample-again");
    fs::remove_all(again);
    ASSERT_TRUE(makeSample(again, {}).ok());
    const auto one = tree(folder_), two = tree(again);
    ASSERT_EQ(one.size(), two.size());
    for (const auto& [name, content] : one) {
        ASSERT_TRUE(two.contains(name)) << name;
        EXPECT_TRUE(content == two.at(name)) << name << " differs";
    }
    SampleSettings other;
    other.seed = 2;
    ASSERT_TRUE(makeSample(again, other).ok()); // over an earlier sample
    EXPECT_NE(bytes(again / "areas.gpkg"), one.at("areas.gpkg"));
    fs::remove_all(again);
}

TEST_F(Sample, NoLevelHasGapsOrOverlaps) {
    const double land = rows("cities").front().shape->toMultiPolygon()->get_Area();
    const std::pair<const char*, const char*> levels[]{
        {"counties", nullptr}, {"townships", nullptr}, {"communities", nullptr},
        {"bureaus", nullptr},  {"stations", nullptr},  {"beats", nullptr},
        {"grids", "1"},        {"grids", "2"},         {"grids", "3"}};
    for (const auto& [layer, level] : levels) {
        OGRMultiPolygon all;
        double sum = 0;
        for (const Row& row : rows(layer, level)) {
            EXPECT_TRUE(row.shape->IsValid()) << row.code;
            for (const auto* part : *row.shape->toMultiPolygon()) {
                sum += part->get_Area();
                all.addGeometry(part);
            }
        }
        const OGRGeometryUniquePtr together(all.UnionCascaded());
        ASSERT_TRUE(together) << layer;
        EXPECT_EQ(wkbFlatten(together->getGeometryType()), wkbPolygon) << layer << ": a gap or an island";
        EXPECT_EQ(together->toPolygon()->getNumInteriorRings(), 0) << layer;
        EXPECT_NEAR(together->toPolygon()->get_Area(), sum, 0.01) << layer << ": overlap";
        EXPECT_NEAR(sum, land, 0.01) << layer;
    }
}

TEST_F(Sample, EveryGridLiesInItsBeatAndItsCommunity) {
    std::map<std::string, OGRGeometry*> beats, communities;
    const auto beatRows = rows("beats"), communityRows = rows("communities");
    for (const Row& row : beatRows)
        beats[row.code] = row.shape.get();
    for (const Row& row : communityRows)
        communities[row.code] = row.shape.get();
    for (const Row& grid : rows("grids")) {
        ASSERT_TRUE(beats.contains(grid.beat)) << grid.code;
        ASSERT_TRUE(communities.contains(grid.parent)) << grid.code;
        for (OGRGeometry* around : {beats[grid.beat], communities[grid.parent]}) {
            const OGRGeometryUniquePtr outside(grid.shape->Difference(around));
            EXPECT_TRUE(outside->IsEmpty() || outside->toSurface()->get_Area() < 1e-6) << grid.code;
        }
    }
}

TEST_F(Sample, CodesNestAndNamesAreUtf8) {
    std::set<std::string> codes;
    for (const char* layer : {"counties", "townships", "communities", "grids"}) {
        const std::size_t digits = *layer == 't'                              ? 9
                                   : std::string_view(layer) == "communities" ? 12
                                   : *layer == 'g'                            ? 15
                                                                              : 6;
        for (const Row& row : rows(layer)) {
            EXPECT_EQ(row.code.size(), digits);
            EXPECT_EQ(row.code.find_first_not_of("0123456789"), std::string::npos) << row.code;
            EXPECT_TRUE(codes.insert(row.code).second) << row.code << " twice";
            if (digits > 6) {
                EXPECT_EQ(row.code.substr(0, digits - 3), row.parent);
            }
            EXPECT_TRUE(validUtf8(row.name) && !row.name.empty());
        }
    }
    for (const char* name : {"units.csv", "duties.csv", "places.csv", "incidents.csv", "workspace.toml"})
        EXPECT_TRUE(validUtf8(bytes(folder_ / name))) << name;
}

TEST_F(Sample, TheRecordedNightVerifiesAndKnowsEveryStage) {
    dispatch::StoreOptions options;
    options.readOnly = true;
    auto store = dispatch::openStore("sqlite:journal.sqlite", folder_,
                                     std::make_shared<layers::SystemClock>(), options);
    ASSERT_TRUE(store.ok()) << store.problem().message.code;
    const auto verified = store.value()->verify();
    ASSERT_TRUE(verified.ok());
    EXPECT_TRUE(verified.value().ok) << verified.value().cause;
    const auto events = store.value()->read(1, 1'000'000);
    ASSERT_TRUE(events.ok());
    EXPECT_EQ(static_cast<int>(events.value().size()), counts_.events);
    std::set<dispatch::Stage> stages;
    std::set<std::string> kinds;
    bool overridden = false;
    dispatch::State state;
    for (const dispatch::Event& event : events.value()) {
        state = apply(std::move(state), event);
        kinds.insert(event.envelope.kind);
        if (const auto* assigned = std::get_if<dispatch::UnitAssigned>(&event.payload))
            overridden = overridden || !assigned->overrideReason.empty();
        if (event.envelope.stream.starts_with("ticket/"))
            if (const auto id = dispatch::ticketId(event.envelope.stream.substr(7)))
                stages.insert(stage(*state.ticket(*id)));
    }
    for (int s = 0; s <= static_cast<int>(dispatch::Stage::reopened); ++s)
        EXPECT_TRUE(stages.contains(static_cast<dispatch::Stage>(s)))
            << dispatch::toString(static_cast<dispatch::Stage>(s)) << " never stood";
    for (const char* kind :
         {"entryAdded", "rosterChanged", "positionDeclared", "duplicateJudged", "referencePinned"})
        EXPECT_TRUE(kinds.contains(kind)) << kind;
    EXPECT_TRUE(overridden);
    EXPECT_EQ(static_cast<int>(state.unitCount()), counts_.units);
    const auto tracks = dispatch::TrackLog::open(folder_ / "tracks", true);
    ASSERT_TRUE(tracks.ok());
    int fixes = 0;
    tracks.value()->read(layers::Instant{}, layers::SystemClock().now(),
                         [&](const dispatch::Fix&) { ++fixes; });
    EXPECT_EQ(fixes, counts_.fixes);
}

TEST(SampleRefuses, AFolderThatHoldsSomethingElse) {
    const fs::path folder = ownFolder("sample-taken");
    fs::create_directories(folder);
    std::ofstream(folder / "thesis.txt") << "mine";
    const auto made = makeSample(folder, {});
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.problem().message.code, "folderNotEmpty");
    EXPECT_EQ(bytes(folder / "thesis.txt"), "mine");
    fs::remove_all(folder);
}

TEST(SampleRefuses, ACityThatIsNone) {
    SampleSettings settings;
    settings.grids = 3;
    const auto made = makeSample(ownFolder("sample-none"), settings);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.problem().message.code, "sampleTooSmall");
}

} // namespace
} // namespace vedette::ctl
