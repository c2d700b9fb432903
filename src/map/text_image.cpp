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

double padOf(const TextLook& look) {
    return look.halo.isValid() ? haloWidth + 0.5 : 0.5;
}

// Without its pixels.
TextImage measured(const QString& text, const TextLook& look, const QFont& font) {
    QImage reference(1, 1, QImage::Format_ARGB32_Premultiplied);
    reference.setDotsPerMeterX(dotsPerMetre);
    reference.setDotsPerMeterY(dotsPerMetre);
    const QFontMetricsF metrics(font, &reference);
    const double pad = padOf(look);
    return {{},
            {metrics.horizontalAdvance(text) + 2 * pad, metrics.ascent() + metrics.descent() + 2 * pad},
            pad + metrics.ascent()};
}

TextImage drawn(const QString& text, const TextLook& look, double ratio) {
    const QFont font = mapFont(look.pixels, look.weight);
    const double pad = padOf(look);
    TextImage result = measured(text, look, font);
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

// Of single characters, in one look; those that most labels consist of in a table.
struct Widths {
    double pixels;
    QFont::Weight weight;
    std::array<float, 128> plain{};
    QHash<uint, float> others{};
    float of(char32_t letter) {
        float& known = letter < plain.size() ? plain[letter] : others[uint(letter)];
        if (known == 0) {
            QFont large = mapFont(pixels, weight);
            large.setPixelSize(100);
            known = std::max(1e-6f, float(QFontMetricsF(large).horizontalAdvance(QString::fromUcs4(&letter, 1)) * pixels / 100));
        }
        return known;
    }
};

struct Kept {
    QHash<Key, TextImage> images;
    std::vector<Widths> widths;
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

QSizeF exactTextSize(const QString& text, const TextLook& look) {
    return measured(text, look, mapFont(look.pixels, look.weight)).size;
}

QSizeF textSize(const QString& text, const TextLook& look) {
    auto& all = kept().widths;
    auto widths = std::find_if(all.begin(), all.end(), [&](const Widths& one) {
        return one.pixels == look.pixels && one.weight == look.weight;
    });
    if (widths == all.end())
        widths = all.insert(all.end(), {look.pixels, look.weight});
    const double pad = padOf(look);
    double width = 2 * pad;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t letter = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size())
            letter = QChar::surrogateToUcs4(text[i], text[i + 1]), ++i;
        width += double(widths->of(letter));
    }
    return {width, look.pixels * 1.25 + 2 * pad};
}

} // namespace vedette::map
