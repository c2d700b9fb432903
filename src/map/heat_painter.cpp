// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_painter.h"

#include "blend.h"
#include "map/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace vedette::map {

namespace {

// A turned picture: rows of the surface are no rows of pixels, so each pixel is interpolated by itself. The
// same values as below.
void paintTurned(QImage& strip, const Band& band, const layers::HeatSurface& s, const HeatRamp& ramp) {
    std::vector<float> line;
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
        const int begin = std::max(0, int(std::ceil(from))), end = std::min(band.width, int(std::floor(till)) + 1);
        line.resize(std::size_t(std::max(0, end - begin)) + 4);
        for (int x = begin; x < end; ++x) {
            float& level = line[std::size_t(x - begin)] = 0;
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
            level = float(above + (below - above) * down);
        }
        if (begin < end)
            ramp.lay(reinterpret_cast<QRgb*>(strip.scanLine(y)) + begin, end - begin, line.data(), line.data(), 0);
    }
}

} // namespace

HeatRamp::HeatRamp(const HeatLayer& heat, Theme theme) : scale_(float((steps - 1) / heat.scaleMax)) {
    for (int i = 0; i < steps; ++i) {
        QColor colour = heatColour(i / double(steps - 1), theme);
        colour.setAlphaF(float(colour.alphaF() * std::clamp(heat.opacity, 0.0, 1.0)));
        colours_[std::size_t(i)] = colour.alpha() ? qPremultiply(colour.rgba()) : 0;
    }
}

void HeatRamp::lay(QRgb* pixels, int count, const float* above, const float* below, float down) const {
    using Floats = float __attribute__((vector_size(16)));
    using Ints = std::int32_t __attribute__((vector_size(16)));
    const float scale = scale_; // what is stored could be anywhere, for all the compiler knows
    eachFour(pixels, count, [&](int x, QRgb* into) {
        Floats a, b;
        std::memcpy(&a, above + x, sizeof a);
        std::memcpy(&b, below + x, sizeof b);
        Floats level = (a + (b - a) * down) * scale;
        level = level > 0.0f ? level : Floats{}; // not NaN either
        level = level < float(steps - 1) ? level : Floats{} + float(steps - 1);
        const Ints at = __builtin_convertvector(level + 0.5f, Ints);
        const four::Pixels top{colours_[std::size_t(at[0])], colours_[std::size_t(at[1])],
                               colours_[std::size_t(at[2])], colours_[std::size_t(at[3])]};
        if (top[0] | top[1] | top[2] | top[3])
            four::store(into, four::over(top, four::load(into)));
    });
}

void paintHeat(QImage& strip, const Band& band, const HeatLayer& heat, const HeatRamp& ramp) {
    if (!heat.surface || heat.surface->width < 1 || heat.surface->height < 1 || !(heat.scaleMax > 0))
        return;
    const auto& s = *heat.surface;
    const double cellX = s.extent.width() / s.width, cellY = s.extent.height() / s.height;
    if (!(cellX > 0) || !(cellY > 0) || s.values.size() < std::size_t(s.width) * std::size_t(s.height))
        return;
    if (!band.view.rotation.none())
        return paintTurned(strip, band, s, ramp);

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
    // A row of the surface at the pixels' columns, made once for all rows of pixels that lie next to it.
    struct Row {
        int of = -1;
        std::vector<float> values;
    } above, below;
    above.values.resize(columns.size() + 3), below.values.resize(columns.size() + 3);
    const auto spread = [&](Row& row, int of) {
        if (row.of == of)
            return;
        row.of = of;
        const float* values = &s.values[std::size_t(of) * std::size_t(s.width)];
        float* at = row.values.data();
        for (const Column& c : columns)
            *at++ = values[c.left] + (values[c.right] - values[c.left]) * c.part;
    };
    for (int y = y0; y < y1; ++y) {
        if (band.cancelled())
            return;
        const double v = std::clamp((s.extent.maxY - band.screenToMap({0, y + 0.5}).y) / cellY - 0.5, 0.0,
                                    double(s.height - 1));
        const int row = int(v);
        if (below.of == row)
            std::swap(above, below);
        spread(above, row);
        spread(below, std::min(row + 1, s.height - 1));
        ramp.lay(reinterpret_cast<QRgb*>(strip.scanLine(y)) + x0, int(columns.size()), above.values.data(),
                 below.values.data(), float(v - row));
    }
}

} // namespace vedette::map
