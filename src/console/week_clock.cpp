// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/week_clock.h"

#include "console/theme.h"
#include "console/wording.h"
#include "map/theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace vedette::console {

namespace {

constexpr double left = 40, top = 4, bottom = 20;

QString dayName(int day) {
    const QLocale locale(language() == layers::Language::chinese ? QLocale::Chinese : QLocale::English);
    return locale.dayName(day + 1, QLocale::ShortFormat);
}

} // namespace

WeekClock::WeekClock(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("weekClock"));
    setAccessibleName(tr("Hours of the week"));
    setFocusPolicy(Qt::StrongFocus);
}

void WeekClock::setCounts(const layers::WeekClock& counts, const std::array<double, 168>& hours) {
    counts_ = counts, hours_ = hours;
    update();
}

double WeekClock::rate(std::size_t cell) const {
    return hours_[cell] > 0 ? static_cast<double>(counts_[cell]) / hours_[cell] : 0;
}

void WeekClock::setChosen(const dispatch::WeekHours& hours) {
    chosen_ = hours;
    update();
}

QRectF WeekClock::cellBox(int day, int hour) const {
    const double wide = (width() - left - 2) / 24, tall = (height() - top - bottom) / 7;
    return {left + hour * wide, top + day * tall, wide, tall};
}

QString WeekClock::csv() const {
    QString out = QStringLiteral("day,hour,count,hours,rate,chosen\n");
    for (std::size_t i = 0; i < counts_.size(); ++i)
        out += QStringLiteral("%1,%2,%3,%4,%5,%6\n")
                   .arg(i / 24 + 1)
                   .arg(i % 24)
                   .arg(counts_[i])
                   .arg(QString::number(hours_[i], 'g', 8), QString::number(rate(i), 'g', 8))
                   .arg(chosen_[i] ? 1 : 0);
    return out;
}

std::vector<int> WeekClock::cellsAt(QPointF at) const {
    const QRectF last = cellBox(6, 23);
    const int day = static_cast<int>(std::floor((at.y() - top) / last.height()));
    const int hour = static_cast<int>(std::floor((at.x() - left) / last.width()));
    const bool inDays = day >= 0 && day < 7, inHours = hour >= 0 && hour < 24;
    std::vector<int> cells;
    for (int cell = 0; cell < 168; ++cell)
        if ((inDays || (day >= 7 && inHours)) && (inHours || (hour < 0 && inDays)) &&
            (!inDays || cell / 24 == day) && (!inHours || cell % 24 == hour))
            cells.push_back(cell);
    return cells;
}

void WeekClock::take(const std::vector<int>& cells) {
    for (const int cell : cells)
        chosen_[static_cast<std::size_t>(cell)] = setting_;
    update();
    emit choosing();
}

void WeekClock::mousePressEvent(QMouseEvent* event) {
    const auto cells = cellsAt(event->position());
    if (event->button() != Qt::LeftButton || cells.empty())
        return;
    dragging_ = true;
    if (chosen_.all())
        chosen_.reset(), setting_ = true;
    else
        setting_ = std::ranges::any_of(cells, [this](int cell) { return !chosen_[static_cast<std::size_t>(cell)]; });
    take(cells);
}

void WeekClock::mouseMoveEvent(QMouseEvent* event) {
    if (dragging_)
        take(cellsAt(event->position()));
}

void WeekClock::mouseReleaseEvent(QMouseEvent*) {
    if (!std::exchange(dragging_, false))
        return;
    if (chosen_.none())
        chosen_.set(); // nothing at all is nobody's question
    update();
    emit chosenChanged();
}

void WeekClock::keyPressEvent(QKeyEvent* event) {
    const int day = at_ / 24, hour = at_ % 24;
    switch (event->key()) {
    case Qt::Key_Left:
        at_ = day * 24 + (hour + 23) % 24;
        break;
    case Qt::Key_Right:
        at_ = day * 24 + (hour + 1) % 24;
        break;
    case Qt::Key_Up:
        at_ = (day + 6) % 7 * 24 + hour;
        break;
    case Qt::Key_Down:
        at_ = (day + 1) % 7 * 24 + hour;
        break;
    case Qt::Key_Space:
        if (chosen_.all())
            chosen_.reset();
        chosen_.flip(static_cast<std::size_t>(at_));
        if (chosen_.none())
            chosen_.set();
        emit chosenChanged();
        break;
    case Qt::Key_Delete:
        chosen_.set();
        emit chosenChanged();
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    update();
}

bool WeekClock::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto cells = cellsAt(help->pos()); !cells.empty()) {
            std::size_t many = 0;
            double hours = 0;
            for (const int cell : cells)
                many += counts_[static_cast<std::size_t>(cell)], hours += hours_[static_cast<std::size_t>(cell)];
            const QString each = tr("%1 an hour, over %2 h of the period")
                                     .arg(QLocale::c().toString(hours > 0 ? static_cast<double>(many) / hours : 0, 'g', 3),
                                          QLocale::c().toString(hours, 'f', hours < 10 ? 1 : 0));
            const bool row = cells.size() == 24, column = cells.size() == 7;
            const int day = cells.front() / 24, hour = cells.front() % 24;
            QToolTip::showText(help->globalPos(),
                               (row      ? tr("%1: %2 incidents").arg(dayName(day)).arg(many)
                               : column ? tr("%1-%2 h: %3 incidents").arg(hour).arg(hour + 1).arg(many)
                                        : tr("%1 %2-%3 h: %4 incidents")
                                              .arg(dayName(day))
                                              .arg(hour)
                                              .arg(hour + 1)
                                              .arg(many)) +
                                   QStringLiteral("\n") + each,
                               this);
            return true;
        }
    }
    return QWidget::event(event);
}

void WeekClock::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    double most = 0;
    for (std::size_t cell = 0; cell < counts_.size(); ++cell)
        most = std::max(most, rate(cell));
    most = most > 0 ? most : 1;
    painter.setFont(textFont(11));
    for (int day = 0; day < 7; ++day) {
        painter.setPen(t.soft);
        const QRectF first = cellBox(day, 0);
        painter.drawText(QRectF(0, first.top(), left - 6, first.height()), Qt::AlignRight | Qt::AlignVCenter,
                         dayName(day));
        for (int hour = 0; hour < 24; ++hour) {
            const auto cell = static_cast<std::size_t>(day * 24 + hour);
            const QRectF box = cellBox(day, hour).adjusted(0.5, 0.5, -0.5, -0.5);
            painter.fillRect(box, t.sunken);
            QColor colour = map::heatColour(rate(cell) / most, currentTheme());
            if (!chosen_[cell])
                colour.setAlphaF(colour.alphaF() * 0.18F);
            painter.fillRect(box, colour);
            if (chosen_[cell] && !chosen_.all()) { // not by colour alone
                painter.setPen(QPen(t.accent, 1));
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
            }
            if (hasFocus() && static_cast<int>(cell) == at_) {
                painter.setPen(QPen(t.strong, 2));
                painter.drawRect(box.adjusted(1, 1, -1, -1));
            }
        }
    }
    painter.setPen(t.soft);
    const double wide = cellBox(0, 0).width();
    for (int hour = 0; hour < 24; hour += wide >= 20 ? 1 : wide >= 13 ? 2 : 3)
        drawFigures(painter, {cellBox(6, hour).left() - 10, height() - bottom + 2, wide + 20, 16},
                    Qt::AlignHCenter | Qt::AlignVCenter, QString::number(hour));
}

} // namespace vedette::console
