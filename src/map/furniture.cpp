// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/furniture.h"

#include "crowd.h"
#include "map/theme.h"
#include "text_image.h"

#include <QPainter>

#include <cmath>

namespace vedette::map {

ScaleBar scaleBar(double metresPerPixel, double pixelsWanted) {
    const double wanted = metresPerPixel * pixelsWanted;
    const double decade = std::pow(10, std::floor(std::log10(wanted)));
    const double step = wanted / decade >= 5 ? 5 : wanted / decade >= 2 ? 2 : 1;
    ScaleBar bar;
    bar.metres = step * decade;
    bar.pixels = bar.metres / metresPerPixel;
    const auto number = [](double v) { return QString::number(v, 'g', 6); };
    bar.label = bar.metres >= 1000 ? number(bar.metres / 1000) + " km"
                : bar.metres >= 1  ? number(bar.metres) + " m"
                                   : number(bar.metres * 100) + " cm";
    return bar;
}

void paintScaleBar(QPainter& painter, const QRectF& inside, const View& view, Theme theme,
                   double groundMetres) {
    const Palette& colours = palette(theme);
    const ScaleBar bar = scaleBar(view.metresPerPixel * groundMetres);
    const double left = inside.left() + 14, bottom = inside.bottom() - 10;
    const QPolygonF line{
        {left, bottom - 5}, {left, bottom}, {left + bar.pixels, bottom}, {left + bar.pixels, bottom - 5}};
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours.halo, 3.4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawPolyline(line);
    painter.setPen(QPen(colours.quiet, 1.2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawPolyline(line);
    const TextImage text =
        textImage(bar.label, {11, QFont::Normal, colours.quiet, colours.halo}, view.devicePixelRatio);
    painter.drawImage(snapped({left - haloWidth, bottom - 7 - text.size.height()}, view.devicePixelRatio),
                      text.image);
}

void paintNorthArrow(QPainter& painter, const QRectF& inside, const View& view, Theme theme) {
    const Palette& colours = palette(theme);
    const double r = inside.width() / 2 - 1;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(inside.center());
    painter.setPen(QPen(colours.noteEdge, 1));
    painter.setBrush(colours.note);
    painter.drawEllipse(QPointF(), r, r);
    const auto at = [&](double x, double y) { return view.rotation.turn({x, y}); };
    // The half that points north is filled, the other an outline; the letter stays upright.
    painter.setPen(QPen(colours.selection, 1.2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.setBrush(colours.selection);
    painter.drawPolygon(QPolygonF{at(0, -r + 3), at(5, 0), at(-5, 0)});
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(QPolygonF{at(0, r - 3), at(5, 0), at(-5, 0)});
    painter.restore();
    const TextImage text = textImage(QStringLiteral("N"), {11, QFont::DemiBold, colours.ink, colours.halo},
                                     view.devicePixelRatio);
    const QPointF tip = inside.center() + view.rotation.turn({0, -r - 9});
    painter.drawImage(
        snapped(tip - QPointF(text.size.width() / 2, text.size.height() / 2), view.devicePixelRatio),
        text.image);
}

void paintReadout(QPainter& painter, const QRectF& inside, const QString& words, const View& view,
                  Theme theme) {
    if (words.isEmpty())
        return;
    const Palette& colours = palette(theme);
    const TextImage text =
        textImage(words, {11.5, QFont::Normal, colours.quiet, colours.halo}, view.devicePixelRatio);
    painter.drawImage(
        snapped({inside.right() - 12 - text.size.width(), inside.bottom() - 8 - text.size.height()},
                view.devicePixelRatio),
        text.image);
}

QRectF paintNote(QPainter& painter, const QRectF& inside, const QString& words, const View& view,
                 Theme theme) {
    const Palette& colours = palette(theme);
    const TextImage text =
        textImage(words, {12, QFont::Normal, colours.quiet, QColor()}, view.devicePixelRatio);
    const QRectF box(inside.left() + 14.5, inside.top() + 12.5, std::ceil(text.size.width() + 17),
                     std::ceil(text.size.height() + 8));
    painter.setPen(QPen(colours.noteEdge, 1));
    painter.setBrush(colours.note);
    painter.drawRoundedRect(box, 4, 4);
    painter.drawImage(snapped(box.topLeft() + QPointF(8.5, 4), view.devicePixelRatio), text.image);
    return box.adjusted(-1, -1, 1, 1);
}

} // namespace vedette::map
