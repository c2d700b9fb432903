// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/plan_delegate.h"

#include "console/plan_model.h"
#include "console/shapes.h"
#include "console/theme.h"

#include <QPainter>

namespace vedette::console {

namespace {

void drawCheck(QPainter& painter, const QRectF& box, bool checked) {
    const Tokens& t = tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(checked ? t.accent : t.muted, 1.2));
    painter.setBrush(checked ? t.selected : t.sunken);
    painter.drawRoundedRect(box, 3, 3);
    if (!checked)
        return;
    painter.setPen(QPen(t.accent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{{box.left() + 3.5, box.center().y()},
                                   {box.left() + 6, box.bottom() - 4},
                                   {box.right() - 3.5, box.top() + 4}});
}

} // namespace

void PlanDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    using Mark = PlanRow::Mark;
    const Tokens& t = tokens();
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, t.selected);
    painter->setPen(t.lineSoft);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const auto mark = static_cast<Mark>(index.data(PlanModel::markRole).toInt());
    const bool served = index.data(PlanModel::servedRole).toBool();
    const bool settled = index.data(PlanModel::goneRole).toBool() || mark == Mark::sent;
    painter->setOpacity(settled ? 0.45 : 1);
    QRect box = option.rect.adjusted(10, 0, -4, -1);
    painter->setPen(t.text);
    switch (index.column()) {
    case PlanModel::checkColumn: {
        if (const QVariant checked = index.data(Qt::CheckStateRole); checked.isValid())
            drawCheck(*painter, QRectF(box.left() + 2, box.center().y() - 7, 15, 15),
                      checked.toInt() == Qt::Checked);
        drawPriority(*painter, option.rect.adjusted(34, 0, 0, -1),
                     index.data(PlanModel::priorityRole).toInt());
        break;
    }
    case PlanModel::ticketColumn:
        painter->setFont(codeFont(12));
        painter->setPen(t.code);
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
        break;
    case PlanModel::arrivalColumn:
        painter->setPen(index.data(PlanModel::lateRole).toBool() ? t.late : t.text);
        drawFigures(*painter, box, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
        break;
    default:
        if (index.column() == PlanModel::unitColumn && !served)
            painter->setPen(t.warnText);
        if (index.column() == PlanModel::whyColumn)
            painter->setPen(mark == Mark::changed || mark == Mark::refused ? t.warnText
                            : served                                       ? t.soft
                                                                           : t.warnText);
        painter->drawText(
            box, Qt::AlignLeft | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
    }
    painter->restore();
}

} // namespace vedette::console
