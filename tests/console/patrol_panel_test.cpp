// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/main_window.h"
#include "console/patrol_panel.h"
#include "console/steady_table.h"
#include "fake_session.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;

PatrolRow row(const char* key, int tier, double risk, bool proposed) {
    PatrolRow made;
    made.key = key;
    made.patrol.id = proposed ? "" : key;
    made.patrol.area = key, made.patrol.tier = tier, made.patrol.risk = risk;
    made.patrol.visits = 4, made.patrol.minutes = 40;
    made.proposed = proposed;
    return made;
}

TEST(PatrolModel, WhatGoesOnStandsFirstAndOnlyProposalsAreAccepted) {
    PatrolModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    PatrolRow standing = row("P1", 3, 0.1, false);
    standing.coverage.emplace();
    standing.coverage->planned.visits = 3, standing.coverage->planned.present = std::chrono::minutes(10);
    model.setRows({row("+B2", 2, 0.5, true), row("+B1", 1, 0.9, true), standing, row("+B3", 2, 0.7, true)});
    EXPECT_EQ(model.index(0, PatrolModel::visitsColumn).data().toString().toStdString(), "3 of 4");
    EXPECT_EQ(model.index(0, PatrolModel::minutesColumn).data().toString().toStdString(), "10 of 40 min");
    EXPECT_FALSE(model.index(0, PatrolModel::tierColumn).data(Qt::CheckStateRole).isValid());
    EXPECT_EQ(coveredShare(standing), 0.25);
    EXPECT_EQ(model.checked(), (std::vector<std::string>{"+B1", "+B3", "+B2"}));
    EXPECT_TRUE(model.setData(model.index(2, 0), Qt::Unchecked, Qt::CheckStateRole));
    EXPECT_FALSE(model.setData(model.index(0, 0), Qt::Checked, Qt::CheckStateRole));
    EXPECT_EQ(model.checked(), (std::vector<std::string>{"+B1", "+B2"}));
    model.checkAll(false);
    EXPECT_TRUE(model.checked().empty());
}

TEST(PatrolPanel, ShowsWhatGoesOnAndEscLeaves) {
    const auto clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000)));
    const auto session = std::make_shared<FakeSession>(clock);
    PatrolPlanned patrol;
    patrol.area = "somewhere", patrol.tier = 1, patrol.visits = 2, patrol.minutes = 20;
    patrol.rings = {{{120.5, 32.0}, {120.51, 32.0}, {120.51, 32.01}}};
    patrol.units = {{"U0301"}};
    patrol.from = clock->now() + std::chrono::hours(1), patrol.till = clock->now() + std::chrono::hours(9);
    ASSERT_TRUE(session->execute(PlanPatrol{patrol}, {}).ok());
    MainWindow::Options options;
    options.clock = clock;
    options.remember = false, options.cartographer = false;
    MainWindow window(session, options);
    window.resize(1366, 768);
    window.show();
    window.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("patrol"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    ASSERT_TRUE(window.patrolPanel().isVisible());
    auto* table = window.findChild<SteadyTable*>(QStringLiteral("patrols"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 1; }, 8000));
    EXPECT_EQ(table->model()->index(0, PatrolModel::tierColumn).data().toString().toStdString(), "tier 1 · P1");
    EXPECT_TRUE(table->hasFocus());
    QTest::keyClick(table, Qt::Key_Escape);
    EXPECT_FALSE(window.patrolPanel().isVisible());
}

} // namespace
} // namespace vedette::console
