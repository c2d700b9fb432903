// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_kit.h"

#include <gmock/gmock.h>

namespace vedette::dispatch {
namespace {

using namespace kit;
using testing::ElementsAre;

// One ticket in a state with units U1000 .. U1004, capacity 2.
struct Commands : testing::Test {
    State state = apply(
        State(), event(ReferencePinned{"units", "sha", "units.csv",
                                       std::make_shared<const std::string>(encodeUnits(someUnits(5)))}));
    layers::TimeZone zone = layers::TimeZone::utc();
    Mode mode = Mode::live;
    Instant now{std::chrono::milliseconds{1'700'000'000'000}};
    const TicketId t{1001}, t2{1002}, t3{1003};
    const UnitId u0{"U1000"}, u1{"U1001"};
    std::vector<Event> last; // what was said last became

    void SetUp() override {
        for (int i = 0; i < 3; ++i)
            EXPECT_THAT(say(openTicket()), ElementsAre());
    }
    std::vector<std::string> say(const Command& command, const std::string& line = {}) {
        const Decision decision = decide(state, command, {"li", "ws1", "", "", "", mode, now, line}, zone);
        last = decision.events;
        for (const Event& one : decision.events)
            state = apply(std::move(state), one);
        std::vector<std::string> codes;
        for (const Message& violation : decision.violations) {
            codes.push_back(violation.code);
            EXPECT_TRUE(layers::hasWording(violation.code, layers::Language::chinese)) << violation.code;
        }
        return codes;
    }
    std::vector<std::string> assign(TicketId ticket, UnitId unit, std::optional<Part> part = {}) {
        return say(AssignUnit{ticket, unit, part, {}, {}, {}, {}});
    }
    std::vector<std::string> step(AssignmentStatus to, std::optional<UnitId> unit = {}) {
        return say(MoveAssignment{t, unit, to, ""});
    }
    std::vector<std::string> move(TicketMove to, std::string target = "", std::string reason = "") {
        return say(MoveTicket{t, to, target, reason});
    }
    Stage stageNow() const { return stage(*state.ticket(t)); }
};

TEST_F(Commands, the_road_of_a_ticket_from_reported_to_closed) {
    EXPECT_EQ(stageNow(), Stage::reported);
    EXPECT_THAT(say(VerifyTicket{t}), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::verified);
    EXPECT_EQ(runningDeadline(*state.ticket(t))->name, "accept");
    EXPECT_THAT(assign(t, u0), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::dispatched);
    EXPECT_THAT(step(AssignmentStatus::accepted), ElementsAre());
    EXPECT_EQ(runningDeadline(*state.ticket(t))->name, "arrive");
    EXPECT_THAT(step(AssignmentStatus::enroute), ElementsAre());
    EXPECT_EQ(unitStatus(state, *state.unit(u0), now, zone), UnitStatus::enroute);
    EXPECT_THAT(step(AssignmentStatus::onscene), ElementsAre());
    EXPECT_EQ(runningDeadline(*state.ticket(t))->name, "finish");
    EXPECT_THAT(move(TicketMove::reviewed), ElementsAre("notHandled"));
    EXPECT_THAT(step(AssignmentStatus::handled), ElementsAre());
    EXPECT_EQ(unitStatus(state, *state.unit(u0), now, zone), UnitStatus::free);
    EXPECT_THAT(move(TicketMove::reviewed), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::reviewed);
    EXPECT_THAT(assign(t, u1), ElementsAre("wrongStep"));
    EXPECT_THAT(move(TicketMove::closed), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::closed);
    EXPECT_THAT(say(AddEntry{t, EntryKind::note, "late", {}}), ElementsAre("ticketClosed"));
    EXPECT_THAT(move(TicketMove::reopened), ElementsAre("reasonMissing"));
    now += std::chrono::hours{5};
    EXPECT_THAT(move(TicketMove::reopened, "", "again"), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::reopened);
    EXPECT_FALSE(lead(*state.ticket(t)));
    EXPECT_EQ(state.ticket(t)->deadlines.accept, now + std::chrono::minutes{3}) << "its clock starts anew";
    EXPECT_THAT(assign(t, u0), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::dispatched);
}

TEST_F(Commands, who_comes_first_leads_and_nobody_is_promoted_silently) {
    EXPECT_THAT(assign(t, u0, Part::joint), ElementsAre());
    EXPECT_EQ(lead(*state.ticket(t))->unit, u0);
    EXPECT_THAT(assign(t, u1, Part::lead), ElementsAre("leadTaken"));
    EXPECT_THAT(assign(t, u1), ElementsAre());
    EXPECT_EQ(state.ticket(t)->assignments[1].part, Part::joint);
    EXPECT_THAT(assign(t, u1), ElementsAre("alreadyAssigned"));
    EXPECT_THAT(step(AssignmentStatus::declined), ElementsAre());
    EXPECT_FALSE(lead(*state.ticket(t)));
    EXPECT_EQ(stageNow(), Stage::reported);
    EXPECT_THAT(step(AssignmentStatus::accepted), ElementsAre("nobodyLeads"));
    EXPECT_THAT(assign(t, {"U1002"}), ElementsAre());
    EXPECT_EQ(lead(*state.ticket(t))->unit.text, "U1002");
}

TEST_F(Commands, steps_go_forward_only) {
    ASSERT_THAT(assign(t, u0), ElementsAre());
    EXPECT_THAT(step(AssignmentStatus::assigned), ElementsAre("nothingChanges"));
    EXPECT_THAT(step(AssignmentStatus::enroute), ElementsAre()) << "the field may skip accepting";
    EXPECT_THAT(step(AssignmentStatus::accepted), ElementsAre("wrongStep"));
    EXPECT_THAT(step(AssignmentStatus::declined), ElementsAre("wrongStep"));
    EXPECT_THAT(step(AssignmentStatus::accepted, u1), ElementsAre("notAssigned"));
    EXPECT_THAT(step(AssignmentStatus::released), ElementsAre());
    EXPECT_THAT(step(AssignmentStatus::handled, u0), ElementsAre("notAssigned"));
}

TEST_F(Commands, who_may_not_be_sent_is_told_with_every_reason) {
    EXPECT_THAT(assign({9}, {"nobody"}), ElementsAre("ticketUnknown", "unitUnknown"));
    ASSERT_THAT(assign(t, u0), ElementsAre());
    ASSERT_THAT(assign(t2, u0), ElementsAre());
    EXPECT_THAT(assign(t3, u0), ElementsAre("unitAtCapacity"));
    EXPECT_THAT(say(ChangeRoster{u0, RosterChange::breakStarted, ""}), ElementsAre());
    EXPECT_THAT(say(ChangeRoster{u0, RosterChange::outOfService, ""}), ElementsAre());
    EXPECT_THAT(assign(t3, u0), ElementsAre("unitOnBreak", "unitOutOfService", "unitAtCapacity"));
    EXPECT_THAT(say(ChangeRoster{u0, RosterChange::off, ""}), ElementsAre());
    EXPECT_THAT(assign(t3, u0), ElementsAre("unitOffShift", "unitOutOfService", "unitAtCapacity"));
    EXPECT_THAT(say(ChangeRoster{u0, RosterChange::off, ""}), ElementsAre("nothingChanges"));
    EXPECT_THAT(say(ChangeRoster{u0, RosterChange::breakStarted, ""}), ElementsAre("unitOffShift"));
    EXPECT_EQ(state.ticket(t)->assignments[0].status, AssignmentStatus::assigned)
        << "the status belongs to the assignment: a roster change doesn't touch it";
}

TEST_F(Commands, side_steps_want_what_they_need_and_release_who_is_on_it) {
    ASSERT_THAT(assign(t, u0), ElementsAre());
    EXPECT_THAT(move(TicketMove::closed), ElementsAre("notHandled"));
    EXPECT_THAT(move(TicketMove::returned), ElementsAre("reasonMissing"));
    EXPECT_THAT(move(TicketMove::cancelled), ElementsAre("reasonMissing"));
    EXPECT_THAT(move(TicketMove::transferred), ElementsAre("targetMissing"));
    EXPECT_THAT(move(TicketMove::transferred, "nowhere"), ElementsAre("deskUnknown"));
    EXPECT_THAT(move(TicketMove::merged, "T1001"), ElementsAre("mergeIntoItself"));
    EXPECT_THAT(move(TicketMove::merged, "T7"), ElementsAre("ticketUnknown"));
    EXPECT_THAT(move(TicketMove::escalated, "county"), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::dispatched) << "an escalation doesn't hide who is on the way";
    EXPECT_EQ(state.ticket(t)->escalations, 1);
    EXPECT_THAT(say(JudgeDuplicate{t, t2, true}), ElementsAre());
    EXPECT_TRUE(isOpen(*state.ticket(t)));
    EXPECT_THAT(say(JudgeDuplicate{t, t2, false}), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::merged);
    EXPECT_EQ(state.ticket(t)->mergedInto, t2);
    EXPECT_EQ(state.ticket(t)->assignments[0].status, AssignmentStatus::released);
    EXPECT_TRUE(state.unit(u0)->tickets.empty());
    EXPECT_THAT(say(MoveTicket{t2, TicketMove::merged, "T1001", ""}), ElementsAre("ticketClosed"));
    EXPECT_THAT(say(MoveTicket{t2, TicketMove::closed, "", "nothing there"}), ElementsAre());
}

TEST_F(Commands, a_new_category_brings_its_duty_and_the_deadlines_it_would_have_had) {
    const Instant opened = now;
    Duty grave = someDuty();
    grave.category = "01.1", grave.priority = 1, grave.accept = std::chrono::minutes{1};
    ASSERT_THAT(assign(t, u0), ElementsAre());
    now += std::chrono::minutes{2};
    const auto become = [&](const std::string& category, int priority = 0) {
        return say(ReclassifyTicket{t, category, priority, grave, {"dutyMissing"}});
    };
    EXPECT_THAT(become(""), ElementsAre("categoryMissing"));
    EXPECT_THAT(become("01.1"), ElementsAre());
    const Ticket& held = *state.ticket(t);
    EXPECT_EQ(held.incident.category, "01.1");
    EXPECT_EQ(held.incident.priority, 1);
    EXPECT_EQ(held.duty, grave);
    EXPECT_EQ(held.deadlines.accept, opened + std::chrono::minutes{1}) << "late already, and honestly so";
    EXPECT_THAT(held.flags, ElementsAre("dutyMissing"));
    EXPECT_TRUE(lead(held)) << "who is on it stays on it";
    EXPECT_EQ(held.log.back().what.code, "log.reclassified");
    EXPECT_EQ(held.log.back().what.args.at(0).second, "03.2");
    EXPECT_TRUE(layers::hasWording("log.reclassified", layers::Language::chinese));
    EXPECT_THAT(become("01.1"), ElementsAre("nothingChanges"));
    EXPECT_THAT(become("01.1", 3), ElementsAre()) << "the same category, another priority";
    EXPECT_EQ(state.ticket(t)->incident.priority, 3);
    ASSERT_THAT(move(TicketMove::cancelled, "", "nobody there"), ElementsAre());
    EXPECT_THAT(become("03.2"), ElementsAre("ticketClosed"));
    now += std::chrono::hours{1};
    ASSERT_THAT(move(TicketMove::reopened, "", "again"), ElementsAre());
    ASSERT_THAT(become("03.2"), ElementsAre());
    EXPECT_EQ(state.ticket(t)->deadlines.accept, now + std::chrono::minutes{1}) << "since it was reopened";
}

TEST_F(Commands, a_typed_line_is_kept_with_what_it_did_also_where_it_ends_the_ticket) {
    const auto texts = [&](TicketId ticket) {
        std::vector<std::string> found;
        for (const LogEntry& entry : state.ticket(ticket)->log)
            if (entry.what.code == "log.note")
                found.push_back(entry.what.args.at(0).second);
        return found;
    };
    EXPECT_THAT(say(AssignUnit{t, u0, {}, {}, {}, {}, {}}, "a u1000  T1001"), ElementsAre());
    EXPECT_THAT(say(MoveTicket{t, TicketMove::cancelled, "", "nobody"}, "can T1001 nobody"), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::cancelled);
    EXPECT_THAT(texts(t), ElementsAre("> a u1000  T1001", "> can T1001 nobody"));
    EXPECT_EQ(state.ticket(t)->log.back().what.code, "log.cancelled");
    EXPECT_THAT(say(MoveTicket{t, TicketMove::reopened, "", "again"}, "reo T1001 again"), ElementsAre());
    EXPECT_EQ(texts(t).back(), "> reo T1001 again");
    EXPECT_THAT(say(openTicket(), "n 03.2 @here"), ElementsAre());
    EXPECT_THAT(texts({1004}), ElementsAre("> n 03.2 @here"));
    // What is refused leaves nothing.
    const std::size_t before = state.ticket(t2)->log.size();
    EXPECT_THAT(say(MoveTicket{t2, TicketMove::reviewed, "", ""}, "rev T1002"), ElementsAre("notHandled"));
    EXPECT_EQ(state.ticket(t2)->log.size(), before);
    // A unit has no record: its line stands in the journal.
    EXPECT_THAT(say(ChangeRoster{u1, RosterChange::off, ""}, "off u1001"), ElementsAre());
    ASSERT_EQ(last.size(), 2u);
    EXPECT_EQ(std::get<LineSaid>(last[1].payload), (LineSaid{u1, "off u1001"}));
    EXPECT_EQ(decodePayload("lineSaid", 1, encodePayload(last[1].payload)), last[1].payload);
}

TEST_F(Commands, what_is_not_on_earth_or_says_nothing_is_refused) {
    OpenTicket open = openTicket();
    open.incident.at = {200, 30};
    open.incident.category.clear();
    EXPECT_THAT(say(open), ElementsAre("categoryMissing", "placeMissing"));
    EXPECT_THAT(say(DeclarePosition{u0, {0, 91}}), ElementsAre("placeMissing"));
    EXPECT_THAT(say(AddEntry{t, EntryKind::note, "", {}}), ElementsAre("textMissing"));
    EXPECT_THAT(say(VerifyTicket{t}), ElementsAre());
    EXPECT_THAT(say(VerifyTicket{t}), ElementsAre("nothingChanges"));
    mode = Mode::training;
    EXPECT_THAT(say(VerifyTicket{t2}), ElementsAre("modeMismatch"));
}

TEST_F(Commands, a_ticket_is_handed_over_whole_and_comes_back) {
    const auto handOver = [&](const char* desk) {
        return say(MoveTicket{t, TicketMove::transferred, desk, "theirs", Whither::desk});
    };
    EXPECT_THAT(handOver("desk1"), ElementsAre("nothingChanges"));
    EXPECT_THAT(handOver("desk2"), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::transferred);
    EXPECT_TRUE(isOpen(*state.ticket(t)));
    EXPECT_EQ(state.ticket(t)->desk, "desk2");
    EXPECT_EQ(state.ticket(t)->cameFrom, "desk1");
    EXPECT_TRUE(runningDeadline(*state.ticket(t))) << "its clocks run on";
    EXPECT_THAT(say(VerifyTicket{t}), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::verified);
    EXPECT_THAT(assign(t, u0), ElementsAre());
    EXPECT_THAT(assign(t, u1), ElementsAre());
    EXPECT_THAT(handOver("desk1"), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::dispatched) << "whoever is on it stays on it";
    EXPECT_EQ(state.unit(u0)->tickets, std::vector{t});
    EXPECT_EQ(state.unit(u1)->tickets, std::vector{t}) << "the co-handler too";
    EXPECT_EQ(last.size(), 1U);
}

TEST_F(Commands, a_transfer_to_a_body_outside_the_city_ends_the_ticket_here) {
    EXPECT_THAT(assign(t, u0), ElementsAre());
    EXPECT_THAT(say(MoveTicket{t, TicketMove::transferred, "12345", "", Whither::outside}), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::transferred);
    EXPECT_FALSE(isOpen(*state.ticket(t)));
    EXPECT_TRUE(state.unit(u0)->tickets.empty());
}

TEST_F(Commands, a_missed_deadline_goes_up_the_chain_once_a_level) {
    const auto overdue = [&](const char* clock, int level) { return say(EscalateOverdue{t, clock, level}); };
    EXPECT_THAT(overdue("accept", 1), ElementsAre("nothingChanges")) << "not yet";
    now += std::chrono::minutes{4};
    EXPECT_THAT(overdue("arrive", 1), ElementsAre("nothingChanges")) << "that clock doesn't run";
    EXPECT_THAT(overdue("accept", 2), ElementsAre("nothingChanges")) << "one level after the other";
    EXPECT_THAT(overdue("accept", 1), ElementsAre());
    EXPECT_EQ(stageNow(), Stage::escalated);
    EXPECT_EQ(state.ticket(t)->boards, std::vector<std::string>{"county"});
    EXPECT_THAT(overdue("accept", 1), ElementsAre("nothingChanges")) << "once";
    EXPECT_THAT(overdue("accept", 2), ElementsAre());
    EXPECT_THAT(overdue("accept", 3), ElementsAre("nothingChanges")) << "nobody is above";
    EXPECT_EQ(state.ticket(t)->boards, (std::vector<std::string>{"county", "city"}));
    EXPECT_EQ(state.ticket(t)->escalations, 2);
    EXPECT_THAT(assign(t, u0), ElementsAre());
    EXPECT_THAT(step(AssignmentStatus::handled), ElementsAre());
    EXPECT_EQ(runningDeadline(*state.ticket(t))->name, "review");
    now += std::chrono::minutes{61};
    EXPECT_THAT(overdue("review", 1), ElementsAre()) << "each clock has levels of its own";
    EXPECT_THAT(move(TicketMove::closed), ElementsAre());
    EXPECT_THAT(overdue("review", 2), ElementsAre("ticketClosed"));
    EXPECT_THAT(move(TicketMove::reopened, "", "again"), ElementsAre());
    now += std::chrono::minutes{4};
    EXPECT_THAT(overdue("accept", 1), ElementsAre()) << "reopened, its clocks begin anew";
}

} // namespace
} // namespace vedette::dispatch
