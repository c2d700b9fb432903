// SPDX-License-Identifier: GPL-3.0-or-later
#include "sketch_painter.h"

#include "crowd.h"
#include "map/theme.h"
#include "text_image.h"

#include <QPainter>

#include <cmath>

namespace vedette::map {

void paintSketch(QPainter& painter, const Sketch& sketch, const View& view, Theme theme) {
    const Palette& colours = palette(theme);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPolygonF line;
    for (const layers::Point p : sketch.points)
        if (const QPointF at = view.mapToView(p); std::isfinite(at.x()) && std::isfinite(at.y()))
            line << at;
    if (sketch.area && line.size() > 2) {
        QColor wash = colours.selection;
        wash.setAlphaF(0.16f);
        painter.setPen(Qt::NoPen);
        painter.setBrush(wash);
        painter.drawPolygon(line, Qt::OddEvenFill);
    }
    painter.setBrush(Qt::NoBrush);
    QPolygonF firm = line;
    if (sketch.open && firm.size() > 1)
        firm.removeLast();
    const auto stroke = [&](const QPolygonF& part, Qt::PenStyle style) {
        if (part.size() < 2)
            return;
        painter.setPen(QPen(colours.halo, 4.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(part);
        painter.setPen(QPen(colours.selection, 2, style, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(part);
    };
    stroke(firm, Qt::SolidLine);
    if (sketch.open && line.size() > 1)
        stroke({line[line.size() - 2], line.back()}, Qt::DashLine);
    if (sketch.area && line.size() > 2)
        stroke({line.back(), line.front()}, sketch.open ? Qt::DashLine : Qt::SolidLine);
    painter.setPen(QPen(colours.halo, 1.4));
    painter.setBrush(colours.selection);
    for (const QPointF& at : firm)
        painter.drawEllipse(at, 4, 4);
    if (sketch.crosshair) {
        const QPointF m = view.middle();
        const auto cross = [&](QPen pen) {
            painter.setPen(pen);
            for (const QPointF arm : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
                painter.drawLine(m + arm * 4, m + arm * 14);
        };
        cross(QPen(colours.halo, 4));
        cross(QPen(colours.selection, 1.6));
    }
    if (!sketch.words.isEmpty() && !line.isEmpty()) {
        const double ratio = view.devicePixelRatio;
        const TextImage text =
            textImage(sketch.words, {13, QFont::DemiBold, colours.selection, colours.halo}, ratio);
        // Beside the place, on the side where there is room.
        QPointF corner = line.back() + QPointF(14, -text.size.height() - 6);
        if (corner.x() + text.size.width() > view.size.width() - 6)
            corner.setX(line.back().x() - 14 - text.size.width());
        corner.setY(std::max(corner.y(), 4.0));
        painter.setPen(QPen(colours.noteEdge, 1)); // a figure among the names of marks is not to be read with them
        painter.setBrush(colours.note);
        painter.drawRoundedRect(QRectF(corner, text.size).adjusted(-3, -1, 3, 1), 3, 3);
        painter.drawImage(snapped(corner, ratio), text.image);
    }
    painter.restore();
}

void paintFlash(QPainter& painter, QPointF at, double phase, bool still, Theme theme) {
    const Palette& colours = palette(theme);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    // Two rings closing in, one after the other; then it is over.
    const double once = still ? 0.6 : std::fmod(phase * 2, 1.0);
    const double radius = 12 + (flashRadius - 15) * (1 - once) * (1 - once);
    painter.setPen(QPen(colours.halo, 5.5));
    painter.drawEllipse(at, radius, radius);
    painter.setPen(QPen(colours.selection, 2.6));
    painter.drawEllipse(at, radius, radius);
    painter.restore();
}

} // namespace vedette::map
