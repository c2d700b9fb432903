// SPDX-License-Identifier: GPL-3.0-or-later
// The ticket panel's fold with the way of who is proposed, turn by turn.
#include "console/ticket_panel.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QListWidget>
#include <QToolButton>

#include <algorithm>

namespace vedette::console {

namespace {

// "set out" at the beginning of a line: "Set out".
QString asLine(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

void TicketPanel::buildWay(QWidget* page) {
    wayTitle_ = new QToolButton(page);
    wayTitle_->setObjectName(QStringLiteral("wayTitle"));
    wayTitle_->setCheckable(true);
    wayTitle_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    wayTitle_->setArrowType(Qt::RightArrow);
    wayTitle_->setFocusPolicy(Qt::TabFocus);
    wayTitle_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    wayTitle_->installEventFilter(this);
    wayTitle_->hide();
    turns_ = new QListWidget(page);
    turns_->setObjectName(QStringLiteral("turns"));
    turns_->setAccessibleName(tr("Way, turn by turn"));
    turns_->setFrameShape(QFrame::NoFrame);
    turns_->setWordWrap(true);
    turns_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    turns_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    turns_->setResizeMode(QListView::Adjust);
    turns_->installEventFilter(this);
    turns_->hide();
    connect(wayTitle_, &QToolButton::toggled, this, &TicketPanel::foldWay);
    connect(turns_, &QListWidget::itemClicked, this, &TicketPanel::chooseTurn);
}

void TicketPanel::foldWay() {
    const bool open = wayTitle_->isChecked() && wayTitle_->isVisibleTo(this);
    wayTitle_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    turns_->setVisible(open);
    if (!open)
        emit turnChosen(std::nullopt);
}

void TicketPanel::chooseTurn() {
    const int row = turns_->currentRow();
    if (row >= 0 && static_cast<std::size_t>(row) < steps_.size())
        emit turnChosen(steps_[static_cast<std::size_t>(row)].at);
}

void TicketPanel::setWay(const dispatch::RoadCost::Way& way) {
    // Between one question and its answer the list stays, so that it doesn't blink once a second.
    const auto who = proposed();
    if (way.line.empty() && desk_.ticket() && who && who == wayOf_)
        return;
    wayOf_ = way.line.empty() ? std::nullopt : who;
    wayTitle_->setVisible(!way.line.empty());
    if (!way.line.empty()) {
        const bool straight = way.cost.method != "road";
        const auto seconds = static_cast<long long>(way.cost.seconds + 0.5);
        wayTitle_->setText(
            tr("WAY OF %1 · %2 %3 · %4:%5")
                .arg(who ? q(who->text) : QString(), Words::metres(way.cost.metres),
                     straight ? tr("straight, not by road") : tr("by road"))
                .arg(seconds / 60)
                .arg(seconds % 60, 2, 10, QLatin1Char('0')));
        wayTitle_->setAccessibleName(wayTitle_->text());
        std::vector<layers::RoadStep> steps = way.turns;
        if (steps.empty())
            steps.push_back({{"wayStraight", {}}, way.line.front()});
        if (steps != steps_) {
            const int row = turns_->currentRow();
            turns_->clear();
            int number = 0;
            for (const layers::RoadStep& step : steps)
                turns_->addItem(QStringLiteral("%1. ").arg(++number) + asLine(say(step.words)));
            if (row >= 0 && row < turns_->count())
                turns_->setCurrentRow(row);
            steps_ = std::move(steps);
            // As high as it needs to be: the candidates' cards want the rest.
            turns_->setFixedHeight(std::min(168, 8 + std::max(1, turns_->sizeHintForRow(0)) * turns_->count()));
        }
    } else {
        turns_->clear();
        steps_.clear();
    }
    const bool open = wayTitle_->isChecked() && wayTitle_->isVisibleTo(this);
    if (turns_->isVisibleTo(this) != open)
        foldWay();
}

} // namespace vedette::console
