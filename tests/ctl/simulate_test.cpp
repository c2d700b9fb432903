// SPDX-License-Identifier: GPL-3.0-or-later
#include "field_play.h"

#include "make_snapshot.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <fstream>
#include <set>

namespace vedette::ctl {
namespace {

using nlohmann::json;

std::shared_ptr<const dispatch::City> smallCity() {
    auto crs = layers::WorkingCrs::named("EPSG:4549");
    auto city = std::make_shared<dispatch::City>(crs.value(), layers::TimeZone::utc());
    dispatch::UnitFacts officer;
    officer.id.text = "U0001";
    officer.post = {121.20, 32.02};
    city->roll = std::make_shared<const dispatch::Roll>(std::vector{officer});
    std::vector<made::Row> rows;
    for (int hour = 0; hour < 24; ++hour)
        rows.push_back({layers::Shape::point,
                        {{{city->crs.toWorking({121.21, 32.03})}, false}},
                        {"H" + std::to_string(hour), "03.2",
                         layers::isoUtc(layers::Instant{} + std::chrono::hours(hour))}});
    const auto table = made::snapshot("incidents.csv", {"id", "category", "time"}, rows);
    city->history = layers::Later(dispatch::History::build({{table, {}}}, city->zone));
    return city;
}

const layers::Instant noon = layers::Instant{} + std::chrono::hours(24 * 20000 + 12);

SimulateSettings answerOnly() {
    SimulateSettings settings;
    settings.incidents = false;
    settings.patrol = false;
    return settings;
}

std::string assign(const std::string& id, const std::string& ticket, const std::string& unit = "U0001") {
    return json{{"type", "order"}, {"id", id},      {"action", "assign"}, {"ticket", ticket},
                {"unit", unit},    {"lon", 121.21}, {"lat", 32.03}}
        .dump();
}

std::vector<json> played(FieldPlay& play, double from, double till) {
    std::vector<json> out;
    for (double t = from; t <= till; t += 5) {
        play.step(t, noon + std::chrono::seconds(static_cast<int>(t)));
        for (const std::string& line : play.takeLines())
            out.push_back(json::parse(line));
    }
    return out;
}

std::vector<std::string> statuses(const std::vector<json>& lines, const std::string& ticket) {
    std::vector<std::string> out;
    for (const json& line : lines)
        if (line.value("ticket", "") == ticket)
            out.push_back(line.at("status"));
    return out;
}

TEST(Field, AnswersAnOrderThroughEveryStepInOrder) {
    FieldPlay play(smallCity(), answerOnly(), noon);
    play.order(assign("o1", "T1001"));
    const auto lines = played(play, 0, 7200);
    EXPECT_EQ(statuses(lines, "T1001"),
              (std::vector<std::string>{"accepted", "enroute", "onscene", "handled"}));
    int positions = 0;
    for (const json& line : lines)
        positions += line.at("type") == "position" ? 1 : 0;
    EXPECT_GT(positions, 5); // it was seen on its way
    EXPECT_EQ(lines.back().at("type"), "feedback");
}

TEST(Field, TakesASecondOrderAfterTheFirstAndARepeatedOneOnce) {
    FieldPlay play(smallCity(), answerOnly(), noon);
    play.order(assign("o1", "T1001"));
    play.order(assign("o1", "T1001"));
    play.order(assign("o2", "T1002"));
    const auto lines = played(play, 0, 10800);
    EXPECT_EQ(statuses(lines, "T1001").size(), 4u);
    EXPECT_EQ(statuses(lines, "T1002").size(), 4u);
    EXPECT_EQ(play.counts.orders, 2u);
}

TEST(Field, StopsWhenReleased) {
    FieldPlay play(smallCity(), answerOnly(), noon);
    play.order(assign("o1", "T1001"));
    auto before = played(play, 0, 100);
    play.order(json{{"id", "o2"}, {"action", "release"}, {"ticket", "T1001"}, {"unit", "U0001"}}.dump());
    const auto after = played(play, 105, 7200);
    EXPECT_FALSE(statuses(before, "T1001").empty());
    EXPECT_TRUE(statuses(after, "T1001").empty());
}

TEST(Field, SendsAUnitNoListKnows) {
    FieldPlay play(smallCity(), answerOnly(), noon);
    play.order(assign("o1", "T1001", "X9"));
    EXPECT_EQ(statuses(played(play, 0, 7200), "T1001").size(), 4u);
}

TEST(Field, CountsWhatIsNoOrder) {
    FieldPlay play(smallCity(), answerOnly(), noon);
    for (const char* line : {"", "{", "[1]", "{\"action\":\"assign\"}",
                             "{\"action\":\"assign\",\"ticket\":\"T1\",\"unit\":\"U0001\",\"lon\":\"east\"}"})
        play.order(line);
    EXPECT_EQ(play.counts.unreadableOrders, 5u);
    EXPECT_TRUE(played(play, 0, 600).empty());
}

TEST(Field, SameSeedPlaysTheSameApartFromIds) {
    SimulateSettings settings;
    settings.incidentsPerHour = 60;
    const auto run = [&](int startSecond) {
        FieldPlay play(smallCity(), settings, noon + std::chrono::seconds(startSecond));
        play.order(assign("o1", "T1001"));
        auto lines = played(play, 0, 3600);
        std::set<std::string> ids;
        for (json& line : lines)
            if (line.contains("id")) {
                EXPECT_TRUE(ids.insert(line.at("id")).second);
                line.erase("id");
            }
        return std::pair(lines, ids);
    };
    const auto [one, idsOne] = run(0);
    const auto [two, idsTwo] = run(1);
    EXPECT_EQ(one, two);
    EXPECT_GT(one.size(), 60u);
    for (const std::string& id : idsOne)
        EXPECT_FALSE(idsTwo.contains(id)) << "an id of another run";
}

TEST(OrderTail, SkipsWhatStoodThereAndWaitsForTheEndOfALine) {
    const auto file =
        std::filesystem::path(testing::TempDir()) / ("orders-" + std::to_string(getpid()) + ".ndjson");
    std::ofstream(file) << "old\nhalf";
    OrderTail tail(file, false);
    EXPECT_TRUE(tail.lines().empty());
    std::ofstream(file, std::ios::app) << " line\nnew\nbeg";
    EXPECT_EQ(tail.lines(), (std::vector<std::string>{"half line", "new"}));
    std::ofstream(file, std::ios::app) << "un\n";
    EXPECT_EQ(tail.lines(), std::vector<std::string>{"begun"});
    std::ofstream(file) << "anew\n"; // cut and begun again
    EXPECT_EQ(tail.lines(), std::vector<std::string>{"anew"});
    OrderTail all(file, true);
    EXPECT_EQ(all.lines(), std::vector<std::string>{"anew"});
    std::filesystem::remove(file);
}

TEST(OrderTail, WaitsForAFileThatIsNotThereYet) {
    const auto file =
        std::filesystem::path(testing::TempDir()) / ("later-" + std::to_string(getpid()) + ".ndjson");
    std::filesystem::remove(file);
    OrderTail tail(file, false);
    EXPECT_TRUE(tail.lines().empty());
    std::ofstream(file) << "first\n";
    EXPECT_EQ(tail.lines(), std::vector<std::string>{"first"});
    std::filesystem::remove(file);
}

} // namespace
} // namespace vedette::ctl
