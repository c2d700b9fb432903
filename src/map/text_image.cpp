// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_image.h"

#include "map/theme.h"

#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace vedette::map {

namespace {

constexpr qsizetype mostKept = 6000;

TextImage drawn(const QString& text, const TextLook& look, double ratio) {
    // The metrics and the image must agree on 96 dpi whatever the screen says.
    QImage reference(1, 1, QImage::Format_ARGB32_Premultiplied);
    constexpr int dotsPerMetre = 3780; // 96 dpi
    reference.setDotsPerMeterX(dotsPerMetre);
    reference.setDotsPerMeterY(dotsPerMetre);
    const QFont font = mapFont(look.pixels, look.weight);
    const QFontMetricsF metrics(font, &reference);
    const double pad = look.halo.isValid() ? haloWidth + 0.5 : 0.5;
    TextImage result;
    result.size = {metrics.horizontalAdvance(text) + 2 * pad, metrics.height() + 2 * pad};
    result.baseline = pad + metrics.ascent();
    QImage image(std::max(1, int(std::ceil(result.size.width() * ratio))),
                 std::max(1, int(std::ceil(result.size.height() * ratio))),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(ratio, ratio);
    const QPointF origin(pad, result.baseline);
    if (look.halo.isValid()) {
        // addText knows no device: its points are the screen's, so the outline is made large and scaled back.
        QPainterPath outline;
        QFont large = font;
        large.setPixelSize(100);
        outline.addText(0, 0, large, text);
        painter.save();
        painter.translate(origin);
        painter.scale(look.pixels / 100, look.pixels / 100);
        painter.setPen(
            QPen(look.halo, 2 * haloWidth * 100 / look.pixels, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(look.halo);
        painter.drawPath(outline);
        painter.restore();
    }
    painter.setFont(font);
    painter.setPen(look.ink);
    painter.drawText(origin, text);
    painter.end();
    image.setDevicePixelRatio(ratio);
    result.image = std::move(image);
    return result;
}

struct Key {
    QString text;
    double pixels, ratio;
    int weight;
    QRgb ink, halo;
    friend bool operator==(const Key&, const Key&) = default;
    friend size_t qHash(const Key& key, size_t seed) {
        return qHashMulti(seed, key.text, key.pixels, key.ratio, key.weight, key.ink, key.halo);
    }
};

} // namespace

TextImage textImage(const QString& text, const TextLook& look, double ratio) {
    thread_local QHash<Key, TextImage> kept;
    const Key key{text,
                  look.pixels,
                  ratio,
                  int(look.weight),
                  look.ink.rgba(),
                  look.halo.isValid() ? look.halo.rgba() : 0u};
    if (const auto at = kept.constFind(key); at != kept.constEnd())
        return *at;
    if (kept.size() >= mostKept)
        kept.clear();
    return *kept.insert(key, drawn(text, look, ratio));
}

} // namespace vedette::map
