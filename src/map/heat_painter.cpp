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

// Premultiplied over opaque; two channels at once, x / 255 as (x + 128 + ((x + 128) >> 8)) >> 8.
QRgb over(QRgb top, QRgb ground) {
    const std::uint32_t rest = 255 - (top >> 24);
    std::uint32_t redBlue = (ground & 0x00ff00ff) * rest + 0x00800080,
                  green = ((ground >> 8) & 0xff) * rest + 0x80;
    redBlue = (redBlue + ((redBlue >> 8) & 0x00ff00ff)) >> 8 & 0x00ff00ff;
    green = (green + (green >> 8)) & 0xff00;
    return 0xff000000 | ((top & 0x00ffffff) + (redBlue | green));
}

// A turned picture: rows of the surface are no rows of pixels, so each pixel is interpolated by itself. The
// same values as below.
void paintTurned(QImage& strip, const Band& band, const layers::HeatSurface& s, double toRamp,
                 const std::array<QRgb, rampSize>& colours) {
    const double cellX = s.extent.width() / s.width, cellY = s.extent.height() / s.height;
    const auto cellOf = [&](QPointF at) {
        const layers::Point p = band.screenToMap(at);
        return QPointF((p.x - s.extent.minX) / cellX, (s.extent.maxY - p.y) / cellY);
    };
    const QPointF step = cellOf({1, 0}) - cellOf({0, 0});
    const auto value = [&](int x, int y) {
        return double(s.values[std::size_t(y) * std::size_t(s.width) + std::size_t(x)]);
    };
    for (int y = 0; y < band.height; ++y) {
        if (band.cancelled())
            return;
        const QPointF first = cellOf({0.5, y + 0.5});
        // Where along the row the surface begins and ends.
        double from = 0, till = band.width;
        const auto within = [&](double start, double slope, double most) {
            if (slope == 0) {
                if (start < 0 || start >= most)
                    till = 0;
                return;
            }
            const double a = -start / slope, b = (most - start) / slope;
            from = std::max(from, std::min(a, b)), till = std::min(till, std::max(a, b));
        };
        within(first.x(), step.x(), s.width);
        within(first.y(), step.y(), s.height);
        auto* pixel = reinterpret_cast<QRgb*>(strip.scanLine(y));
        for (int x = std::max(0, int(std::ceil(from))); x < band.width && x <= till; ++x) {
            const double u = first.x() + x * step.x(), v = first.y() + x * step.y();
            if (u < 0 || v < 0 || u >= s.width || v >= s.height)
                continue;
            const double column = std::clamp(u - 0.5, 0.0, s.width - 1.0),
                         row = std::clamp(v - 0.5, 0.0, s.height - 1.0);
            const int left = int(column), top = int(row), right = std::min(left + 1, s.width - 1),
                      bottom = std::min(top + 1, s.height - 1);
            const double across = column - left, down = row - top;
            const double above = value(left, top) + (value(right, top) - value(left, top)) * across;
            const double below = value(left, bottom) + (value(right, bottom) - value(left, bottom)) * across;
            const double level = (above + (below - above) * down) * toRamp;
            if (level > 0)
                if (const QRgb colour = colours[std::size_t(std::min(level, rampSize - 1.0) + 0.5)];
                    qAlpha(colour))
                    pixel[x] = over(colour, pixel[x]);
        }
    }
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
    if (!band.view.rotation.none())
        return paintTurned(strip, band, s, (rampSize - 1) / heat.scaleMax, colours);

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
    if (columns.empty())
        return;
    const int first = columns.front().left, last = columns.back().right;
    std::vector<float> level(std::size_t(s.width)); // of the ramp, along the row
    const float toRamp = float((rampSize - 1) / heat.scaleMax);
    const auto seen = std::find_if(colours.begin(), colours.end(), [](QRgb c) { return qAlpha(c) > 0; });
    const float firstSeen = std::max(float(seen - colours.begin()) - 0.5f, 1e-6f);
    for (int y = y0; y < y1; ++y) {
        if (band.cancelled())
            return;
        const double v = std::clamp((s.extent.maxY - band.screenToMap({0, y + 0.5}).y) / cellY - 0.5, 0.0,
                                    double(s.height - 1));
        const int row = int(v);
        const float down = float(v - row);
        const float* above = &s.values[std::size_t(row) * std::size_t(s.width)];
        const float* below = &s.values[std::size_t(std::min(row + 1, s.height - 1)) * std::size_t(s.width)];
        float most = 0;
        for (int i = first; i <= last; ++i) {
            level[std::size_t(i)] = (above[i] + (below[i] - above[i]) * down) * toRamp;
            most = std::max(most, level[std::size_t(i)]);
        }
        if (!(most >= firstSeen))
            continue;
        auto* pixel = reinterpret_cast<QRgb*>(strip.scanLine(y)) + x0;
        for (const Column& c : columns) {
            const float at = level[std::size_t(c.left)] +
                             (level[std::size_t(c.right)] - level[std::size_t(c.left)]) * c.part;
            if (at >= firstSeen)
                *pixel = over(colours[std::size_t(std::min(at, float(rampSize - 1)) + 0.5f)], *pixel);
            ++pixel;
        }
    }
}

} // namespace vedette::map
