// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/kpi_groups.h"

#include "journal_kit.h"
#include "layers/snapshot_builder.h"

#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>
#include <set>
#include <sqlite3.h>
#include <sstream>

namespace vedette::dispatch {
namespace {

using namespace kit;
using namespace std::chrono_literals;
using nlohmann::json;

constexpr int units = 9;
const Instant start{std::chrono::milliseconds{1'700'000'000'000}};

// Two stations, a community that no station covers, a county; polygons are of no interest here.
std::shared_ptr<const City> someCity() {
    auto city = std::make_shared<City>(layers::WorkingCrs::named("EPSG:4549").value(),
                                       layers::TimeZone::named("Asia/Shanghai").value());
    std::vector<layers::Areas::Layer> all;
    const Folder folder;
    const auto layer = [&](layers::AreaKind kind, std::vector<std::string> codes) {
        layers::SnapshotBuilder builder("areas", {{"code"}, {"name"}, {"parent"}, {"level"}, {"beat"}});
        std::int64_t row = 0;
        for (const std::string& code : codes) {
            const double x = 500000.0 + 1000 * double(row), y = 3500000;
            builder.add(row++, layers::Shape::polygon,
                        {{{{x, y}, {x + 900, y}, {x + 900, y + 900}, {x, y + 900}, {x, y}}, false}},
                        {code, code, "", "", ""});
        }
        const auto file = folder.path / std::string(toString(kind));
        EXPECT_TRUE(builder.write(file).ok());
        all.push_back({kind, layers::Snapshot::open(file).value()});
    };
    layer(layers::AreaKind::county, {"county"});
    layer(layers::AreaKind::community, {"C1", "C2"});
    layer(layers::AreaKind::station, {"S1", "S2"});
    city->areas = layers::Areas::build(std::move(all));
    return city;
}

Duty dutyOf(const std::string& category) {
    Duty duty = someDuty();
    duty.category = category;
    duty.name = "about " + category;
    duty.verify = std::chrono::minutes(category == "01.1" ? 2 : 0);
    duty.accept = 1min, duty.arrive = 10min, duty.finish = 60min;
    return duty;
}

// A desk without a disk.
struct Memory {
    std::shared_ptr<HandClock> clock = std::make_shared<HandClock>();
    State state;
    std::vector<Event> events;

    Memory() {
        state = apply({}, event(ReferencePinned{"units", "sha", "units.csv",
                                                std::make_shared<const std::string>(encodeUnits(someUnits(units)))}));
    }
    bool say(const Command& command) {
        const Decision decision =
            decide(state, command, {"li", "ws1", "", "", "", Mode::live, clock->now()}, layers::TimeZone::utc());
        for (const Event& one : decision.events) {
            state = apply(std::move(state), one);
            events.push_back(one);
        }
        return decision.violations.empty();
    }
};

// A journal with everything the figures tell apart, by the dice; now and then the clock is set back.
template <class Desk>
void play(Desk& desk, unsigned seed, int steps) {
    std::mt19937 dice(seed);
    const auto pick = [&](int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); };
    const std::vector<std::vector<std::string>> places{
        {"G1", "C1", "S1"}, {"G2", "C2", "S2"}, {"G3", "C2"}, {"G4"}, {"S2", "S1"}};
    const char* const categories[] = {"01.1", "01.2", "03.2", "07"};
    const char* const desks[] = {"S1", "county", "desk9"};
    for (int i = 0; i < steps; ++i) {
        desk.clock->move(pick(25) ? std::chrono::seconds(pick(240)) : -std::chrono::seconds(pick(1500)));
        const std::uint32_t many = desk.state.nextTicket().number - 1001;
        const auto back = static_cast<std::uint32_t>(many ? dice() % std::min(many, 12U) : 0);
        const TicketId ticket{desk.state.nextTicket().number - 1 - back};
        const Ticket* held = desk.state.ticket(ticket);
        const UnitId unit{"U" + std::to_string(1000 + pick(units))};
        switch (!held ? 0 : pick(20)) {
        case 0:
        case 1: {
            OpenTicket open = openTicket();
            open.areas = places[static_cast<std::size_t>(pick(5))];
            open.incident.category = categories[pick(4)];
            open.duty = dutyOf(open.incident.category);
            open.desk = desks[pick(3)];
            desk.say(open);
            break;
        }
        case 2:
            desk.say(VerifyTicket{ticket});
            break;
        case 3:
        case 4:
            desk.say(AssignUnit{ticket, unit, std::nullopt, {120.1, 30.1}, PositionBasis::posted, {},
                                pick(3) ? "" : "nearer in truth"});
            break;
        case 5:
        case 6:
        case 7:
        case 8:
        case 9:
        case 10:
            if (const Assignment* leading = lead(*held); leading && leading->open())
                desk.say(MoveAssignment{ticket, leading->unit,
                                        static_cast<AssignmentStatus>(static_cast<int>(leading->status) + 1), ""});
            break;
        case 11:
            desk.say(MoveAssignment{ticket, std::nullopt, pick(2) ? AssignmentStatus::declined : AssignmentStatus::released, ""});
            break;
        case 12:
        case 13:
            desk.say(MoveTicket{ticket, TicketMove::closed, "", "done"});
            break;
        case 14:
            desk.say(MoveTicket{ticket, TicketMove::transferred, desks[pick(3)], "theirs",
                                pick(2) ? Whither::desk : Whither::outside});
            break;
        case 15:
            desk.say(MoveTicket{ticket, static_cast<TicketMove>(pick(8)), toString(TicketId{ticket.number - 1}), "so",
                                Whither::outside});
            break;
        case 16: {
            const auto running = runningDeadline(*held);
            const std::string clock(running ? running->name : "accept");
            desk.say(EscalateOverdue{ticket, clock, nextLevel(*held, clock)});
            break;
        }
        case 17: {
            const std::string category = categories[pick(4)];
            desk.say(ReclassifyTicket{ticket, category, 2, dutyOf(category), {}, {}});
            break;
        }
        default:
            desk.say(MoveTicket{ticket, TicketMove::reopened, "", "again"});
        }
    }
}

// by -> key -> figures, by SQL alone.
std::map<std::string, std::map<std::string, json>> bySql(const std::filesystem::path& file, Instant from,
                                                         Instant till, Instant now) {
    std::ifstream in(std::string(VEDETTE_SOURCE_DIR) + "/tests/shift/board.sql");
    std::ostringstream text;
    text << in.rdbuf();
    sqlite3* db = nullptr;
    EXPECT_EQ(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(db, text.str().c_str(), -1, &statement, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    const auto bind = [&](const char* name, const auto& value) {
        const int at = sqlite3_bind_parameter_index(statement, name);
        if constexpr (std::is_convertible_v<decltype(value), const char*>)
            sqlite3_bind_text(statement, at, value, -1, SQLITE_TRANSIENT);
        else
            sqlite3_bind_int64(statement, at, value.time_since_epoch().count());
    };
    bind(":from", from), bind(":till", till), bind(":now", now);
    bind(":stations", R"(["S1","S2"])"), bind(":communities", R"(["C1","C2"])");
    std::map<std::string, std::map<std::string, json>> groups;
    int status = 0;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        const auto column = [&](int i) { return reinterpret_cast<const char*>(sqlite3_column_text(statement, i)); };
        groups[column(0)][column(1)] = json::parse(column(2));
    }
    EXPECT_EQ(status, SQLITE_DONE) << sqlite3_errmsg(db);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return groups;
}

json likeSql(const Kpi& kpi) {
    const auto median = [](const Kpi::Buckets& buckets) {
        return buckets.median ? json(buckets.median->count()) : json(nullptr);
    };
    return {{"opened", kpi.opened},
            {"closed", kpi.closed},
            {"open", kpi.open},
            {"overdue", kpi.overdue},
            {"onTime", kpi.onTime},
            {"late", kpi.late},
            {"cancelled", kpi.cancelled},
            {"merged", kpi.merged},
            {"returned", kpi.returned},
            {"transferred", kpi.transferred},
            {"reopened", kpi.reopened},
            {"escalated", kpi.escalated},
            {"overrides", kpi.overrides},
            {"clockBack", kpi.clockBack},
            {"signFor", kpi.signFor.counts},
            {"turnOut", kpi.turnOut.counts},
            {"feedback", kpi.feedback.counts},
            {"signForMedian", median(kpi.signFor)},
            {"turnOutMedian", median(kpi.turnOut)},
            {"feedbackMedian", median(kpi.feedback)}};
}

} // namespace

TEST(KpiGroups, AgreeWithSqlByStationDeskAndCategory) {
    const auto city = someCity();
    Kpi seen;
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Folder folder;
        kit::Desk desk = kit::desk(folder, units);
        play(desk, seed, 900);
        const Instant now = desk.clock->now() + 30s, from = start + 40min, till = now - 20min;
        KpiTable table(*city, Scope());
        table.update(desk.state, from);
        const KpiBoard board = table.board(from, till, now);
        const auto sql = bySql(folder.path / "journal.sqlite", from, till, now);
        ASSERT_GT(board.all.opened, 30u);
        EXPECT_EQ(likeSql(board.all), sql.at("all").at("")) << "seed " << seed;
        EXPECT_EQ(likeSql(kpi(desk.state, from, till, now, {})), sql.at("all").at(""));
        for (const GroupBy by : {GroupBy::station, GroupBy::desk, GroupBy::category}) {
            const auto& theirs = sql.at(std::string(toString(by)));
            ASSERT_EQ(board.by(by).size(), theirs.size());
            for (const KpiGroup& group : board.by(by))
                EXPECT_EQ(likeSql(group.figures), theirs.at(group.key)) << toString(by) << ' ' << group.key;
        }
        for (auto [sum, here] : {std::pair{&seen.cancelled, board.all.cancelled}, {&seen.merged, board.all.merged},
                                 {&seen.returned, board.all.returned}, {&seen.transferred, board.all.transferred},
                                 {&seen.reopened, board.all.reopened}, {&seen.escalated, board.all.escalated},
                                 {&seen.clockBack, board.all.clockBack}, {&seen.late, board.all.late},
                                 {&seen.onTime, board.all.onTime}, {&seen.overdue, board.all.overdue}})
            *sum += here;
    }
    // Nothing was agreed on only because it never happened.
    EXPECT_GT(seen.cancelled * seen.merged * seen.returned * seen.transferred * seen.reopened, 0u);
    EXPECT_GT(seen.escalated * seen.clockBack * seen.late * seen.onTime * seen.overdue, 0u);
}

// Late once is late, however quick the round after its reopening was; and the round after it is judged by who led then.
TEST(KpiGroups, ATicketLateInAnyOfItsRoundsIsLate) {
    for (const bool first : {true, false}) {
        const Folder folder;
        kit::Desk desk = kit::desk(folder, units);
        ASSERT_TRUE(desk.say(openTicket()));
        const TicketId ticket{1001};
        for (const bool late : {first, !first}) {
            ASSERT_TRUE(desk.say(AssignUnit{ticket, {"U1000"}, std::nullopt, {120, 30}, PositionBasis::posted, {}, ""}));
            desk.clock->move(late ? 24h : 1s);
            for (const auto step : {AssignmentStatus::accepted, AssignmentStatus::onscene, AssignmentStatus::handled})
                ASSERT_TRUE(desk.say(MoveAssignment{ticket, UnitId{"U1000"}, step, ""}));
            if (late == first) {
                ASSERT_TRUE(desk.say(MoveTicket{ticket, TicketMove::reopened, "", "again"}));
            }
        }
        ASSERT_TRUE(desk.say(MoveTicket{ticket, TicketMove::closed, "", "done"}));
        const Kpi figures = kpi(desk.state, start - 1h, start + 100h, desk.clock->now(), {});
        EXPECT_EQ(figures.late, 1u) << (first ? "the first round late" : "the second round late");
        EXPECT_EQ(figures.onTime, 0u);
        EXPECT_EQ(likeSql(figures), bySql(folder.path / "journal.sqlite", start - 1h, start + 100h, desk.clock->now())
                                        .at("all").at(""));
        const State again = foldTo(*desk.store, State(), desk.state.seq()).value();
        EXPECT_EQ(again.hash(), desk.state.hash());
    }
}

TEST(KpiGroups, AClockSetBackGivesNoNegativeIntervalAndIsSaid) {
    const auto city = someCity();
    const Folder folder;
    kit::Desk desk = kit::desk(folder, units);
    OpenTicket open = openTicket();
    ASSERT_TRUE(desk.say(open));
    const TicketId ticket{1001};
    ASSERT_TRUE(desk.say(AssignUnit{ticket, {"U1000"}, std::nullopt, {120, 30}, PositionBasis::posted, {}, ""}));
    desk.clock->move(-10min);
    ASSERT_TRUE(desk.say(MoveAssignment{ticket, UnitId{"U1000"}, AssignmentStatus::accepted, ""}));
    desk.clock->move(7min);
    ASSERT_TRUE(desk.say(MoveAssignment{ticket, UnitId{"U1000"}, AssignmentStatus::onscene, ""}));
    KpiTable table(*city, Scope());
    table.update(desk.state, start - 1h);
    const Kpi all = table.board(start - 1h, start + 1h, start + 1h).all;
    EXPECT_EQ(all.signFor.counts, (std::vector<std::size_t>(5)));
    EXPECT_FALSE(all.signFor.median);
    EXPECT_EQ(all.clockBack, 1u);
    EXPECT_EQ(all.turnOut.median, 7min);
    KpiPick pick;
    pick.what = KpiPick::What::clockBack;
    EXPECT_EQ(table.behind(start - 1h, start + 1h, start, pick), std::vector<TicketId>{ticket});
}

// Followed event by event, the table says what a count from nothing says.
RC_GTEST_PROP(KpiGroups, FollowingEventsIsCountingAnew, (unsigned seed)) {
    static const auto city = someCity();
    Memory desk;
    play(desk, seed, 120);
    const std::string scope = seed % 2 ? "S1" : "";
    KpiTable followed(*city, Scope(*city, scope)), anew(*city, Scope(*city, scope));
    const Instant from = start + 10min;
    followed.update(desk.state, from);
    desk.events.clear();
    play(desk, seed + 1, 150);
    std::set<std::uint32_t> numbers;
    for (const Event& event : desk.events)
        std::visit(
            [&](const auto& payload) {
                if constexpr (requires { payload.ticket.number; })
                    numbers.insert(payload.ticket.number);
            },
            event.payload);
    std::vector<TicketId> touched;
    for (const std::uint32_t number : numbers)
        touched.push_back({number});
    followed.update(desk.state, from, touched);
    anew.update(desk.state, from);
    const Instant now = desk.clock->now(), till = now + 1h;
    RC_ASSERT(encodeBoard(followed.board(from, till, now)) == encodeBoard(anew.board(from, till, now)));
}

// The tickets behind a figure are as many as the figure says, and each is what it says.
RC_GTEST_PROP(KpiGroups, BehindAFigureAreItsTickets, (unsigned seed)) {
    static const auto city = someCity();
    Memory desk;
    play(desk, seed, 250);
    const Instant now = desk.clock->now(), from = start, till = now + 1s;
    KpiTable table(*city, Scope());
    table.update(desk.state, from);
    const KpiBoard board = table.board(from, till, now);
    using What = KpiPick::What;
    const auto many = [&](What what, std::optional<GroupBy> by, const std::string& key,
                          std::size_t interval = 0, std::optional<std::size_t> bucket = {}) {
        KpiPick pick;
        pick.what = what, pick.by = by, pick.key = key, pick.interval = interval, pick.bucket = bucket;
        return table.behind(from, till, now, pick).size();
    };
    const auto check = [&](const Kpi& kpi, std::optional<GroupBy> by, const std::string& key) {
        const std::pair<What, std::size_t> figures[] = {
            {What::opened, kpi.opened},       {What::closed, kpi.closed},           {What::open, kpi.open},
            {What::overdue, kpi.overdue},     {What::onTime, kpi.onTime},           {What::late, kpi.late},
            {What::cancelled, kpi.cancelled}, {What::merged, kpi.merged},           {What::returned, kpi.returned},
            {What::reopened, kpi.reopened},   {What::transferred, kpi.transferred}, {What::escalated, kpi.escalated}};
        for (const auto& [what, figure] : figures)
            RC_ASSERT(many(what, by, key) == figure);
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t b = 0; b < bucketsOf(kpi, i).counts.size(); ++b)
                RC_ASSERT(many(What::interval, by, key, i, b) == bucketsOf(kpi, i).counts[b]);
    };
    check(board.all, std::nullopt, "");
    for (std::size_t g = 0; g < groupings; ++g)
        for (const KpiGroup& group : board.groups[g])
            check(group.figures, static_cast<GroupBy>(g), group.key);
    std::size_t closed = 0;
    for (std::size_t hour = 0; hour < 24; ++hour) {
        KpiPick pick;
        pick.what = What::closedAtHour, pick.hour = static_cast<int>(hour);
        RC_ASSERT(table.behind(from, till, now, pick).size() == board.closedAtHour[hour]);
        closed += board.closedAtHour[hour];
    }
    RC_ASSERT(closed == board.all.closed);
}

TEST(KpiGroups, NamesTheSlowestOnlyOfEnough) {
    const auto city = someCity();
    const Folder folder;
    kit::Desk desk = kit::desk(folder, units, 50);
    const auto one = [&](const char* station, std::chrono::minutes turnOut) {
        OpenTicket open = openTicket();
        open.areas = {station};
        EXPECT_TRUE(desk.say(open));
        const TicketId ticket{desk.state.nextTicket().number - 1};
        EXPECT_TRUE(desk.say(AssignUnit{ticket, {"U1001"}, std::nullopt, {120, 30}, PositionBasis::posted, {}, ""}));
        EXPECT_TRUE(desk.say(MoveAssignment{ticket, UnitId{"U1001"}, AssignmentStatus::accepted, ""}));
        desk.clock->move(turnOut);
        EXPECT_TRUE(desk.say(MoveAssignment{ticket, UnitId{"U1001"}, AssignmentStatus::onscene, ""}));
    };
    one("S2", 50min), one("S2", 50min); // slower, but only two
    one("S1", 5min), one("S1", 6min), one("S1", 20min);
    KpiTable table(*city, Scope());
    table.update(desk.state, start);
    const KpiBoard board = table.board(start, start + 24h, start);
    ASSERT_TRUE(board.slowestStation);
    EXPECT_EQ(board.slowestStation->station, "S1");
    EXPECT_EQ(board.slowestStation->median, 6min);
    EXPECT_EQ(board.slowestStation->of, 3u);
}

TEST(KpiPeriods, AreReadAsAPersonSaysThem) {
    const auto zone = layers::TimeZone::named("Asia/Shanghai").value();
    const Instant now = *layers::parseTime("2026-11-22 14:03:22", zone);
    const auto at = [&](const char* text) { return *layers::parseTime(text, zone); };
    const auto from = [&](const char* text) { return kpiPeriod(text, now, zone).value().from; };
    const auto till = [&](const char* text) { return kpiPeriod(text, now, zone).value().till; };
    EXPECT_EQ(from("today"), at("2026-11-22 00:00:00"));
    EXPECT_EQ(from(""), now - 8h);
    EXPECT_EQ(from("shift"), now - 8h);
    EXPECT_EQ(from("24h"), now - 24h);
    EXPECT_EQ(from("7d"), now - 7 * 24h);
    EXPECT_EQ(from("month"), at("2026-11-01 00:00:00"));
    EXPECT_EQ(till("month"), now + 1s);
    EXPECT_EQ(from("2026-11-20"), at("2026-11-20 00:00:00"));
    EXPECT_EQ(till("2026-11-20"), at("2026-11-21 00:00:00"));
    EXPECT_EQ(till("2026-11-20 2026-11-21"), at("2026-11-22 00:00:00"));
    EXPECT_EQ(from("2026-11-20 06:00 2026-11-21 07:30"), at("2026-11-20 06:00:00"));
    EXPECT_EQ(till("2026-11-20 06:00 2026-11-21 07:30"), at("2026-11-21 07:30:00"));
    EXPECT_EQ(kpiPeriod("24h", now, zone).value().before().till, now - 24h);
    for (const char* wrong : {"yesterday", "0h", "7w", "2026-11-20 2026-11-21 2026-11-22", "-3d"})
        EXPECT_FALSE(kpiPeriod(wrong, now, zone).ok()) << wrong;
    EXPECT_EQ(kpiPeriod("2026-11-21 2026-11-20", now, zone).problem().message.code, "periodReversed");
}

} // namespace vedette::dispatch
