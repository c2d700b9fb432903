// SPDX-License-Identifier: GPL-3.0-or-later
#include "mark_image.h"

#include "map/theme.h"

#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace vedette::map {

namespace {

constexpr int dotsPerMetre = 3780; // 96 dpi, as mapFont wants

QImage blank(double radius, double ratio) {
    const int side = int(std::ceil(2 * radius * ratio));
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    return image;
}

void writeCentred(QPainter& painter, QPointF at, const QString& text, double pixels, QColor colour) {
    const QFont font = mapFont(pixels, QFont::Bold);
    const QFontMetricsF metrics(font, painter.device());
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(QPointF(at.x() - metrics.horizontalAdvance(text) / 2, at.y() + metrics.capHeight() / 2),
                     text);
}

// Dark ink on a bright symbol, light ink on a dark one.
QColor inkOn(QColor colour) {
    return 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue() > 110 ? QColor("#12171b")
                                                                                       : QColor("#ffffff");
}

void paintShape(QPainter& painter, const Mark& mark, const Palette& colours) {
    QPen edge(colours.symbolEdge, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    QPen outline(mark.colour, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    const auto filled = [&] { painter.setPen(edge), painter.setBrush(mark.colour); };
    const auto outlined = [&] { painter.setPen(outline), painter.setBrush(colours.symbolFill); };
    const auto polygon = [&](std::initializer_list<QPointF> points) {
        painter.drawPolygon(QPolygonF(QList<QPointF>(points)));
    };
    QColor ink = inkOn(mark.colour);
    QPointF letterAt(0, 0);
    switch (mark.shape) {
    case MarkShape::triangle:
        filled();
        polygon({{0, -10}, {9.5, 7}, {-9.5, 7}});
        letterAt = {0, 1.6};
        break;
    case MarkShape::square:
        outlined();
        painter.drawRoundedRect(QRectF(-7, -7, 14, 14), 3, 3);
        ink = colours.ink;
        break;
    case MarkShape::triangleRight:
        filled();
        polygon({{-7, -8.5}, {9.5, 0}, {-7, 8.5}});
        letterAt = {-2, 0};
        break;
    case MarkShape::diamond:
        filled();
        polygon({{0, -10}, {10, 0}, {0, 10}, {-10, 0}});
        break;
    case MarkShape::filledSquare:
        filled();
        painter.drawRoundedRect(QRectF(-7.5, -7.5, 15, 15), 3, 3);
        break;
    case MarkShape::hexagon:
        outlined();
        polygon({{0, -9}, {8, -4}, {8, 4}, {0, 9}, {-8, 4}, {-8, -4}});
        ink = colours.ink;
        break;
    case MarkShape::dottedCircle:
        outline.setDashPattern({1.5, 1.3});
        outline.setCapStyle(Qt::FlatCap);
        outlined();
        painter.drawEllipse(QPointF(), 7.5, 7.5);
        ink = colours.quiet;
        break;
    case MarkShape::circle:
        filled();
        painter.drawEllipse(QPointF(), 7, 7);
        break;
    case MarkShape::cross:
        for (const QPen& pen : {QPen(colours.symbolEdge, 5.5, Qt::SolidLine, Qt::RoundCap),
                                QPen(mark.colour, 3, Qt::SolidLine, Qt::RoundCap)}) {
            painter.setPen(pen);
            painter.drawLine(QPointF(-6, -6), QPointF(6, 6));
            painter.drawLine(QPointF(-6, 6), QPointF(6, -6));
        }
        return;
    }
    if (!mark.letter.isEmpty())
        writeCentred(painter, letterAt, mark.letter, 9.5, ink);
}

struct Key {
    QString text;
    int shape; // a MarkShape; -1 and -2 for crowds, -3 for pulses
    QRgb colour;
    bool selected;
    Theme theme;
    double ratio;
    friend bool operator==(const Key&, const Key&) = default;
    friend size_t qHash(const Key& key, size_t seed) {
        return qHashMulti(seed, key.text, key.shape, key.colour, key.selected, int(key.theme), key.ratio);
    }
};

template <class Draw>
QImage kept(const Key& key, Draw draw) {
    thread_local QHash<Key, QImage> images;
    if (const auto at = images.constFind(key); at != images.constEnd())
        return *at;
    if (images.size() > 4000)
        images.clear();
    return *images.insert(key, draw());
}

} // namespace

QImage markImage(const Mark& mark, Theme theme, double ratio) {
    const Key key{mark.letter, int(mark.shape), mark.colour.rgba(), mark.selected, theme, ratio};
    return kept(key, [&] {
        const Palette& colours = palette(theme);
        const double radius = mark.selected ? 19 : markRadius + 1;
        QImage image = blank(radius, ratio);
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painter.scale(ratio, ratio);
        painter.translate(radius, radius);
        if (mark.selected) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colours.halo, 4.6));
            painter.drawEllipse(QPointF(), 15.5, 15.5);
            painter.setPen(QPen(colours.selection, 2.4));
            painter.drawEllipse(QPointF(), 15.5, 15.5);
        }
        paintShape(painter, mark, colours);
        painter.end();
        image.setDevicePixelRatio(ratio);
        return image;
    });
}

double clusterRadius(std::uint32_t count) {
    return count < 10 ? 11 : count < 100 ? 13 : count < 1000 ? 16 : 20;
}

QImage clusterImage(std::uint32_t count, bool incidents, QColor colour, Theme theme, double ratio) {
    // Past a thousand the figure is rounded: nobody reads the last digit on a map.
    const QString text = count < 1000    ? QString::number(count)
                         : count < 10000 ? QString::number(count / 1000.0, 'f', 1) + 'k'
                                         : QString::number(count / 1000) + 'k';
    return kept({text, incidents ? -1 : -2, colour.rgba(), false, theme, ratio}, [&] {
        const Palette& colours = palette(theme);
        const double r = clusterRadius(count), radius = r + 3;
        QImage image = blank(radius, ratio);
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painter.scale(ratio, ratio);
        painter.translate(radius, radius);
        if (incidents) {
            painter.setPen(QPen(colours.symbolEdge, 1.5));
            painter.setBrush(colour);
            painter.drawEllipse(QPointF(), r, r);
        } else {
            painter.setPen(QPen(colour, 2));
            painter.setBrush(colours.symbolFill);
            painter.drawRoundedRect(QRectF(-r, -r + 2, 2 * r, 2 * r - 4), 4, 4);
        }
        writeCentred(painter, {}, text, 10.5, incidents ? inkOn(colour) : colours.ink);
        painter.end();
        image.setDevicePixelRatio(ratio);
        return image;
    });
}

QImage pulseImage(QColor colour, double phase, double ratio) {
    const int step = int(std::floor(std::clamp(phase, 0.0, 0.999) * pulseSteps));
    return kept({QString(QChar(step)), -3, colour.rgba(), false, Theme::dark, ratio}, [&] {
        const double radius = pulseRadius + 2;
        QImage image = blank(radius, ratio);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(ratio, ratio);
        painter.translate(radius, radius);
        // Two rings half a beat apart, growing and fading.
        for (const double shift : {0.35, 0.85}) {
            const double at = std::fmod(step / double(pulseSteps) + shift, 1.0);
            QColor fading = colour;
            fading.setAlphaF(float(0.75 * (1 - at)));
            painter.setPen(QPen(fading, 2));
            const double r = 11 + at * (pulseRadius - 12);
            painter.drawEllipse(QPointF(), r, r);
        }
        painter.end();
        image.setDevicePixelRatio(ratio);
        return image;
    });
}

} // namespace vedette::map
