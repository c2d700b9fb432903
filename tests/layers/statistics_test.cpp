// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/statistics.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>

using namespace vedette::layers;

// Published examples of other programs: PySAL's guide to rate smoothing and its docstring of G_Local, R's help
// page of poisson.test.
TEST(Statistics, ShrunkRatesArePySALs) {
    const std::vector<double> events{18, 5, 8, 7, 3, 8}, exposure{190, 45, 45, 50, 160, 150};
    const auto rates = shrunkRates(events, exposure);
    const double published[] = {0.09080775, 0.09252352, 0.12332267, 0.10753624, 0.03301368, 0.05934766};
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_NEAR(rates.shrunk[i], published[i], 5e-9) << i;
    EXPECT_NEAR(rates.mean, 49.0 / 640, 1e-15);
}

TEST(Statistics, HotSpotsArePySALs) {
    const std::vector<Point> points{{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}};
    const std::vector<double> values{2, 3, 3.2, 5, 8, 7};
    const auto z = hotSpots(values, neighboursWithin(points, 15));
    const double published[] = {-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331};
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_NEAR(z[i], published[i], 5e-9) << i;
}

TEST(Statistics, AChangeIsRsPoissonTest) {
    const auto one = change(6 + 8 + 7, 1083 + 1050 + 878, 11, 800);
    EXPECT_NEAR(one.chance, 0.07967, 5e-6);
    EXPECT_NEAR(*one.ratio, 1.971488, 5e-7);
}

TEST(Statistics, ANormalValueOf196IsOneInTwenty) {
    EXPECT_NEAR(chanceOf(1.959963984540054), 0.05, 1e-12);
    EXPECT_NEAR(chanceOf(-2.5758293035489), 0.01, 1e-12);
    EXPECT_EQ(chanceOf(0), 1);
}

// Benjamini and Hochberg's own table (1995, section 3.2): fifteen tests, four believed at 0.05.
TEST(Statistics, FourOfFifteenAreBelieved) {
    const std::vector<double> chances{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                      0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    const auto believed = believable(chances, 0.05);
    for (std::size_t i = 0; i < chances.size(); ++i)
        EXPECT_EQ(believed[i], i < 4) << i;
}

// R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "BH") gives 0.05 five times; ranks and ties by the definition.
TEST(Statistics, FalseSharesAreRsAdjustedChances) {
    for (const double q : falseShares(std::vector{0.03, 0.01, 0.05, 0.02, 0.04}))
        EXPECT_NEAR(q, 0.05, 1e-12);
    EXPECT_TRUE(falseShares({}).empty());
    const std::vector<double> chances{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                      0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    const auto q = falseShares(chances);
    for (std::size_t i = 0; i < chances.size(); ++i) {
        double least = 1; // over every later rank
        for (std::size_t j = i; j < chances.size(); ++j)
            least = std::min(least, chances[j] * 15 / static_cast<double>(j + 1));
        EXPECT_DOUBLE_EQ(q[i], least);
        for (const double rate : {0.01, 0.05, 0.1})
            EXPECT_EQ(believable(chances, rate)[i], q[i] <= rate) << i;
    }
}

TEST(Statistics, NothingToSayIsSaidSo) {
    EXPECT_TRUE(shrunkRates({}, {}).raw.empty());
    const auto bare = shrunkRates(std::vector{3.0, 1.0}, std::vector{0.0, 4.0});
    EXPECT_TRUE(std::isnan(bare.raw[0]));
    EXPECT_EQ(bare.shrunk[0], 0.25);
    const auto none = change(0, 10, 0, 10);
    EXPECT_FALSE(none.ratio);
    EXPECT_EQ(none.chance, 1);
    EXPECT_FALSE(change(0, 10, 4, 10).ratio);
    const std::vector<double> equal(5, 2.0);
    EXPECT_EQ(hotSpots(equal, Neighbours(5)), std::vector<double>(5, 0.0));
}

RC_GTEST_PROP(Statistics, AShrunkRateLiesBetweenItsOwnAndTheMean, ()) {
    const auto n = *rc::gen::inRange<std::size_t>(1, 40);
    std::vector<double> events, exposure;
    for (std::size_t i = 0; i < n; ++i) {
        events.push_back(*rc::gen::inRange(0, 100));
        exposure.push_back(*rc::gen::inRange(1, 1000));
    }
    const auto rates = shrunkRates(events, exposure);
    for (std::size_t i = 0; i < n; ++i) {
        RC_ASSERT(rates.shrunk[i] >= std::min(rates.raw[i], rates.mean) - 1e-12);
        RC_ASSERT(rates.shrunk[i] <= std::max(rates.raw[i], rates.mean) + 1e-12);
    }
}

RC_GTEST_PROP(Statistics, NeighboursAreThoseNearEnough, ()) {
    const auto n = *rc::gen::inRange<std::size_t>(0, 40);
    std::vector<Point> points;
    for (std::size_t i = 0; i < n; ++i)
        points.push_back({static_cast<double>(*rc::gen::inRange(0, 50)), static_cast<double>(*rc::gen::inRange(0, 50))});
    const double metres = *rc::gen::inRange(1, 30);
    const auto found = neighboursWithin(points, metres);
    for (std::uint32_t i = 0; i < n; ++i)
        for (std::uint32_t j = 0; j < n; ++j) {
            const double dx = points[i].x - points[j].x, dy = points[i].y - points[j].y;
            RC_ASSERT(std::ranges::binary_search(found[i], j) == (i != j && std::sqrt(dx * dx + dy * dy) <= metres));
        }
}

RC_GTEST_PROP(Statistics, TheReachOfAllIsTheShortestThatLeavesNobodyAlone, ()) {
    const auto n = *rc::gen::inRange<std::size_t>(2, 30);
    std::vector<Point> points;
    for (std::size_t i = 0; i < n; ++i)
        points.push_back({static_cast<double>(*rc::gen::inRange(0, 100)), static_cast<double>(*rc::gen::inRange(0, 100))});
    double longest = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double nearest = 1e9;
        for (std::size_t j = 0; j < n; ++j)
            if (i != j)
                nearest = std::min(nearest, std::hypot(points[i].x - points[j].x, points[i].y - points[j].y));
        longest = std::max(longest, nearest);
    }
    RC_ASSERT(reachOfAll(points) == longest);
}

// A surface that knows where things will happen finds them all with as little ground as can be; one that is
// turned round finds none.
TEST(Statistics, ASurfaceThatKnowsIsWorthTheMost) {
    HeatSurface surface{{0, 0, 100, 100}, 10, 10, std::vector<float>(100, 0.0F), 9};
    std::vector<Point> later;
    std::mt19937 random(7);
    for (int row = 0; row < 10; ++row)
        for (int column = 0; column < 10; ++column) {
            const int many = row < 2 && column < 5 ? 1 + row + column : 0; // ten cells of a hundred
            surface.values[static_cast<std::size_t>(row * 10 + column)] = static_cast<float>(many);
            for (int i = 0; i < many; ++i)
                later.push_back({column * 10 + 1.0 + static_cast<double>(random() % 8), 100 - row * 10 - 1.0 - static_cast<double>(random() % 8)});
        }
    later.push_back({-5, 5});
    const auto knows = backTest(surface, later, 0.1);
    EXPECT_DOUBLE_EQ(knows.areaShare, 0.1);
    EXPECT_DOUBLE_EQ(knows.hitShare, 1);
    EXPECT_DOUBLE_EQ(knows.pai, 10);
    EXPECT_DOUBLE_EQ(knows.pei, 1);
    EXPECT_EQ(knows.outside, 1U);
    const auto curve = backTestCurve(surface, later, 20);
    ASSERT_EQ(curve.area.size(), 21U);
    EXPECT_EQ(curve.events, knows.events);
    for (std::size_t i = 1; i < curve.area.size(); ++i) { // each step is the test at that share
        const auto there = backTest(surface, later, curve.area[i]);
        EXPECT_DOUBLE_EQ(curve.area[i], there.areaShare);
        EXPECT_DOUBLE_EQ(curve.hit[i], there.hitShare);
        EXPECT_NEAR(curve.hit[i] / curve.best[i], there.pei, 1e-12);
    }
    EXPECT_EQ(curve.hit[0], 0);
    EXPECT_DOUBLE_EQ(curve.hit.back(), 1);
    for (float& value : surface.values)
        value = -value;
    const auto blind = backTest(surface, later, 0.1);
    EXPECT_EQ(blind.pai, 0);
    EXPECT_EQ(blind.pei, 0);
    EXPECT_DOUBLE_EQ(backTest(surface, later, 1).pai, 1);
}
