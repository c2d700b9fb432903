// SPDX-License-Identifier: GPL-3.0-or-later
// The closed loop, command by command.
#include "dispatch/feedback.h"
#include "dispatch/feed.h"
#include "dispatch/time_ahead.h"
#include "journal_kit.h"

#include <gmock/gmock.h>

namespace vedette::dispatch {
namespace {

using namespace kit;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

struct Loop : testing::Test {
    State state = apply(
        State(), event(ReferencePinned{"units", "sha", "units.csv",
                                       std::make_shared<const std::string>(encodeUnits(someUnits(3, 1)))}));
    layers::TimeZone zone = layers::TimeZone::utc();
    Instant now{std::chrono::milliseconds{1'700'000'000'000}};
    std::string actor = "li", source;
    const TicketId t{1001};
    const UnitId u0{"U1000"}, u1{"U1001"};
    Decision last;

    std::vector<std::string> say(const Command& command, const std::string& line = {}) {
        last = decide(state, command, {actor, "ws1", "", source, "", Mode::live, now, line}, zone);
        for (const Event& one : last.events) {
            EXPECT_EQ(decodePayload(one.envelope.kind, 1, encodePayload(one.payload)), one.payload);
            state = apply(std::move(state), one);
        }
        std::vector<std::string> codes;
        for (const Message& violation : last.violations) {
            codes.push_back(violation.code);
            EXPECT_TRUE(layers::hasWording(violation.code, layers::Language::chinese)) << violation.code;
        }
        return codes;
    }
    std::string arg(const std::string& name) const {
        for (const auto& [key, value] : last.violations.at(0).args)
            if (key == name)
                return value;
        return {};
    }
    std::vector<std::string> move(TicketMove to, std::string reason = {}) {
        return say(MoveTicket{t, to, {}, std::move(reason)});
    }
    void handle(std::vector<FeedbackField> fields = {}) {
        EXPECT_THAT(say(AssignUnit{t, u0, {}, {}, {}, {}, {}}), IsEmpty());
        EXPECT_THAT(say(MoveAssignment{t, {}, AssignmentStatus::handled, "done", std::move(fields)}), IsEmpty());
    }
    void open(const std::function<void(OpenTicket&)>& with = {}) {
        OpenTicket command = openTicket();
        command.duty.review = 0min;
        if (with)
            with(command);
        EXPECT_THAT(say(command), IsEmpty());
    }
    const Ticket& ticket() const { return *state.ticket(t); }
    std::string lastLog() const { return ticket().log.back().what.code; }
};

// ---- minutes per class of area ----

TEST_F(Loop, a_duty_takes_the_minutes_of_the_class_and_keeps_only_those) {
    Duty duty = someDuty();
    duty.arrive = 5min;
    duty.byClass = {{layers::AreaClass::suburb, {}, 10min, {}, {}, {}},
                    {layers::AreaClass::rural, 4min, 20min, {}, 0min, {}}};
    EXPECT_EQ(dutyIn(duty, layers::AreaClass::suburb).arrive, 10min);
    EXPECT_EQ(dutyIn(duty, layers::AreaClass::suburb).accept, duty.accept);
    EXPECT_EQ(dutyIn(duty, layers::AreaClass::rural).accept, 4min);
    EXPECT_EQ(dutyIn(duty, layers::AreaClass::city).arrive, 5min);
    EXPECT_EQ(dutyIn(duty, std::nullopt).arrive, 5min);
    EXPECT_THAT(dutyIn(duty, layers::AreaClass::rural).byClass, IsEmpty());
    EXPECT_EQ(decodeDuties(encodeDuties({duty})), std::vector<Duty>{duty});
    open([&](OpenTicket& command) { command.duty = dutyIn(duty, layers::AreaClass::suburb); });
    EXPECT_EQ(ticket().deadlines.arrive, now + 10min);
    EXPECT_EQ(ticket().duty.areaClass, layers::AreaClass::suburb);
}

TEST_F(Loop, what_is_pinned_or_opened_without_any_of_it_is_written_as_before) {
    const std::string duty = encodeDuties({someDuty()});
    EXPECT_EQ(duty.find("byClass"), duty.npos);
    EXPECT_EQ(duty.find("inspect"), duty.npos);
    open();
    const std::string opened = encodePayload(last.events.front().payload);
    for (const char* word : {"begins", "areaClass", "feedback", "reviewBy", "inspect", "sweep", "byClass"})
        EXPECT_EQ(opened.find(word), opened.npos) << word;
}

// ---- required feedback ----

TEST_F(Loop, reviewing_and_closing_want_every_answer_the_field_is_always_heard) {
    open([](OpenTicket& command) { command.duty.feedback = {"result", "photo_taken"}; });
    handle({{"result", "settled"}});
    EXPECT_EQ(stage(ticket()), Stage::handled) << "what was done was done";
    EXPECT_THAT(move(TicketMove::reviewed, "called back"), ElementsAre("feedbackMissing"));
    EXPECT_EQ(arg("fields"), "photo_taken");
    EXPECT_THAT(move(TicketMove::closed), ElementsAre("feedbackMissing"));
    EXPECT_THAT(say(GiveFeedback{t, {}, {{"photo_token", "yes"}}}), ElementsAre("feedbackFieldUnknown"));
    EXPECT_THAT(say(GiveFeedback{t, {}, {{"photo_taken", ""}}}), ElementsAre("textMissing")) << "left blank";
    EXPECT_THAT(say(GiveFeedback{t, u0, {{"photo_taken", "yes"}}}), IsEmpty());
    EXPECT_EQ(lastLog(), "log.fields");
    EXPECT_THAT(move(TicketMove::reviewed), IsEmpty());
    EXPECT_THAT(move(TicketMove::closed), IsEmpty());
}

TEST_F(Loop, a_reason_closes_what_is_not_answered_and_a_reopened_ticket_is_asked_anew) {
    open([](OpenTicket& command) { command.duty.feedback = {"result"}; });
    handle({{"result", "settled"}});
    EXPECT_THAT(move(TicketMove::closed), IsEmpty());
    EXPECT_THAT(move(TicketMove::reopened, "again"), IsEmpty());
    handle();
    EXPECT_THAT(move(TicketMove::closed), ElementsAre("feedbackMissing"));
    EXPECT_THAT(move(TicketMove::closed, "nobody can say any more"), IsEmpty());
}

TEST_F(Loop, a_feed_may_answer_what_nobody_asked) {
    open([](OpenTicket& command) { command.duty.feedback = {"result"}; });
    source = "feed";
    EXPECT_THAT(say(GiveFeedback{t, u0, {{"weather", "rain"}, {"result", "a"}, {"result", "b"}, {"b d", "x"}}}),
                IsEmpty());
    EXPECT_EQ(ticket().feedback, (std::vector<FeedbackField>{{"weather", "rain"}, {"result", "b"}}));
}

TEST_F(Loop, values_are_private_and_names_are_not) {
    open([](OpenTicket& command) { command.duty.feedback = {"result"}; });
    State other = state;
    EXPECT_THAT(say(GiveFeedback{t, {}, {{"result", "settled"}}}), IsEmpty());
    Event redacted = last.events.front();
    std::get<FeedbackGiven>(redacted.payload).fields[0].value.clear();
    other = apply(std::move(other), redacted);
    EXPECT_EQ(other.hash(), state.hash());
    EXPECT_THAT(feedbackMissing(*other.ticket(t)), IsEmpty()) << "answered, though what was said is gone";
    std::get<FeedbackGiven>(redacted.payload).fields[0].name = "another";
    EXPECT_NE(apply(State(other), redacted).hash(), apply(State(other), last.events.front()).hash());
}

TEST(TypedFeedback, words_with_names_that_are_asked_are_fields_the_rest_stays) {
    const auto typed = typedFeedback("two  warned result=\"sent home\" a=b persons_moved=2 bye",
                                     {"result", "persons_moved"});
    EXPECT_EQ(typed.fields, (std::vector<FeedbackField>{{"result", "sent home"}, {"persons_moved", "2"}}));
    EXPECT_EQ(typed.rest, "two  warned a=b bye");
    EXPECT_EQ(typedFeedback("a=b c", {}, true).fields.size(), 1u);
    EXPECT_EQ(typedFeedback("=b", {}, true).rest, "=b");
    EXPECT_EQ(typedFeedback("a=\"open", {}, true).fields.at(0).value, "\"open");
}

TEST(Feed, feedback_lines_carry_fields) {
    const auto read = readFeedLine(
        R"({"type":"feedback","id":"1","ticket":"T1001","unit":"U1","time":"2026-03-14T02:30:00Z","status":"handled","fields":{"result":"settled","persons_moved":12,"photo_taken":true,"photos":["a","b"]}})",
        {});
    ASSERT_TRUE(read.ok());
    const auto& move = std::get<MoveAssignment>(std::get<Command>(read.value().what));
    EXPECT_EQ(move.fields, (std::vector<FeedbackField>{{"result", "settled"},
                                                       {"persons_moved", "12"},
                                                       {"photo_taken", "true"},
                                                       {"photos", R"(["a","b"])"}}));
    const auto later = readFeedLine(
        R"({"type":"feedback","id":"2","ticket":"T1001","unit":"U1","time":"2026-03-14T02:30:00Z","text":"more","fields":{"result":"x"}})",
        {});
    ASSERT_TRUE(later.ok());
    EXPECT_EQ(std::get<GiveFeedback>(std::get<Command>(later.value().what)).text, "more");
}

// ---- review by a second person ----

TEST_F(Loop, who_verified_sent_or_reported_it_handled_may_not_review) {
    open([](OpenTicket& command) { command.duty.reviewBySecond = true; });
    EXPECT_THAT(say(VerifyTicket{t}), IsEmpty());
    actor = "wang";
    handle();
    EXPECT_THAT(move(TicketMove::reviewed), ElementsAre("reviewerSent"));
    EXPECT_EQ(arg("actor"), "wang");
    actor = "li";
    EXPECT_THAT(move(TicketMove::reviewed), ElementsAre("reviewerSent"));
    EXPECT_THAT(move(TicketMove::closed), ElementsAre("reviewMissing"));
    actor = "zhao";
    EXPECT_THAT(move(TicketMove::reviewed), IsEmpty());
    actor = "li";
    EXPECT_THAT(move(TicketMove::closed), IsEmpty());
    EXPECT_THAT(move(TicketMove::reopened, "again"), IsEmpty());
    EXPECT_THAT(workedOn(ticket()), IsEmpty()) << "another round, other people";
}

TEST_F(Loop, a_reason_closes_what_nobody_else_reviewed) {
    open([](OpenTicket& command) { command.duty.reviewBySecond = true; });
    handle();
    EXPECT_THAT(move(TicketMove::closed, "the other one is ill"), IsEmpty());
}

// ---- scheduled and reserved ----

TEST_F(Loop, a_scheduled_ticket_runs_its_clocks_from_when_it_begins) {
    open([&](OpenTicket& command) { command.begins = now + 2h; });
    EXPECT_TRUE(isScheduled(ticket(), now));
    EXPECT_FALSE(isScheduled(ticket(), now + 2h));
    EXPECT_EQ(runningDeadline(ticket())->due, now + 2h + someDuty().accept);
    EXPECT_THAT(say(ScheduleTicket{t, now + 3h}), IsEmpty());
    EXPECT_EQ(ticket().deadlines.accept, now + 3h + someDuty().accept);
    EXPECT_THAT(say(ScheduleTicket{t, now + 3h}), ElementsAre("nothingChanges"));
    EXPECT_THAT(say(ScheduleTicket{t, now}), ElementsAre("timePassed"));
    EXPECT_THAT(say(AssignUnit{t, u0, {}, {}, {}, {}, {}}), IsEmpty());
    EXPECT_FALSE(isScheduled(ticket(), now)) << "somebody went at once";
    EXPECT_THAT(say(ScheduleTicket{t, now + 4h}), ElementsAre("underWay"));
    OpenTicket late = openTicket();
    late.begins = now - 1s;
    EXPECT_THAT(say(late), ElementsAre("timePassed"));
}

TEST_F(Loop, cancelled_and_reopened_before_its_time_it_is_scheduled_still) {
    open([&](OpenTicket& command) { command.begins = now + 2h; });
    EXPECT_THAT(say(ReserveUnit{t, u0}), IsEmpty());
    EXPECT_THAT(move(TicketMove::cancelled, "no"), IsEmpty());
    EXPECT_THAT(ticket().reserved, IsEmpty());
    EXPECT_THAT(move(TicketMove::reopened, "yes"), IsEmpty());
    EXPECT_TRUE(isScheduled(ticket(), now));
    EXPECT_EQ(ticket().deadlines.accept, now + 2h + someDuty().accept);
}

TEST_F(Loop, a_reservation_takes_no_capacity_and_is_assigned_when_it_begins) {
    open([&](OpenTicket& command) { command.begins = now + 2h; });
    EXPECT_THAT(say(ReserveUnit{t, u0}), IsEmpty());
    EXPECT_THAT(say(ReserveUnit{t, u0}), ElementsAre("alreadyReserved"));
    EXPECT_TRUE(state.unit(u0)->tickets.empty());
    EXPECT_THAT(say(BeginReserved{t, u0, {}, {}}), ElementsAre("nothingChanges")) << "not yet";
    now += 2h;
    actor = "clock";
    EXPECT_THAT(say(BeginReserved{t, u0, {120, 30}, PositionBasis::posted}), IsEmpty());
    EXPECT_EQ(lead(ticket())->unit, u0);
    EXPECT_EQ(lead(ticket())->overrideReason, "reserved");
    EXPECT_THAT(ticket().reserved, IsEmpty());
    EXPECT_TRUE(last.read.contains("unit/U1000"));
    EXPECT_THAT(say(BeginReserved{t, u0, {}, {}}), ElementsAre("nothingChanges")) << "once";
}

TEST_F(Loop, a_reservation_that_cant_be_kept_is_lost_and_the_record_says_why) {
    open([&](OpenTicket& command) { command.begins = now + 2h; });
    EXPECT_THAT(say(ReserveUnit{t, u0}), IsEmpty());
    EXPECT_THAT(say(ChangeRoster{u0, RosterChange::outOfService, "flat tyre"}), IsEmpty());
    now += 2h;
    EXPECT_THAT(say(BeginReserved{t, u0, {}, {}}), IsEmpty());
    EXPECT_EQ(lastLog(), "log.reservationLost");
    EXPECT_EQ(ticket().log.back().what.args.at(1).second, "unitOutOfService");
    EXPECT_THAT(ticket().reserved, IsEmpty());
    EXPECT_FALSE(isScheduled(ticket(), now));
    EXPECT_EQ(lead(ticket()), nullptr) << "an ordinary ticket that waits";
    EXPECT_THAT(say(ReserveUnit{t, u1}), ElementsAre("notScheduled"));
}

TEST_F(Loop, a_reservation_can_be_given_up) {
    open([&](OpenTicket& command) { command.begins = now + 2h; });
    EXPECT_THAT(say(UnreserveUnit{t, {}}), ElementsAre("notReserved"));
    EXPECT_THAT(say(ReserveUnit{t, u0}), IsEmpty());
    EXPECT_THAT(say(ReserveUnit{t, u1}), IsEmpty());
    EXPECT_THAT(say(UnreserveUnit{t, {}}), ElementsAre("severalReserved"));
    EXPECT_THAT(say(UnreserveUnit{t, u0}), IsEmpty());
    EXPECT_THAT(say(UnreserveUnit{t, {}}), IsEmpty());
    EXPECT_EQ(lastLog(), "log.unreserved");
}

TEST(TimeAhead, a_wall_clock_time_is_the_next_one_a_date_is_that_one) {
    const auto zone = layers::TimeZone::named("Asia/Shanghai").value();
    const Instant now = *layers::parseTime("2026-03-14T06:30:00Z", zone); // 14:30 there
    EXPECT_EQ(timeAhead("14:31", zone, now), now + 1min);
    EXPECT_EQ(timeAhead("14:30", zone, now), now + 24h);
    EXPECT_EQ(timeAhead("9:05", zone, now), now + 18h + 35min);
    EXPECT_EQ(timeAhead("2026-03-15T14:30", zone, now), now + 24h);
    EXPECT_EQ(timeAhead("2026-03-15 14:30", zone, now), now + 24h);
    for (const char* text : {"", "14", "25:00", "14:60", "14:3", "1430", "soon", "2026-03-15", "14:30x"})
        EXPECT_EQ(timeAhead(text, zone, now), std::nullopt) << text;
    const auto berlin = layers::TimeZone::named("Europe/Berlin").value();
    const Instant eve = *layers::parseTime("2026-03-28T12:00:00Z", berlin); // the clock goes on that night
    EXPECT_EQ(timeAhead("12:00", berlin, eve), eve + 22h);
}

// ---- hazards ----

TEST_F(Loop, a_hazard_is_rectified_then_inspected_by_somebody_else) {
    open();
    EXPECT_THAT(say(RectifyHazard{t, ""}), ElementsAre("noHazard"));
    EXPECT_THAT(say(FindHazard{t, 0, "exit"}), ElementsAre("hazardDays"));
    EXPECT_THAT(say(FindHazard{t, 3, "exit blocked"}), IsEmpty());
    EXPECT_THAT(say(FindHazard{t, 3, "exit blocked"}), ElementsAre("hazardRuns"));
    handle();
    EXPECT_EQ(runningDeadline(ticket())->name, "rectify");
    EXPECT_EQ(runningDeadline(ticket())->due, now + 72h);
    EXPECT_THAT(move(TicketMove::closed), ElementsAre("hazardOpen"));
    EXPECT_THAT(say(InspectHazard{t, true, 0, ""}), ElementsAre("notRectified"));
    EXPECT_THAT(say(RectifyHazard{t, "cleared"}), IsEmpty());
    EXPECT_EQ(runningDeadline(ticket())->name, "inspect");
    EXPECT_THAT(say(InspectHazard{t, true, 0, ""}), ElementsAre("inspectorRectified"));
    EXPECT_EQ(arg("actor"), "li");
    actor = "wang";
    EXPECT_THAT(say(InspectHazard{t, true, 0, "looks good"}), IsEmpty());
    EXPECT_EQ(runningDeadline(ticket()), std::nullopt);
    EXPECT_THAT(move(TicketMove::closed), IsEmpty());
}

TEST_F(Loop, an_inspection_that_fails_begins_anew_with_its_clocks) {
    open();
    EXPECT_THAT(say(FindHazard{t, 1, "exit blocked"}), IsEmpty());
    now += 25h;
    EXPECT_THAT(say(EscalateOverdue{t, "rectify", 1}), IsEmpty());
    EXPECT_EQ(lastLog(), "log.overdue.rectify");
    EXPECT_EQ(nextLevel(ticket(), "rectify"), 2);
    EXPECT_THAT(say(RectifyHazard{t, "cleared"}), IsEmpty());
    actor = "wang";
    EXPECT_THAT(say(InspectHazard{t, false, 0, ""}), ElementsAre("hazardDays"));
    EXPECT_THAT(say(InspectHazard{t, false, 2, "still there"}), IsEmpty());
    EXPECT_EQ(ticket().hazard.due, now + 48h);
    EXPECT_EQ(ticket().hazard.rounds, 1);
    EXPECT_EQ(nextLevel(ticket(), "rectify"), 1);
    EXPECT_THAT(say(MoveTicket{t, TicketMove::closed, "", "the house is torn down"}), IsEmpty());
}

TEST_F(Loop, the_review_clock_waits_for_the_inspection) {
    open([](OpenTicket& command) { command.duty.review = 60min; });
    EXPECT_THAT(say(FindHazard{t, 1, "exit blocked"}), IsEmpty());
    handle();
    ASSERT_EQ(runningDeadlines(ticket()).size(), 1u);
    now += 20h;
    EXPECT_THAT(say(RectifyHazard{t, ""}), IsEmpty());
    actor = "wang";
    EXPECT_THAT(say(InspectHazard{t, true, 0, ""}), IsEmpty());
    EXPECT_EQ(runningDeadline(ticket())->due, now + 60min);
}

// ---- sweeps ----

TEST_F(Loop, a_sweep_opens_its_tickets_at_once_and_closing_cancels_what_nobody_began) {
    OpenSweep sweep{"fire check", "03.2", "320601001", {openTicket("a"), openTicket("b"), openTicket("c")}};
    EXPECT_THAT(say(sweep, "sweep 03.2 @320601001 fire check"), IsEmpty());
    EXPECT_EQ(last.events.size(), 4u);
    EXPECT_EQ(std::get<SweepOpened>(last.events[0].payload).line, "sweep 03.2 @320601001 fire check");
    ASSERT_TRUE(state.sweep("S1"));
    EXPECT_THAT(state.sweep("S1")->tickets, ElementsAre(TicketId{1001}, TicketId{1002}, TicketId{1003}));
    EXPECT_EQ(state.ticket({1003})->sweep, "S1");
    handle();
    EXPECT_THAT(say(OpenTicket(openTicket())), IsEmpty());
    EXPECT_THAT(say(JoinSweep{{1004}, "S2"}), ElementsAre("sweepUnknown"));
    EXPECT_THAT(say(JoinSweep{{1004}, "S1"}), IsEmpty());
    EXPECT_THAT(say(LeaveSweep{{1003}}), IsEmpty());
    EXPECT_THAT(say(LeaveSweep{{1003}}), ElementsAre("notInSweep"));
    EXPECT_THAT(state.sweep("S1")->tickets, ElementsAre(TicketId{1001}, TicketId{1002}, TicketId{1004}));
    EXPECT_THAT(say(CloseSweep{"S1", ""}), ElementsAre("sweepReasonMissing"));
    EXPECT_THAT(say(CloseSweep{"S1", "storm"}), IsEmpty());
    EXPECT_TRUE(isOpen(ticket())) << "handled: to be reviewed";
    EXPECT_EQ(stage(*state.ticket({1002})), Stage::cancelled);
    EXPECT_TRUE(isOpen(*state.ticket({1003}))) << "it had left";
    EXPECT_EQ(stage(*state.ticket({1004})), Stage::cancelled);
    EXPECT_THAT(say(CloseSweep{"S1", "storm"}), ElementsAre("sweepIsClosed"));
    EXPECT_THAT(say(JoinSweep{{1003}, "S1"}), ElementsAre("sweepIsClosed"));
    EXPECT_THAT(say(sweep), IsEmpty());
    EXPECT_TRUE(state.sweep("S2"));
}

TEST_F(Loop, a_sweep_is_bounded_and_says_how_many_it_would_have_been) {
    OpenSweep sweep{"all", "03.2", "3206", {}};
    EXPECT_THAT(say(sweep), ElementsAre("sweepEmpty"));
    sweep.tickets.assign(mostInSweep + 1, openTicket());
    EXPECT_THAT(say(sweep), ElementsAre("sweepTooWide"));
    EXPECT_EQ(arg("count"), "201");
    sweep.tickets.pop_back();
    EXPECT_THAT(say(sweep), IsEmpty());
    EXPECT_EQ(state.openTicketCount(), mostInSweep);
}

} // namespace
} // namespace vedette::dispatch
