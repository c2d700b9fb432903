// SPDX-License-Identifier: GPL-3.0-or-later
#include "line_stroke.h"

namespace vedette::map {

LineStroke::LineStroke(QPainter& painter, QColor colour, double width)
    : painter_(painter), segments_(width > 1 && width <= 3.2 && colour.alpha() == 255) {
    const Qt::PenCapStyle cap = width <= 1 ? Qt::FlatCap : segments_ ? Qt::SquareCap : Qt::RoundCap;
    painter.setPen(QPen(colour, width, Qt::SolidLine, cap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
}

void LineStroke::draw(const QPolygonF& line) {
    if (!segments_) {
        painter_.drawPolyline(line);
        return;
    }
    pieces_.clear();
    for (qsizetype i = 1; i < line.size(); ++i)
        pieces_.append(QLineF(line[i - 1], line[i]));
    painter_.drawLines(pieces_);
}

} // namespace vedette::map
