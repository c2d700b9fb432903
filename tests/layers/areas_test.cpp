// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/areas.h"

#include "geos_oracle.h"
#include "make_snapshot.h"

#include <cmath>
#include <gmock/gmock.h>
#include <numbers>
#include <random>

using namespace vedette::layers;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

const std::vector<std::string> columns{"code", "name", "parent", "level", "beat"};

std::vector<std::string> codesAt(const Areas& areas, Point point) {
    std::vector<std::string> out;
    for (const AreaIndex i : areas.at(point))
        out.push_back(areas[i].code);
    return out;
}

std::vector<std::string> findingCodes(const std::vector<Finding>& findings) {
    std::vector<std::string> out;
    for (const Finding& finding : findings)
        out.push_back(finding.message.code);
    return out;
}

made::Row area(made::SnapshotBuilder::Ring ring, std::string code, std::string parent = "",
               std::string level = "1", std::string beat = "") {
    return {Shape::polygon, {std::move(ring)}, {code, "name of " + code, parent, level, beat}};
}

// A ring around a centre whose radius wanders: concave, with many vertices.
made::SnapshotBuilder::Ring wanderingRing(std::mt19937_64& random, Point centre, double radius, int vertices,
                                          bool hole) {
    made::SnapshotBuilder::Ring ring;
    ring.hole = hole;
    std::uniform_real_distribution<double> share(0.5, 1.0);
    for (int i = 0; i < vertices; ++i) {
        const double angle = (hole ? -1 : 1) * 2 * std::numbers::pi * i / vertices;
        const double r = radius * share(random);
        ring.points.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    ring.points.push_back(ring.points.front());
    return ring;
}

} // namespace

// A county that goes over the antimeridian in Mercator, or lies across half the Earth, would make the city as wide.
TEST(Areas, OneThatReachesAcrossTheWorldIsLeftOutAndNamed) {
    std::vector<Finding> findings;
    const auto grids = made::snapshot("grids", columns,
                                      {area(made::square(0, 0, 5), "g1"), area(made::square(-1.5e7, 0, 3e7), "g2"),
                                       area(made::square(0, 0, 9.9e6), "g3")});
    const Areas areas = Areas::build({{AreaKind::grid, grids}}, &findings);
    ASSERT_EQ(areas.size(), 2u);
    EXPECT_FALSE(areas.byCode("g2"));
    EXPECT_LT(areas.extent().width(), 1e7);
    ASSERT_THAT(findingCodes(findings), ElementsAre("areaAcrossTheWorld"));
    EXPECT_EQ(findings[0].object, "g2");
    EXPECT_EQ(findings[0].row, 1);
    EXPECT_TRUE(hasWording("areaAcrossTheWorld", Language::chinese));
}

TEST(Areas, NothingIsAnAnswerToo) {
    const Areas none;
    EXPECT_EQ(none.size(), 0u);
    EXPECT_THAT(none.at({0, 0}), IsEmpty());
    EXPECT_FALSE(none.nearest({0, 0}));
    EXPECT_TRUE(none.extent().empty());
    EXPECT_THAT(Areas::build({}).at({0, 0}), IsEmpty());
}

TEST(Areas, TheBoundaryBelongsAndSoDoesTheBoundaryOfAHole) {
    const auto snapshot = made::snapshot(
        "a", columns,
        {{Shape::polygon, {made::square(0, 0, 10), made::square(4, 4, 2, true)}, {"a", "a", "", "", ""}}});
    const Areas areas = Areas::build({{AreaKind::beat, snapshot}});
    for (const Point in : {Point{0, 0}, {10, 10}, {5, 0}, {0, 5}, {10, 3}, {1, 1}, {4, 4}, {5, 4}, {6, 5}})
        EXPECT_TRUE(areas.covers(0, in)) << in.x << " " << in.y;
    for (const Point out :
         {Point{5, 5}, {4.0000001, 4.0000001}, {-1e-12, 5}, {10.000001, 10}, {11, 0}, {5, -1}})
        EXPECT_FALSE(areas.covers(0, out)) << out.x << " " << out.y;
    EXPECT_THAT(areas.at({std::nan(""), 1}), IsEmpty());
}

TEST(Areas, TheMostResponsibleComesFirst) {
    const auto grids = made::snapshot(
        "grids", columns,
        {area(made::square(0, 0, 100), "g1", "", "1"), area(made::square(0, 0, 50), "g2", "", "2"),
         area(made::square(0, 0, 20), "g3b", "", "3"), area(made::square(0, 0, 20), "g3a", "", "3"),
         area(made::square(0, 0, 10), "mall", "", "exclusive")});
    const auto one = [&](const char* code) {
        return made::snapshot(code, columns, {area(made::square(0, 0, 100), code)});
    };
    const Areas areas = Areas::build({{AreaKind::city, one("city")},
                                      {AreaKind::bureau, one("bureau")},
                                      {AreaKind::station, one("station")},
                                      {AreaKind::county, one("county")},
                                      {AreaKind::community, one("community")},
                                      {AreaKind::township, one("township")},
                                      {AreaKind::beat, one("beat")},
                                      {AreaKind::grid, grids}});
    EXPECT_THAT(codesAt(areas, {5, 5}), ElementsAre("mall", "g3a", "g3b", "g2", "g1", "beat", "community",
                                                    "station", "township", "bureau", "county", "city"));
    EXPECT_EQ(areas[*areas.byCode("g2")].level, 2);
    EXPECT_EQ(areas[*areas.byCode(AreaKind::city, "city")].kind, AreaKind::city);
    EXPECT_FALSE(areas.byCode(AreaKind::grid, "city"));
}

TEST(Areas, AnAreaDrawnInTwoRowsIsNamedOnce) {
    std::vector<Finding> findings;
    const auto snapshot =
        made::snapshot("a", columns, {area(made::square(0, 0, 10), "a"), area(made::square(10, 0, 10), "a")});
    const Areas areas = Areas::build({{AreaKind::beat, snapshot}}, &findings);
    EXPECT_THAT(codesAt(areas, {10, 5}), ElementsAre("a"));
    EXPECT_THAT(codesAt(areas, {15, 5}), ElementsAre("a"));
    ASSERT_THAT(findingCodes(findings), ElementsAre("duplicateCode"));
    EXPECT_EQ(findings[0].row, 1);
    EXPECT_EQ(findings[0].object, "a");
}

TEST(Areas, WhatIsBrokenIsLeftOutAndNamed) {
    std::vector<Finding> findings;
    const auto beats = made::snapshot("beats", columns, {area(made::square(0, 0, 10), "b1")});
    const auto communities = made::snapshot("communities", columns, {area(made::square(0, 0, 10), "c1")});
    const auto grids = made::snapshot("grids", columns,
                                      {area(made::square(0, 0, 5), "g1", "c1", "2", "b1"),
                                       area(made::square(0, 0, 5), "", "c1", "1", "b1"),
                                       {Shape::none, {}, {"g3", "x", "c1", "1", "b1"}},
                                       {Shape::point, {{{{1, 1}}, false}}, {"g4", "x", "c1", "1", "b1"}},
                                       area(made::square(0, 0, 5), "g5", "nowhere", "1", "b1"),
                                       area(made::square(5, 5, 5), "g6", "c1", "1", ""),
                                       area(made::square(90, 90, 5), "g7", "c1", "1", ""),
                                       area(made::square(5, 0, 5), "g8", "c1", "7", "b9"),
                                       area(made::square(0, 5, 5), "g9", "c1", "", "b1")});
    const Areas areas = Areas::build(
        {{AreaKind::beat, beats}, {AreaKind::community, communities}, {AreaKind::grid, grids}}, &findings);
    EXPECT_THAT(findingCodes(findings),
                testing::UnorderedElementsAre("areaWithoutCode", "areaEmpty", "areaNotPolygon",
                                              "parentUnknown", "gridBeatDerived", "gridWithoutBeat",
                                              "gridLevelUnknown", "beatUnknown", "gridLevelMissing"));
    EXPECT_EQ(areas.size(), 8u);
    EXPECT_EQ(areas[*areas.byCode("g6")].beat, "b1");
    for (const Finding& finding : findings) {
        EXPECT_TRUE(hasWording(finding.message.code, Language::english)) << finding.message.code;
        EXPECT_EQ(finding.file, "grids");
        EXPECT_GE(finding.row, 0);
    }
}

TEST(Areas, TheNearestIsNearestByBoundary) {
    const auto snapshot =
        made::snapshot("a", columns,
                       {area(made::square(0, 0, 10), "a"), area(made::square(20, 0, 10), "b"),
                        area(made::square(0, 0, 10), "grid-like")});
    const Areas areas = Areas::build({{AreaKind::beat, snapshot}});
    EXPECT_EQ(areas[*areas.nearest({14, 5})].code, "a");
    EXPECT_EQ(areas[*areas.nearest({17, 5})].code, "b");
    EXPECT_EQ(areas[*areas.nearest({5, 5})].code, "a");
    EXPECT_EQ(areas[*areas.nearest({1e6, 1e6})].code, "b");
}

// 10,000 points: random ones, every kind of vertex, points on shared edges, in and on holes, in nested and
// exclusive areas. GEOS says which areas cover each.
TEST(Areas, AnswersAsGeosDoes) {
    std::mt19937_64 random(20261123);
    std::uniform_real_distribution<double> metre(0, 10000);
    std::vector<made::Row> tiles, wild, nested;
    std::vector<Point> points;
    // A torn net of tiles whose corners are shared and whose coordinates are not round.
    constexpr int side = 12;
    std::vector<Point> corners;
    for (int y = 0; y <= side; ++y)
        for (int x = 0; x <= side; ++x)
            corners.push_back({x * 833.3 + metre(random) / 40, y * 833.3 + metre(random) / 40});
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const auto at = [&](int dx, int dy) {
                return corners[static_cast<std::size_t>((y + dy) * (side + 1) + x + dx)];
            };
            made::SnapshotBuilder::Ring ring{{at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)}, false};
            tiles.push_back(area(ring, "t" + std::to_string(y * side + x)));
            // On the shared edge as nearly as doubles allow, and its exact middle and corners.
            const Point a = at(0, 0), b = at(1, 0), c = at(0, 1);
            for (const double t : {0.0, 0.5, 0.3, 1.0 / 3}) {
                points.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
                points.push_back({a.x + t * (c.x - a.x), a.y + t * (c.y - a.y)});
            }
        }
    for (int i = 0; i < 20; ++i) {
        const Point centre{metre(random), metre(random)};
        made::Row row{
            Shape::polygon,
            {wanderingRing(random, centre, 1500, 200, false), wanderingRing(random, centre, 300, 50, true)},
            {"w" + std::to_string(i), "", "", "", ""}};
        for (const auto& ring : row.rings)
            for (std::size_t p = 0; p + 1 < ring.points.size(); p += 3) {
                points.push_back(ring.points[p]);
                const Point a = ring.points[p], b = ring.points[p + 1];
                points.push_back({(a.x + b.x) / 2, (a.y + b.y) / 2});
            }
        wild.push_back(std::move(row));
    }
    for (int i = 0; i < 10; ++i) {
        const Point centre{std::round(metre(random)), std::round(metre(random))};
        for (int level = 1; level <= 4; ++level)
            nested.push_back(area(made::square(centre.x, centre.y, 2000.0 / level), // share two edges
                                  "n" + std::to_string(i) + "-" + std::to_string(level), "",
                                  level == 4 ? "exclusive" : std::to_string(level)));
        for (int step = 0; step < 40; ++step)
            points.push_back({centre.x + step * 25, centre.y + (step % 3) * 500});
    }
    while (points.size() < 10000)
        points.push_back({metre(random), metre(random)});

    const Areas areas = Areas::build({{AreaKind::beat, made::snapshot("tiles", columns, tiles)},
                                      {AreaKind::station, made::snapshot("wild", columns, wild)},
                                      {AreaKind::grid, made::snapshot("nested", columns, nested)}});
    const GeosOracle oracle(areas);
    std::size_t covered = 0;
    for (const Point point : points) {
        auto ours = areas.at(point);
        covered += ours.size();
        std::sort(ours.begin(), ours.end());
        ASSERT_EQ(ours, oracle.covering(point)) << std::hexfloat << point.x << " " << point.y;
    }
    EXPECT_GT(covered, 20000u);
}

TEST(Areas, TheTopologyCheckNamesBothSidesOfAnOverlapAndOfAGap) {
    const auto snapshot = made::snapshot(
        "b", columns,
        {area(made::square(0, 0, 10), "a"), area(made::square(9, 0, 10), "b"), // 10 square metres twice
         area(made::square(0, 10, 10), "c"), area(made::square(0, 20, 10), "d"),
         area(made::square(40, 0, 10), "far"), area(made::square(50, 0, 10), "beside")});
    std::vector<Finding> findings = checkTopology(Areas::build({{AreaKind::beat, snapshot}}));
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].message.code, "areasOverlap");
    EXPECT_THAT(findings[0].message.args, Contains(testing::Pair("code", "a")));
    EXPECT_THAT(findings[0].message.args, Contains(testing::Pair("other", "b")));
    EXPECT_THAT(findings[0].message.args, Contains(testing::Pair("squareMetres", "10")));

    // Four bars round a hole of 10 x 10.
    const auto bar = [](double x, double y, double width, double height) {
        return made::SnapshotBuilder::Ring{
            {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}}, false};
    };
    const auto holed = made::snapshot("h", columns,
                                      {area(bar(0, 0, 30, 10), "south"), area(bar(0, 10, 10, 10), "west"),
                                       area(bar(20, 10, 10, 10), "east"), area(bar(0, 20, 30, 10), "north")});
    findings = checkTopology(Areas::build({{AreaKind::beat, holed}}));
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].message.code, "areasGap");
    EXPECT_THAT(findings[0].message.args, Contains(testing::Pair("squareMetres", "100")));

    // Grids of different levels lie on each other by design.
    const auto levels =
        made::snapshot("l", columns,
                       {area(made::square(0, 0, 10), "1", "", "1"), area(made::square(0, 0, 5), "2", "", "2"),
                        area(made::square(0, 0, 3), "x", "", "exclusive")});
    EXPECT_THAT(checkTopology(Areas::build({{AreaKind::grid, levels}})), IsEmpty());
}
