// SPDX-License-Identifier: GPL-3.0-or-later
// Figures per area from a city's history, on the little city of two beats: what falls where, when, and how it changed.
#include "dispatch/area_statistics.h"
#include "road_city.h"

#include <cmath>

using namespace vedette;
using namespace vedette::dispatch;
using kit::Road;

namespace {

// Beat B0: 2 in the first week, 8 in the second; beat B1: 3 and 0; one outside the city, one of another category.
class Figures : public Road {
protected:
    void SetUp() override {
        Road::SetUp();
        std::string rows = "id,time,category,x,y\n";
        int id = 0;
        const auto happened = [&](const char* day, double lon, const char* category = "03.2") {
            rows += std::to_string(++id) + "," + day + " 09:30:00," + category + "," + layers::fixedText(lon, 6) + ",32.005\n";
        };
        for (int i = 0; i < 2; ++i)
            happened("2026-03-02", 120.505); // a Monday
        for (int i = 0; i < 8; ++i)
            happened("2026-03-10", 120.505);
        for (int i = 0; i < 3; ++i)
            happened("2026-03-03", 120.515);
        happened("2026-03-10", 120.9);
        happened("2026-03-10", 120.515, "44.1");
        write("history.csv", rows);
        write("workspace.toml", read("workspace.toml") + "[incidents]\nsource = \"history.csv\"\n");
    }
    Instant day(const char* text) { return *layers::parseTime(text, layers::TimeZone::named("Asia/Shanghai").value()); }
};

} // namespace

TEST_F(Figures, CountWhatFellIntoEachAreaOfThePeriod) {
    const auto city = this->city();
    StatisticsAsk ask;
    ask.from = day("2026-03-09 00:00:00"), ask.till = day("2026-03-16 00:00:00");
    ask.beforeFrom = day("2026-03-02 00:00:00"), ask.beforeTill = ask.from;
    ask.category = "03";
    const auto out = areaStatistics(*city, ask);
    ASSERT_EQ(out.rows.size(), 2u);
    EXPECT_EQ(out.incidents, 9u);
    EXPECT_EQ(out.outside, 1u);
    EXPECT_DOUBLE_EQ(out.days, 7);
    const auto &west = out.rows[0], &east = out.rows[1];
    EXPECT_EQ(west.count, 8u);
    EXPECT_EQ(west.before, 2u);
    EXPECT_EQ(east.count, 0u);
    EXPECT_EQ(east.before, 3u);
    EXPECT_NEAR(west.rate, 8 / west.km2 / 7, 1e-12);
    EXPECT_NEAR(west.km2, 0.945 * 2.219, 0.01); // 0.01 by 0.02 degrees at 32 north
    EXPECT_DOUBLE_EQ(*west.change.ratio, 4);
    EXPECT_DOUBLE_EQ(*east.change.ratio, 0);
    EXPECT_NEAR(east.change.chance, 0.25, 1e-12); // three heads or three tails
    EXPECT_LT(west.shrunk, west.rate);
    EXPECT_GT(east.shrunk, 0);
    EXPECT_EQ(out.clock[24 + 9], 9u); // a Tuesday, nine to ten
}

TEST_F(Figures, HoursThatAreLeftOutCountInTheClockOnly) {
    const auto city = this->city();
    StatisticsAsk ask;
    ask.from = day("2026-03-02 00:00:00"), ask.till = day("2026-03-16 00:00:00");
    ask.category = "03";
    ask.hours = *weekHours("9-10", "mon"); // the two of Monday the second
    const auto out = areaStatistics(*city, ask);
    EXPECT_EQ(out.incidents, 2u);
    EXPECT_EQ(out.rows[0].count, 2u);
    EXPECT_EQ(out.rows[1].count, 0u);
    EXPECT_EQ(out.clock[9], 2u);
    EXPECT_EQ(out.clock[24 + 9], 12u);
    EXPECT_DOUBLE_EQ(out.clockHours[24 + 9], 2) << "two weeks have two Tuesdays";
}

TEST(HoursOfWeek, AreAsManyAsThePeriodHas) {
    const auto zone = layers::TimeZone::named("Asia/Shanghai").value();
    const auto at = [&](const char* text) { return *layers::parseTime(text, zone); };
    EXPECT_EQ(hoursOfWeek(at("2026-03-02 00:00:00"), at("2026-03-02 00:00:00"), zone), (std::array<double, 168>{}));
    // Ten days from a Monday: two Mondays to Wednesdays, one of the others.
    const auto ten = hoursOfWeek(at("2026-03-02 00:00:00"), at("2026-03-12 00:00:00"), zone);
    for (std::size_t hour = 0; hour < 168; ++hour)
        EXPECT_DOUBLE_EQ(ten[hour], hour / 24 < 3 ? 2 : 1) << hour;
    const auto part = hoursOfWeek(at("2026-03-02 09:45:30"), at("2026-03-02 11:10:00"), zone);
    EXPECT_NEAR(part[9], 14.5 / 60, 1e-12);
    EXPECT_DOUBLE_EQ(part[10], 1);
    EXPECT_NEAR(part[11], 10.0 / 60, 1e-12);
    // Where clocks are set back one hour of a Sunday comes twice; set forward, not at all. And a zone of 45 minutes.
    const auto berlin = layers::TimeZone::named("Europe/Berlin").value();
    const auto autumn = hoursOfWeek(*layers::parseTime("2026-10-25 00:00:00", berlin),
                                    *layers::parseTime("2026-10-26 00:00:00", berlin), berlin);
    EXPECT_DOUBLE_EQ(autumn[6 * 24 + 2], 2);
    const auto spring = hoursOfWeek(*layers::parseTime("2026-03-29 00:00:00", berlin),
                                    *layers::parseTime("2026-03-30 00:00:00", berlin), berlin);
    EXPECT_DOUBLE_EQ(spring[6 * 24 + 2], 0);
    const auto nepal = layers::TimeZone::named("Asia/Kathmandu").value();
    const auto day = hoursOfWeek(*layers::parseTime("2026-03-02 00:00:00", nepal),
                                 *layers::parseTime("2026-03-03 00:00:00", nepal), nepal);
    for (std::size_t hour = 0; hour < 24; ++hour)
        EXPECT_DOUBLE_EQ(day[hour], 1) << hour;
}

TEST_F(Figures, TheHeatIsMadeOfWhatIsMeant) {
    const auto city = this->city();
    PastChoice choice{day("2026-03-02 00:00:00"), day("2026-03-16 00:00:00"), "03", allWeek()};
    EXPECT_EQ(heatPoints(*city, choice, false).size(), 14u);
    choice.hours = *weekHours("", "mon");
    const auto monday = heatPoints(*city, choice, true);
    ASSERT_EQ(monday.size(), 2u);
    EXPECT_NEAR(monday[0].ageDays, 14 - 9.5 / 24, 1e-9);
    EXPECT_EQ(monday[0].weight, severityWeight(3));
    const std::atomic<bool> stop{true};
    EXPECT_TRUE(heatPoints(*city, choice, false, &stop).empty());
}

TEST_F(Figures, AsALayerSayNothingWhereThereIsNothingToSay) {
    const auto city = this->city();
    StatisticsAsk ask;
    ask.from = day("2026-03-02 00:00:00"), ask.till = day("2026-03-16 00:00:00");
    const auto table = statisticsTable(*city, ask.kind, areaStatistics(*city, ask));
    ASSERT_EQ(table.rows.size(), 2u);
    const auto column = [&](const char* name) {
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (table.columns[i].name == name)
                return i;
        return table.columns.size();
    };
    EXPECT_EQ(table.rows[0].values.at(column("count")), "10");
    EXPECT_EQ(table.rows[0].values.at(column("spot")), "none");
    for (const char* name : {"before", "change", "change_p"})
        EXPECT_EQ(table.rows[0].values.at(column(name)), std::nullopt) << name;
}

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "read-source")
        return layers::readerMain(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
