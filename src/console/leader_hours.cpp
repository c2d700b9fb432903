// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_charts.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QPainter>
#include <QtCharts/QAbstractAxis>
#include <QtCharts/QBarCategoryAxis>
#include <QtCharts/QBarSeries>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QValueAxis>

#include <algorithm>

namespace vedette::console {

namespace {

// The round number at which the axis ends, and in how many steps: whole tickets only.
std::pair<int, int> scaleFor(std::size_t most) {
    for (const int end : {4, 8, 12, 20, 40, 60, 80, 120, 200, 400, 600, 800, 1200, 2000, 4000, 8000, 12'000,
                          20'000, 40'000, 80'000, 120'000, 200'000})
        if (static_cast<std::size_t>(end) >= most)
            return {end, 4};
    return {static_cast<int>((most / 400'000 + 1) * 400'000), 4};
}

} // namespace

HourChart::HourChart(QWidget* parent) : LeaderChart(tr("By hour of the day"), parent) {
    setObjectName(QStringLiteral("leaderHours"));
    auto* series = new QBarSeries;
    series_ = series;
    series->setBarWidth(0.8);
    opened_ = new QBarSet(tr("opened"));
    closed_ = new QBarSet(tr("closed"));
    for (int hour = 0; hour < 24; ++hour)
        *opened_ << 0, *closed_ << 0;
    series->append(opened_);
    series->append(closed_);
    chart()->addSeries(series);
    auto* across = new QBarCategoryAxis(chart());
    for (int hour = 0; hour < 24; ++hour)
        across->append(QString::number(hour));
    across->setLabelsVisible(false); // written here: Qt Charts cuts what is narrow
    across->setGridLineVisible(false);
    upright_ = new QValueAxis(chart());
    upright_->setLabelsVisible(false);
    chart()->addAxis(across, Qt::AlignBottom);
    chart()->addAxis(upright_, Qt::AlignLeft);
    series->attachAxis(across);
    series->attachAxis(upright_);
    upright_->setRange(0, 4);
    upright_->setTickCount(5);
    restyle();
}

void HourChart::restyle() {
    const Tokens& t = tokens();
    opened_->setColor(t.accent);
    opened_->setPen(Qt::NoPen);
    closed_->setBrush(QBrush(t.free, Qt::BDiagPattern));
    closed_->setPen(QPen(t.free, 1));
    for (QAbstractAxis* axis : chart()->axes()) {
        axis->setLinePen(QPen(t.line, 1));
        axis->setGridLinePen(QPen(t.line, 1));
    }
}

void HourChart::setFigures(const dispatch::KpiBoard& board) {
    if (board.openedAtHour == counts_[0] && board.closedAtHour == counts_[1])
        return;
    std::size_t most = 0;
    for (int hour = 0; hour < 24; ++hour) {
        const auto at = static_cast<std::size_t>(hour);
        if (board.openedAtHour[at] != counts_[0][at])
            opened_->replace(hour, static_cast<double>(board.openedAtHour[at]));
        if (board.closedAtHour[at] != counts_[1][at])
            closed_->replace(hour, static_cast<double>(board.closedAtHour[at]));
        most = std::max({most, board.openedAtHour[at], board.closedAtHour[at]});
    }
    counts_[0] = board.openedAtHour, counts_[1] = board.closedAtHour;
    if (const int end = scaleFor(most).first; end != static_cast<int>(upright_->max()))
        upright_->setRange(0, end);
    scene()->update();
}

void HourChart::layPlot() {
    plot(QRectF(44, 32, width() - 58, height() - 54));
}

QRectF HourChart::barBox(int bar) const {
    const QRectF area = chart()->plotArea();
    const double wide = area.width() / 24, one = wide * 0.4;
    const int hour = bar / 2, which = bar % 2;
    const double tall = area.height() *
                        static_cast<double>(counts_[which][static_cast<std::size_t>(hour)]) /
                        std::max(1.0, upright_->max());
    return {area.left() + hour * wide + wide * 0.1 + which * one, area.bottom() - tall, one, tall};
}

int HourChart::barAt(QPointF at) const {
    const QRectF area = chart()->plotArea();
    if (!area.contains(at))
        return -1;
    return std::min(47, static_cast<int>((at.x() - area.left()) / area.width() * 48));
}

QString HourChart::barText(int bar) const {
    const auto hour = static_cast<std::size_t>(bar / 2);
    return tr("%1-%2 h: %3 opened, %4 closed").arg(bar / 2).arg(bar / 2 + 1).arg(counts_[0][hour]).arg(counts_[1][hour]);
}

int HourChart::stepped(int bar, int key) const {
    switch (key) {
    case Qt::Key_Left:
        return bar - 2;
    case Qt::Key_Right:
        return bar + 2;
    case Qt::Key_Up:
        return bar - bar % 2;
    default:
        return bar - bar % 2 + 1;
    }
}

void HourChart::drawForeground(QPainter* painter, const QRectF& rect) {
    LeaderChart::drawForeground(painter, rect);
    const Tokens& t = tokens();
    const QRectF area = chart()->plotArea();
    painter->setFont(textFont(11));
    painter->setPen(t.soft);
    const double wide = area.width() / 24;
    const int every = wide >= 20 ? 1 : wide >= 11 ? 2 : 3;
    for (int hour = 0; hour < 24; hour += every)
        drawFigures(*painter, {area.left() + hour * wide - 10, area.bottom() + 4, wide + 20, 16},
                    Qt::AlignHCenter | Qt::AlignVCenter, QString::number(hour));
    for (int tick = 0; tick <= 4; ++tick)
        drawFigures(*painter, {0, area.bottom() - area.height() * tick / 4 - 8, area.left() - 6, 16},
                    Qt::AlignRight | Qt::AlignVCenter, QString::number(static_cast<int>(upright_->max()) * tick / 4));
    // The legend, at the right of the title.
    const QString words[] = {tr("opened"), tr("closed")};
    double x = area.right();
    for (int which = 1; which >= 0; --which) {
        const double width = QFontMetricsF(painter->font()).horizontalAdvance(words[which]);
        x -= width;
        painter->setPen(t.soft);
        painter->drawText(QRectF(x, 4, width + 2, 18), Qt::AlignLeft | Qt::AlignVCenter, words[which]);
        const QRectF swatch(x - 16, 8, 10, 10);
        if (which)
            painter->setPen(QPen(t.free, 1)), painter->setBrush(QBrush(t.free, Qt::BDiagPattern));
        else
            painter->setPen(Qt::NoPen), painter->setBrush(t.accent);
        painter->drawRect(swatch);
        x -= 30;
    }
}

} // namespace vedette::console
