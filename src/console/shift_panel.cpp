// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/shift_panel.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QPainter>

namespace vedette::console {

namespace {

QString medianText(const dispatch::Kpi::Buckets& buckets) {
    if (!buckets.median)
        return QStringLiteral("—");
    const auto seconds = buckets.median->count();
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

ShiftPanel::ShiftPanel(Desk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
    setObjectName(QStringLiteral("shiftPanel"));
    setAccessibleName(tr("This shift"));
    setAttribute(Qt::WA_StyledBackground);
    connect(&desk, &Desk::boardChanged, this, [this] { update(); });
}

void ShiftPanel::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    const Tokens& t = tokens();
    const dispatch::Kpi& kpi = desk_.board().shift;
    QPainter painter(this);
    painter.setFont([] {
        QFont font = textFont(11, QFont::DemiBold);
        font.setLetterSpacing(QFont::PercentageSpacing, 106);
        return font;
    }());
    painter.setPen(t.muted);
    painter.drawText(QRect(16, 10, width() - 32, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("THIS SHIFT · 8 HOURS"));
    const std::size_t over = kpi.onTime + kpi.late;
    QString overdue = tr("overdue");
    for (const QueueRow& row : desk_.board().queue)
        if (row.due && *row.due < desk_.now()) {
            overdue = tr("overdue · %1").arg(q(dispatch::toString(row.id)));
            break;
        }
    struct Figure {
        QString figure, words;
        QColor colour;
    };
    const Figure figures[] = {
        {over ? QStringLiteral("%1 %").arg(
                    100.0 * static_cast<double>(kpi.onTime) / static_cast<double>(over), 0, 'f', 1)
              : QStringLiteral("—"),
         tr("on time, %1 closed").arg(kpi.closed), t.strong},
        {QString::number(kpi.overdue), overdue, kpi.overdue ? t.warnText : t.strong},
        {medianText(kpi.signFor), tr("median sign-for"), t.strong},
        {medianText(kpi.turnOut), tr("median arrival"), t.strong}};
    const int columnWidth = (width() - 32) / 2;
    for (int i = 0; i < 4; ++i) {
        const QRect box(16 + (i % 2) * columnWidth, 34 + (i / 2) * 62, columnWidth - 6, 60);
        painter.setFont(textFont(24));
        painter.setPen(figures[i].colour);
        drawFigures(painter, QRectF(box.adjusted(0, 0, 0, -26)), Qt::AlignLeft | Qt::AlignVCenter,
                    figures[i].figure);
        painter.setFont(textFont(12));
        painter.setPen(t.soft);
        painter.drawText(box.adjusted(0, 34, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                         painter.fontMetrics().elidedText(figures[i].words, Qt::ElideRight, box.width()));
    }
    painter.setPen(t.soft);
    painter.drawText(QRect(16, 168, width() - 32, 36), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     tr("%1 opened · %2 open now · %3 units on duty")
                         .arg(kpi.opened)
                         .arg(desk_.board().queue.size())
                         .arg(desk_.board().unitsOnDuty));
}

} // namespace vedette::console
