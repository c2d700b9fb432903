// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/steady_table.h"

#include "console/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

namespace vedette::console {

SteadyTable::SteadyTable(std::function<void(bool)> hold, QWidget* parent)
    : QTableView(parent), hold_(std::move(hold)) {
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setAutoScroll(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(28);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setFixedHeight(27);
    quiet_.setSingleShot(true);
    quiet_.setInterval(4000);
    connect(&quiet_, &QTimer::timeout, this, &SteadyTable::decide);
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex& at) { emit activatedRow(at.row()); });
}

void SteadyTable::setEmptyText(const QString& text) {
    emptyText_ = text;
    viewport()->update();
}

int SteadyTable::selectedRow() const {
    return selectionModel() && selectionModel()->hasSelection() ? currentIndex().row() : -1;
}

void SteadyTable::selectQuietly(int row) {
    if (row == selectedRow())
        return;
    silent_ = true;
    if (row < 0) {
        clearSelection();
        setCurrentIndex({});
    } else {
        setCurrentIndex(model()->index(row, 0));
        selectRow(row);
        if (!held()) // a list somebody points at doesn't scroll by itself
            scrollTo(model()->index(row, 0));
    }
    silent_ = false;
}

void SteadyTable::decide() {
    hold_(held());
}

void SteadyTable::enterEvent(QEnterEvent* event) {
    pointer_ = true;
    decide();
    QTableView::enterEvent(event);
}

void SteadyTable::leaveEvent(QEvent* event) {
    pointer_ = false;
    decide();
    QTableView::leaveEvent(event);
}

void SteadyTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid())
            emit activatedRow(currentIndex().row());
        return;
    }
    if (event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Escape) {
        event->ignore(); // the window's
        return;
    }
    // A modifier alone is half of somebody else's key.
    const int key = event->key();
    if (key != Qt::Key_Control && key != Qt::Key_Shift && key != Qt::Key_Alt && key != Qt::Key_Meta)
        quiet_.start();
    decide();
    QTableView::keyPressEvent(event);
}

void SteadyTable::mousePressEvent(QMouseEvent* event) {
    const int before = currentIndex().row();
    QTableView::mousePressEvent(event);
    if (currentIndex().isValid() && currentIndex().row() == before)
        emit picked(before);
}

void SteadyTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    if (!silent_ && current.isValid() && current.row() != previous.row())
        emit picked(current.row());
}

// Qt makes the first row current when the focus comes in; nobody has chosen it.
void SteadyTable::focusInEvent(QFocusEvent* event) {
    const bool none = !currentIndex().isValid();
    silent_ = true;
    QTableView::focusInEvent(event);
    if (none) {
        clearSelection();
        setCurrentIndex({});
    }
    silent_ = false;
}

void SteadyTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (!model() || model()->rowCount() || emptyText_.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setPen(tokens().muted);
    painter.drawText(viewport()->rect().adjusted(24, 16, -24, -16), Qt::AlignCenter | Qt::TextWordWrap,
                     emptyText_);
}

} // namespace vedette::console
