// SPDX-License-Identifier: GPL-3.0-or-later
#include "borders.h"

#include "lattice_city.h"
#include "simplify.h"

#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

namespace vedette::map {
namespace {

using layers::Point;
using test::box;

Borders bordersOf(const std::vector<test::Ring>& rings) {
    std::vector<std::span<const Point>> spans;
    for (const auto& ring : rings)
        spans.push_back(ring.points);
    return Borders::of(spans);
}

double length(const Borders& borders) {
    double sum = 0;
    for (const auto& arc : borders.arcs()) {
        const auto points = borders.points(arc);
        for (std::size_t i = 1; i < points.size(); ++i)
            sum += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    }
    return sum;
}

// Winding number of the outline around a point, simplified to a tolerance.
int winding(const Borders& borders, Point p, float tolerance = -1) {
    int number = 0;
    for (const auto& loop : borders.outline()) {
        std::vector<Point> way;
        for (const auto& step : loop.steps) {
            const auto& arc = borders.arcs()[step.arc];
            std::vector<Point> part;
            for (std::size_t i = 0; i < arc.count; ++i)
                if (borders.strays(arc)[i] > tolerance)
                    part.push_back(borders.points(arc)[i]);
            if (step.backwards)
                std::reverse(part.begin(), part.end());
            way.insert(way.end(), part.begin(), part.end());
        }
        for (std::size_t i = 0; i < way.size(); ++i) {
            const Point a = way[i], b = way[(i + 1) % way.size()];
            if ((a.y <= p.y) == (b.y <= p.y))
                continue;
            const double side = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
            if (b.y > a.y && side > 0)
                ++number;
            if (b.y <= a.y && side < 0)
                --number;
        }
    }
    return number;
}

TEST(Borders, nothingGivesNothing) {
    EXPECT_TRUE(Borders::of({}).arcs().empty());
    const std::vector<Point> one{{1, 1}}, two{{1, 1}, {2, 2}, {1, 1}};
    EXPECT_TRUE(Borders::of({std::span(one), std::span(two)}).arcs().empty());
    const double nan = std::nan("");
    const std::vector<Point> broken{{nan, nan}, {nan, 1}, {2, nan}, {nan, nan}};
    EXPECT_TRUE(Borders::of({std::span(broken)}).arcs().empty());
}

TEST(Borders, aSharedBorderIsOneLine) {
    const auto borders = bordersOf({box(0, 0, 10, 10), box(10, 0, 20, 10)});
    EXPECT_DOUBLE_EQ(length(borders), 70); // two boxes of 40, less the 10 they share
    EXPECT_EQ(borders.arcs().size(), 3u);
    EXPECT_EQ(borders.outline().size(), 1u);
}

TEST(Borders, neighboursAMillimetreApartStillShare) {
    const auto borders = bordersOf({box(0, 0, 10, 10), box(10.001, 0, 20, 10)});
    EXPECT_NEAR(length(borders), 70, 0.01);
}

TEST(Borders, aHoleStaysOpenUntilItsIslandFillsIt) {
    const auto ring = bordersOf({box(0, 0, 30, 30), box(10, 10, 20, 20, true)});
    EXPECT_EQ(winding(ring, {5, 5}), 1);
    EXPECT_EQ(winding(ring, {15, 15}), 0);
    const auto filled = bordersOf({box(0, 0, 30, 30), box(10, 10, 20, 20, true), box(10, 10, 20, 20)});
    EXPECT_EQ(winding(filled, {15, 15}), 1);
    EXPECT_DOUBLE_EQ(length(filled), 160); // the island's border once
}

TEST(Borders, areasOnTopOfEachOtherAreStillCovered) {
    const auto borders = bordersOf({box(0, 0, 20, 20), box(5, 5, 15, 15), box(0, 0, 20, 20)});
    EXPECT_NE(winding(borders, {10, 10}), 0);
    EXPECT_NE(winding(borders, {2, 2}), 0);
    EXPECT_EQ(winding(borders, {25, 10}), 0);
}

TEST(Borders, aCityWithoutGapsHasOneOutlineAndStaysClosedAtEveryScale) {
    const auto city = test::latticeCity(12, 9, 400, 9);
    std::vector<std::span<const Point>> rings;
    for (std::size_t i = 0; i < city.areas.size(); ++i) {
        const auto& area = city.areas[layers::AreaIndex(i)];
        if (area.kind == layers::AreaKind::grid)
            rings.push_back(city.areas.layers()[area.source].snapshot.part(area.feature, 0).points);
    }
    const auto borders = Borders::of(rings);
    // Euler: a 12 x 9 lattice has 12 * 10 + 13 * 9 edges; the four outer corners belong to one grid each and
    // are no junctions, so each joins two of them.
    EXPECT_EQ(borders.arcs().size(), 12u * 10 + 13 * 9 - 4);
    ASSERT_EQ(borders.outline().size(), 1u);
    for (const float tolerance : {-1.f, 1.f, 20.f, 200.f})
        for (int y = 1; y < 8; ++y)
            for (int x = 1; x < 11; ++x) {
                EXPECT_EQ(winding(borders, {x * 400 + 200.3, y * 400 + 200.7}, tolerance), 1);
            }
}

RC_GTEST_PROP(StrayDistances, whatIsLeftOutLiesWithinTheTolerance, ()) {
    const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(-50, 50), rc::gen::inRange(-50, 50)));
    std::vector<Point> line{{0, 0}};
    for (const auto& [dx, dy] : steps)
        line.push_back({line.back().x + dx, line.back().y + dy});
    std::vector<float> strays(line.size());
    strayDistances(line, strays);
    const double tolerance = *rc::gen::inRange(1, 60);
    std::vector<Point> kept;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (strays[i] > tolerance)
            kept.push_back(line[i]);
    RC_ASSERT(kept.front() == line.front() && kept.back() == line.back());
    for (const Point p : line) {
        double nearest = kept.size() == 1 ? std::hypot(p.x - kept[0].x, p.y - kept[0].y) : 1e300;
        for (std::size_t i = 1; i < kept.size(); ++i) {
            const Point a = kept[i - 1], b = kept[i];
            const double l2 = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
            const double t =
                l2 > 0 ? std::clamp(((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / l2, 0.0, 1.0)
                       : 0;
            nearest = std::min(nearest, std::hypot(p.x - a.x - t * (b.x - a.x), p.y - a.y - t * (b.y - a.y)));
        }
        RC_ASSERT(nearest <= tolerance * 1.0001);
    }
}

} // namespace
} // namespace vedette::map
