// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/candidate_model.h"
#include "console/layer_model.h"
#include "console/queue_model.h"
#include "console/unit_model.h"
#include "console/window_settings.h"
#include "console/wording.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using dispatch::Instant;
using Mode = QAbstractItemModelTester::FailureReportingMode;
using std::chrono::minutes;

const Instant noon = Instant(std::chrono::hours(24 * 20000 + 4));

QueueRow ticket(std::uint32_t number, int priority, std::optional<int> dueMinutes = 3) {
    QueueRow row;
    row.id.number = number;
    row.priority = priority;
    row.what = QStringLiteral("what %1").arg(number);
    row.openedAt = noon;
    if (dueMinutes)
        row.due = noon + minutes(*dueMinutes);
    row.untaken = true;
    return row;
}

std::string order(const QueueModel& model) {
    std::string out;
    for (int i = 0; i < model.rowCount(); ++i)
        out += std::to_string(model.row(i).id.number) + (model.gone(i) ? "! " : " ");
    return out;
}

TEST(QueueModel, ShowsTheMostUrgentFirst) {
    QueueModel model;
    QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.setRows(
        {ticket(1, 3), ticket(2, 1, 9), ticket(3, 1, 2), ticket(4, 2, std::nullopt), ticket(5, 2, 50)});
    EXPECT_EQ(order(model), "3 2 5 4 1 ");
}

TEST(QueueModel, RowsStayWhereTheyAreWhileFrozenAndSettleWhenThawed) {
    QueueModel model;
    QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.setRows({ticket(1, 2), ticket(2, 3), ticket(3, 4)});
    model.setFrozen(true);
    model.setRows({ticket(9, 1), ticket(2, 1), ticket(3, 4)}); // 1 is gone, 2 became grave, 9 is new
    EXPECT_EQ(order(model), "1! 2 3 9 ");
    EXPECT_EQ(model.row(1).priority, 1) << "values go on";
    model.setFrozen(false);
    EXPECT_EQ(order(model), "2 9 3 ");
}

TEST(QueueModel, ASelectedRowIsFollowedWhenTheOrderChanges) {
    QueueModel model;
    model.setRows({ticket(1, 2), ticket(2, 3), ticket(3, 4)});
    const QPersistentModelIndex held = model.index(2, 0);
    model.setRows({ticket(3, 1), ticket(2, 3), ticket(1, 2)});
    EXPECT_EQ(held.row(), 0);
    model.setRows({ticket(2, 3)});
    EXPECT_FALSE(held.isValid());
}

TEST(QueueModel, SurvivesAnyRunOfChanges) {
    QRandomGenerator random(7);
    QueueModel model;
    QAbstractItemModelTester tester(&model, Mode::Fatal);
    for (int round = 0; round < 300; ++round) {
        std::vector<QueueRow> rows;
        for (std::uint32_t number = 1; number < 25; ++number)
            if (random.bounded(3))
                rows.push_back(ticket(number, 1 + static_cast<int>(random.bounded(4u)),
                                      static_cast<int>(random.bounded(40u))));
        model.setFrozen(random.bounded(4) == 0);
        model.setRows(rows);
        if (random.bounded(9) == 0)
            model.sort(static_cast<int>(random.bounded(8u)) - 1,
                       random.bounded(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
        if (model.frozen())
            continue;
        ASSERT_EQ(static_cast<std::size_t>(model.rowCount()), rows.size());
        for (int i = 0; i < model.rowCount(); ++i)
            ASSERT_FALSE(model.gone(i));
    }
}

TEST(QueueModel, CountdownsWearATrueMinusWhenOver) {
    QueueModel model;
    model.setRows({ticket(1, 1, 2)});
    model.setNow(noon + minutes(1));
    EXPECT_EQ(model.index(0, QueueModel::dueColumn).data().toString(), QStringLiteral("01:00"));
    model.setNow(noon + minutes(2) + std::chrono::seconds(31));
    EXPECT_EQ(model.index(0, QueueModel::dueColumn).data().toString(), QStringLiteral("−00:31"));
    EXPECT_TRUE(model.index(0, QueueModel::dueColumn).data(QueueModel::lateRole).toBool());
}

TEST(NextWaiting, GoesRoundTheWaitingOnesByUrgency) {
    QueueRow taken = ticket(4, 1, 1);
    taken.untaken = false;
    const std::vector<QueueRow> queue{ticket(1, 3), taken, ticket(2, 2)};
    EXPECT_EQ(nextWaiting(queue, {})->number, 2u);
    EXPECT_EQ(nextWaiting(queue, dispatch::TicketId{2})->number, 1u);
    EXPECT_EQ(nextWaiting(queue, dispatch::TicketId{1})->number, 2u);
    EXPECT_EQ(nextWaiting(queue, dispatch::TicketId{4})->number, 2u);
    EXPECT_FALSE(nextWaiting({taken}, {}));
}

UnitRow unit(const char* id, int load, const char* name = "") {
    dispatch::UnitFacts facts;
    facts.id = {id}, facts.name = name;
    UnitRow row;
    row.facts = std::make_shared<const dispatch::UnitFacts>(std::move(facts));
    row.load = load;
    return row;
}

TEST(UnitModel, FiltersAndSortsWithoutLosingRows) {
    UnitModel model;
    QAbstractItemModelTester tester(&model, Mode::Fatal);
    const std::vector rows{unit("U2", 2, "Wang 王"), unit("U1", 0, "Li 李"), unit("G7", 0, "Chen 陈")};
    model.setUnits(std::make_shared<const std::vector<UnitRow>>(rows));
    EXPECT_EQ(model.row(0).id().text, "G7");
    model.sort(UnitModel::loadColumn, Qt::AscendingOrder);
    EXPECT_EQ(model.row(0).id().text, "U2");
    model.setFilter(QStringLiteral("李"));
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(model.row(0).id().text, "U1");
    model.setFilter({});
    EXPECT_EQ(model.rowCount(), 3);
}

// Tens of thousands of units: the table shows those of the board and has none of its own.
TEST(UnitModel, ShowsTheRowsItWasGivenAndKeepsOnlyThoseThatAreGone) {
    UnitModel model;
    QAbstractItemModelTester tester(&model, Mode::Fatal);
    auto given = std::make_shared<const std::vector<UnitRow>>(std::vector{unit("U1", 0), unit("U2", 1)});
    const std::weak_ptr<const std::vector<UnitRow>> first = given;
    model.setUnits(given);
    EXPECT_EQ(&model.row(0), &given->at(0));
    EXPECT_EQ(&model.row(1), &given->at(1));

    model.setFrozen(true);
    given = std::make_shared<const std::vector<UnitRow>>(std::vector{unit("U2", 2), unit("U3", 0)});
    model.setUnits(given);
    EXPECT_TRUE(first.expired()) << "nothing holds the rows before";
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_TRUE(model.gone(0));
    EXPECT_EQ(model.row(0).id().text, "U1");
    EXPECT_EQ(model.row(1).load, 2);
    model.setUnits(std::make_shared<const std::vector<UnitRow>>(std::vector{unit("U1", 5), unit("U3", 0)}));
    EXPECT_FALSE(model.gone(0)) << "it is back";
    EXPECT_EQ(model.row(0).load, 5);
    EXPECT_TRUE(model.gone(1));
    model.setFrozen(false);
    EXPECT_EQ(model.rowCount(), 2);
}

TEST(LayerModel, ChecksOnlyWhatTheCityHas) {
    LayerModel model;
    QAbstractItemModelTester tester(&model, Mode::Fatal);
    LayerRow grids, absent;
    grids.id = QStringLiteral("grid"), grids.visible = true;
    absent.id = QStringLiteral("basemap"), absent.present = false;
    model.setRows({grids, absent});
    QSignalSpy changed(&model, &LayerModel::visibilityChanged);
    model.setVisible(QStringLiteral("grid"), false);
    model.setVisible(QStringLiteral("basemap"), true);
    EXPECT_EQ(changed.count(), 1);
    EXPECT_FALSE(model.visible(QStringLiteral("grid")));
    EXPECT_FALSE(model.visible(QStringLiteral("basemap")));
}

TEST(CandidateModel, TheBestIsTheFirstLeadElseTheFirstWhoJoins) {
    CandidateModel model;
    QAbstractItemModelTester tester(&model, Mode::Fatal);
    CandidateRow on, joint, first, second, nearer;
    on.key = "on", on.kind = CandidateRow::Kind::onIt;
    joint.key = "j", joint.kind = CandidateRow::Kind::joint;
    first.key = "1", first.rank = 1;
    second.key = "2", second.rank = 2;
    nearer.key = "n", nearer.kind = CandidateRow::Kind::notTaken;
    model.setRows({on, joint, first, second, nearer});
    EXPECT_EQ(model.best(), 2);
    model.setRows({on, joint, nearer});
    EXPECT_EQ(model.best(), 1);
    model.setRows({on, nearer});
    EXPECT_EQ(model.best(), -1);
    EXPECT_FALSE(model.flags(model.index(1, 0)) & Qt::ItemIsSelectable);
}

TEST(LayerModel, ALayerSaysWhatItWaitsFor) {
    LayerModel model;
    LayerRow heat;
    heat.id = QStringLiteral("heat");
    model.setRows({heat});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setNote(QStringLiteral("heat"), QStringLiteral("being made"));
    EXPECT_EQ(model.index(0).data(LayerModel::noteRole).toString(), QStringLiteral("being made"));
    model.setNote(QStringLiteral("heat"), {});
    EXPECT_EQ(changed.count(), 2);
    model.setNote(QStringLiteral("nothing"), QStringLiteral("of the kind"));
    EXPECT_EQ(changed.count(), 2);
}

TEST(WindowSettings, WhatWasChosenAndHowItWasArrangedComesBack) {
    const QTemporaryDir folder;
    ASSERT_TRUE(folder.isValid());
    WindowSettings kept;
    kept.ticket = QStringLiteral("T1042"), kept.unit = QStringLiteral("U0322");
    kept.arranged = QSize(1600, 900);
    kept.layers = QStringList{QStringLiteral("heat")};
    kept.view = WindowSettings::Looked{1, 2, 3};
    kept.theme = map::Theme::light;
    kept.save(s(folder.path()));
    const WindowSettings back = WindowSettings::load(s(folder.path()));
    EXPECT_EQ(back.ticket, kept.ticket);
    EXPECT_EQ(back.unit, kept.unit);
    EXPECT_EQ(back.arranged, kept.arranged);
    EXPECT_EQ(back.layers, kept.layers);
    EXPECT_EQ(back.theme, kept.theme);
    ASSERT_TRUE(back.view);
    EXPECT_EQ(back.view->metresPerPixel, 3);
    EXPECT_FALSE(WindowSettings::load(s(folder.filePath(QStringLiteral("elsewhere")))).arranged.isValid());
}

TEST(Wording, CodesAreGroupedAndSpansCounted) {
    EXPECT_EQ(grouped("320602003017001"), QStringLiteral("320602 003 017 001"));
    EXPECT_EQ(grouped("320602003"), QStringLiteral("320602 003"));
    EXPECT_EQ(grouped("PSA-401"), QStringLiteral("PSA-401"));
    EXPECT_EQ(grouped("1234567"), QStringLiteral("1234567"));
    EXPECT_EQ(spanText(std::chrono::seconds(0)), QStringLiteral("00:00"));
    EXPECT_EQ(spanText(std::chrono::seconds(3599)), QStringLiteral("59:59"));
    EXPECT_EQ(spanText(std::chrono::seconds(3600)), QStringLiteral("1:00:00"));
    EXPECT_EQ(spanText(std::chrono::seconds(-61)), QStringLiteral("−01:01"));
    EXPECT_EQ(Words::metres(184), QStringLiteral("180 m"));
    EXPECT_EQ(Words::metres(1440), QStringLiteral("1.4 km"));
}

} // namespace
} // namespace vedette::console
