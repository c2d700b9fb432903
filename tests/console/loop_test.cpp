// SPDX-License-Identifier: GPL-3.0-or-later
// The closed loop at the window: what is typed, what is shown.
#include "console/alarm.h"
#include "console/main_window.h"
#include "console/queue_model.h"
#include "console/ticket_actions.h"
#include "console/ticket_marks.h"
#include "console/ticket_panel.h"
#include "console/undo.h"
#include "fake_session.h"
#include "layers/snapshot_builder.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using namespace std::chrono_literals;
using test::FakeSession;
using test::HandClock;

// 1970-01-01 + 20000 days: 08:00 in Shanghai.
struct LoopWindow : ::testing::Test {
    void SetUp() override {
        clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000)));
        session = std::make_shared<FakeSession>(clock);
        clock->advance(1s);
        open();
    }
    void open() {
        MainWindow::Options options;
        options.clock = clock;
        options.actor = QStringLiteral("tester");
        options.remember = false;
        options.cartographer = false;
        window = std::make_unique<MainWindow>(session, options);
        window->resize(1600, 900);
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    }
    void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.get(), static_cast<Qt::Key>(key), with);
    }
    // What the window answered.
    std::string say(const char* line) {
        QSignalSpy said(&window->desk(), &Desk::said);
        press(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(line));
        press(Qt::Key_Return);
        EXPECT_TRUE(soon([&] { return said.count() > 0; })) << line;
        return said.isEmpty() ? std::string() : said.first().at(0).toString().toStdString();
    }
    template <class Condition>
    static bool soon(Condition condition) {
        return QTest::qWaitFor(condition, 5000);
    }
    std::string marks() {
        auto* label = window->findChild<QLabel*>(QStringLiteral("ticketMarks"));
        return label && !label->isHidden() ? label->text().toStdString() : std::string();
    }
    const QueueRow* row(TicketId id) {
        for (const QueueRow& each : window->desk().board().queue)
            if (each.id == id)
                return &each;
        return nullptr;
    }
    // Opened with a duty that asks for more than the catalogue's.
    TicketId demanding(const std::function<void(OpenTicket&)>& with) {
        IncidentFacts incident;
        incident.at = {121.8, 32.0}, incident.category = "03.2", incident.priority = 2;
        OpenTicket open = session->resolve(incident);
        with(open);
        const Outcome outcome = session->execute(open, {});
        EXPECT_TRUE(outcome.ok());
        return std::get<TicketOpened>(outcome.events.at(0).payload).ticket;
    }
    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
};

TEST_F(LoopWindow, WhereTwoBeatsOverlapBothAreNamed) {
    window.reset();
    const layers::Point middle = session->city()->crs.toWorking({121.8, 32.0});
    layers::SnapshotBuilder builder("beats", {{"code"}, {"name"}, {"parent"}, {"level"}, {"beat"}});
    for (const int i : {0, 1}) { // the second reaches farther east
        const double w = middle.x - 500, e = middle.x + 500 + 1000 * i, s = middle.y - 500, n = middle.y + 500;
        builder.add(i, layers::Shape::polygon, {{{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}, false}},
                    {i ? "B2" : "B1", i ? "East" : "West", "", "1", ""});
    }
    QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("beats")).toStdString();
    ASSERT_TRUE(builder.write(file).ok());
    auto snapshot = layers::Snapshot::open(file);
    ASSERT_TRUE(snapshot.ok());
    // Levels of the grid lie within each other, which is no overlap.
    layers::SnapshotBuilder levels("grids", {{"code"}, {"name"}, {"parent"}, {"level"}, {"beat"}});
    for (const int i : {1, 2, 3}) {
        const double half = 4000 - 1000 * i;
        const double w = middle.x - half, e = middle.x + half, s = middle.y - half, n = middle.y + half;
        levels.add(i, layers::Shape::polygon, {{{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}, false}},
                   {"G" + std::to_string(i), "Level", "", std::to_string(i), ""});
    }
    const std::string nested = folder.filePath(QStringLiteral("grids")).toStdString();
    ASSERT_TRUE(levels.write(nested).ok());
    auto grids = layers::Snapshot::open(nested);
    ASSERT_TRUE(grids.ok());
    session->divide(layers::Areas::build(
        {{layers::AreaKind::grid, grids.value()}, {layers::AreaKind::beat, snapshot.value()}}));
    open();
    const TicketId both = demanding([](OpenTicket&) {});
    const TicketId one = demanding([&](OpenTicket& opened) {
        opened.incident.at = session->city()->crs.toLonLat({middle.x + 1000, middle.y});
    });
    window->desk().refresh();
    ASSERT_TRUE(soon([&] { return row(both) && row(one); }));
    const auto* flags = window->findChild<TicketPanel*>()->findChild<QLabel*>(QStringLiteral("ticketFlags"));
    window->desk().selectTicket(both);
    ASSERT_TRUE(soon([&] { return !flags->isHidden(); }));
    EXPECT_EQ(flags->text(), QStringLiteral("The place lies in areas that overlap: B1 · West, B2 · East"));
    window->desk().selectTicket(one);
    EXPECT_TRUE(soon([&] { return flags->isHidden(); })) << flags->text().toStdString();
}

TEST_F(LoopWindow, AScheduledTicketStandsInTheQueueWithItsTimeAndWaitsForNobodyBefore) {
    say("n 03.2 @121.8,32.0 =09:30 banner");
    ASSERT_TRUE(soon([&] { return row({1001}) != nullptr; }));
    EXPECT_TRUE(row({1001})->scheduled);
    EXPECT_EQ(row({1001})->mark, QStringLiteral("from 09:30"));
    EXPECT_FALSE(row({1001})->untaken);
    EXPECT_EQ(nextWaiting(window->desk().board().queue, {}), std::nullopt);
    const TicketId now = session->open(4);
    window->desk().refresh();
    ASSERT_TRUE(soon([&] { return row(now) != nullptr; }));
    EXPECT_EQ(window->desk().board().queue.back().id, TicketId{1001}) << "what is to be done now stands before";
    window->desk().selectTicket(TicketId{1001});
    EXPECT_TRUE(soon([&] { return marks() == "begins 09:30"; })) << marks();
    say("reserve T1001 U0301");
    EXPECT_TRUE(soon([&] { return marks().find("reserved: U0301 Officer 1") != std::string::npos; })) << marks();
    bool shown = false;
    for (const UnitRow& unit : window->desk().board().units)
        shown = shown || (unit.id().text == "U0301" && unit.reserved == QStringLiteral("T1001 09:30") &&
                          unit.load == 0);
    EXPECT_TRUE(shown);
    say("when T1001 10:00");
    EXPECT_TRUE(soon([&] { return row({1001})->mark == QStringLiteral("from 10:00"); }));
    clock->advance(3h);
    window->desk().refresh();
    EXPECT_TRUE(soon([&] { return row({1001})->untaken; })) << "it has begun";
    EXPECT_EQ(row({1001})->openedAt, Instant(std::chrono::hours(24 * 20000 + 2))) << "its age counts from then";
}

TEST_F(LoopWindow, EnterOnACandidateOfAScheduledTicketReservesAndSendsNobody) {
    say("n 03.2 @121.8,32.0 =09:30 banner");
    ASSERT_TRUE(soon([&] { return row({1001}) != nullptr; }));
    window->desk().selectTicket(TicketId{1001});
    press(Qt::Key_F8);
    press(Qt::Key_Return);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] {
        return !session->state().ticket({1001})->reserved.empty() &&
               QApplication::focusWidget()->objectName() == QStringLiteral("queue"); // said and done
    }));
    EXPECT_TRUE(session->state().ticket({1001})->assignments.empty());
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(soon([&] { return session->state().ticket({1001})->reserved.empty(); }));
}

TEST_F(LoopWindow, AnswersThatAreMissingAreShownAndTypedWithTheReport) {
    const TicketId id = demanding([](OpenTicket& open) {
        open.duty.feedback = {"result", "photo_taken"};
        open.duty.reviewBySecond = true;
        open.duty.areaClass = layers::AreaClass::suburb;
    });
    window->desk().refresh();
    ASSERT_TRUE(soon([&] { return row(id) != nullptr; }));
    window->desk().selectTicket(TicketId{1001});
    EXPECT_TRUE(soon([&] { return marks().find("still to be answered: result, photo_taken") == 0; })) << marks();
    say("a T1001 U0301");
    say("clr T1001 U0301 two warned result=\"sent home\"");
    ASSERT_TRUE(soon([&] { return stage(*session->state().ticket(id)) == Stage::handled; }));
    EXPECT_EQ(session->state().ticket(id)->feedback, (std::vector<FeedbackField>{{"result", "sent home"}}));
    EXPECT_TRUE(soon([&] { return marks().find("still to be answered: photo_taken") == 0; })) << marks();
    EXPECT_NE(marks().find("somebody else than tester"), std::string::npos) << marks();
    ASSERT_TRUE(soon([&] { return row(id)->mark == QStringLiteral("answers missing"); }));
    EXPECT_NE(say("rev T1001").find("photo_taken"), std::string::npos);
    EXPECT_NE(say("fb T1001 photo=yes").find("photo_taken"), std::string::npos) << "what is asked is named";
    say("fb T1001 photo_taken=yes");
    EXPECT_TRUE(soon([&] { return feedbackMissing(*session->state().ticket(id)).empty(); }));
    EXPECT_NE(say("rev T1001").find("tester"), std::string::npos) << "who sent may not review";
    EXPECT_TRUE(session->executeAs("second", MoveTicket{id, TicketMove::reviewed, {}, {}}).ok());
}

TEST_F(LoopWindow, AHazardIsTypedShownAndHandledToItsEnd) {
    const TicketId id = session->open(3);
    window->desk().refresh();
    ASSERT_TRUE(soon([&] { return row(id) != nullptr; }));
    window->desk().selectTicket(TicketId{1001});
    say("haz T1001 3 exit blocked");
    EXPECT_TRUE(soon([&] { return marks().find("hazard: rectify by 10-07 08:00") == 0; })) << marks();
    EXPECT_TRUE(soon([&] { return row(id)->mark == QStringLiteral("hazard"); }));
    say("rect T1001 cleared");
    EXPECT_TRUE(soon([&] { return marks().find("tester said it is rectified") != std::string::npos; })) << marks();
    EXPECT_NE(say("insp T1001 ok fine").find("tester"), std::string::npos);
    EXPECT_TRUE(session->executeAs("second", InspectHazard{id, false, 2, "still there"}).ok());
    window->desk().refresh();
    EXPECT_TRUE(soon([&] { return marks().find("round 2") != std::string::npos; })) << marks();
    EXPECT_NE(say("insp T1001 fail x").find("fail"), std::string::npos);
}

TEST_F(LoopWindow, ASweepIsFoundJoinedAndLeft) {
    OpenSweep sweep{"fire check", "03.2", "320601001", {}};
    IncidentFacts incident;
    incident.at = {121.8, 32.0}, incident.category = "03.2";
    for (int i = 0; i < 3; ++i)
        sweep.tickets.push_back(session->resolve(incident));
    const State before = session->state();
    ASSERT_TRUE(session->execute(sweep, {}).ok());
    const TicketId other = session->open(2);
    window->desk().refresh();
    ASSERT_TRUE(soon([&] { return row(other) != nullptr; }));
    EXPECT_EQ(say("find S1"), "S1 fire check 0/3");
    EXPECT_TRUE(soon([&] { return marks().find("sweep S1 fire check 0/3") != std::string::npos; })) << marks();
    EXPECT_TRUE(row({1001})->what.endsWith(QStringLiteral("S1")));
    say("join T1004 s1");
    say("leave T1001");
    EXPECT_EQ(say("find fire"), "S1 fire check 0/3");
    EXPECT_EQ(session->state().sweep("S1")->tickets.front(), TicketId{1002});
    EXPECT_NE(say("sweep 03.2 @nowhere round").find("nowhere"), std::string::npos);
    say("sweep close S1 storm");
    EXPECT_TRUE(soon([&] { return session->state().sweep("S1")->closed; }));
    const auto back = inverse(sweep, {}, before, session->state());
    ASSERT_TRUE(std::holds_alternative<Command>(back));
    EXPECT_EQ(std::get<CloseSweep>(std::get<Command>(back)).sweep, "S1");
}

TEST(TicketMarks, AMomentIsWrittenAsShortAsItCanBe) {
    const auto zone = layers::TimeZone::named("Asia/Shanghai").value();
    const Instant now = *layers::parseTime("2026-03-14T06:30:00Z", zone);
    EXPECT_EQ(momentText(now + 1h, now, zone), QStringLiteral("15:30"));
    EXPECT_EQ(momentText(now + 10h, now, zone), QStringLiteral("03-15 00:30"));
    EXPECT_EQ(momentText(now + 24h * 365, now, zone), QStringLiteral("2027-03-14 14:30"));
}

TEST(TicketMarks, TheRecordsTimesAndReasonsAreWorded) {
    const auto zone = layers::TimeZone::named("Asia/Shanghai").value();
    layers::Message lost{"log.reservationLost",
                         {{"unit", "U1"}, {"why", "unitAtCapacity"}, {"load", "2"}, {"capacity", "2"}}};
    wordRecord(lost, zone);
    EXPECT_EQ(layers::word(lost, layers::Language::english),
              "U1 could not be sent: U1 has 2 open assignments of 2");
    layers::Message scheduled{"log.scheduled", {{"begins", "2026-03-14T06:30:00.000Z"}}};
    wordRecord(scheduled, zone);
    EXPECT_EQ(layers::word(scheduled, layers::Language::english), "begins at 2026-03-14 14:30");
}

} // namespace
} // namespace vedette::console
