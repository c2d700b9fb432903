// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/roads.h"

#include "make_snapshot.h"

#include <cmath>
#include <gmock/gmock.h>
#include <random>

using namespace vedette::layers;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

const std::vector<std::string> columns{"name", "class", "speed", "oneway"};

made::Row road(std::vector<Point> points, std::string name, std::string speed = "36",
               std::string oneway = "") {
    return {Shape::line, {{std::move(points), false}}, {name, "residential", speed, oneway}};
}

Roads roads(const std::vector<made::Row>& rows) {
    return Roads::build({made::snapshot("roads", columns, rows)});
}

// Every pair's shortest seconds, by Floyd and Warshall.
std::vector<std::vector<double>> allPairs(const Roads& net) {
    const std::size_t n = net.nodeCount();
    std::vector<std::vector<double>> seconds(n, std::vector<double>(n, INFINITY));
    for (Roads::Node i = 0; i < n; ++i) {
        seconds[i][i] = 0;
        for (const auto& edge : net.edgesFrom(i))
            seconds[i][edge.to] =
                std::min(seconds[i][edge.to], static_cast<double>(edge.metres / edge.metresPerSecond));
    }
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                seconds[i][j] = std::min(seconds[i][j], seconds[i][k] + seconds[k][j]);
    return seconds;
}

double length(const std::vector<Point>& line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return sum;
}

} // namespace

TEST(Roads, NoneIsANetworkToo) {
    EXPECT_EQ(Roads().nodeCount(), 0u);
    EXPECT_FALSE(Roads().nearestNode({0, 0}));
    EXPECT_THAT(Roads().path({0, 0}, {1, 1}), IsEmpty());
    EXPECT_THAT(Roads().crossings(), IsEmpty());
}

TEST(Roads, LinesAreJoinedWhereVerticesCoincideWithinADecimetreOnly) {
    const Roads net = roads({road({{0, 0}, {100, 0}, {200, 0}}, "a"), road({{100.05, 0.05}, {100, 100}}, "b"),
                             road({{150, -50}, {150, 50}}, "bridge")});
    EXPECT_EQ(net.nodeCount(), 6u);
    EXPECT_NEAR(length(net.path({0, 0}, {100, 100})), 200, 0.2);
    EXPECT_THAT(net.path({0, 0}, {150, 50}), IsEmpty()); // no vertex there: it passes above
    ASSERT_EQ(net.crossings().size(), 1u);
    EXPECT_EQ(net.crossings()[0].first, "a");
    EXPECT_EQ(net.crossings()[0].second, "b");
}

TEST(Roads, OneWayIsKeptInBothSpellings) {
    const Roads forward =
        roads({road({{0, 0}, {50, 5}, {100, 0}}, "a", "36", "One way (Digitizing direction)")});
    EXPECT_EQ(forward.path({0, 0}, {100, 0}).size(), 3u);
    EXPECT_THAT(forward.path({100, 0}, {0, 0}), IsEmpty());
    for (const char* word : {"-1", "One way (Against digitizing direction)"}) {
        const Roads against = roads({road({{0, 0}, {50, 5}, {100, 0}}, "a", "36", word)});
        EXPECT_THAT(against.path({0, 0}, {100, 0}), IsEmpty()) << word;
        EXPECT_THAT(against.path({100, 0}, {0, 0}), ElementsAre(Point{100, 0}, Point{50, 5}, Point{0, 0}));
    }
    EXPECT_EQ(roads({road({{0, 0}, {9, 0}}, "a", "36", "Two way")}).path({9, 0}, {0, 0}).size(), 2u);
}

TEST(Roads, TheFasterWayIsTakenNotTheShorter) {
    const Roads net = roads({road({{0, 0}, {100, 0}}, "slow", "10"), road({{0, 0}, {50, 80}}, "fast", "100"),
                             road({{50, 80}, {100, 0}}, "fast", "100")});
    EXPECT_THAT(net.path({0, 0}, {100, 0}), ElementsAre(Point{0, 0}, Point{50, 80}, Point{100, 0}));
}

TEST(Roads, PathsTakeAsLongAsTheShortestOfAllPairs) {
    std::mt19937_64 random(11);
    std::uniform_real_distribution<double> shift(-30, 30);
    std::uniform_int_distribution<int> speed(10, 90), kind(0, 9);
    constexpr int side = 7;
    std::vector<Point> corners;
    for (int i = 0; i < side * side; ++i)
        corners.push_back({(i % side) * 100 + shift(random), (i / side) * 100 + shift(random)});
    std::vector<made::Row> rows;
    const auto add = [&](int from, int to) {
        const int what = kind(random);
        if (what > 0)
            rows.push_back(
                road({corners[static_cast<std::size_t>(from)], corners[static_cast<std::size_t>(to)]}, "r",
                     std::to_string(speed(random)), what < 3 ? "yes" : "no"));
    };
    for (int i = 0; i < side * side; ++i) {
        if (i % side + 1 < side)
            add(i, i + 1);
        if (i / side + 1 < side)
            add(i, i + side);
    }
    const Roads net = roads(rows);
    const auto shortest = allPairs(net);
    for (Roads::Node from = 0; from < net.nodeCount(); from += 3)
        for (Roads::Node to = 0; to < net.nodeCount(); ++to) {
            const auto line = net.path(net.point(from), net.point(to));
            ASSERT_EQ(line.empty(), std::isinf(shortest[from][to]));
            double seconds = 0;
            for (std::size_t i = 1; i < line.size(); ++i) {
                float best = INFINITY;
                for (const auto& edge : net.edgesFrom(*net.nearestNode(line[i - 1])))
                    if (net.point(edge.to) == line[i])
                        best = std::min(best, edge.metres / edge.metresPerSecond);
                seconds += static_cast<double>(best);
            }
            if (!line.empty()) {
                ASSERT_NEAR(seconds, shortest[from][to], 0.001);
            }
        }
}
