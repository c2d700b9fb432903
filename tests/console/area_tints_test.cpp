// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/area_tints.h"

#include <gtest/gtest.h>

using namespace vedette;
using namespace vedette::console;

namespace {

dispatch::AreaStatistics rates(std::initializer_list<double> shrunk) {
    dispatch::AreaStatistics out;
    out.days = 30;
    for (const double rate : shrunk) {
        dispatch::AreaStatistics::Row row;
        row.area = static_cast<layers::AreaIndex>(out.rows.size() * 2); // others lie between
        row.rate = row.shrunk = rate;
        out.rows.push_back(row);
    }
    return out;
}

} // namespace

TEST(AreaTints, ClassesHalveFromARoundFigureAndTheLowestHasNoColour) {
    const auto made = tinted({}, rates({0.4, 0.11, 0.02, 0.0001}), map::Theme::dark);
    ASSERT_EQ(made.legend.size(), 5u);
    EXPECT_EQ(made.legend.front().words, QStringLiteral("≥ 0.15"));
    ASSERT_EQ(made.tints->areas.size(), 3u);
    EXPECT_EQ(made.tints->areas[0], (std::pair<layers::AreaIndex, QColor>(0, made.legend[0].colour)));
    EXPECT_EQ(made.tints->areas[1], (std::pair<layers::AreaIndex, QColor>(2, made.legend[1].colour)));
    EXPECT_EQ(made.tints->areas[2], (std::pair<layers::AreaIndex, QColor>(4, made.legend[3].colour)));
}

TEST(AreaTints, OnlySpotsThatMayBeBelievedAreShown) {
    auto statistics = rates({1, 1, 1});
    statistics.rows[0].spot = dispatch::Spot::hot, statistics.rows[0].z = 4;
    statistics.rows[2].spot = dispatch::Spot::cold;
    const auto made = tinted({Measure::spots}, statistics, map::Theme::light);
    ASSERT_EQ(made.tints->areas.size(), 2u);
    EXPECT_EQ(made.tints->areas[0].second, made.legend[0].colour);
    EXPECT_EQ(made.tints->areas[1].second, made.legend[1].colour);
    EXPECT_TRUE(figuresOf(made, 0).contains(QStringLiteral("hot (z 4.0)"))) << figuresOf(made, 0).toStdString();
    EXPECT_EQ(figuresOf(made, 1), QString()); // of another kind
}

TEST(AreaTints, AChangeThatMayBeChanceIsLeftOutAndNoneIsMadeUp) {
    auto statistics = rates({1, 1, 1, 1});
    statistics.daysBefore = 30;
    statistics.rows[0].change = {3.0, 0.001};
    statistics.rows[1].change = {3.0, 0.2};
    statistics.rows[2].change = {0.4, 0.01};
    statistics.rows[3].change = {std::nullopt, 0.01}; // nothing before
    auto made = tinted({Measure::change}, statistics, map::Theme::dark);
    ASSERT_EQ(made.tints->areas.size(), 3u);
    EXPECT_EQ(made.tints->areas[0].second, made.legend[0].colour);
    EXPECT_EQ(made.tints->areas[1].second, made.legend[3].colour);
    EXPECT_EQ(made.tints->areas[2].second, made.legend[0].colour);
    statistics.daysBefore = 0;
    made = tinted({Measure::change}, statistics, map::Theme::dark);
    EXPECT_TRUE(made.tints->areas.empty());
    EXPECT_TRUE(made.legend.empty());
}
