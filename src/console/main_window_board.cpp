// SPDX-License-Identifier: GPL-3.0-or-later
// The leader's board over the window's work, and the queue that shows the tickets behind one of its figures.
#include "console/command_bar.h"
#include "console/leader_page.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/patrol_panel.h"
#include "console/plan_panel.h"
#include "console/queue_model.h"
#include "console/steady_table.h"
#include "console/wording.h"

#include <QApplication>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vedette::console {

using namespace dispatch;

bool MainWindow::boardOpen() const {
    return stage_ && stage_->currentWidget() == leader_;
}

void MainWindow::openBoard(const QString& period) {
    QWidget* const had = boardOpen() ? beforeBoard_.data() : QApplication::focusWidget();
    if (!leader_->begin(period))
        return;
    beforeBoard_ = had;
    closeTilted();
    if (filter_)
        leaveFilter();
    stage_->setCurrentWidget(leader_);
    leader_->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::closeBoard(bool focus) {
    if (tiltedOpen())
        stage_->setCurrentIndex(0);
    if (!boardOpen())
        return;
    leader_->end();
    stage_->setCurrentIndex(0);
    if (!focus)
        return;
    // The command bar is where one came from, not where one was.
    if (beforeBoard_ && beforeBoard_->isVisible() && !bar_->isAncestorOf(beforeBoard_))
        beforeBoard_->setFocus(Qt::OtherFocusReason);
    else
        toQueue();
}

void MainWindow::openPatrols() {
    openBottom(patrol_);
    patrol_->begin();
}

void MainWindow::showPatrols() {
    std::vector<OverlayChoice::Patrolled> patrols;
    if (bottom_->currentWidget() == patrol_)
        for (const PatrolRow& row : patrol_->rows()) {
            OverlayChoice::Patrolled& made = patrols.emplace_back();
            made.tier = row.patrol.tier, made.proposed = row.proposed;
            layers::Box box;
            for (const auto& ring : row.patrol.rings) {
                auto& points = made.rings.emplace_back();
                for (const layers::LonLat at : ring)
                    points.push_back(desk_->city().crs.toWorking(at));
                for (const layers::Point at : points)
                    box.add(at);
            }
            made.middle = box.centre();
            made.words = row.coverage ? tr("%1 · %2 %").arg(q(row.patrol.id)).arg(std::lround(100 * coveredShare(row)))
                                      : row.units;
        }
    // Where two areas share a border, the graver one's is to be seen.
    std::ranges::stable_sort(patrols, [](const auto& a, const auto& b) { return a.tier > b.tier; });
    map_->setPatrols(std::move(patrols));
}

void MainWindow::showTickets(const std::vector<QueueRow>& rows, const QString& what, qulonglong all) {
    const bool fromBoard = boardOpen();
    closeBoard(false);
    closePlan();
    filter_ = QueueFilter{rows, fromBoard};
    filterChip_->setText(rows.size() < all
                             ? tr("▽ %1 · the newest %2 of %3 tickets   ✕ Esc").arg(what).arg(rows.size()).arg(all)
                             : tr("▽ %1 · tickets: %2   ✕ Esc").arg(what).arg(all));
    filterChip_->show();
    queueModel_->setFrozen(false);
    queueModel_->setRows(queueRows());
    queue_->setFocus(Qt::OtherFocusReason);
    queue_->scrollToTop();
}

void MainWindow::leaveFilter() {
    if (!filter_)
        return;
    const bool toBoard = filter_->fromBoard && !boardOpen();
    filter_.reset();
    filterChip_->hide();
    queueModel_->setFrozen(false);
    queueModel_->setRows(queueRows());
    showSelection();
    if (toBoard)
        openBoard();
}

// Those behind a figure stay the ones they were; what is new about them is shown.
std::vector<QueueRow> MainWindow::queueRows() {
    if (!filter_)
        return desk_->board().queue;
    std::unordered_map<std::uint32_t, const QueueRow*> open;
    for (const QueueRow& row : desk_->board().queue)
        open.emplace(row.id.number, &row);
    for (QueueRow& row : filter_->rows) {
        const auto now = open.find(row.id.number);
        const bool wasOver = row.stage == Stage::closed || row.stage == Stage::cancelled ||
                             row.stage == Stage::merged || row.stage == Stage::returned;
        if (now != open.end())
            row = *now->second;
        else if (const Ticket* ticket = wasOver ? nullptr : desk_->state().ticket(row.id))
            row = queueRow(desk_->city(), *ticket, desk_->scope(), desk_->now());
    }
    return filter_->rows;
}

} // namespace vedette::console
