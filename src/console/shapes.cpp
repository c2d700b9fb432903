// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/shapes.h"

#include "console/theme.h"

#include <QPainter>

#include <algorithm>

namespace vedette::console {

StatusSign statusSign(dispatch::UnitStatus status, bool lost) {
    const Tokens& t = tokens();
    using U = dispatch::UnitStatus;
    using M = map::MarkShape;
    if (status == U::enroute)
        return {M::triangleRight, t.enroute, true};
    if (status == U::onscene)
        return {M::diamond, t.onscene, true};
    if (status == U::assigned)
        return {M::filledSquare, t.busy, true};
    if (status == U::off || status == U::outOfService)
        return {M::cross, t.lost, false};
    if (lost)
        return {M::dottedCircle, t.lost, false};
    if (status == U::onBreak)
        return {M::circle, t.lost, false};
    return {M::square, t.free, false};
}

QColor priorityColour(int priority) {
    return tokens().priority[std::clamp(priority, 1, 4) - 1];
}

void drawSign(QPainter& painter, const QRectF& box, const StatusSign& sign) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(sign.colour, 1.4));
    painter.setBrush(sign.filled ? QBrush(sign.colour) : QBrush(Qt::NoBrush));
    const QPointF c = box.center();
    const double r = std::min(box.width(), box.height()) / 2 - 1;
    using M = map::MarkShape;
    switch (sign.shape) {
    case M::triangle:
        painter.drawPolygon(
            QPolygonF{{c.x(), c.y() - r}, {c.x() + r, c.y() + r * 0.8}, {c.x() - r, c.y() + r * 0.8}});
        break;
    case M::triangleRight:
        painter.drawPolygon(
            QPolygonF{{c.x() - r * 0.7, c.y() - r}, {c.x() + r, c.y()}, {c.x() - r * 0.7, c.y() + r}});
        break;
    case M::diamond:
        painter.drawPolygon(
            QPolygonF{{c.x(), c.y() - r}, {c.x() + r, c.y()}, {c.x(), c.y() + r}, {c.x() - r, c.y()}});
        break;
    case M::square:
    case M::filledSquare:
        painter.drawRoundedRect(QRectF(c.x() - r * 0.85, c.y() - r * 0.85, r * 1.7, r * 1.7), 1.5, 1.5);
        break;
    case M::dottedCircle:
        painter.setPen(QPen(sign.colour, 1.3, Qt::DotLine));
        painter.drawEllipse(c, r, r);
        break;
    case M::cross:
        painter.drawLine(QPointF(c.x() - r * 0.7, c.y() - r * 0.7),
                         QPointF(c.x() + r * 0.7, c.y() + r * 0.7));
        painter.drawLine(QPointF(c.x() - r * 0.7, c.y() + r * 0.7),
                         QPointF(c.x() + r * 0.7, c.y() - r * 0.7));
        break;
    default:
        painter.drawEllipse(c, r, r);
    }
    painter.restore();
}

void drawPriority(QPainter& painter, const QRectF& box, int priority) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF badge(box.center() - QPointF(9, 9), QSizeF(18, 18));
    painter.setPen(Qt::NoPen);
    painter.setBrush(priorityColour(priority));
    painter.drawRoundedRect(badge, 3, 3);
    painter.setPen(tokens().onPriority);
    painter.setFont(textFont(11, QFont::Bold));
    painter.drawText(badge, Qt::AlignCenter, QString::number(priority));
    painter.restore();
}

} // namespace vedette::console
