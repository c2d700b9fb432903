// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/history.h"

#include "make_snapshot.h"

#include <gtest/gtest.h>

namespace vedette::dispatch {
namespace {

using layers::Finding;
using layers::Instant;
using layers::Shape;

const layers::TimeZone shanghai = layers::TimeZone::named("Asia/Shanghai").value();

made::Row row(const char* id, const char* time, layers::Point at, const char* severity = "2") {
    return {Shape::point, {{{at}, false}}, {id, time, "03.2", severity, "loud"}};
}
layers::Snapshot table(const std::vector<made::Row>& rows) {
    return made::snapshot("calls.csv", {"id", "time", "category", "severity", "text"}, rows);
}

TEST(History, of_nothing_is_empty) {
    const History none;
    EXPECT_TRUE(none.empty());
    EXPECT_EQ(none.since(Instant{}), 0u);
    EXPECT_EQ(none.begin(), none.end());
    EXPECT_TRUE(History::build({}, shanghai).empty());
}

TEST(History, is_in_order_of_time_whatever_the_order_of_sources_and_rows) {
    layers::SourceSpec utc;
    utc.timeZone = "Etc/UTC";
    const History history = History::build(
        {{table({row("b", "2016-08-02 10:00:00", {2, 0}), row("a", "2016-08-01 10:00:00", {1, 0})}), {}},
         {table({row("c", "2016-08-02 01:59:00", {3, 0})}), utc}},
        shanghai);
    std::string ids;
    for (const PastIncident past : history)
        ids += past.id;
    EXPECT_EQ(ids, "acb"); // c happened at 09:59 in Shanghai
    EXPECT_EQ(history.since(history.at(1)), 1u);
    EXPECT_EQ(history.since(history.at(2) + std::chrono::milliseconds(1)), 3u);
    const PastIncident c = history[1];
    EXPECT_EQ(c.source, 1u);
    EXPECT_EQ(c.category, "03.2");
    EXPECT_EQ(c.text, "loud");
    EXPECT_EQ(c.severity, 2);
    EXPECT_EQ(history.where(1), (layers::Point{3, 0}));
}

TEST(History, leaves_out_rows_without_place_or_time_and_names_them) {
    std::vector<made::Row> rows{row("good", "2016-08-01 10:00:00", {1, 0}), row("odd", "yesterday", {1, 0})};
    rows.push_back({Shape::none, {}, {"lost", "2016-08-01 10:00:00", "03.2", "9", ""}});
    const History history = History::build({{table(rows), {}}}, shanghai);
    ASSERT_EQ(history.size(), 1u);
    EXPECT_EQ(history[0].id, "good");
    ASSERT_EQ(history.findings().size(), 2u);
    EXPECT_EQ(history.findings()[0].message.code, "incidentWithoutPlace");
    EXPECT_EQ(history.findings()[0].object, "lost");
    EXPECT_EQ(history.findings()[0].row, 2);
    EXPECT_EQ(history.findings()[1].message.code, "incidentTimeUnreadable");
    EXPECT_EQ(history.findings()[1].object, "odd");
}

TEST(History, counts_what_it_doesnt_name) {
    std::vector<made::Row> rows{row("good", "2016-08-01 10:00:00", {1, 0})};
    for (int i = 0; i < 8; ++i)
        rows.push_back(row("odd", "?", {1, 0}));
    const auto findings = History::build({{table(rows), {}}}, shanghai).findings();
    ASSERT_EQ(findings.size(), 6u);
    EXPECT_EQ(findings.back().message.code, "incidentTimesUnreadable");
    EXPECT_EQ(findings.back().message.args.back(), (std::pair<std::string, std::string>{"count", "8"}));
}

TEST(History, of_polygons_or_of_a_table_without_places_is_an_error_that_says_so) {
    const auto square = made::square(0, 0, 10);
    const auto polygons = made::snapshot("areas.shp", {"id", "time"},
                                         {{Shape::polygon, {square}, {"a", "2016-08-01 10:00:00"}}});
    EXPECT_EQ(History::build({{polygons, {}}}, shanghai).findings().front().message.code,
              "incidentsNotPoints");
    const auto bare =
        made::snapshot("calls.csv", {"id", "time"}, {{Shape::none, {}, {"a", "2016-08-01 10:00:00"}}});
    EXPECT_EQ(History::build({{bare, {}}}, shanghai).findings().front().message.code, "incidentsNowhere");
    const auto timeless = made::snapshot("calls.csv", {"id"}, {{Shape::point, {{{{1, 1}}, false}}, {"a"}}});
    const auto found = History::build({{timeless, {}}}, shanghai);
    EXPECT_TRUE(found.empty());
    EXPECT_EQ(found.findings().front().message.code, "incidentsWithoutTime");
    EXPECT_EQ(found.findings().front().severity, Finding::Severity::error);
}

// Times are kept as seconds where they are whole ones; nothing is lost where they aren't.
TEST(History, keeps_milliseconds_and_far_apart_times) {
    const History history = History::build({{table({row("a", "1900-01-01T00:00:00.000Z", {1, 0}),
                                                    row("b", "2016-08-01T10:00:00.250Z", {2, 0}),
                                                    row("c", "2016-08-01T10:00:00.251Z", {3, 0})}),
                                             {}}},
                                           shanghai);
    ASSERT_EQ(history.size(), 3u);
    EXPECT_EQ(history.at(2) - history.at(1), std::chrono::milliseconds(1));
    EXPECT_EQ(layers::isoUtc(history.at(1)), "2016-08-01T10:00:00.250Z");
    EXPECT_EQ(history.since(history.at(1)), 1u);
    const History apart = History::build({{table({row("a", "1800-01-01T00:00:00Z", {1, 0}),
                                                  row("b", "2100-08-01T10:00:00Z", {2, 0}, "4")}),
                                           {}}},
                                         shanghai);
    EXPECT_EQ(layers::isoUtc(apart.at(1)), "2100-08-01T10:00:00.000Z");
    EXPECT_EQ(apart[1].severity, 4);
}

// What was mapped may be given back at any time.
TEST(History, reads_on_after_it_has_forgotten) {
    const History history =
        History::build({{table({row("a", "2016-08-01 10:00:00", {1, 0})}), {}}}, shanghai);
    const PastIncident past = history[0];
    history.forget();
    EXPECT_EQ(past.id, "a");
    EXPECT_EQ(history.where(0), (layers::Point{1, 0}));
}

// Two threads share a long table.
TEST(History, of_a_long_table_misses_nothing) {
    constexpr int many = 60'000;
    std::vector<made::Row> rows;
    for (int i = 0; i < many; ++i) {
        const int minute = (i * 7919) % many;
        const std::string time = layers::isoUtc(Instant{} + std::chrono::minutes(minute));
        rows.push_back(
            {Shape::point, {{{{double(minute), 0}}, false}}, {std::to_string(i), time, "1", "1", ""}});
    }
    const History history = History::build({{table(rows), {}}}, shanghai);
    ASSERT_EQ(history.size(), std::size_t(many));
    for (int i = 0; i < many; i += 997) {
        EXPECT_EQ(history.at(std::size_t(i)), Instant{} + std::chrono::minutes(i));
        EXPECT_EQ(history.where(std::size_t(i)).x, i);
    }
}

} // namespace
} // namespace vedette::dispatch
