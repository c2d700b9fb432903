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

    void SetUp() override {
        for (int i = 0; i < 3; ++i)
            EXPECT_THAT(say(openTicket()), ElementsAre());
    }
    std::vector<std::string> say(const Command& command) {
        const Decision decision = decide(state, command, {"li", "ws1", "", "", "", mode, now}, zone);
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

} // namespace
} // namespace vedette::dispatch
