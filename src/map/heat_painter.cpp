// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_painter.h"

#include "map/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vedette::map {

namespace {

constexpr int rampSize = 1024;

std::array<QRgb, rampSize> ramp(Theme theme, double opacity) {
    std::array<QRgb, rampSize> colours{};
    for (int i = 0; i < rampSize; ++i) {
        QColor colour = heatColour(i / double(rampSize - 1), theme);
        colour.setAlphaF(float(colour.alphaF() * std::clamp(opacity, 0.0, 1.0)));
        colours[std::size_t(i)] = qPremultiply(colour.rgba());
    }
    return colours;
}

QRgb over(QRgb top, QRgb ground) {
    const unsigned rest = 255 - qAlpha(top);
    const auto mix = [rest](int t, int g) { return t + int((unsigned(g) * rest + 127) / 255); };
    return qRgb(mix(qRed(top), qRed(ground)), mix(qGreen(top), qGreen(ground)),
                mix(qBlue(top), qBlue(ground)));
}

} // namespace

void paintHeat(QImage& strip, const Band& band, const HeatLayer& heat, Theme theme) {
    if (!heat.surface || heat.surface->width < 1 || heat.surface->height < 1 || !(heat.scaleMax > 0))
        return;
    const auto& s = *heat.surface;
    const auto colours = ramp(theme, heat.opacity);
    const double cellX = s.extent.width() / s.width, cellY = s.extent.height() / s.height;
    if (!(cellX > 0) || !(cellY > 0) || s.values.size() < std::size_t(s.width) * std::size_t(s.height))
        return;

    const QPointF topLeft = band.mapToScreen({s.extent.minX, s.extent.maxY}),
                  bottomRight = band.mapToScreen({s.extent.maxX, s.extent.minY});
    const auto inside = [](double v, int most) { return int(std::clamp(v, 0.0, double(most))); };
    const int x0 = inside(std::ceil(topLeft.x() - 0.5), band.width),
              x1 = inside(std::ceil(bottomRight.x() - 0.5), band.width);
    const int y0 = inside(std::ceil(topLeft.y() - 0.5), band.height),
              y1 = inside(std::ceil(bottomRight.y() - 0.5), band.height);
    struct Column {
        int left, right;
        float part;
    };
    std::vector<Column> columns;
    for (int x = x0; x < x1; ++x) {
        const double u = std::clamp((band.screenToMap({x + 0.5, 0}).x - s.extent.minX) / cellX - 0.5, 0.0,
                                    double(s.width - 1));
        const int left = int(u);
        columns.push_back({left, std::min(left + 1, s.width - 1), float(u - left)});
    }
    for (int y = y0; y < y1; ++y) {
        if (band.cancelled())
            return;
        const double v = std::clamp((s.extent.maxY - band.screenToMap({0, y + 0.5}).y) / cellY - 0.5, 0.0,
                                    double(s.height - 1));
        const int row = int(v);
        const float down = float(v - row);
        const float* above = &s.values[std::size_t(row) * std::size_t(s.width)];
        const float* below = &s.values[std::size_t(std::min(row + 1, s.height - 1)) * std::size_t(s.width)];
        auto* pixel = reinterpret_cast<QRgb*>(strip.scanLine(y)) + x0;
        for (const Column& c : columns) {
            const float top = above[c.left] + (above[c.right] - above[c.left]) * c.part;
            const float bottom = below[c.left] + (below[c.right] - below[c.left]) * c.part;
            const float fraction = (top + (bottom - top) * down) / float(heat.scaleMax);
            if (fraction > 0) {
                const QRgb colour = colours[std::size_t(std::min(fraction, 1.0f) * (rampSize - 1) + 0.5f)];
                if (qAlpha(colour))
                    *pixel = over(colour, *pixel);
            }
            ++pixel;
        }
    }
}

} // namespace vedette::map
