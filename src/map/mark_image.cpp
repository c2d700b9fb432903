// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/mark_image.h"

#include "map/theme.h"

#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QPainterPath>

#include <bit>
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

struct Plate {
    QPolygonF polygon{}; // or a round one
    double round = 0, corner = 0;
    QPointF inside{}; // where letter or symbol stand
    double room = 0;  // of the symbol, logical pixels
};

// `large`: with room for a symbol.
Plate plate(MarkShape shape, bool large) {
    switch (shape) {
    case MarkShape::triangle:
        return large ? Plate{QPolygonF{{0, -13.5}, {13.5, 9.5}, {-13.5, 9.5}}, 0, 0, {0, 2.6}, 11.5}
                     : Plate{QPolygonF{{0, -10}, {9.5, 7}, {-9.5, 7}}, 0, 0, {0, 1.6}, 0};
    case MarkShape::triangleRight:
        return large ? Plate{QPolygonF{{-9.5, -12.5}, {13.5, 0}, {-9.5, 12.5}}, 0, 0, {-2.6, 0}, 11.5}
                     : Plate{QPolygonF{{-7, -8.5}, {9.5, 0}, {-7, 8.5}}, 0, 0, {-2, 0}, 0};
    case MarkShape::diamond: {
        const double r = large ? 14.5 : 10;
        return {QPolygonF{{0, -r}, {r, 0}, {0, r}, {-r, 0}}, 0, 0, {}, 13};
    }
    case MarkShape::hexagon: {
        const double r = large ? 13.5 : 9, w = r * 0.88, h = r * 0.47;
        return {QPolygonF{{0, -r}, {w, -h}, {w, h}, {0, r}, {-w, h}, {-w, -h}}, 0, 0, {}, 14};
    }
    case MarkShape::square:
        return {QPolygonF(QRectF(-1, -1, 2, 2)), large ? 9.5 : 7.0, 3, {}, 14.5};
    case MarkShape::filledSquare:
        return {QPolygonF(QRectF(-1, -1, 2, 2)), large ? 10.0 : 7.5, 3, {}, 14.5};
    case MarkShape::circle:
        return {{}, large ? 11.0 : 7.0, 0, {}, 13.5};
    case MarkShape::dottedCircle:
    case MarkShape::cross:
        break;
    }
    return {{}, large ? 11.0 : 7.5, 0, {}, 13.5};
}

bool isFilled(MarkShape shape) {
    return shape == MarkShape::triangle || shape == MarkShape::triangleRight || shape == MarkShape::diamond ||
           shape == MarkShape::filledSquare || shape == MarkShape::circle;
}

void paintBadge(QPainter& painter, QPointF at, const QString& letter, const Palette& colours, QColor rim) {
    painter.setPen(QPen(rim, 1.2));
    painter.setBrush(colours.halo);
    painter.drawEllipse(at, 5.6, 5.6);
    writeCentred(painter, at, letter, 9, colours.ink);
}

void paintShape(QPainter& painter, const Mark& mark, const QImage& symbol, const Palette& colours) {
    const bool large = !symbol.isNull();
    if (mark.shape == MarkShape::cross && !large) {
        for (const QPen& pen : {QPen(colours.symbolEdge, 5.5, Qt::SolidLine, Qt::RoundCap),
                                QPen(mark.colour, 3, Qt::SolidLine, Qt::RoundCap)}) {
            painter.setPen(pen);
            painter.drawLine(QPointF(-6, -6), QPointF(6, 6));
            painter.drawLine(QPointF(-6, 6), QPointF(6, -6));
        }
        return;
    }
    const Plate under = plate(mark.shape, large);
    const bool full = isFilled(mark.shape);
    QPen pen = full ? QPen(colours.symbolEdge, 1.5) : QPen(mark.colour, 2);
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (mark.shape == MarkShape::dottedCircle) {
        pen.setDashPattern({1.5, 1.3});
        pen.setCapStyle(Qt::FlatCap);
    }
    painter.setPen(pen);
    painter.setBrush(full ? mark.colour : colours.symbolFill);
    if (under.corner > 0)
        painter.drawRoundedRect(QRectF(-under.round, -under.round, 2 * under.round, 2 * under.round), under.corner,
                                under.corner);
    else if (under.round > 0)
        painter.drawEllipse(QPointF(), under.round, under.round);
    else
        painter.drawPolygon(under.polygon);
    if (large) {
        const QSizeF size = symbol.deviceIndependentSize();
        painter.drawImage(under.inside - QPointF(size.width() / 2, size.height() / 2), symbol);
        if (mark.shape == MarkShape::cross) {
            painter.setPen(QPen(mark.colour, 2.4, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(QPointF(-8, 8), QPointF(8, -8));
        }
        if (!mark.letter.isEmpty())
            paintBadge(painter, {10.5, -8.5}, mark.letter, colours, mark.colour);
        return;
    }
    const QColor ink = full ? inkOn(mark.colour)
                       : mark.shape == MarkShape::dottedCircle ? colours.quiet
                                                               : colours.ink;
    if (!mark.letter.isEmpty())
        writeCentred(painter, under.inside, mark.letter, 9.5, ink);
}

struct Key {
    QString text;
    int shape; // a MarkShape; -1 and -2 for crowds, -3 for pulses, -4 and -5 for shares
    QRgb colour;
    bool selected;
    Theme theme;
    double ratio;
    std::uint64_t of = 0; // set and number of the symbol, the shares, a count, a step
    std::array<QRgb, 4> hues{};
    friend bool operator==(const Key&, const Key&) = default;
    // Asked for every mark of every frame.
    friend size_t qHash(const Key& key, size_t seed) {
        std::uint64_t h = seed ^ key.of;
        const auto add = [&h](std::uint64_t part) { h = (std::rotl(h, 23) ^ part) * 0x9e3779b97f4a7c15ull; };
        add(std::uint64_t(key.colour) << 32 | std::uint32_t(key.shape));
        add(std::bit_cast<std::uint64_t>(key.ratio) + std::uint64_t(key.theme) * 2 + key.selected);
        add(std::uint64_t(key.hues[0]) << 32 | key.hues[1]);
        add(std::uint64_t(key.hues[2]) << 32 | key.hues[3]);
        for (const QChar letter : key.text)
            add(letter.unicode());
        return size_t(h ^ (h >> 32));
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

double markRadius(const Mark& mark) {
    return mark.symbol ? 14 : 11;
}

QImage markImage(const Mark& mark, const SymbolSet* symbols, Theme theme, double ratio) {
    const bool large = symbols && mark.symbol && mark.symbol <= symbols->size();
    const Key key{mark.letter,
                  int(mark.shape),
                  mark.colour.rgba(),
                  mark.selected,
                  theme,
                  ratio,
                  large ? symbols->identity() << 16 | mark.symbol : 0};
    return kept(key, [&] {
        const Palette& colours = palette(theme);
        const double ring = large ? 18.5 : 15.5, radius = mark.selected ? ring + 3.5 : large ? 17 : 12;
        QImage image = blank(radius, ratio);
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
        painter.scale(ratio, ratio);
        painter.translate(radius, radius);
        if (mark.selected) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colours.halo, 4.6));
            painter.drawEllipse(QPointF(), ring, ring);
            painter.setPen(QPen(colours.selection, 2.4));
            painter.drawEllipse(QPointF(), ring, ring);
        }
        QImage symbol;
        if (large)
            symbol = symbolImage(*symbols, mark.symbol, isFilled(mark.shape) ? inkOn(mark.colour) : colours.ink,
                                 plate(mark.shape, true).room, ratio);
        paintShape(painter, mark, symbol, colours);
        painter.end();
        image.setDevicePixelRatio(ratio);
        return image;
    });
}

double clusterRadius(std::uint32_t count) {
    return count < 10 ? 11 : count < 100 ? 13 : count < 1000 ? 16 : 20;
}

QImage clusterImage(std::uint32_t count, bool incidents, QColor gravest, const QString& letter, Theme theme,
                    double ratio) {
    // Past a thousand the figure is rounded: nobody reads the last digit on a map.
    const std::uint32_t tenths = (count + 50) / 100;
    const std::uint32_t figure = count < 1000 ? count : count < 10000 ? 1000 + tenths : 2000 + count / 1000;
    return kept({letter, incidents ? -1 : -2, gravest.rgba(), false, theme, ratio, figure}, [&] {
        const QString text =
            count < 1000    ? QString::number(count)
            : count < 10000 ? QString::number(tenths / 10) + u'.' + QString::number(tenths % 10) + u'k'
                            : QString::number(count / 1000) + u'k';
        const Palette& colours = palette(theme);
        const double r = clusterRadius(count), radius = r + 8;
        QImage image = blank(radius, ratio);
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painter.scale(ratio, ratio);
        painter.translate(radius, radius);
        if (incidents) {
            painter.setPen(QPen(colours.symbolEdge, 1.5));
            painter.setBrush(gravest);
            painter.drawEllipse(QPointF(), r, r);
        } else {
            painter.setPen(QPen(colours.quiet, 1.2));
            painter.setBrush(colours.symbolFill);
            painter.drawRoundedRect(QRectF(-r, -r + 2, 2 * r, 2 * r - 4), 4, 4);
        }
        writeCentred(painter, incidents ? QPointF() : QPointF(0, -1.5), text, 10.5,
                     incidents ? inkOn(gravest) : colours.ink);
        if (incidents && !letter.isEmpty())
            paintBadge(painter, QPointF(r, -r) * 0.8, letter, colours, gravest);
        painter.end();
        image.setDevicePixelRatio(ratio);
        return image;
    });
}

QImage sharesImage(const Shares& shares, std::uint32_t count, bool incidents, Theme theme, double ratio) {
    const double r = clusterRadius(count);
    std::uint64_t parts = std::uint64_t(r);
    for (const auto eighths : shares.eighths)
        parts = parts << 4 | eighths;
    return kept({{}, incidents ? -4 : -5, 0, false, theme, ratio, parts, shares.colours}, [&] {
        const Palette& colours = palette(theme);
        const double radius = r + 8;
        QImage image = blank(radius, ratio);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(ratio, ratio);
        painter.translate(radius, radius);
        const double out = r + 3.2;
        int from = 0;
        if (incidents) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colours.halo, 6));
            painter.drawEllipse(QPointF(), out, out);
        }
        for (std::size_t i = 0; i < shares.colours.size(); ++i) {
            const int part = shares.eighths[i];
            if (!part)
                continue;
            const QColor colour = QColor::fromRgb(shares.colours[i]);
            if (incidents) { // clockwise from the top
                painter.setPen(QPen(colour, 3.2, Qt::SolidLine, Qt::FlatCap));
                painter.drawArc(QRectF(-out, -out, 2 * out, 2 * out), (90 * 16) - from * 45 * 16, -part * 45 * 16);
            } else {
                painter.fillRect(QRectF(-r + 2 + (2 * r - 4) * from / 8, r - 6.5, (2 * r - 4) * part / 8, 3.5),
                                 colour);
            }
            from += part;
        }
        painter.end();
        image.setDevicePixelRatio(ratio);
        return image;
    });
}

QImage pulseImage(QColor colour, double phase, double ratio) {
    const int step = int(std::floor(std::clamp(phase, 0.0, 0.999) * pulseSteps));
    return kept({{}, -3, colour.rgba(), false, Theme::dark, ratio, std::uint64_t(step)}, [&] {
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
