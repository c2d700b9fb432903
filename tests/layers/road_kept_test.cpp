// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_kept.h"

#include "content_hash.h"
#include "road_file.h"
#include "road_kit.h"
#include "temporary_folder.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <random>
#include <rapidcheck/gtest.h>

using namespace vedette::layers;
using namespace roadkit;

namespace {

std::vector<made::Row> town(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<made::Row> rows;
    const auto corner = [&](int x, int y) { return Point{x * 100.0, y * 100.0}; };
    for (int x = 0; x < 7; ++x)
        for (int y = 0; y < 7; ++y)
            for (const auto& [dx, dy] : {std::pair{1, 0}, {0, 1}})
                if (random() % 6)
                    rows.push_back(road({corner(x, y), corner(x + dx, y + dy)}, std::to_string(rows.size()),
                                        std::to_string(20 + random() % 50), random() % 5 ? "" : "yes"));
    return rows;
}

std::string content(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path onlyFile(const std::filesystem::path& folder) {
    std::filesystem::path found;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".roads") {
            EXPECT_TRUE(found.empty());
            found = entry.path();
        }
    return found;
}

void expectSame(const RoadMap& a, const RoadMap& b) {
    EXPECT_EQ(a.network.nodeCount(), b.network.nodeCount());
    const auto arrays = [](const RoadHierarchy& h) {
        return std::array{h.rank,    h.first,   h.higher, h.lower,    h.firstLow,
                          h.lowLink, h.lowNode, h.slot,   h.firstArc, h.arcs};
    };
    for (std::size_t i = 0; i < arrays(a.hierarchy).size(); ++i)
        EXPECT_TRUE(std::ranges::equal(arrays(a.hierarchy)[i], arrays(b.hierarchy)[i])) << i;
    EXPECT_TRUE(std::ranges::equal(a.network.impl().grid.first, b.network.impl().grid.first));
    for (double x = -20; x < 700; x += 37) {
        const Point at{x, 0.7 * x + 11};
        const auto mine = a.network.snap(at, RoadProfile::driving), other = b.network.snap(at, RoadProfile::driving);
        ASSERT_EQ(bool(mine), bool(other));
        if (mine) {
            EXPECT_EQ(mine->edge, other->edge);
            EXPECT_EQ(mine->along, other->along);
        }
    }
    EXPECT_EQ(a.findings.size(), b.findings.size());
    const auto shared = [](const RoadMap& map) { return std::make_shared<const RoadMap>(map); };
    for (const auto profile : {RoadProfile::driving, RoadProfile::walking}) {
        const RoadMetric mine(shared(a), profile), other(shared(b), profile);
        EXPECT_EQ(mine.upwards(), other.upwards());
        EXPECT_EQ(mine.downwards(), other.downwards());
    }
}

constexpr std::size_t head = 8 + 8 + 64 + 64; // magic, version, key, checksum

std::string resealed(std::string file) {
    return file.replace(8 + 8 + 64, 64, sha256Of(std::string_view(file).substr(head)));
}

} // namespace

TEST(RoadKept, WhatIsKeptComesBackAsItWasMade) {
    const TemporaryFolder folder;
    const auto lines = made::snapshot("roads", columns, town(3));
    const std::vector<RoadTurn> turns{{"3", "4", {100, 100}, false}};
    const auto first = RoadMap::kept({lines}, turns, folder.path());
    const auto file = onlyFile(folder.path());
    ASSERT_FALSE(file.empty());
    const auto written = std::filesystem::last_write_time(file);
    const auto second = RoadMap::kept({lines}, turns, folder.path());
    EXPECT_EQ(std::filesystem::last_write_time(file), written); // read, not made anew
    expectSame(*first, *second);
    expectSame(*first, *RoadMap::make({lines}, turns));
    EXPECT_EQ(second->network.name(second->network.edges()[0]), "street 0");
}

TEST(RoadKept, IsUsedInPlaceAndOutlivesWhateverBecomesOfTheFile) {
    const TemporaryFolder folder;
    const auto lines = made::snapshot("roads", columns, town(4));
    const auto first = RoadMap::kept({lines}, {}, folder.path());
    EXPECT_FALSE(first->file);
    const auto read = RoadMap::kept({lines}, {}, folder.path());
    ASSERT_TRUE(read->file);
    const std::string_view bytes = read->file->bytes();
    const auto inside = [&](const void* at) {
        return at >= bytes.data() && at < static_cast<const void*>(bytes.data() + bytes.size());
    };
    EXPECT_TRUE(inside(read->network.edges().data()));
    EXPECT_TRUE(inside(read->network.impl().grid.segments.data()));
    EXPECT_TRUE(inside(read->hierarchy.firstArc.data()));

    read->forget(); // nothing of it is in memory any more
    const auto file = onlyFile(folder.path());
    const auto size = content(file).size();
    std::ofstream(file, std::ios::binary) << std::string(size, 'x');
    expectSame(*first, *read);
    read->forget();
    std::filesystem::resize_file(file, 0);
    expectSame(*first, *read);
    read->forget();
    std::filesystem::remove(file);
    expectSame(*first, *read);
}

TEST(RoadKept, OtherLinesOtherTurnsOtherMappingAreAnotherFile) {
    const auto rows = town(3);
    auto moved = rows;
    moved[0].rings[0].points[0].x += 0.5;
    const auto lines = made::snapshot("roads", columns, rows);
    const std::string key = keyOf({lines}, {});
    EXPECT_EQ(key, keyOf({made::snapshot("roads", columns, rows)}, {}));
    EXPECT_NE(key, keyOf({made::snapshot("roads", columns, moved)}, {}));
    EXPECT_NE(key, keyOf({lines}, {{"1", "2", {0, 0}, false}}));
    auto renamed = columns;
    renamed[3] = "limit";
    EXPECT_NE(key, keyOf({made::snapshot("roads", renamed, rows)}, {}));
}

TEST(RoadKept, ASpoiltOrForeignFileIsMadeAnew) {
    const TemporaryFolder folder;
    const auto lines = made::snapshot("roads", columns, town(5));
    const auto first = RoadMap::kept({lines}, {}, folder.path());
    const auto file = onlyFile(folder.path());
    const std::string sound = content(file);
    for (const std::size_t at : {std::size_t(0), std::size_t(9), std::size_t(30), std::size_t(90),
                                 sound.size() / 2, sound.size() - 1}) {
        std::string spoilt = sound;
        spoilt[at] = static_cast<char>(spoilt[at] ^ 0x10);
        std::ofstream(file, std::ios::binary) << spoilt;
        expectSame(*first, *RoadMap::kept({lines}, {}, folder.path()));
        EXPECT_EQ(content(file), sound) << at; // and kept anew
    }
    std::ofstream(file, std::ios::binary) << sound.substr(0, sound.size() / 3);
    expectSame(*first, *RoadMap::kept({lines}, {}, folder.path()));
    std::filesystem::remove(file);
    expectSame(*first, *RoadMap::kept({lines}, {}, folder.path()));
    EXPECT_EQ(content(file), sound);
}

// With a true checksum, too: whoever can write there can also count.
RC_GTEST_PROP(RoadKept, NoForgedFileLeadsOutOfBounds, ()) {
    static const auto lines = made::snapshot("roads", columns, town(7));
    static const auto map = RoadMap::make({lines});
    static const std::string key = keyOf({lines}, {});
    static const std::string sound = encodeRoads(*map, key);
    std::string forged = sound;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
        forged[head + *rc::gen::inRange<std::size_t>(0, sound.size() - head)] = *rc::gen::arbitrary<char>();
    const auto held = std::make_shared<const std::string>(resealed(forged));
    if (const auto read = decodeRoads(*held, held, key)) {
        const auto shared = std::make_shared<const RoadMap>(std::move(*read));
        const auto metric = std::make_shared<const RoadMetric>(shared, RoadProfile::driving);
        const auto lean = metric->lean();
        RoadSearch search;
        if (const auto place = shared->network.snap({150, 150}, RoadProfile::driving)) {
            search.aim(lean, *place);
            if (const auto from = shared->network.snap({450, 350}, RoadProfile::driving))
                (void)search.from(*from);
        }
    }
}
