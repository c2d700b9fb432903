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
    // Laid out large and scaled down: letters and halo come from one outline, and no screen's dots per inch
    // or hinting moves them.
    constexpr int large = 100;
    QFont font = mapFont(look.pixels, look.weight);
    font.setPixelSize(large);
    const QFontMetricsF metrics(font);
    const double scale = look.pixels / large;
    const double pad = look.halo.isValid() ? haloWidth + 0.5 : 0.5;
    TextImage result;
    result.size = {metrics.horizontalAdvance(text) * scale + 2 * pad,
                   (metrics.ascent() + metrics.descent()) * scale + 2 * pad};
    result.baseline = pad + metrics.ascent() * scale;
    QImage image(std::max(1, int(std::ceil(result.size.width() * ratio))),
                 std::max(1, int(std::ceil(result.size.height() * ratio))),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainterPath outline;
    outline.setFillRule(Qt::WindingFill);
    outline.addText(0, 0, font, text);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    // The baseline on a whole pixel keeps level strokes sharp.
    painter.translate(pad * ratio, std::round(result.baseline * ratio));
    painter.scale(scale * ratio, scale * ratio);
    if (look.halo.isValid())
        painter.strokePath(
            outline, QPen(look.halo, 2 * haloWidth / scale, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(outline, look.ink);
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
