// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_charts.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QFontMetrics>
#include <QGraphicsScene>
#include <QPainter>
#include <QtCharts/QBarCategoryAxis>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QHorizontalPercentBarSeries>
#include <QtCharts/QValueAxis>

#include <algorithm>
#include <numeric>

namespace vedette::console {

namespace {

// Okabe-Ito from quick to slow; the order and the words beside say the same.
constexpr const char* hues[] = {"#009e73", "#56b4e9", "#f0e442", "#e69f00", "#d55e00"};

} // namespace

QString IntervalChart::name(std::size_t interval) {
    return interval == 0 ? tr("sign-for") : interval == 1 ? tr("turn-out") : tr("feedback");
}

QString IntervalChart::bucketText(std::size_t interval, std::size_t bucket) {
    static const char* const texts[3][5] = {
        {QT_TR_NOOP("0-30 s"), QT_TR_NOOP("30-60 s"), QT_TR_NOOP("60-120 s"), QT_TR_NOOP("120-180 s"),
         QT_TR_NOOP(">180 s")},
        {QT_TR_NOOP("0-5 min"), QT_TR_NOOP("5-10 min"), QT_TR_NOOP("10-15 min"), QT_TR_NOOP("15-30 min"),
         QT_TR_NOOP(">30 min")},
        {QT_TR_NOOP("0-30 min"), QT_TR_NOOP("30-60 min"), QT_TR_NOOP("1-2 h"), QT_TR_NOOP("2-4 h"),
         QT_TR_NOOP(">4 h")}};
    return tr(texts[interval][bucket]);
}

IntervalChart::IntervalChart(QWidget* parent) : LeaderChart(tr("How long it took"), parent) {
    setObjectName(QStringLiteral("leaderIntervals"));
    auto* series = new QHorizontalPercentBarSeries;
    series_ = series;
    for (std::size_t b = 0; b < 5; ++b) {
        sets_[b] = new QBarSet(QString::number(b));
        *sets_[b] << 0 << 0 << 0;
        series->append(sets_[b]);
    }
    chart()->addSeries(series);
    auto* across = new QValueAxis(chart());
    across->setRange(0, 100);
    across->setVisible(false);
    auto* down = new QBarCategoryAxis(chart());
    down->append({QStringLiteral("2"), QStringLiteral("1"), QStringLiteral("0")}); // the first one lowest
    down->setVisible(false);
    chart()->addAxis(across, Qt::AlignBottom);
    chart()->addAxis(down, Qt::AlignLeft);
    series->attachAxis(across);
    series->attachAxis(down);
    for (auto& counts : counts_)
        counts.assign(5, 0);
    restyle();
}

void IntervalChart::restyle() {
    for (std::size_t b = 0; b < 5; ++b) {
        sets_[b]->setColor(QColor(hues[b]));
        sets_[b]->setPen(QPen(tokens().panel, 1));
    }
}

void IntervalChart::setFigures(const dispatch::Kpi& kpi) {
    bool changed = false;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& buckets = bucketsOf(kpi, i);
        changed = changed || buckets.counts != counts_[i] || buckets.median != medians_[i];
        if (buckets.counts != counts_[i])
            for (std::size_t b = 0; b < 5; ++b)
                sets_[b]->replace(2 - static_cast<int>(i), static_cast<double>(buckets.counts[b]));
        counts_[i] = buckets.counts, medians_[i] = buckets.median;
    }
    if (changed)
        scene()->update();
}

std::size_t IntervalChart::total(std::size_t interval) const {
    return std::accumulate(counts_[interval].begin(), counts_[interval].end(), std::size_t{});
}

void IntervalChart::layPlot() {
    const QRectF area(12, 30, width() - 24, height() - 36);
    plot(area);
    // A bar of eighteen pixels, whatever the room; its words stand above and below.
    series_->setBarWidth(std::clamp(3 * 18 / std::max(1.0, area.height()), 0.1, 0.9));
}

double IntervalChart::rowMiddle(std::size_t interval) const {
    const QRectF area = chart()->plotArea();
    return area.top() + area.height() * (static_cast<double>(interval) + 0.5) / 3;
}

QRectF IntervalChart::barBox(int bar) const {
    const auto interval = static_cast<std::size_t>(bar / 5), bucket = static_cast<std::size_t>(bar % 5);
    const QRectF area = chart()->plotArea();
    const double all = static_cast<double>(total(interval));
    double before = 0;
    for (std::size_t b = 0; b < bucket; ++b)
        before += static_cast<double>(counts_[interval][b]);
    const double scale = all > 0 ? area.width() / all : 0;
    return {area.left() + before * scale, rowMiddle(interval) - 9, static_cast<double>(counts_[interval][bucket]) * scale,
            18};
}

// On the bar, or on the bucket's words under it.
int IntervalChart::barAt(QPointF at) const {
    const QRectF area = chart()->plotArea();
    for (int bar = 0; bar < 15; ++bar)
        if (barBox(bar).contains(at))
            return bar;
    for (std::size_t interval = 0; interval < 3; ++interval) {
        const double top = rowMiddle(interval) + 9;
        if (at.y() < top || at.y() > top + 18 || at.x() < area.left() || at.x() >= area.right())
            continue;
        return static_cast<int>(5 * interval) + static_cast<int>((at.x() - area.left()) / area.width() * 5);
    }
    return -1;
}

QString IntervalChart::barText(int bar) const {
    const auto interval = static_cast<std::size_t>(bar / 5), bucket = static_cast<std::size_t>(bar % 5);
    return tr("%1, %2: %3 of %4")
        .arg(name(interval), bucketText(interval, bucket))
        .arg(counts_[interval][bucket])
        .arg(total(interval));
}

int IntervalChart::stepped(int bar, int key) const {
    switch (key) {
    case Qt::Key_Left:
        return bar % 5 ? bar - 1 : bar;
    case Qt::Key_Right:
        return bar % 5 < 4 ? bar + 1 : bar;
    case Qt::Key_Up:
        return bar - 5;
    default:
        return bar + 5;
    }
}

void IntervalChart::drawForeground(QPainter* painter, const QRectF& rect) {
    LeaderChart::drawForeground(painter, rect);
    const Tokens& t = tokens();
    const QRectF area = chart()->plotArea();
    for (std::size_t i = 0; i < 3; ++i) {
        const double middle = rowMiddle(i);
        const std::size_t all = total(i);
        painter->setFont(textFont(12));
        painter->setPen(t.text);
        drawFigures(*painter, {area.left(), middle - 28, area.width(), 18}, Qt::AlignLeft | Qt::AlignVCenter,
                    medians_[i] ? tr("%1 · median %2").arg(name(i), spanText(*medians_[i]))
                                : tr("%1 · nobody got so far").arg(name(i)));
        painter->setPen(t.soft);
        drawFigures(*painter, {area.left(), middle - 28, area.width(), 18}, Qt::AlignRight | Qt::AlignVCenter,
                    QString::number(all));
        if (!all) {
            painter->setPen(t.line);
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(QRectF(area.left(), middle - 9, area.width(), 18));
        }
        const double wide = area.width() / 5;
        painter->setFont(textFont(11));
        const QFontMetrics metrics(painter->font());
        for (std::size_t b = 0; b < 5; ++b) {
            const double x = area.left() + static_cast<double>(b) * wide;
            painter->fillRect(QRectF(x, middle + 14, 8, 8), QColor(hues[b]));
            painter->setPen(t.soft);
            const QString count = QString::number(counts_[i][b]);
            QString text = bucketText(i, b) + QStringLiteral("  ");
            if (metrics.horizontalAdvance(text + count) > wide - 14)
                text = metrics.elidedText(text, Qt::ElideRight,
                                          static_cast<int>(wide - 16 - metrics.horizontalAdvance(count)));
            painter->drawText(QRectF(x + 12, middle + 9, wide - 12, 18), Qt::AlignLeft | Qt::AlignVCenter, text);
            painter->setPen(t.strong);
            drawFigures(*painter, {x + 12 + metrics.horizontalAdvance(text), middle + 9, wide, 18},
                        Qt::AlignLeft | Qt::AlignVCenter, count);
        }
    }
}

} // namespace vedette::console
