// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alarm.h"
#include "console/command_bar.h"
#include "console/main_window.h"
#include "console/queue_model.h"
#include "console/replay.h"
#include "console/steady_table.h"
#include "console/ticket_actions.h"
#include "console/ticket_panel.h"
#include "fake_session.h"
#include "map/canvas.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;

// The real window over a session in memory.
class Window : public ::testing::Test {
protected:
    void SetUp() override {
        clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000)));
        session = std::make_shared<FakeSession>(clock);
        clock->advance(std::chrono::seconds(1));
        minor = session->open(3);
        clock->advance(std::chrono::seconds(1));
        grave = session->open(1);
        clock->advance(std::chrono::seconds(1));
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
    void say(const char* line) {
        press(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(line));
        press(Qt::Key_Return);
    }
    template <class Condition>
    ::testing::AssertionResult soon(Condition condition) {
        return QTest::qWaitFor(condition, 5000) ? ::testing::AssertionSuccess()
                                                : ::testing::AssertionFailure() << "not within 5 s";
    }
    const Assignment* leadOf(TicketId id) {
        held = session->state();
        const Ticket* ticket = held.ticket(id);
        return ticket ? lead(*ticket) : nullptr;
    }
    QString focus() {
        return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
    }

    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
    TicketId minor, grave;
    State held;
};

TEST_F(Window, ThreeKeysSendTheBestUnitToTheGravestTicket) {
    press(Qt::Key_F2);
    EXPECT_EQ(window->desk().ticketId(), grave);
    EXPECT_EQ(focus(), QStringLiteral("ticketPanel"));
    press(Qt::Key_Return);
    EXPECT_EQ(focus(), QStringLiteral("candidates"));
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return leadOf(grave) != nullptr; }));
    EXPECT_EQ(leadOf(grave)->unit.text, "U0301");
    EXPECT_EQ(leadOf(grave)->overrideReason, "");
    EXPECT_TRUE(soon([&] { return focus() == QStringLiteral("queue"); })) << focus().toStdString();
}

TEST_F(Window, TheNextTicketComesAfterTheOneThatWasSent) {
    for (const TicketId wanted : {grave, minor}) {
        press(Qt::Key_F2);
        EXPECT_EQ(window->desk().ticketId(), wanted);
        press(Qt::Key_Return);
        press(Qt::Key_Return);
        ASSERT_TRUE(soon([&] { return leadOf(wanted) != nullptr && focus() == QStringLiteral("queue"); }));
        ASSERT_TRUE(soon([&] {
            for (const QueueRow& row : window->desk().board().queue)
                if (row.id == wanted)
                    return !row.untaken;
            return false;
        }));
    }
    EXPECT_NE(leadOf(minor)->unit, leadOf(grave)->unit);
}

TEST_F(Window, UndoTakesBackWhatNobodyHasAnswered) {
    press(Qt::Key_F2);
    press(Qt::Key_Return);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return leadOf(grave) != nullptr && focus() == QStringLiteral("queue"); }));
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(soon([&] { return leadOf(grave) == nullptr; }));
}

TEST_F(Window, UndoSaysWhyWhenTheUnitHasAnswered) {
    press(Qt::Key_F2);
    press(Qt::Key_Return);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return leadOf(grave) != nullptr && focus() == QStringLiteral("queue"); }));
    session->move(grave, "U0301", AssignmentStatus::accepted);
    window->desk().refresh();
    ASSERT_TRUE(soon(
        [&] { return lead(*window->desk().state().ticket(grave))->status == AssignmentStatus::accepted; }));
    QSignalSpy said(&window->desk(), &Desk::said);
    const std::size_t before = session->eventCount();
    press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_EQ(said.count(), 1);
    EXPECT_TRUE(said[0][0].toString().contains(QStringLiteral("U0301")));
    EXPECT_EQ(session->eventCount(), before);
}

TEST_F(Window, ReplayShowsThePastAndRefusesToWrite) {
    const Instant between = Instant(std::chrono::hours(24 * 20000)) + std::chrono::milliseconds(1500);
    window->replay().jump(between);
    ASSERT_TRUE(soon([&] { return window->desk().board().queue.size() == 1; }));
    EXPECT_EQ(window->desk().board().queue[0].id, minor);
    EXPECT_FALSE(window->desk().live());
    const std::size_t before = session->eventCount();
    QSignalSpy said(&window->desk(), &Desk::said);
    say("a T1001 U0301");
    EXPECT_TRUE(soon([&] { return said.count() > 0; }));
    EXPECT_EQ(session->eventCount(), before);
    press(Qt::Key_F3);
    EXPECT_NE(focus(), QStringLiteral("callPlace"));
    press(Qt::Key_Escape);
    press(Qt::Key_Escape);
    EXPECT_TRUE(soon([&] { return window->desk().live() && window->desk().board().queue.size() == 2; }));
}

TEST_F(Window, RowsStayUnderThePointer) {
    auto* queue = window->findChild<SteadyTable*>(QStringLiteral("queue"));
    auto* model = static_cast<QueueModel*>(queue->model());
    ASSERT_EQ(model->row(0).id, grave);
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QApplication::sendEvent(queue, &enter);
    const TicketId graver = session->open(1);
    window->desk().refresh();
    ASSERT_TRUE(soon([&] { return model->rowCount() == 3; }));
    EXPECT_EQ(model->row(0).id, grave);
    EXPECT_EQ(model->row(1).id, minor);
    EXPECT_EQ(model->row(2).id, graver);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(queue, &leave);
    EXPECT_EQ(model->row(1).id, graver);
}

TEST_F(Window, WhatNobodyHasTakenIsCountedAlsoWhileThePastIsShown) {
    window->replay().jump(session->state().ticket(minor)->openedAt);
    ASSERT_TRUE(soon([&] { return window->desk().board().queue.size() == 1; }));
    QSignalSpy waiting(window->findChild<Alarm*>(), &Alarm::waiting);
    ASSERT_TRUE(soon([&] { return waiting.count() > 0; }));
    EXPECT_EQ(waiting[0][0].toInt(), 2);
}

TEST_F(Window, RowsOfAnotherTimeDoNotStayUnderThePointer) {
    auto* queue = window->findChild<SteadyTable*>(QStringLiteral("queue"));
    auto* model = static_cast<QueueModel*>(queue->model());
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QApplication::sendEvent(queue, &enter);
    ASSERT_EQ(model->rowCount(), 2);
    window->replay().jump(session->state().ticket(minor)->openedAt);
    ASSERT_TRUE(soon([&] { return window->desk().board().queue.size() == 1; }));
    EXPECT_EQ(model->rowCount(), 1);
    EXPECT_TRUE(queue->held()) << "and hold again from here on";
    EXPECT_TRUE(model->frozen());
    window->desk().backToLive();
    ASSERT_TRUE(soon([&] { return window->desk().board().queue.size() == 2; }));
    EXPECT_EQ(model->row(0).id, grave);
}

TEST_F(Window, ACommandLineStandsVerbatimInTheRecord) {
    say("a u0305 t1001 !3");
    ASSERT_TRUE(soon([&] { return leadOf(minor) != nullptr; }));
    EXPECT_EQ(leadOf(minor)->unit.text, "U0305");
    ASSERT_TRUE(soon([&] {
        for (const Event& event : session->events())
            if (const auto* entry = std::get_if<EntryAdded>(&event.payload);
                entry && entry->text == "> a u0305 t1001 !3")
                return true;
        return false;
    }));
    EXPECT_TRUE(soon([&] { return focus() == QStringLiteral("queue"); }));
}

// What the journal answers comes a moment later; whoever types the next line by then isn't written over or sent away.
TEST_F(Window, TheNextLineIsNotDisturbedByTheAnswerToTheLast) {
    QLineEdit& edit = window->findChild<CommandBar*>()->edit();
    QSignalSpy answered(&window->desk(), &Desk::said);
    for (const char* first : {"note t1001 first", "close t1001"}) { // one that is done, one that is refused
        answered.clear();
        say(first);
        press(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(&edit, QStringLiteral("note t1001 sec"));
        ASSERT_TRUE(soon([&] { return answered.count() > 0; })) << first;
        QTest::qWait(10);
        EXPECT_EQ(edit.text(), QStringLiteral("note t1001 sec")) << first;
        EXPECT_TRUE(edit.hasFocus()) << first;
        edit.clear();
    }
    answered.clear();
    say("note t1001 then a call");
    press(Qt::Key_F3);
    ASSERT_TRUE(soon([&] { return answered.count() > 0; }));
    QTest::qWait(10);
    EXPECT_EQ(focus(), QStringLiteral("callPlace"));
}

TEST_F(Window, ALineThatEndsATicketStandsInItsRecordToo) {
    say("can t1001 nobody  there");
    ASSERT_TRUE(soon([&] { return session->state().openTicketCount() == 1; }));
    std::vector<std::string> kinds, texts;
    for (const Event& event : session->events()) {
        if (const auto* entry = std::get_if<EntryAdded>(&event.payload))
            texts.push_back(entry->text), kinds.push_back("entry");
        if (std::holds_alternative<TicketMoved>(event.payload))
            kinds.push_back("moved");
    }
    EXPECT_EQ(texts, std::vector<std::string>{"> can t1001 nobody  there"});
    EXPECT_EQ(kinds, (std::vector<std::string>{"entry", "moved"}))
        << "in one step, before the ticket is over";
    say("break u0307");
    EXPECT_TRUE(soon([&] {
        const auto* said = std::get_if<LineSaid>(&session->events().back().payload);
        return said && said->text == "break u0307";
    }));
}

TEST_F(Window, CtrlEnterSendsTheLeadAndWhoeverJoins) {
    session->joiners = {"U0312"};
    press(Qt::Key_F2);
    press(Qt::Key_Return);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(soon([&] { return focus() == QStringLiteral("queue"); }));
    const State now = session->state();
    const Ticket& ticket = *now.ticket(grave);
    ASSERT_EQ(ticket.assignments.size(), 2u);
    EXPECT_EQ(ticket.assignments[0].unit.text, "U0301");
    EXPECT_EQ(ticket.assignments[0].part, Part::lead);
    EXPECT_EQ(ticket.assignments[1].unit.text, "U0312");
    EXPECT_EQ(ticket.assignments[1].part, Part::joint);
}

TEST_F(Window, WhoeverJoinsCanBeSentAfterTheLeadByEnterAlone) {
    session->joiners = {"U0312"};
    press(Qt::Key_F2);
    press(Qt::Key_Return);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return leadOf(grave) && focus() == QStringLiteral("queue"); }));
    press(Qt::Key_F8);
    press(Qt::Key_Return);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return session->state().ticket(grave)->assignments.size() == 2; }));
    EXPECT_EQ(session->state().ticket(grave)->assignments[1].part, Part::joint);
}

TEST_F(Window, ALineWithTwoUnitsSendsTheSecondAsJoint) {
    say("a t1001 u0305 u0306 !3");
    ASSERT_TRUE(soon([&] { return session->state().ticket(minor)->assignments.size() == 2; }));
    EXPECT_EQ(leadOf(minor)->unit.text, "U0305");
    EXPECT_EQ(session->state().ticket(minor)->assignments[1].unit.text, "U0306");
    EXPECT_EQ(session->state().ticket(minor)->assignments[1].part, Part::joint);
}

TEST_F(Window, ARaceThatIsLostNamesWhoWonAndWhatStandsNow) {
    press(Qt::Key_F2);
    press(Qt::Key_Return);
    QSignalSpy said(&window->desk(), &Desk::said);
    AssignUnit theirs;
    theirs.ticket = grave, theirs.unit = {"U0309"};
    ASSERT_TRUE(session->executeAs("desk B", theirs).ok());
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return said.count() > 0; }));
    const QString text = said[0][0].toString();
    for (const char* part : {"desk B", "0.3 s", "sent a unit", "T1002 is dispatched now", "U0309 leads"})
        EXPECT_TRUE(text.contains(QLatin1String(part))) << part << " in: " << text.toStdString();
    EXPECT_EQ(session->state().ticket(grave)->assignments.size(), 1u);
    // The cards that were offered answered another question: they are gone, and with them what Enter meant.
    auto* cards = window->findChild<QListView*>(QStringLiteral("candidates"));
    ASSERT_TRUE(soon([&] { return focus() == QStringLiteral("ticketPanel"); })) << focus().toStdString();
    EXPECT_FALSE(cards->currentIndex().isValid());
    for (int row = 0; row < cards->model()->rowCount(); ++row)
        EXPECT_FALSE(cards->model()->index(row, 0).data().toString().startsWith(QStringLiteral("1 ·")));
}

TEST_F(Window, AJumpToATicketShowsTheMomentItWasOpened) {
    EXPECT_TRUE(window->replay().jumpTo(QStringLiteral("t1001")));
    EXPECT_EQ(window->desk().ticketId(), minor);
    ASSERT_TRUE(soon([&] { return !window->desk().live() && window->desk().board().queue.size() == 1; }));
    EXPECT_EQ(window->desk().now(), session->state().ticket(minor)->openedAt);
    QSignalSpy said(&window->desk(), &Desk::said);
    EXPECT_FALSE(window->replay().jumpTo(QStringLiteral("T9")));
    EXPECT_FALSE(window->replay().jumpTo(QStringLiteral("soon")));
    ASSERT_EQ(said.count(), 2);
    EXPECT_TRUE(said[0][0].toString().contains(QStringLiteral("T9")));
}

TEST_F(Window, TheMapNamesThePlaceUnderThePointer) {
    auto* canvas = window->findChild<map::Canvas*>(QStringLiteral("map"));
    auto* where = window->findChild<QLabel*>(QStringLiteral("mapWhere"));
    ASSERT_TRUE(canvas && where);
    emit canvas->hovered(window->desk().city().crs.toWorking({121.5, 32.25}), {});
    EXPECT_TRUE(where->text().endsWith(QStringLiteral("121.50000 E 32.25000 N")))
        << where->text().toStdString();
    emit canvas->hoverLeft();
    EXPECT_EQ(where->text(), QString());
}

TEST_F(Window, EnterOnACategoryGoesOnAlsoWhileCompletionsAreOffered) {
    press(Qt::Key_F3);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("121.81,32.01"));
    press(Qt::Key_Return);
    auto* what = window->findChild<QComboBox*>(QStringLiteral("callCategory"));
    QTest::keyClicks(what->lineEdit(), QStringLiteral("03"));
    QAbstractItemView* offered = what->completer()->popup();
    ASSERT_TRUE(soon([&] { return offered->isVisible(); }));
    QTest::keyClick(offered, Qt::Key_Return);
    EXPECT_EQ(focus(), QStringLiteral("callText"));
    EXPECT_EQ(what->currentData().toString(), QStringLiteral("03.2"));
}

TEST_F(Window, EscGivesUpWhatIsAskedForInTheTicket) {
    press(Qt::Key_F2);
    for (QAction* action : window->ticketPanel().findChildren<QAction*>())
        if (action->objectName() == QStringLiteral("deed.%1").arg(static_cast<int>(TicketDeed::note)))
            action->trigger();
    auto* prompt = window->findChild<QLineEdit*>(QStringLiteral("deedPrompt"));
    ASSERT_TRUE(soon([&] { return prompt->hasFocus(); }));
    QTest::keyClicks(prompt, QStringLiteral("half a note"));
    press(Qt::Key_Escape);
    EXPECT_FALSE(prompt->isVisible());
    EXPECT_EQ(focus(), QStringLiteral("ticketPanel"));
}

TEST_F(Window, UndoNamesWhatItTookBack) {
    say("cat t1001 fight");
    say("can t1001 nobody there");
    ASSERT_TRUE(soon([&] { return session->state().openTicketCount() == 1; }));
    ASSERT_TRUE(soon([&] { return focus() == QStringLiteral("queue"); }));
    QSignalSpy said(&window->desk(), &Desk::said);
    press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(soon([&] { return session->state().openTicketCount() == 2 && said.count() > 0; }));
    EXPECT_EQ(said[0][0].toString(), QStringLiteral("undone: T1001: cancelled"));
}

TEST_F(Window, ATicketTakenUnsortedIsGivenItsCategoryInThePanelAndByALine) {
    const TicketId id = session->open(2, "unsorted");
    window->desk().refresh();
    ASSERT_TRUE(soon([&] { return window->desk().board().queue.size() == 3; }));
    window->desk().selectTicket(id);
    QAction* deed = nullptr;
    for (QAction* action : window->ticketPanel().findChildren<QAction*>())
        if (action->objectName() == QStringLiteral("deed.%1").arg(static_cast<int>(TicketDeed::reclassify)))
            deed = action;
    ASSERT_NE(deed, nullptr);
    deed->trigger();
    ASSERT_EQ(focus(), QStringLiteral("deedPrompt"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("nothing like it"));
    press(Qt::Key_Return);
    EXPECT_EQ(session->state().ticket(id)->incident.category, "unsorted");
    EXPECT_EQ(focus(), QStringLiteral("deedPrompt")) << "to be mended";
    window->findChild<QLineEdit*>(QStringLiteral("deedPrompt"))->setText(QStringLiteral("03.2 Fight"));
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return session->state().ticket(id)->incident.category == "03.2"; }));
    ASSERT_TRUE(soon([&] { return focus() != QStringLiteral("deedPrompt"); })); // there Ctrl+Z is the text's
    press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(soon([&] { return session->state().ticket(id)->incident.category == "unsorted"; }));
    ASSERT_TRUE(soon([&] { return window->desk().state().ticket(id)->incident.category == "unsorted"; }));
    say("cat t1003 fight");
    EXPECT_TRUE(soon([&] { return session->state().ticket(id)->incident.category == "03.2"; }));
}

TEST_F(Window, AWrongLineStaysToBeMended) {
    say("asign T1001 U0305");
    EXPECT_EQ(focus(), QStringLiteral("commandLine"));
    EXPECT_EQ(window->findChild<CommandEdit*>()->text(), QStringLiteral("asign T1001 U0305"));
    press(Qt::Key_Escape);
    EXPECT_EQ(focus(), QStringLiteral("queue"));
}

TEST_F(Window, ACallIsTakenByCoordinateAndOpenedBeforeItHasACategory) {
    press(Qt::Key_F3);
    ASSERT_EQ(focus(), QStringLiteral("callPlace"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("121.81,32.01"));
    press(Qt::Key_Return);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(soon([&] { return session->state().ticketCount() == 3; }));
    ASSERT_TRUE(
        soon([&] { return window->desk().ticket() != nullptr && focus() == QStringLiteral("ticketPanel"); }));
    EXPECT_EQ(window->desk().ticket()->incident.category, "unsorted");
    EXPECT_EQ(window->desk().ticket()->incident.at, (LonLat{121.81, 32.01}));
}

TEST_F(Window, WhatTheCallerSaidStandsInTheTicket) {
    auto* words = window->findChild<QLabel*>(QStringLiteral("ticketWords"));
    window->desk().selectTicket(grave);
    EXPECT_FALSE(words->isVisible()) << "nothing was said";
    press(Qt::Key_F3);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("121.81,32.01"));
    press(Qt::Key_Return);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("03.2"));
    press(Qt::Key_Return);
    QTest::keyClicks(window->findChild<QLineEdit*>(QStringLiteral("callText")),
                     QStringLiteral("<b>glass</b>"));
    QTest::keyClicks(window->findChild<QLineEdit*>(QStringLiteral("callCaller")), QStringLiteral("555"));
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(soon([&] { return words->isVisible(); }));
    EXPECT_EQ(words->text(), QStringLiteral("“<b>glass</b>” · 555")) << "as it was said, no markup of ours";
}

TEST_F(Window, AReadOnlyJournalRefusesWithItsReason) {
    session->readOnly = true;
    QSignalSpy said(&window->desk(), &Desk::said);
    const std::size_t before = session->eventCount();
    press(Qt::Key_F2);
    press(Qt::Key_Return);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return said.count() > 0; }));
    EXPECT_EQ(session->eventCount(), before);
}

TEST_F(Window, AsksForNoMoreThanALowScreenHasToGive) {
    // 1366 x 768 less a title bar; also while a call is taken.
    press(Qt::Key_F3);
    QApplication::processEvents();
    const QSize least = window->minimumSizeHint();
    EXPECT_LE(least.height(), 700);
    EXPECT_LE(least.width(), 1200);
}

TEST_F(Window, EveryPanelHasANameForAScreenReader) {
    for (const char* name :
         {"queue", "units", "ticketPanel", "candidates", "layerList", "map", "commandLine", "timeTrack"}) {
        auto* widget = window->findChild<QWidget*>(QLatin1String(name));
        ASSERT_NE(widget, nullptr) << name;
        EXPECT_FALSE(widget->accessibleName().isEmpty()) << name;
    }
}

TEST(ReplayTime, ReadsClocksOnTheDayShown) {
    const auto zone = layers::TimeZone::named("Asia/Shanghai").value();
    const Instant shown = *layers::parseTime("2026-11-22 02:30:00", zone);
    EXPECT_EQ(layers::isoLocal(*Replay::parse(QStringLiteral("02:14"), shown, zone), zone),
              "2026-11-22 02:14:00");
    EXPECT_EQ(layers::isoLocal(*Replay::parse(QStringLiteral("23:50:07"), shown, zone), zone),
              "2026-11-21 23:50:07");
    EXPECT_EQ(layers::isoLocal(*Replay::parse(QStringLiteral("2026-11-20 10:00:00"), shown, zone), zone),
              "2026-11-20 10:00:00");
    for (const char* bad : {"", "2", "25:00", "10:61", "x:y"})
        EXPECT_FALSE(Replay::parse(QLatin1String(bad), shown, zone)) << bad;
}

} // namespace
} // namespace vedette::console
