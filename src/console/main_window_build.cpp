// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/main_window.h"

#include "console/alarm.h"
#include "console/call_form.h"
#include "console/command_bar.h"
#include "console/header_strip.h"
#include "console/key_sheet.h"
#include "console/layers_panel.h"
#include "console/leader_page.h"
#include "console/map_page.h"
#include "console/map_tools.h"
#include "console/patrol_panel.h"
#include "console/people_panel.h"
#include "console/plan_panel.h"
#include "console/queue_model.h"
#include "console/replay.h"
#include "console/row_delegates.h"
#include "console/sheet_panel.h"
#include "console/shift_panel.h"
#include "console/steady_table.h"
#include "console/ticket_panel.h"
#include "console/timeline_strip.h"
#include "console/unit_model.h"
#include "console/wording.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace vedette::console {

void MainWindow::build() {
    auto* central = new QWidget(this);
    setCentralWidget(central);
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    layerModel_ = new LayerModel(this);
    layerModel_->setRows(layersOf(desk_->city()));
    replay_ = new Replay(*desk_, this);
    alarm_ = new Alarm(*desk_, this);
    header_ = new HeaderStrip(*desk_, options_.actor, central);
    bar_ = new CommandBar(*desk_, central);
    const auto kinds = kindsOf(desk_->city());
    layers_ = new LayersPanel(*layerModel_, kinds, central);
    map_ = new MapPage(*desk_, *layerModel_, central);
    tools_ = new MapTools(*desk_, *map_, this);
    connect(tools_, &MapTools::goWanted, this, [this] { bar_->focusLine(QStringLiteral("go ")); });
    if (!kinds.empty())
        map_->setTints({Measure::shrunk, kinds.front(), 30});
    layers_->setHeat(map_->heat());
    ticket_ = new TicketPanel(*desk_, central);
    call_ = new CallForm(*desk_, central);
    auto* shift = new ShiftPanel(*desk_, central);
    timeline_ = new TimelineStrip(*desk_, *replay_, central);
    keys_ = new KeySheet(central);
    buildTables();

    right_ = new QStackedWidget(central);
    right_->setObjectName(QStringLiteral("rightStack"));
    right_->addWidget(ticket_);
    right_->addWidget(call_);
    const auto splitter = [&](Qt::Orientation orientation, std::initializer_list<QWidget*> parts,
                              const QList<int>& sizes, int stretching) {
        auto* made = new QSplitter(orientation, central);
        made->setChildrenCollapsible(false);
        made->setHandleWidth(1);
        for (QWidget* part : parts)
            made->addWidget(part);
        made->setSizes(sizes);
        made->setStretchFactor(stretching, 1);
        splitters_ << made;
        return made;
    };
    auto* top = splitter(Qt::Horizontal, {layers_, map_}, {250, 1270}, 1);
    auto* queueBox = new QWidget(central);
    auto* queueColumn = new QVBoxLayout(queueBox);
    queueColumn->setContentsMargins(0, 0, 0, 0);
    queueColumn->setSpacing(0);
    filterChip_ = new QPushButton(queueBox);
    filterChip_->setObjectName(QStringLiteral("queueFilter"));
    filterChip_->setFocusPolicy(Qt::TabFocus);
    filterChip_->hide();
    queueColumn->addWidget(filterChip_);
    queueColumn->addWidget(queue_, 1);
    auto* tables = splitter(Qt::Horizontal, {queueBox, units_}, {845, 675}, 0);
    plan_ = new PlanPanel(*desk_, central);
    bottom_ = new QStackedWidget(central);
    bottom_->addWidget(tables);
    bottom_->addWidget(plan_);
    people_ = new PeoplePanel(*desk_, central);
    sheet_ = new SheetPanel(*desk_, central);
    bottom_->addWidget(people_);
    bottom_->addWidget(sheet_);
    patrol_ = new PatrolPanel(*desk_, central);
    bottom_->addWidget(patrol_);
    buildLayers();
    auto* left = splitter(Qt::Vertical, {top, bottom_}, {706, 250}, 0);
    auto* side = splitter(Qt::Vertical, {right_, shift}, {706, 250}, 0);
    auto* body = splitter(Qt::Horizontal, {left, side}, {1520, 400}, 0);
    layers_->setMinimumWidth(190);
    right_->setMinimumSize(320, 300);
    shift->setMinimumHeight(150);
    queueBox->setMinimumSize(300, 110);
    units_->setMinimumSize(260, 110);
    column->addWidget(header_);
    column->addWidget(bar_);
    leader_ = new LeaderPage(*desk_, central);
    stage_ = new QStackedWidget(central);
    stage_->setObjectName(QStringLiteral("stage"));
    stage_->addWidget(body);
    stage_->addWidget(leader_);
    column->addWidget(stage_, 1);
    column->addWidget(timeline_);
}

void MainWindow::buildTables() {
    queueModel_ = new QueueModel(this);
    unitModel_ = new UnitModel(this);
    queue_ = new SteadyTable([this](bool held) { queueModel_->setFrozen(held); }, this);
    queue_->setObjectName(QStringLiteral("queue"));
    queue_->setAccessibleName(tr("Queue of open tickets"));
    queue_->setModel(queueModel_);
    queue_->setItemDelegate(new QueueDelegate(queue_));
    queue_->setEmptyText(tr("No ticket is open. Incidents of the feeds arrive here; F3 takes a call."));
    units_ = new SteadyTable([this](bool held) { unitModel_->setFrozen(held); }, this);
    units_->setObjectName(QStringLiteral("units"));
    units_->setAccessibleName(tr("Units on duty"));
    units_->setModel(unitModel_);
    units_->setItemDelegate(new UnitDelegate(units_));
    units_->setEmptyText(
        tr("No unit is on duty. Units come from the [units] source; `on UNIT` brings one on duty."));
    const auto columns = [](SteadyTable* table, std::initializer_list<int> widths, int stretching) {
        QHeaderView* header = table->horizontalHeader();
        int column = 0;
        for (const int width : widths)
            header->resizeSection(column++, width);
        header->setMinimumSectionSize(30);
        header->setSectionResizeMode(stretching, QHeaderView::Stretch);
        header->setSectionsClickable(true);
    };
    columns(queue_, {50, 74, 240, 170, 100, 78, 80}, QueueModel::whatColumn);
    columns(units_, {180, 132, 100, 150, 54}, UnitModel::unitColumn);
    // A click on a heading sorts by it, again turns it round; on the first one the queue is by urgency again.
    const auto sorting = [this](SteadyTable* table, auto* model) {
        connect(table->horizontalHeader(), &QHeaderView::sectionClicked, this, [table, model](int section) {
            const bool same = table->property("sorted").toInt() == section + 1;
            const auto order =
                same && !table->property("down").toBool() ? Qt::DescendingOrder : Qt::AscendingOrder;
            table->setProperty("sorted", section + 1);
            table->setProperty("down", order == Qt::DescendingOrder);
            model->setFrozen(false);
            model->sort(section, order);
        });
    };
    sorting(queue_, queueModel_);
    sorting(units_, unitModel_);
}

} // namespace vedette::console
