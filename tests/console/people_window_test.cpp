// SPDX-License-Identifier: GPL-3.0-or-later
// Roster, shift change, roll call and override reasons in the real window.
#include "console/alarm.h"
#include "console/header_strip.h"
#include "console/main_window.h"
#include "console/people_panel.h"
#include "console/sheet_panel.h"
#include "console/ticket_actions.h"
#include "console/wording.h"
#include "fake_session.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;

class People : public ::testing::Test {
protected:
    void SetUp() override {
        clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000)));
        session = std::make_shared<FakeSession>(clock, "below");
        clock->advance(std::chrono::seconds(1));
        grave = session->open(1);
        begin();
    }
    // Another window, at another desk.
    void sitAt(const char* desk) {
        window.reset();
        begin(desk);
    }
    void begin(const char* desk = "") {
        MainWindow::Options options;
        options.clock = clock;
        options.actor = QStringLiteral("tester");
        options.remember = false;
        options.cartographer = false;
        options.desk = QString::fromUtf8(desk);
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
    void type(const char* text) { QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(text)); }
    void say(const char* line) {
        press(Qt::Key_K, Qt::ControlModifier);
        type(line);
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
    PeoplePanel& people() { return *window->findChild<PeoplePanel*>(); }
    QString line() { return window->findChild<QLineEdit*>(QStringLiteral("commandLine"))->text(); }

    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
    TicketId grave;
    State held;
};

TEST_F(People, TheReasonIsChosenByANumberInThePanelAndNothingCoversTheMap) {
    press(Qt::Key_F2);
    press(Qt::Key_Return);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return focus() == QStringLiteral("overrideReasons"); })) << focus().toStdString();
    EXPECT_EQ(QApplication::activePopupWidget(), nullptr);
    EXPECT_EQ(leadOf(grave), nullptr);
    press(Qt::Key_9); // there is none
    EXPECT_EQ(leadOf(grave), nullptr);
    press(Qt::Key_Escape);
    EXPECT_EQ(focus(), QStringLiteral("candidates")) << "given up, nothing sent";
    press(Qt::Key_Return);
    press(Qt::Key_3);
    ASSERT_TRUE(soon([&] { return leadOf(grave) != nullptr; }));
    EXPECT_EQ(leadOf(grave)->unit.text, "U0302");
    EXPECT_EQ(leadOf(grave)->overrideReason, "saidNear");
}

TEST_F(People, TheCommandBarAsksForTheReasonInPlace) {
    say("a T1001 U0303");
    EXPECT_TRUE(soon([&] { return line().endsWith(QStringLiteral(" !")); })) << line().toStdString();
    EXPECT_EQ(leadOf(grave), nullptr);
    type("2");
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return leadOf(grave) != nullptr; }));
    EXPECT_EQ(leadOf(grave)->unit.text, "U0303");
    EXPECT_EQ(leadOf(grave)->overrideReason, "askedFor");
    // The first one needs none.
    const TicketId next = session->open(2);
    ASSERT_TRUE(soon([&] { return window->desk().state().ticket(next) != nullptr; }));
    const std::string first = "a " + toString(next) + " U0301";
    say(first.c_str());
    ASSERT_TRUE(soon([&] { return leadOf(next) != nullptr; }));
    EXPECT_EQ(leadOf(next)->overrideReason, "");
}

TEST_F(People, AReasonOfOnesOwnIsKeptAsItWasTyped) {
    say("a T1001 U0303 !speaks Miao");
    ASSERT_TRUE(soon([&] { return leadOf(grave) != nullptr; }));
    EXPECT_EQ(leadOf(grave)->overrideReason, "speaks Miao");
    EXPECT_EQ(reasonWords("speaks Miao"), QStringLiteral("speaks Miao"));
    EXPECT_NE(reasonWords("saidNear"), QStringLiteral("saidNear"));
    layers::Rules rules;
    rules.overrideReasons = {"saidNear", "hasTheKey"};
    EXPECT_EQ(overrideReasonMeant(rules, " 2 "), "hasTheKey");
    EXPECT_EQ(overrideReasonMeant(rules, "3"), "");
}

TEST_F(People, TheRosterTakesThePlaceOfTheTablesAndIsFiltered) {
    say("out U0304 until 23:00 flat tyre");
    ASSERT_TRUE(soon([&] { return outOfService(*session->state().unit({"U0304"}), clock->now()); }));
    EXPECT_NE(session->state().unit({"U0304"})->said().outUntil, Instant{});
    EXPECT_EQ(session->state().unit({"U0304"})->said().outReason, "flat tyre");
    press(Qt::Key_F12);
    ASSERT_TRUE(soon([&] { return people().model().rowCount() > 3; }));
    EXPECT_EQ(focus(), QStringLiteral("peopleFilter"));
    const int all = people().model().rowCount();
    type("flat ty");
    ASSERT_TRUE(soon([&] { return people().model().rowCount() == 1; })); // the panel follows the board
    EXPECT_EQ(people().model().row(0).id.text, "U0304");
    EXPECT_TRUE(people().model().row(0).till.contains(QStringLiteral("23:00")))
        << people().model().row(0).till.toStdString();
    press(Qt::Key_Down);
    EXPECT_EQ(focus(), QStringLiteral("people"));
    press(Qt::Key_Escape);
    EXPECT_EQ(focus(), QStringLiteral("queue"));
    say("roster 22:00");
    EXPECT_TRUE(soon([&] { return people().headline().contains(QStringLiteral("22:00")); }))
        << people().headline().toStdString();
    EXPECT_TRUE(soon([&] { return people().model().rowCount() == all; })) << "the filter went with Esc";
}

TEST_F(People, ARollCallShowsWhoHasNotAnswered) {
    say("roll city in 5");
    ASSERT_TRUE(soon([&] { return !session->state().rollCalls().empty(); }));
    const RollCall roll = session->state().rollCalls().front();
    EXPECT_EQ(roll.called.deadline, clock->now() + std::chrono::minutes(5));
    const int asked = static_cast<int>(roll.called.units.size());
    ASSERT_TRUE(soon([&] { return people().model().rowCount() == asked; }));
    EXPECT_TRUE(people().model().row(0).waits);
    EXPECT_FALSE(people().model().row(0).where.isEmpty()) << "where it is thought to be";
    say("here U0301");
    ASSERT_TRUE(soon([&] { return !people().model().row(asked - 1).waits; }));
    EXPECT_EQ(people().model().row(asked - 1).id.text, "U0301") << "who answered stands last";
    say("here U0302 @120.9,32.0");
    ASSERT_TRUE(soon([&] { return session->state().rollCalls().front().answers.size() == 2; }));
    EXPECT_TRUE(session->state().unit({"U0302"})->said().declaredAt);
}

TEST_F(People, AShiftIsHandedOverWithASheetThatPrintsInBothLanguages) {
    sitAt("below");
    say("takeover");
    ASSERT_TRUE(soon([&] { return !session->state().deskWatches().empty(); }));
    auto* sign = window->findChild<QLabel*>(QStringLiteral("watchSign"));
    EXPECT_TRUE(soon([&] { return sign->text().contains(QStringLiteral("since")); }))
        << sign->text().toStdString();
    say("handover mind the harbour");
    ASSERT_TRUE(soon([&] { return session->state().deskWatches().front().handed; }));
    EXPECT_TRUE(soon([&] { return sign->text().contains(QStringLiteral("handed over")); }));
    auto* sheet = window->findChild<SheetPanel*>();
    ASSERT_EQ(sheet->sheet().open.size(), 1U);
    EXPECT_EQ(sheet->sheet().remarks, "mind the harbour");
    QTemporaryDir folder;
    for (const auto language : {layers::Language::english, layers::Language::chinese}) {
        setLanguage(language);
        const QString file = folder.filePath(QStringLiteral("sheet.pdf"));
        EXPECT_TRUE(sheet->writePdf(file));
        QFile pdf(file);
        ASSERT_TRUE(pdf.open(QIODevice::ReadOnly));
        EXPECT_TRUE(pdf.read(5).startsWith("%PDF-"));
    }
    setLanguage(layers::Language::english);
    press(Qt::Key_Escape);
    EXPECT_EQ(focus(), QStringLiteral("queue"));
}

TEST_F(People, TheDeskAboveHearsWhatWasEscalatedToItAndNotBefore) {
    sitAt("above");
    auto* alarm = window->findChild<Alarm*>();
    QSignalSpy sounds(alarm, &Alarm::sounding);
    clock->advance(std::chrono::seconds(15));
    QMetaObject::invokeMethod(alarm, "beat");
    EXPECT_EQ(sounds.count(), 0);
    ASSERT_TRUE(session->executeAs("clock", MoveTicket{grave, TicketMove::escalated, "above", {}}).ok());
    ASSERT_TRUE(soon([&] { return sounds.count() == 1; })) << "heard without a key";
    const double first = sounds.at(0).at(1).toDouble();
    clock->advance(std::chrono::minutes(10));
    ASSERT_TRUE(soon([&] { return sounds.count() >= 2; }));
    EXPECT_GT(sounds.back().at(1).toDouble(), first) << "louder with time";
}

TEST(AlarmLoudness, GrowsWithTheWaitingAndWithEachDeskThatHeard) {
    using std::chrono::seconds;
    EXPECT_LT(Alarm::loudness(seconds(10), 1, 0), Alarm::loudness(seconds(60), 1, 0));
    EXPECT_LT(Alarm::loudness(seconds(60), 1, 0), Alarm::loudness(seconds(120), 1, 0));
    EXPECT_LT(Alarm::loudness(seconds(10), 1, 0), Alarm::loudness(seconds(10), 1, 1));
    EXPECT_EQ(Alarm::loudness(seconds(100000), 1, 5), 1.0);
    const auto peak = [](double loudness) {
        const QByteArray wav = Alarm::tone(1, loudness);
        int most = 0;
        for (qsizetype i = 44; i + 1 < wav.size(); i += 2)
            most = std::max(most, std::abs(static_cast<int>(static_cast<std::int16_t>(
                                      static_cast<unsigned char>(wav[i]) |
                                      static_cast<unsigned char>(wav[i + 1]) << 8))));
        return most;
    };
    EXPECT_GT(peak(1.0), 3 * peak(0.25));
}

} // namespace
} // namespace vedette::console
