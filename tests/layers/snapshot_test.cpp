// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/snapshot.h"

#include "layers/snapshot_builder.h"
#include "temporary_folder.h"

#include <gtest/gtest.h>
#include <random>
#include <sstream>

using namespace vedette::layers;

namespace {

std::string readAll(const std::filesystem::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

SnapshotBuilder sample() {
    SnapshotBuilder builder("areas.gpkg|layername=grids",
                            {{"code", FieldType::text}, {"level", FieldType::integer}});
    builder.setSha256("00ff");
    builder.add(0, Shape::polygon,
                {{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, false},
                 {{{2, 2}, {2, 4}, {4, 4}, {4, 2}, {2, 2}}, true}},
                {"320600001", "1"});
    builder.add(1, Shape::none, {}, {std::nullopt, ""});
    builder.add(5, Shape::point, {{{{3, 4}}, false}}, {"南通", "1"});
    builder.add(6, Shape::point, {{{{3, 4}}, false}, {{{-5, 40}}, false}}, {"many", std::nullopt});
    builder.find({Finding::Severity::error, {"nullGeometry", {{"a", "b"}}}, "areas.gpkg", 1, "x"});
    return builder;
}

// Everything a caller can ask; with a sanitizer this is the proof that no offset leads outside.
std::size_t walk(const Snapshot& snapshot) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < snapshot.size(); ++i) {
        for (int f = 0; f < static_cast<int>(snapshot.fields().size()); ++f)
            sum += snapshot.text(i, f).size();
        for (std::size_t p = 0; p < snapshot.partCount(i); ++p)
            for (const Point& point : snapshot.part(i, p).points)
                sum += point.x > 0;
        sum += snapshot.box(i).empty();
    }
    return sum + snapshot.findings().size();
}

} // namespace

TEST(Snapshot, WhatIsBuiltIsWhatIsRead) {
    const TemporaryFolder folder;
    ASSERT_TRUE(sample().write(folder.path() / "s"));
    const auto opened = Snapshot::open(folder.path() / "s");
    ASSERT_TRUE(opened);
    const Snapshot& s = opened.value();
    ASSERT_EQ(s.size(), 4u);
    EXPECT_EQ(s.field("level"), 1);
    EXPECT_EQ(s.field("absent"), -1);
    EXPECT_EQ(s.fieldType(1), FieldType::integer);
    EXPECT_EQ(s.source(), "areas.gpkg|layername=grids");
    EXPECT_EQ(s.sha256(), "00ff");
    EXPECT_EQ(s.shape(0), Shape::polygon);
    ASSERT_EQ(s.partCount(0), 2u);
    EXPECT_FALSE(s.part(0, 0).hole);
    EXPECT_TRUE(s.part(0, 1).hole);
    EXPECT_EQ(s.part(0, 1).points[1], (Point{2, 4}));
    EXPECT_EQ(s.box(0), (Box{0, 0, 10, 10}));
    EXPECT_EQ(s.shape(1), Shape::none);
    EXPECT_EQ(s.partCount(1), 0u);
    EXPECT_TRUE(s.box(1).empty());
    EXPECT_TRUE(s.isNull(1, 0));
    EXPECT_FALSE(s.isNull(1, 1));
    EXPECT_EQ(s.text(1, 1), "");
    EXPECT_TRUE(s.isNull(0, -1));
    EXPECT_EQ(s.text(2, 0), "南通");
    EXPECT_EQ(s.row(2), 5);
    EXPECT_EQ(s.part(2, 0).points[0], (Point{3, 4}));
    EXPECT_EQ(s.partCount(3), 2u);
    EXPECT_EQ(s.extent(), (Box{-5, 0, 10, 40}));
    ASSERT_EQ(s.findings().size(), 1u);
    EXPECT_EQ(s.findings()[0].message, (Message{"nullGeometry", {{"a", "b"}}}));
    EXPECT_EQ(s.findings()[0].row, 1);
}

TEST(Snapshot, EmptyOneIsASnapshotToo) {
    const TemporaryFolder folder;
    ASSERT_TRUE(SnapshotBuilder("x", {}).write(folder.path() / "s"));
    const auto opened = Snapshot::open(folder.path() / "s");
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened.value().size(), 0u);
    EXPECT_TRUE(opened.value().extent().empty());
    EXPECT_EQ(Snapshot().size(), 0u);
}

TEST(Snapshot, MissingAndBrokenAreProblems) {
    const TemporaryFolder folder;
    EXPECT_EQ(Snapshot::open(folder.path() / "none").problem().message.code, "fileMissing");
    EXPECT_EQ(Snapshot::open(folder.path()).problem().message.code, "snapshotBroken");
    EXPECT_EQ(Snapshot::open(folder.write("empty", "")).problem().message.code, "snapshotBroken");
    EXPECT_EQ(Snapshot::open(folder.write("noise", std::string(4096, 'x'))).problem().message.code,
              "snapshotBroken");
}

TEST(Snapshot, EveryFlippedByteAndEveryCutIsFound) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "s";
    ASSERT_TRUE(sample().write(file));
    const std::string good = readAll(file);
    EXPECT_GT(walk(Snapshot::open(file).value()), 0u);
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x41);
        EXPECT_FALSE(Snapshot::open(folder.write("bad", bad))) << at;
    }
    for (std::size_t size = 0; size < good.size(); size += 7)
        EXPECT_FALSE(Snapshot::open(folder.write("cut", good.substr(0, size)))) << size;
}

TEST(SnapshotBuilder, ThousandFindingsOfAKindThenACount) {
    const TemporaryFolder folder;
    SnapshotBuilder builder("x", {});
    for (int i = 0; i < 2500; ++i)
        builder.find({Finding::Severity::warning, {"nullGeometry", {}}, "x", i, {}});
    ASSERT_TRUE(builder.write(folder.path() / "s"));
    const auto snapshot = Snapshot::open(folder.path() / "s").value();
    ASSERT_EQ(snapshot.findings().size(), 1001u);
    EXPECT_EQ(snapshot.findings().back().message.code, "findingsMore");
}
