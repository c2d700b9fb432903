// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/basemap_shift.h"

#include <algorithm>
#include <cmath>

namespace vedette::map {

namespace {

constexpr int step = 32; // logical pixels between the places that are transformed

// What the bend may stretch and turn a view by, in logical pixels on each side: it stays under half a
// percent.
int marginOf(QSize size) {
    return 8 + std::max(size.width(), size.height()) / 100;
}

// Premultiplied, both pairs of channels at once; `across` and `down` in 1/256.
QRgb mixed(QRgb a, QRgb b, std::uint32_t part) {
    const std::uint32_t rest = 256 - part;
    const std::uint32_t even = ((a & 0x00ff00ff) * rest + (b & 0x00ff00ff) * part) >> 8 & 0x00ff00ff;
    const std::uint32_t odd = (((a >> 8) & 0x00ff00ff) * rest + ((b >> 8) & 0x00ff00ff) * part) & 0xff00ff00;
    return even | odd;
}

} // namespace

layers::Point BasemapShift::hidden(layers::Point shown) const {
    layers::Point at = shown;
    for (int i = 0; i < 12; ++i) {
        const layers::Point there = shown_(at);
        const double dx = shown.x - there.x, dy = shown.y - there.y;
        if (!std::isfinite(dx) || !std::isfinite(dy))
            return shown;
        at.x += dx, at.y += dy;
        if (std::abs(dx) < 1e-6 && std::abs(dy) < 1e-6)
            break;
    }
    return at;
}

layers::Point BasemapShift::shown(layers::Point at) const {
    const layers::Point there = shown_(at);
    return std::isfinite(there.x) && std::isfinite(there.y) ? there : at;
}

View BasemapShift::asked(const View& wanted) const {
    View view = wanted;
    const int margin = marginOf(wanted.size);
    view.size = wanted.size + QSize(2 * margin, 2 * margin);
    view.centre = shown(wanted.centre);
    return view;
}

Renderer::Basemap BasemapShift::bentBack(const Renderer::Basemap& asked) const {
    const QImage from = asked.image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    Renderer::Basemap out{{}, asked.view};
    View& view = out.view;
    view.centre = hidden(asked.view.centre);
    // The inverse of marginOf in `asked`, to the pixel.
    const int longest = std::max(asked.view.size.width(), asked.view.size.height());
    int margin = 8;
    while (margin < longest / 2 && marginOf({longest - 2 * margin, 0}) > margin)
        ++margin;
    view.size = asked.view.size - QSize(2 * margin, 2 * margin);
    if (view.size.isEmpty() || from.isNull())
        return {asked.image, asked.view};
    const double pixelsX = double(from.width()) / asked.view.size.width(),
                 pixelsY = double(from.height()) / asked.view.size.height();
    out.image = QImage(std::max(1, int(std::lround(view.size.width() * pixelsX))),
                       std::max(1, int(std::lround(view.size.height() * pixelsY))),
                       QImage::Format_ARGB32_Premultiplied);

    // Where each node of the net lies in the picture that came, in its pixels.
    const int columns = view.size.width() / step + 2, rows = view.size.height() / step + 2;
    std::vector<QPointF> net;
    net.reserve(std::size_t(columns) * std::size_t(rows));
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const QPointF here(column * step, row * step);
            const QPointF there = asked.view.mapToView(shown(view.viewToMap(here)));
            net.emplace_back(there.x() * pixelsX, there.y() * pixelsY);
        }
    const double toNetX = double(view.size.width()) / out.image.width() / step,
                 toNetY = double(view.size.height()) / out.image.height() / step;
    const auto pixel = [&](int x, int y) {
        x = std::clamp(x, 0, from.width() - 1), y = std::clamp(y, 0, from.height() - 1);
        return reinterpret_cast<const QRgb*>(from.constScanLine(y))[x];
    };
    for (int y = 0; y < out.image.height(); ++y) {
        const double v = (y + 0.5) * toNetY;
        const int row = std::min(int(v), rows - 2);
        const double down = v - row;
        const QPointF* above = &net[std::size_t(row) * std::size_t(columns)];
        const QPointF* below = above + columns;
        auto* to = reinterpret_cast<QRgb*>(out.image.scanLine(y));
        for (int x = 0; x < out.image.width(); ++x) {
            const double u = (x + 0.5) * toNetX;
            const int column = std::min(int(u), columns - 2);
            const double across = u - column;
            const QPointF at = (above[column] * (1 - across) + above[column + 1] * across) * (1 - down) +
                               (below[column] * (1 - across) + below[column + 1] * across) * down -
                               QPointF(0.5, 0.5); // to the middle of the first pixel
            const double left = std::floor(at.x()), top = std::floor(at.y());
            const int i = int(left), j = int(top);
            const auto right = std::uint32_t((at.x() - left) * 256),
                       lower = std::uint32_t((at.y() - top) * 256);
            to[x] = mixed(mixed(pixel(i, j), pixel(i + 1, j), right),
                          mixed(pixel(i, j + 1), pixel(i + 1, j + 1), right), lower);
        }
    }
    return out;
}

} // namespace vedette::map
