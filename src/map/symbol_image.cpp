// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/symbols.h"

#include <QHash>
#include <QPainter>
#include <QSvgRenderer>

#include <cmath>

namespace vedette::map {

namespace {

struct Key {
    std::uint64_t set;
    std::uint16_t symbol;
    QRgb ink;
    double side, ratio;
    friend bool operator==(const Key&, const Key&) = default;
    friend size_t qHash(const Key& key, size_t seed) {
        return qHashMulti(seed, key.set, key.symbol, key.ink, key.side, key.ratio);
    }
};

QImage drawn(const QByteArray& svg, QColor ink, double side, double ratio) {
    const int pixels = std::max(1, int(std::lround(side * ratio)));
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), ink);
    painter.end();
    image.setDevicePixelRatio(ratio);
    return image;
}

} // namespace

QImage symbolImage(const SymbolSet& symbols, std::uint16_t symbol, QColor ink, double side, double ratio) {
    if (!symbol || symbol > symbols.size())
        return {};
    thread_local QHash<Key, QImage> images;
    const Key key{symbols.identity(), symbol, ink.rgba(), side, ratio};
    if (const auto at = images.constFind(key); at != images.constEnd())
        return *at;
    if (images.size() > 2000)
        images.clear();
    return *images.insert(key, drawn(symbols.svg(symbol), ink, side, ratio));
}

} // namespace vedette::map
