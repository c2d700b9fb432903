// SPDX-License-Identifier: GPL-3.0-or-later
// Who is on: roster, breaks, shift change, roll call, points.
#include "dispatch/handover.h"
#include "dispatch/points.h"
#include "dispatch/roll_call.h"
#include "dispatch/roster.h"
#include "journal_kit.h"
#include "journal_sql.h"
#include "road_city.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace vedette;
using namespace vedette::dispatch;
using namespace std::chrono_literals;
using kit::Road;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

layers::TimeZone zoneNamed(const char* name) {
    return layers::TimeZone::named(name).value();
}
Instant at(const char* text, const layers::TimeZone& zone) {
    return layers::parseTime(text, zone).value();
}

// One unit U1 with these turns, in a state of its own.
struct OneUnit {
    State state;
    layers::TimeZone zone;
    Instant now{};
    std::string actor = "li";

    OneUnit(const char* shifts, const char* breaks, layers::TimeZone in = layers::TimeZone::utc())
        : zone(std::move(in)) {
        UnitFacts unit;
        unit.id.text = "U1";
        unit.shifts = *parseShifts(shifts), unit.breaks = *parseShifts(breaks);
        state = apply(State(),
                      kit::event(ReferencePinned{"units", "sha", "units.csv",
                                                 std::make_shared<const std::string>(encodeUnits({unit}))}));
    }
    const UnitRecord& unit() const { return *state.unit({"U1"}); }
    UnitStatus status() const { return unitStatus(state, unit(), now, zone); }
    std::vector<std::string> say(const Command& command) {
        const Decision decision = decide(state, command, {actor, "ws1", "", "", "", Mode::live, now}, zone);
        std::vector<std::string> codes;
        for (const Message& violation : decision.violations) {
            codes.push_back(violation.code);
            EXPECT_TRUE(layers::hasWording(violation.code, layers::Language::chinese)) << violation.code;
        }
        for (Event one : decision.events) {
            one.envelope.recordedAt = now;
            // What is told is what is read back.
            EXPECT_EQ(decodePayload(one.envelope.kind, 1, encodePayload(one.payload)), one.payload);
            state = apply(std::move(state), one);
        }
        return codes;
    }
};

} // namespace

TEST(Turns, TheNightTheClockSkipsAnHourIsShorterByIt) {
    const auto berlin = zoneNamed("Europe/Berlin"); // 2026-03-29 02:00 -> 03:00
    const auto night = *parseShifts("22:00-06:00");
    const Instant evening = at("2026-03-28 22:00:00", berlin);
    EXPECT_EQ(*nextTurn(night, evening, berlin) - evening, 7h);
    const Instant before = at("2026-03-27 22:00:00", berlin);
    EXPECT_EQ(*nextTurn(night, before, berlin) - before, 8h);
    // Hours that there aren't are nobody's; who begins in them begins when the clock goes on.
    const auto early = *parseShifts("02:30-10:00");
    EXPECT_EQ(*nextTurn(early, at("2026-03-29 01:00:00", berlin), berlin), at("2026-03-29 03:00:00", berlin));
    const auto skipped = *parseShifts("02:00-03:00");
    EXPECT_EQ(*nextTurn(skipped, at("2026-03-29 00:00:00", berlin), berlin),
              at("2026-03-30 02:00:00", berlin));
}

TEST(Turns, TheNightTheClockRepeatsAnHourIsLongerByIt) {
    const auto york = zoneNamed("America/New_York"); // 2026-11-01 02:00 -> 01:00
    const Instant evening = at("2026-10-31 22:00:00", york);
    EXPECT_EQ(*nextTurn(*parseShifts("22:00-06:00"), evening, york) - evening, 9h);
    EXPECT_EQ(nextTurn({}, evening, york), std::nullopt);
    EXPECT_EQ(nextTurn(*parseShifts("00:00-24:00"), evening, york), std::nullopt) << "always on";
    EXPECT_EQ(nextTurn(*parseShifts("08:00-12:00,12:00-18:00"), at("2026-11-02 09:00:00", york), york),
              at("2026-11-02 18:00:00", york))
        << "one turn, written as two";
}

TEST(Break, APlannedOneCountsUnlessAnEventSaysOtherwise) {
    OneUnit one("08:00-18:00", "12:00-13:00");
    one.now = at("2026-03-10 11:59:00", one.zone);
    EXPECT_EQ(one.status(), UnitStatus::free);
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::breakEnded, ""}), ElementsAre("nothingChanges"));
    one.now = at("2026-03-10 12:00:00", one.zone);
    EXPECT_EQ(one.status(), UnitStatus::onBreak);
    EXPECT_TRUE(onPlannedBreak(one.unit(), one.now, one.zone));
    // Called back: for the whole of this break, and for no other.
    const std::string before = one.state.hash();
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::breakEnded, ""}), IsEmpty());
    EXPECT_EQ(one.unit().said().breakLiftedTill, at("2026-03-10 13:00:00", one.zone));
    EXPECT_NE(one.state.hash(), before);
    EXPECT_EQ(one.status(), UnitStatus::free);
    one.now = at("2026-03-10 12:59:59", one.zone);
    EXPECT_EQ(one.status(), UnitStatus::free);
    one.now = at("2026-03-11 12:00:00", one.zone);
    EXPECT_EQ(one.status(), UnitStatus::onBreak) << "the next day's stands";
    // Sent on a break by word of mouth: until called back, whatever the plan says.
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::breakStarted, ""}), IsEmpty());
    one.now = at("2026-03-11 13:30:00", one.zone);
    EXPECT_EQ(one.status(), UnitStatus::onBreak);
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::breakEnded, ""}), IsEmpty());
    EXPECT_EQ(one.status(), UnitStatus::free);
    one.now = at("2026-03-11 19:00:00", one.zone);
    EXPECT_EQ(one.status(), UnitStatus::off);
}

TEST(Break, WhoIsOffDutyHasNone) {
    OneUnit one("08:00-12:30", "12:00-13:00");
    one.now = at("2026-03-10 12:45:00", one.zone);
    EXPECT_EQ(one.status(), UnitStatus::off);
}

TEST(OutOfService, ComesBackByItselfAtTheTimeThatWasSaid) {
    OneUnit one("", "");
    one.now = at("2026-03-10 10:00:00", one.zone);
    const Instant back = one.now + 2h;
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::outOfService, "flat tyre", one.now}),
                ElementsAre("untilPassed"));
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::outOfService, "flat tyre", back}), IsEmpty());
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::outOfService, "flat tyre", back}),
                ElementsAre("nothingChanges"));
    one.now = back - 1s;
    EXPECT_EQ(one.status(), UnitStatus::outOfService);
    const auto sheet = rosterAt(one.state, one.now, one.zone);
    ASSERT_EQ(sheet.on.size(), 1U);
    EXPECT_EQ(sheet.on[0].outReason, "flat tyre");
    EXPECT_EQ(sheet.on[0].outUntil, back);
    one.now = back;
    EXPECT_EQ(one.status(), UnitStatus::free);
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::inService, ""}), ElementsAre("nothingChanges"));
    EXPECT_THAT(one.say(ChangeRoster{{"U1"}, RosterChange::outOfService, "again"}), IsEmpty());
    EXPECT_EQ(one.unit().said().outUntil, Instant{}) << "until somebody says so";
}

TEST(RosterAt, SaysWhoIsOnTillWhenAndWhoComesNext) {
    std::vector<UnitFacts> units(4);
    const char* shifts[] = {"06:00-14:00", "22:00-06:00", "06:00-14:00", "14:00-22:00"};
    for (int i = 0; i < 4; ++i) {
        units[i].id.text = "U" + std::to_string(i);
        units[i].shifts = *parseShifts(shifts[i]);
        units[i].desk = i == 2 ? "D1" : "D2";
    }
    units[0].team = "B", units[0].breaks = *parseShifts("12:00-12:30");
    const auto zone = zoneNamed("Asia/Shanghai");
    const State state =
        apply(State(), kit::event(ReferencePinned{"units", "sha", "units.csv",
                                                  std::make_shared<const std::string>(encodeUnits(units))}));
    const auto sheet = rosterAt(state, at("2026-03-10 12:10:00", zone), zone);
    ASSERT_EQ(sheet.on.size(), 2U);
    EXPECT_EQ(sheet.on[0].unit.text, "U2") << "by desk";
    EXPECT_EQ(*sheet.on[0].till, at("2026-03-10 14:00:00", zone));
    EXPECT_TRUE(sheet.on[1].plannedBreak);
    EXPECT_EQ(*sheet.on[1].breakTill, at("2026-03-10 12:30:00", zone));
    EXPECT_EQ(sheet.on[1].team, "B") << "kept by the canonical text";
    ASSERT_EQ(sheet.next.size(), 2U);
    EXPECT_EQ(sheet.next[0].unit.text, "U3") << "who comes first";
    EXPECT_EQ(*sheet.next[1].comes, at("2026-03-10 22:00:00", zone));
}

TEST(MomentMeant, IsTheNextTimeItIsThatLate) {
    const auto zone = zoneNamed("Europe/Berlin");
    const Instant now = at("2026-03-28 20:00:00", zone);
    EXPECT_EQ(momentMeant("22:15", now, zone), at("2026-03-28 22:15:00", zone));
    EXPECT_EQ(momentMeant("20:00", now, zone), now + 23h) << "tomorrow's, and the night has an hour less";
    EXPECT_EQ(momentMeant("+2h", now, zone), now + 2h);
    EXPECT_EQ(momentMeant("flat", now, zone), std::nullopt);
    EXPECT_EQ(momentMeant("25:00", now, zone), std::nullopt);
}

TEST(RollCallOf, AnswersAreHeardLateOnesTooAndMissesAreWrittenDownOnce) {
    OneUnit one("", "");
    one.now = at("2026-03-10 10:00:00", one.zone);
    RollCalled roll;
    roll.kind = "team", roll.scope = "A", roll.units = {"U1", "U2", "U3"}, roll.deadline = one.now + 10min;
    EXPECT_THAT(one.say(AnswerRoll{{}, {"U1"}, false, {}, {}}), ElementsAre("rollNotAsked"));
    EXPECT_THAT(one.say(CallRoll{roll}), IsEmpty());
    EXPECT_THAT(one.say(AnswerRoll{{}, {"U1"}, true, {120, 30}, PositionBasis::declared}), IsEmpty());
    EXPECT_EQ(one.unit().said().declaredAt, (LonLat{120, 30})) << "it said where it is";
    EXPECT_THAT(one.say(AnswerRoll{{}, {"U1"}, false, {}, {}}), ElementsAre("rollNotAsked"));
    EXPECT_THAT(rollsDue(one.state, roll.deadline - 1ms), IsEmpty());
    ASSERT_THAT(rollsDue(one.state, roll.deadline), ElementsAre("RC1"));
    one.now = roll.deadline;
    EXPECT_THAT(one.say(CloseRoll{"RC1"}), IsEmpty());
    EXPECT_THAT(one.say(CloseRoll{"RC1"}), ElementsAre("rollOver"));
    EXPECT_THAT(rollsDue(one.state, roll.deadline + 1h), IsEmpty());
    EXPECT_THAT(one.say(AnswerRoll{{}, {"U2"}, false, {}, {}}), IsEmpty());
    const RollCall held = one.state.rollCalls().front();
    EXPECT_TRUE(held.answer({"U2"})->late);
    EXPECT_FALSE(held.answer({"U1"})->late);
    EXPECT_THAT(held.waitingFor(), ElementsAre("U3"));
    // A week later the next call takes it out of the state; its number stays taken.
    one.now += 24h * 8;
    roll.deadline = one.now + 10min;
    EXPECT_THAT(one.say(CallRoll{roll}), IsEmpty());
    ASSERT_EQ(one.state.rollCalls().size(), 1U);
    EXPECT_EQ(one.state.rollCalls().front().called.id, "RC2");
}

TEST(Shift, ADeskIsHandedOverByWhoHasItAndTakenByTheNext) {
    OneUnit one("", "");
    one.now = at("2026-03-10 10:00:00", one.zone);
    EXPECT_THAT(one.say(TakeOverShift{""}), ElementsAre("deskMissing"));
    EXPECT_THAT(one.say(TakeOverShift{"D1"}), IsEmpty());
    EXPECT_THAT(one.say(TakeOverShift{"D1"}), ElementsAre("nothingChanges"));
    one.actor = "wang";
    ShiftHandedOver shift;
    shift.desk = "D1", shift.sha256 = "abc", shift.text = "mind the harbour";
    EXPECT_THAT(one.say(HandOverShift{shift}), ElementsAre("deskHeldBy"));
    one.actor = "li";
    EXPECT_THAT(one.say(HandOverShift{shift}), IsEmpty());
    EXPECT_TRUE(one.state.deskWatch("D1")->handed);
    one.actor = "wang";
    EXPECT_THAT(one.say(TakeOverShift{"D1"}), IsEmpty());
    const auto watch = *one.state.deskWatch("D1");
    EXPECT_EQ(watch.holder, "wang");
    EXPECT_EQ(watch.handedBy, "li");
    EXPECT_FALSE(watch.handed);
}

namespace {

class People : public Road {
protected:
    void SetUp() override {
        Road::SetUp();
        write("units.csv", "id,name,role,owns,lon,lat,capacity,shifts,team,breaks\n"
                           "U1,Li,officer,B0,120.505,32.005,1,,A,\n"
                           "U2,Wang,officer,B1,120.515,32.005,1,,A,00:00-24:00\n"
                           "U3,Zhao,officer,,120.501,32.001,2,,B,\n"
                           "W1,Chen,gridWorker,G00,120.505,32.004,1,,,\n");
    }
    OpenTicket noise(const Session& session) {
        IncidentFacts incident;
        incident.at = {120.504, 32.004};
        incident.category = "03.2";
        incident.text = "loud";
        return session.resolve(incident);
    }
    std::unique_ptr<Session> at(const char* actor = "li", bool feeds = true) {
        return open(actor, feeds, 5s, clock);
    }
    std::shared_ptr<kit::HandClock> clock = std::make_shared<kit::HandClock>();
};

} // namespace

TEST_F(People, WhoIsOnItsPlannedBreakIsNotRecommendedAndSaysWhy) {
    const auto session = at();
    Request request;
    request.at = {120.515, 32.005}, request.category = "03.2", request.now = clock->now();
    const auto reasons = [&] {
        for (const Unsuitable& one : session->recommend(request).unsuitable)
            if (one.unit.text == "U2")
                return one.reasons.front().code;
        return std::string();
    };
    EXPECT_EQ(reasons(), "onPlannedBreak");
    const TicketId t =
        std::get<TicketOpened>(session->execute(noise(*session), {}).events.front().payload).ticket;
    const Outcome refused = session->execute(AssignUnit{t, {"U2"}, {}, {}, {}, {}, {}}, {});
    ASSERT_EQ(refused.violations.size(), 1U);
    EXPECT_EQ(refused.violations[0].code, "unitOnPlannedBreak");
    // An all-day break has no end that a plan could name; somebody's word ends it all the same.
    ASSERT_TRUE(
        session->execute(ChangeRoster{{"U1"}, RosterChange::outOfService, "x", clock->now() + 10min}, {})
            .ok());
    request.now = clock->now() + 5min;
    const auto first = [&] { return session->recommend(request).candidates.front().unit.text; };
    request.at = {120.505, 32.005};
    EXPECT_NE(first(), "U1");
    request.now = clock->now() + 10min;
    EXPECT_EQ(first(), "U1") << "back by itself, without an event";
}

TEST_F(People, ARollIsCalledForABeatByItsCodeOrItsNumberAndGoesOutToTheField) {
    const auto session = at();
    const City& city = *session->city();
    const auto all = [&](const char* said) {
        const auto roll = rollOf(city, session->state(), said, clock->now());
        return roll.ok() ? roll.value().units : std::vector<std::string>{roll.problem().message.code};
    };
    EXPECT_THAT(all("B0"), ElementsAre("U1", "W1")) << "who owns it or a grid in it";
    EXPECT_THAT(all("beat B0"), ElementsAre("U1", "W1"));
    EXPECT_THAT(all("team A"), ElementsAre("U1", "U2"));
    EXPECT_THAT(all("b"), ElementsAre("U3")) << "a team's name alone";
    EXPECT_THAT(all("city"), ElementsAre("U1", "U2", "U3", "W1"));
    EXPECT_THAT(all("nowhere"), ElementsAre("rollScopeUnknown"));
    EXPECT_EQ(rollWords("beat 12 in 5", 10min),
              (std::pair<std::string, std::chrono::minutes>("beat 12", 5min)));
    CallRoll call{rollOf(city, session->state(), "team A", clock->now()).value()};
    call.roll.deadline = clock->now() + 10min;
    ASSERT_TRUE(session->execute(call, {}).ok());
    ASSERT_TRUE(
        until([&] { return read("orders.ndjson").find("\"action\":\"roll\"") != std::string::npos; }));
    const auto order = nlohmann::json::parse(read("orders.ndjson"));
    EXPECT_EQ(order["units"], (nlohmann::json{"U1", "U2"}));
    // The field answers; who doesn't is written down at the deadline, by the clock, once.
    feed(R"({"type":"rollAnswer","id":"r1","unit":"U1","time":")" + layers::isoUtc(clock->now()) +
         R"(","lon":120.505,"lat":32.005})" + "\n");
    const auto held = [&] { return session->state().rollCalls().front(); };
    ASSERT_TRUE(until([&] { return held().answers.size() == 1; }));
    EXPECT_EQ(held().answers[0].basis, PositionBasis::fix);
    clock->move(10min);
    ASSERT_TRUE(until([&] { return held().closed; }));
    session->execute(AddEntry{{1001}, EntryKind::note, "x", {}}, {});
    EXPECT_EQ(kit::sql(folder / "journal.sqlite", "SELECT count(*) FROM events WHERE kind = 'rollClosed'"),
              "1");
    EXPECT_EQ(kit::sql(folder / "journal.sqlite",
                       "SELECT json_extract(payload,'$.missed[0]') FROM events WHERE kind = 'rollClosed'"),
              "U2");
}

TEST_F(People, ANumberMeansTheBeatWithThatSerial) {
    std::string beats = square("B0", "", 0, 0, 0.01, 0.02) + square("B1", "", 0.01, 0, 0.01, 0.02);
    for (int station = 1; station <= 2; ++station)
        for (int beat = 11; beat <= 12; ++beat)
            if (station == 1 || beat == 11)
                beats += square("32990150" + std::to_string(station) + "0" + std::to_string(beat), "",
                                beat * 0.01, station * 0.01, 0.01, 0.01);
    collection("beats.geojson", beats);
    write("units.csv", "id,name,role,owns,lon,lat\nU1,Li,officer,329901501012,120.505,32.005\n");
    const auto session = at();
    const auto said = [&](const char* text, const char* within = "") {
        const auto roll = rollOf(*session->city(), session->state(), text, clock->now(), within);
        return roll.ok() ? roll.value().scope : roll.problem().message.code;
    };
    EXPECT_EQ(said("beat 12"), "329901501012");
    EXPECT_EQ(said("beat 11"), "rollScopeAmbiguous");
    EXPECT_EQ(said("beat 11", "329901502011"), "329901502011");
    EXPECT_EQ(said("beat 13"), "rollScopeUnknown");
    EXPECT_EQ(said("329901501012"), "329901501012");
}

TEST_F(People, TheSheetOfAPastShiftIsMadeAnewToTheLastByte) {
    const auto session = at("li", false);
    const std::string desk = noise(*session).desk;
    ASSERT_TRUE(session->execute(TakeOverShift{desk}, {}).ok());
    clock->move(10min);
    ASSERT_TRUE(session->execute(noise(*session), {}).ok());
    ASSERT_TRUE(session->execute(noise(*session), {}).ok());
    ASSERT_TRUE(session->execute(AssignUnit{{1001}, {"U1"}, {}, {}, {}, {}, {}}, {}).ok());
    ASSERT_TRUE(session->execute(AddEntry{{1001}, EntryKind::note, "door <locked>", {}}, {}).ok());
    ASSERT_TRUE(session->execute(MoveTicket{{1002}, TicketMove::cancelled, {}, "false alarm"}, {}).ok());
    clock->move(10min); // T1001 isn't accepted in time
    const State seen = session->state();
    const auto sheet = handoverSheet(seen, *session->city(), desk, {}, clock->now(), "mind the harbour");
    EXPECT_EQ(sheet.since, clock->now() - 20min) << "since it was taken over";
    ASSERT_EQ(sheet.open.size(), 1U);
    EXPECT_EQ(sheet.overdue(), 1);
    EXPECT_EQ(sheet.open[0].units[0].first.text, "U1");
    EXPECT_EQ(sheet.open[0].note, "door <locked>");
    ASSERT_EQ(sheet.ended.size(), 1U);
    EXPECT_EQ(sheet.ended[0].ticket, (TicketId{1002}));
    const Outcome handed = session->execute(HandOverShift{handedOver(sheet)}, {});
    ASSERT_TRUE(handed.ok());
    const auto shift = std::get<ShiftHandedOver>(handed.events[0].payload);
    // Afterwards things go on; the sheet is that of then.
    ASSERT_TRUE(session->execute(MoveAssignment{{1001}, {}, AssignmentStatus::onscene, ""}, {}).ok());
    clock->move(1h);
    auto store = session->openReader();
    ASSERT_TRUE(store.ok());
    const auto then = foldTo(*store.value(), State{}, shift.seq);
    ASSERT_TRUE(then.ok());
    const auto again =
        handoverSheet(then.value(), *session->city(), shift.desk, shift.since, shift.at, shift.text);
    EXPECT_EQ(sheetSha256(again), shift.sha256);
    EXPECT_EQ(sheetJson(again, true), sheetJson(sheet, true));
    // Redaction takes the words away and leaves the proof.
    EXPECT_THAT(sheetJson(sheet, false), ::testing::Not(HasSubstr("locked")));
    EXPECT_THAT(sheetHtml(sheet, *session->city(), layers::Language::english),
                HasSubstr("door &lt;locked&gt;"));
    for (const auto language : {layers::Language::english, layers::Language::chinese}) {
        const std::string text = sheetText(sheet, *session->city(), language);
        EXPECT_THAT(text, HasSubstr("mind the harbour"));
        EXPECT_THAT(text, ::testing::Not(HasSubstr("sheet."))) << "a word is missing";
    }
    EXPECT_EQ(kit::sql(folder / "journal.sqlite",
                       "SELECT json_extract(payload,'$.text') FROM events WHERE kind = 'shiftHandedOver'"),
              "")
        << "remarks are private text";
}

TEST_F(People, ADeskFurtherUpHearsOfATicketWhenItIsEscalatedThere) {
    const auto session = at("li", false);
    const City& city = *session->city();
    Ticket ticket;
    ticket.desk = "station", ticket.chain = {"T", "C"};
    const Scope own(city, "station"), next(city, "T"), top(city, "C"), stranger(city, "X");
    EXPECT_TRUE(own.hears(ticket));
    EXPECT_FALSE(next.hears(ticket)) << "it is on its way";
    ticket.boards = {"T"};
    EXPECT_TRUE(next.hears(ticket));
    EXPECT_FALSE(top.hears(ticket));
    ticket.boards = {"T", "C"};
    EXPECT_TRUE(own.hears(ticket));
    EXPECT_TRUE(top.hears(ticket));
    EXPECT_TRUE(stranger.hears(ticket)) << "nobody will ever escalate it there: it is heard at once";
    EXPECT_TRUE(Scope().hears(ticket));
}

TEST_F(People, PointsAddUpToWhatSqlCountsInTheJournal) {
    write("points.toml", R"(format = 1
roles = ["officer", "gridWorker"]
[handled]
points = 2
joined = 1
category = { "03" = 4 }
[on_time]
points = 1.5
late = -1
[roll]
answered = 0.25
missed = -2
)");
    const auto rules = layers::readPoints(folder / "points.toml");
    ASSERT_TRUE(rules.ok()) << rules.problem().message.code;
    const auto session = at("li");
    const auto say = [&](const Command& command) { ASSERT_TRUE(session->execute(command, {}).ok()); };
    const auto work = [&](TicketId ticket, const char* unit, std::chrono::minutes took) {
        say(noise(*session));
        say(AssignUnit{ticket, {unit}, {}, {}, {}, {}, {}});
        clock->move(took);
        say(MoveAssignment{ticket, {}, AssignmentStatus::accepted, ""});
        say(MoveAssignment{ticket, {}, AssignmentStatus::onscene, ""});
        say(MoveAssignment{ticket, {}, AssignmentStatus::handled, "done"});
    };
    work({1001}, "U1", 1min);
    work({1002}, "U1", 30min);
    work({1003}, "U3", 1min);
    say(noise(*session));
    say(AssignUnit{{1004}, {"U1"}, {}, {}, {}, {}, {}});
    say(AssignUnit{{1004}, {"W1"}, {}, {}, {}, {}, {}}); // joins
    say(MoveAssignment{{1004}, UnitId{"W1"}, AssignmentStatus::handled, "helped"});
    say(MoveAssignment{{1004}, UnitId{"U1"}, AssignmentStatus::released, ""});
    CallRoll call{rollOf(*session->city(), session->state(), "city", clock->now()).value()};
    call.roll.deadline = clock->now() + 10min;
    say(call);
    say(AnswerRoll{{}, {"U1"}, false, {}, {}});
    say(CloseRoll{"RC1"});

    const Instant from = clock->now() - 24h, till = clock->now() + 1h;
    auto store = session->openReader();
    ASSERT_TRUE(store.ok());
    PointsWork found;
    found.rolls = rollsClosed(*store.value(), from, till).value();
    const auto units = pointsOf(session->state(), rules.value(), from, till, found, session->city()->zone);
    long sum = 0;
    std::map<std::string, long> points;
    for (const auto& unit : units) {
        long lines = 0;
        for (const auto& line : unit.lines)
            lines += line.points;
        EXPECT_EQ(lines, unit.points) << unit.unit.text;
        points[unit.unit.text] = unit.points, sum += unit.points;
    }
    // Recounted by a stranger with nothing but the journal's tables.
    const char* recount = R"(
WITH opened AS (SELECT json_extract(payload,'$.ticket') t, json_extract(payload,'$.incident.category') c,
        json_extract(payload,'$.deadlines.accept') accept, json_extract(payload,'$.deadlines.arrive') arrive
        FROM events WHERE kind='ticketOpened'),
     part AS (SELECT json_extract(payload,'$.ticket') t, json_extract(payload,'$.unit') u,
        json_extract(payload,'$.part') p FROM events WHERE kind='unitAssigned'),
     moved AS (SELECT json_extract(payload,'$.ticket') t, json_extract(payload,'$.unit') u,
        json_extract(payload,'$.to') step,
        strftime('%Y-%m-%dT%H:%M:%f', occurred_at/1000.0, 'unixepoch') || 'Z' at
        FROM events WHERE kind='assignmentMoved'),
     done AS (SELECT part.u u, p, c, (SELECT at FROM moved m WHERE m.t=part.t AND m.u=part.u AND step='accepted') <= accept
        AND (SELECT at FROM moved m WHERE m.t=part.t AND m.u=part.u AND step='onscene') <= arrive kept
        FROM part JOIN moved ON moved.t=part.t AND moved.u=part.u AND moved.step='handled'
        JOIN opened ON opened.t=part.t),
     lines AS (SELECT u, CASE WHEN p='joint' THEN 100 WHEN c LIKE '03%' THEN 400 ELSE 200 END points FROM done
        UNION ALL SELECT u, CASE WHEN kept THEN 150 ELSE -100 END FROM done WHERE p='lead'
        UNION ALL SELECT a.value, 25 FROM events, json_each(payload,'$.answered') a WHERE kind='rollClosed'
        UNION ALL SELECT a.value, -200 FROM events, json_each(payload,'$.missed') a WHERE kind='rollClosed')
SELECT sum(points) FROM lines)";
    const std::string ofAll = recount;
    EXPECT_EQ(kit::sql(folder / "journal.sqlite", ofAll), std::to_string(sum));
    for (const auto& [unit, value] : points)
        EXPECT_EQ(kit::sql(folder / "journal.sqlite", ofAll + " WHERE u='" + unit + "'"),
                  std::to_string(value))
            << unit;
    EXPECT_EQ(points["U1"], 400 + 150 + 400 - 100 + 25);
    EXPECT_EQ(pointsText(points["U1"]), "8.75");
    EXPECT_EQ(pointsText(-25), "-0.25");
    EXPECT_EQ(pointsText(-200), "-2");
}

TEST_F(People, PatrolIsTheTimeSeenOnTheTrackWhileOnNoTicket) {
    const auto session = at("li", false);
    const Instant start = clock->now();
    ASSERT_TRUE(session->execute(noise(*session), {}).ok());
    clock->move(30min);
    ASSERT_TRUE(session->execute(AssignUnit{{1001}, {"U1"}, {}, {}, {}, {}, {}}, {}).ok());
    clock->move(20min);
    ASSERT_TRUE(session->execute(MoveAssignment{{1001}, {}, AssignmentStatus::released, ""}, {}).ok());
    const auto zone = session->city()->zone;
    std::vector<Fix> fixes;
    for (int minute = 0; minute <= 90; ++minute) {
        if (minute > 70 && minute < 80)
            continue; // out of sight for ten minutes
        const Instant when = start + std::chrono::minutes(minute);
        fixes.push_back({{"U1"}, {120.5, 32.0}, when, when, 1, 0});
    }
    {
        auto log = TrackLog::open(folder / "tracks", false);
        ASSERT_TRUE(log.ok());
        ASSERT_TRUE(log.value()->append(fixes).ok());
        ASSERT_TRUE(log.value()->flush().ok());
    }
    const auto log = TrackLog::open(folder / "tracks", true);
    const auto minutes = patrolMinutes(*log.value(), session->state(), start, start + 2h, 300s, zone);
    int sum = 0;
    for (const auto& [day, count] : minutes.at("U1"))
        sum += count;
    EXPECT_EQ(sum, 30 + 20 + 10) << "before the ticket, after it, and after the gap";
}

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "read-source")
        return layers::readerMain(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
