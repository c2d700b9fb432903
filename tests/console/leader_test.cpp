// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_charts.h"
#include "console/leader_page.h"
#include "console/leader_tile.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/queue_model.h"
#include "console/steady_table.h"
#include "fake_session.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;

class Leader : public ::testing::Test {
protected:
    void SetUp() override {
        clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000) + std::chrono::hours(3)));
        session = std::make_shared<FakeSession>(clock);
        open();
    }
    void open() {
        MainWindow::Options options;
        options.clock = clock;
        options.actor = QStringLiteral("tester");
        options.remember = false, options.cartographer = false;
        window = std::make_unique<MainWindow>(session, options);
        window->resize(1366, 768);
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
        return QTest::qWaitFor(condition, 8000) ? ::testing::AssertionSuccess()
                                                : ::testing::AssertionFailure() << "not within 8 s";
    }
    // Through its road in so many seconds a step.
    TicketId through(const char* unit, std::chrono::seconds each, bool close = true) {
        const TicketId ticket = session->open(2);
        EXPECT_TRUE(session->execute(AssignUnit{ticket, {unit}, Part::lead, {}, PositionBasis::posted, {}, ""}, {}).ok());
        for (const auto to : {AssignmentStatus::accepted, AssignmentStatus::onscene, AssignmentStatus::handled}) {
            clock->advance(each);
            session->move(ticket, unit, to);
        }
        if (close) {
            EXPECT_TRUE(session->execute(MoveTicket{ticket, TicketMove::closed, "", ""}, {}).ok());
        }
        return ticket;
    }
    LeaderTile* tile(int number) {
        return window->findChild<LeaderTile*>(QStringLiteral("tile ") + QString::number(number));
    }
    bool onBoard() { return window->leaderPage().isVisible(); }
    SteadyTable* queue() { return window->findChild<SteadyTable*>(QStringLiteral("queue")); }
    QStringList queued() {
        QStringList out;
        for (int row = 0; row < queue()->model()->rowCount(); ++row)
            out << queue()->model()->index(row, QueueModel::ticketColumn).data().toString();
        out.sort();
        return out;
    }

    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
};

TEST_F(Leader, TakesTheMapsPlaceAndEscGivesItBackAsItWas) {
    const auto before = window->mapPage().canvas().view();
    queue()->setFocus();
    press(Qt::Key_B, Qt::ControlModifier);
    EXPECT_TRUE(soon([&] { return onBoard() && window->leaderPage().shown(); }));
    EXPECT_FALSE(window->mapPage().isVisible());
    press(Qt::Key_Escape);
    EXPECT_FALSE(onBoard());
    EXPECT_TRUE(window->mapPage().isVisible());
    EXPECT_TRUE(queue()->hasFocus());
    const auto after = window->mapPage().canvas().view();
    EXPECT_EQ(before.centre.x, after.centre.x);
    EXPECT_EQ(before.centre.y, after.centre.y);
    EXPECT_EQ(before.metresPerPixel, after.metresPerPixel);
}

TEST_F(Leader, FollowsEventsAndEnterOnATileGoesToItsTickets) {
    const TicketId done = through("U0301", std::chrono::seconds(20));
    const TicketId waits = session->open(1);
    say("board 24h");
    ASSERT_TRUE(soon([&] { return onBoard() && tile(0)->figure() == QStringLiteral("2"); }));
    EXPECT_EQ(tile(1)->figure().toStdString(), "1") << "open";
    EXPECT_EQ(tile(4)->figure().toStdString(), "00:20") << "median sign-for";
    const TicketId another = session->open(3); // nobody touches the window
    ASSERT_TRUE(soon([&] { return tile(0)->figure() == QStringLiteral("3"); }));
    tile(1)->setFocus();
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return !onBoard(); }));
    QStringList expected{QString::fromStdString(toString(waits)), QString::fromStdString(toString(another))};
    expected.sort();
    EXPECT_EQ(queued(), expected);
    auto* chip = window->findChild<QPushButton*>(QStringLiteral("queueFilter"));
    EXPECT_TRUE(chip->isVisible());
    EXPECT_TRUE(chip->text().contains(QStringLiteral("open")));
    press(Qt::Key_Escape); // back to the board, then to the map
    ASSERT_TRUE(soon([&] { return onBoard(); }));
    EXPECT_FALSE(chip->isVisibleTo(window.get()));
    // Closed ones of the period too: the bar of the first bucket of sign-for.
    auto* bars = window->findChild<IntervalChart*>(QStringLiteral("leaderIntervals"));
    bars->setFocus();
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return !onBoard(); }));
    EXPECT_EQ(queued(), QStringList{QString::fromStdString(toString(done))});
    press(Qt::Key_Escape);
    ASSERT_TRUE(soon([&] { return onBoard(); }));
    press(Qt::Key_Escape);
    EXPECT_FALSE(onBoard());
    EXPECT_EQ(queued(), expected) << "the queue is whole again";
}

TEST_F(Leader, AClickOnARowGoesToTheTicketsOfItsGroup) {
    const TicketId fight = session->open(2, "03.2");
    session->open(2, "01.1");
    say("board today");
    ASSERT_TRUE(soon([&] { return onBoard() && tile(0)->figure() == QStringLiteral("2"); }));
    auto* table = window->findChild<SteadyTable*>(QStringLiteral("leader category"));
    QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_EQ(table->model()->rowCount(), 2);
    int row = 0;
    while (row < 2 && !table->model()->index(row, 0).data(Qt::ToolTipRole).toString().startsWith(QStringLiteral("03.2")))
        ++row;
    ASSERT_LT(row, 2);
    const QRect cell = table->visualRect(table->model()->index(row, LeaderTableModel::openedColumn));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell.center());
    ASSERT_TRUE(soon([&] { return !onBoard(); }));
    EXPECT_EQ(queued(), QStringList{QString::fromStdString(toString(fight))});
}

TEST_F(Leader, RefusesAPeriodThatIsNoneAndKeepsTheOneShown) {
    say("board 24h");
    ASSERT_TRUE(soon([&] { return onBoard() && window->leaderPage().shown(); }));
    say("board yesterdayish");
    EXPECT_TRUE(onBoard());
    EXPECT_EQ(window->leaderPage().shown()->period.said, "24h");
}

// The window's figures are those of the command line, over the journal of the sample city.
TEST_F(Leader, ShowsWhatVedettectlCounts) {
    window.reset();
    QTemporaryDir folder;
    const QString city = folder.filePath(QStringLiteral("city"));
    std::filesystem::copy(VEDETTE_SOURCE_DIR "/data/samples/binhai", city.toStdString(),
                          std::filesystem::copy_options::recursive);
    LoadOptions load;
    load.read.reader = VEDETTE_BIN_DIR "/vedettectl";
    load.history = load.gazetteer = load.roads = false;
    auto loaded = loadCity(city.toStdString(), load);
    ASSERT_TRUE(loaded.ok());
    SessionOptions options;
    options.feeds = false;
    options.clock = std::make_shared<layers::SystemClock>();
    auto opened = Session::open(loaded.value(), options);
    ASSERT_TRUE(opened.ok());
    std::shared_ptr<Session> real = std::move(opened).value();
    const auto span = real->span();
    MainWindow::Options wanted;
    wanted.clock = options.clock;
    wanted.remember = false, wanted.cartographer = false;
    window = std::make_unique<MainWindow>(real, wanted);
    window->resize(1920, 1080);
    window->show();
    const std::string from = layers::isoUtc(span.from - std::chrono::hours(9)), till = layers::isoUtc(span.till);
    window->openBoard(QString::fromStdString(from + " " + till));
    ASSERT_TRUE(soon([&] { return window->leaderPage().shown().has_value(); }));
    const KpiBoard& shown = window->leaderPage().shown()->now;
    ASSERT_GT(shown.all.opened, 20u);
    QProcess ctl;
    ctl.start(QStringLiteral(VEDETTE_BIN_DIR "/vedettectl"),
              {QStringLiteral("board"), city, QStringLiteral("--from"), QString::fromStdString(from),
               QStringLiteral("--to"), QString::fromStdString(till), QStringLiteral("--json")});
    ASSERT_TRUE(ctl.waitForFinished(60'000));
    QJsonObject theirs = QJsonDocument::fromJson(ctl.readAllStandardOutput()).object();
    QJsonObject ours = QJsonDocument::fromJson(QByteArray::fromStdString(encodeBoard(shown))).object();
    ASSERT_FALSE(theirs.isEmpty()) << ctl.readAllStandardError().toStdString();
    theirs.remove(QStringLiteral("now")), ours.remove(QStringLiteral("now")); // both later than every deadline
    EXPECT_EQ(ours, theirs);
    EXPECT_EQ(tile(0)->figure(), QString::number(theirs[QStringLiteral("all")][QStringLiteral("opened")].toInt()));
    window.reset();
}

} // namespace
} // namespace vedette::console
