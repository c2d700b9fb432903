// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_image.h"

#include "map/theme.h"

#include <QFontMetricsF>
#include <QHash>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace vedette::map {

namespace {

constexpr qsizetype mostKept = 6000;

constexpr int dotsPerMetre = 3780; // 96 dpi, as mapFont wants, whatever the screen says

// The halo is the letters grown by a disc: much quicker than stroking their outlines.
QImage withHalo(const QImage& letters, QColor halo, double radius) {
    const int reach = int(std::ceil(radius));
    struct Offset {
        int x, y;
        int weight; // of 256
    };
    std::vector<Offset> disc;
    for (int y = -reach; y <= reach; ++y)
        for (int x = -reach; x <= reach; ++x)
            if (const double weight = std::clamp(radius + 0.5 - std::hypot(x, y), 0.0, 1.0); weight > 0)
                disc.push_back({x, y, int(weight * 256)});
    const int width = letters.width(), height = letters.height(), stride = width + 2 * reach;
    std::vector<std::uint8_t> alpha(std::size_t(stride) * std::size_t(height + 2 * reach), 0);
    for (int y = 0; y < height; ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(letters.constScanLine(y));
        for (int x = 0; x < width; ++x)
            alpha[std::size_t((y + reach) * stride + x + reach)] = std::uint8_t(qAlpha(line[x]));
    }
    std::array<QRgb, 256> colours{};
    for (int a = 0; a < 256; ++a)
        colours[std::size_t(a)] =
            qPremultiply(qRgba(halo.red(), halo.green(), halo.blue(), a * halo.alpha() / 255));
    QImage result(letters.size(), QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < height; ++y) {
        auto* out = reinterpret_cast<QRgb*>(result.scanLine(y));
        const std::uint8_t* from = &alpha[std::size_t((y + reach) * stride + reach)];
        for (int x = 0; x < width; ++x) {
            int most = 0;
            for (const Offset& o : disc)
                most = std::max(most, from[o.y * stride + o.x + x] * o.weight);
            out[x] = colours[std::size_t(most / 256)];
        }
    }
    QPainter painter(&result);
    painter.drawImage(0, 0, letters);
    return result;
}

TextImage drawn(const QString& text, const TextLook& look, double ratio) {
    QImage reference(1, 1, QImage::Format_ARGB32_Premultiplied);
    reference.setDotsPerMeterX(dotsPerMetre);
    reference.setDotsPerMeterY(dotsPerMetre);
    const QFont font = mapFont(look.pixels, look.weight);
    const QFontMetricsF metrics(font, &reference);
    const double pad = look.halo.isValid() ? haloWidth + 0.5 : 0.5;
    TextImage result;
    result.size = {metrics.horizontalAdvance(text) + 2 * pad, metrics.ascent() + metrics.descent() + 2 * pad};
    result.baseline = pad + metrics.ascent();
    QImage image(std::max(1, int(std::ceil(result.size.width() * ratio))),
                 std::max(1, int(std::ceil(result.size.height() * ratio))),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    {
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        // The baseline on a whole pixel keeps level strokes sharp.
        painter.translate(std::round(pad * ratio), std::round(result.baseline * ratio));
        painter.scale(ratio, ratio);
        painter.setFont(font);
        painter.setPen(look.ink);
        painter.drawText(QPointF(), text);
    }
    result.image = look.halo.isValid() ? withHalo(image, look.halo, haloWidth * ratio) : std::move(image);
    result.image.setDevicePixelRatio(ratio);
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

struct Kept {
    QHash<Key, TextImage> images;
    QHash<Key, double> widths; // of single characters
};
Kept& kept() {
    thread_local Kept mine;
    return mine;
}

Key keyOf(const QString& text, const TextLook& look, double ratio) {
    return {text,
            look.pixels,
            ratio,
            int(look.weight),
            look.ink.rgba(),
            look.halo.isValid() ? look.halo.rgba() : 0u};
}

} // namespace

TextImage textImage(const QString& text, const TextLook& look, double ratio) {
    auto& images = kept().images;
    const Key key = keyOf(text, look, ratio);
    if (const auto at = images.constFind(key); at != images.constEnd())
        return *at;
    if (images.size() >= mostKept)
        images.clear();
    return *images.insert(key, drawn(text, look, ratio));
}

bool isKept(const QString& text, const TextLook& look, double ratio) {
    return kept().images.contains(keyOf(text, look, ratio));
}

QSizeF textSize(const QString& text, const TextLook& look) {
    auto& widths = kept().widths;
    const double pad = look.halo.isValid() ? haloWidth + 0.5 : 0.5;
    double width = 2 * pad;
    for (const char32_t letter : text.toUcs4()) {
        const Key key{QString::fromUcs4(&letter, 1), look.pixels, 0, int(look.weight), 0, 0};
        auto at = widths.find(key);
        if (at == widths.end()) {
            QFont large = mapFont(look.pixels, look.weight);
            large.setPixelSize(100);
            at = widths.insert(key, QFontMetricsF(large).horizontalAdvance(key.text) * look.pixels / 100);
        }
        width += *at;
    }
    return {width, look.pixels * 1.25 + 2 * pad};
}

} // namespace vedette::map
