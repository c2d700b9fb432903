// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alarm.h"
#include "console/ticket_actions.h"
#include "console/undo.h"
#include "fake_session.h"

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;

struct Undo : ::testing::Test {
    std::shared_ptr<HandClock> clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000)));
    FakeSession session{clock};
    State before = session.state();

    std::string whyNot(const Command& done, std::optional<TicketId> opened = {}) {
        auto back = inverse(done, opened, before, session.state());
        const auto* why = std::get_if<layers::Message>(&back);
        return why ? why->code : "";
    }
};

TEST_F(Undo, AnUnansweredAssignmentIsReleasedAndAnAnsweredOneIsNot) {
    const TicketId ticket = session.open(2);
    AssignUnit sent;
    sent.ticket = ticket, sent.unit = {"U0301"};
    ASSERT_TRUE(session.execute(sent, {}).ok());
    auto back = inverse(sent, {}, before, session.state());
    const auto* command = std::get_if<Command>(&back);
    ASSERT_TRUE(command);
    EXPECT_EQ(std::get<MoveAssignment>(*command).to, AssignmentStatus::released);
    session.move(ticket, "U0301", AssignmentStatus::accepted);
    EXPECT_EQ(whyNot(sent), "undoTaken");
}

TEST_F(Undo, WhatItProposesIsAcceptedByTheJournal) {
    const TicketId ticket = session.open(2);
    AssignUnit sent;
    sent.ticket = ticket, sent.unit = {"U0301"};
    const Command deeds[] = {Command(sent),
                             Command(ChangeRoster{{"U0304"}, RosterChange::outOfService, "flat tyre"}),
                             Command(ChangeRoster{{"U0305"}, RosterChange::breakStarted, {}})};
    for (const Command& deed : deeds) {
        ASSERT_TRUE(session.execute(deed, {}).ok());
        auto back = inverse(deed, {}, before, session.state());
        const auto* command = std::get_if<Command>(&back);
        ASSERT_TRUE(command);
        const Outcome outcome = session.execute(*command, {});
        EXPECT_TRUE(outcome.ok()) << (outcome.violations.empty() ? "" : outcome.violations[0].code);
    }
}

TEST_F(Undo, ATicketIsTakenBackOnlyWhileNobodyWorkedOnIt) {
    const TicketId ticket = session.open(2);
    EXPECT_EQ(whyNot(OpenTicket{}, ticket), "");
    AssignUnit sent;
    sent.ticket = ticket, sent.unit = {"U0301"};
    ASSERT_TRUE(session.execute(sent, {}).ok());
    EXPECT_EQ(whyNot(OpenTicket{}, ticket), "undoWorked");
}

TEST_F(Undo, ACancelledTicketComesBackWhereNobodyHadBeenSent) {
    const TicketId ticket = session.open(2);
    before = session.state();
    const MoveTicket cancel{ticket, TicketMove::cancelled, {}, "caller withdrew"};
    ASSERT_TRUE(session.execute(cancel, {}).ok());
    auto back = inverse(cancel, {}, before, session.state());
    const auto* command = std::get_if<Command>(&back);
    ASSERT_TRUE(command);
    ASSERT_TRUE(session.execute(*command, {}).ok());
    EXPECT_EQ(session.state().openTicketCount(), 1u);

    AssignUnit sent;
    sent.ticket = ticket, sent.unit = {"U0301"};
    ASSERT_TRUE(session.execute(sent, {}).ok());
    before = session.state();
    EXPECT_EQ(whyNot(cancel), "undoMove") << "the unit has been told";
}

TEST_F(Undo, WrittenWordsAndFirstPositionsStay) {
    EXPECT_EQ(whyNot(AddEntry{}), "undoNote");
    EXPECT_EQ(whyNot(DeclarePosition{{"U0301"}, {121, 32}}), "undoPosition");
    EXPECT_EQ(whyNot(MoveTicket{{1001}, TicketMove::closed, {}, {}}), "undoMove");
}

TEST_F(Undo, DeedsFollowTheStage) {
    const TicketId id = session.open(2);
    const auto has = [&](TicketDeed deed) {
        const State state = session.state();
        for (const DeedRow& row : deedsFor(*state.ticket(id)))
            if (row.deed == deed)
                return true;
        return false;
    };
    EXPECT_TRUE(has(TicketDeed::verify) && has(TicketDeed::cancel));
    EXPECT_FALSE(has(TicketDeed::accept) || has(TicketDeed::close));
    AssignUnit sent;
    sent.ticket = id, sent.unit = {"U0301"};
    ASSERT_TRUE(session.execute(sent, {}).ok());
    EXPECT_TRUE(has(TicketDeed::accept) && has(TicketDeed::release));
    for (const auto to : {AssignmentStatus::accepted, AssignmentStatus::enroute, AssignmentStatus::onscene,
                          AssignmentStatus::handled})
        session.move(id, "U0301", to);
    EXPECT_TRUE(has(TicketDeed::review) && has(TicketDeed::close));
    EXPECT_FALSE(has(TicketDeed::accept));
}

TEST(Alarm, CallsSoonerForGraverAndOftenerForLonger) {
    using std::chrono::seconds;
    EXPECT_FALSE(Alarm::interval(seconds(9), 1));
    EXPECT_TRUE(Alarm::interval(seconds(10), 1));
    EXPECT_FALSE(Alarm::interval(seconds(44), 3));
    EXPECT_GT(*Alarm::interval(seconds(15), 1), *Alarm::interval(seconds(59), 1));
    EXPECT_EQ(*Alarm::interval(seconds(600), 4), seconds(5));
}

TEST(Alarm, TheToneIsAWellFormedWav) {
    const QByteArray wav = Alarm::tone(1);
    EXPECT_EQ(wav.left(4), "RIFF");
    EXPECT_EQ(wav.size() - 8, static_cast<std::uint8_t>(wav[4]) + 256 * static_cast<std::uint8_t>(wav[5]));
    EXPECT_NE(Alarm::tone(1), Alarm::tone(3));
}

} // namespace
} // namespace vedette::console
