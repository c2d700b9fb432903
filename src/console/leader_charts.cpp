// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_charts.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QEvent>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QtCharts/QChart>
#include <QtCharts/QLegend>

namespace vedette::console {

namespace {
constexpr int titleHeight = 26;
}

LeaderChart::LeaderChart(const QString& title, QWidget* parent) : QChartView(parent), title_(title) {
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setBackgroundBrush(Qt::NoBrush);
    setMouseTracking(true);
    setRubberBand(QChartView::NoRubberBand);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(title);
    setMinimumSize(200, 120);
    QChart* made = chart();
    made->setAnimationOptions(QChart::NoAnimation);
    made->setDropShadowEnabled(false);
    made->setBackgroundVisible(false);
    made->setPlotAreaBackgroundVisible(false);
    made->legend()->hide();
    made->setMargins({0, 0, 0, 0});
    made->layout()->setContentsMargins(0, 0, 0, 0);
}

void LeaderChart::plot(const QRectF& area) {
    if (area.isValid())
        chart()->setPlotArea(area);
}

void LeaderChart::setCurrent(int bar) {
    if (bar < 0 || bar >= bars() || bar == current_)
        return;
    current_ = bar;
    setAccessibleDescription(barText(bar));
    viewport()->update();
    scene()->update();
}

void LeaderChart::drawTitle(QPainter& painter) const {
    const Tokens& t = tokens();
    painter.setFont(textFont(12, QFont::DemiBold));
    painter.setPen(t.muted);
    painter.drawText(QRectF(12, 0, width() - 24, titleHeight), Qt::AlignLeft | Qt::AlignVCenter, title_);
}

void LeaderChart::drawForeground(QPainter* painter, const QRectF&) {
    drawTitle(*painter);
    if (!hasFocus())
        return;
    painter->setPen(QPen(tokens().accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(barBox(current_).adjusted(-2, -2, 2, 2));
}

void LeaderChart::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        setCurrent(stepped(current_, event->key()));
        QToolTip::showText(viewport()->mapToGlobal(barBox(current_).bottomLeft().toPoint()), barText(current_),
                           this);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        emit picked(current_);
        return;
    default:
        event->ignore(); // Tab, Esc and the rest are the window's
    }
}

void LeaderChart::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    event->accept();
}

void LeaderChart::mouseReleaseEvent(QMouseEvent* event) {
    const int bar = barAt(event->position());
    if (bar < 0 || event->button() != Qt::LeftButton)
        return;
    setCurrent(bar);
    emit picked(bar);
}

void LeaderChart::mouseMoveEvent(QMouseEvent* event) {
    const int bar = barAt(event->position());
    setCursor(bar >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (bar >= 0)
        QToolTip::showText(event->globalPosition().toPoint(), barText(bar), this);
    else
        QToolTip::hideText();
}

void LeaderChart::changeEvent(QEvent* event) {
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

void LeaderChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    layPlot();
}

void LeaderChart::focusInEvent(QFocusEvent* event) {
    QChartView::focusInEvent(event);
    scene()->update();
}
void LeaderChart::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    scene()->update();
}

} // namespace vedette::console
