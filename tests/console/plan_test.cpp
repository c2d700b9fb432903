// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/main_window.h"
#include "console/plan_model.h"
#include "console/plan_panel.h"
#include "console/steady_table.h"
#include "fake_session.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;
using Mark = PlanRow::Mark;

PlanRow line(std::uint32_t number, bool served = true, Mark mark = Mark::none) {
    PlanRow row;
    row.id.number = number;
    row.served = served;
    row.mark = mark;
    return row;
}

TEST(PlanModel, OnlyLinesThatStillHoldAreAccepted) {
    PlanModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(
        {line(1), line(2), line(3, true, Mark::changed), line(4, true, Mark::sent), line(5, false)});
    EXPECT_EQ(model.checked(), (std::vector<TicketId>{{1}, {2}}));
    EXPECT_TRUE(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    EXPECT_FALSE(model.setData(model.index(4, 0), Qt::Checked, Qt::CheckStateRole)) << "nobody goes there";
    EXPECT_EQ(model.checked(), (std::vector<TicketId>{{2}}));
    model.setRows({line(1), line(2), line(6)});
    EXPECT_EQ(model.checked(), (std::vector<TicketId>{{2}, {6}})) << "a new plan keeps what was taken out";
    model.checkAll(true);
    EXPECT_EQ(model.checked().size(), 3u);
    model.checkAll(false);
    EXPECT_TRUE(model.checked().empty());
}

TEST(PlanModel, TheHeadlineSaysHowGoodThePlanIs) {
    Plan plan;
    plan.tickets = 2, plan.lines.resize(1), plan.unserved.resize(1);
    plan.objective = 1000, plan.lowerBound = 992;
    EXPECT_EQ(planHeadline(plan).toStdString(), "2 tickets · 1 served · gap 0.8 %");
    plan.proven = true;
    EXPECT_TRUE(planHeadline(plan).contains(QStringLiteral("proven")));
    plan.proven = false, plan.lowerBound.reset();
    EXPECT_TRUE(planHeadline(plan).contains(QStringLiteral("not known")));
}

// The real window over a session in memory.
class PlanInWindow : public ::testing::Test {
protected:
    void SetUp() override {
        clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000)));
        session = std::make_shared<FakeSession>(clock);
        for (int i = 0; i < 3; ++i)
            tickets.push_back(session->open(1 + i));
        MainWindow::Options options;
        options.clock = clock;
        options.remember = false;
        options.cartographer = false;
        window = std::make_unique<MainWindow>(session, options);
        window->resize(1600, 900);
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
        panel = window->findChild<PlanPanel*>();
    }
    void press(int key) {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.get(), static_cast<Qt::Key>(key));
    }
    template <class Condition>
    ::testing::AssertionResult soon(Condition condition) {
        return QTest::qWaitFor(condition, 5000) ? ::testing::AssertionSuccess()
                                                : ::testing::AssertionFailure() << "not within 5 s";
    }
    void openPlan() {
        press(Qt::Key_F10);
        ASSERT_TRUE(panel->isVisible());
        ASSERT_TRUE(soon([&] { return !panel->planning() && panel->model().rowCount() == 3; }));
    }
    bool led(TicketId id) {
        const State state = session->state();
        return lead(*state.ticket(id)) != nullptr;
    }

    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::vector<TicketId> tickets;
    std::unique_ptr<MainWindow> window;
    PlanPanel* panel = nullptr;
};

TEST_F(PlanInWindow, EnterSendsWhatIsCheckedAndNothingElse) {
    openPlan();
    EXPECT_EQ(QApplication::focusWidget()->objectName(), QStringLiteral("plan"));
    press(Qt::Key_Down);
    press(Qt::Key_Space);
    const auto checked = panel->model().checked();
    ASSERT_EQ(checked.size(), 2u);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return led(checked[0]) && led(checked[1]); }));
    for (const TicketId ticket : tickets)
        EXPECT_EQ(led(ticket), std::find(checked.begin(), checked.end(), ticket) != checked.end());
}

TEST_F(PlanInWindow, EscLeavesAndSendsNothing) {
    openPlan();
    press(Qt::Key_Escape);
    EXPECT_FALSE(panel->isVisible());
    EXPECT_EQ(QApplication::focusWidget()->objectName(), QStringLiteral("queue"));
    for (const TicketId ticket : tickets)
        EXPECT_FALSE(led(ticket));
}

TEST_F(PlanInWindow, ALineThatAnotherDeskWasFasterForIsRefusedAlone) {
    openPlan();
    const TicketId lost = panel->plan().lines[0].ticket;
    AssignUnit faster;
    faster.ticket = lost, faster.unit = panel->plan().lines[1].unit.unit;
    ASSERT_TRUE(session->executeAs("another", faster).ok());
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return led(tickets[2]); }));
    const State state = session->state();
    EXPECT_EQ(lead(*state.ticket(lost))->unit, faster.unit);
}

TEST_F(PlanInWindow, TheCommandBarOpensItToo) {
    QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("plan"));
    press(Qt::Key_Return);
    EXPECT_TRUE(panel->isVisible());
    EXPECT_EQ(QApplication::focusWidget()->objectName(), QStringLiteral("plan"));
}

} // namespace
} // namespace vedette::console
