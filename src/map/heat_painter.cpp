// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_painter.h"

#include "map/theme.h"
#include "pixel_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace vedette::map {

namespace {

bool isDrawn(const HeatLayer& heat) {
    if (!heat.surface || !(heat.scaleMax > 0))
        return false;
    const auto& s = *heat.surface;
    return s.width > 0 && s.height > 0 && s.extent.width() > 0 && s.extent.height() > 0 &&
           s.values.size() >= std::size_t(s.width) * std::size_t(s.height);
}

// The most that a channel of `of` lies beside the middle of its neighbours', in levels.
int bendOf(const std::vector<QRgb>& before, const std::vector<QRgb>& of, const std::vector<QRgb>& after, std::size_t count) {
    using Bytes = const std::uint8_t*;
    const auto a = reinterpret_cast<Bytes>(before.data()), b = reinterpret_cast<Bytes>(of.data()),
               c = reinterpret_cast<Bytes>(after.data());
    int most = 0; // twice
    for (std::size_t i = 0; i < count * sizeof(QRgb); ++i)
        most = std::max(most, std::abs(2 * b[i] - a[i] - c[i]));
    return (most + 1) / 2;
}

// Values of the surface at pixels of the strip, `stride` apart.
class Samples {
public:
    Samples(const Band& band, const layers::HeatSurface& s, int first, int count, int stride)
        : band_(band), s_(s), cellX_(s.extent.width() / s.width), cellY_(s.extent.height() / s.height),
          first_(first), count_(count), stride_(stride) {
        values_.resize(std::size_t(count));
        if (turned())
            return;
        above_.values.resize(values_.size()), below_.values.resize(values_.size());
        for (int i = 0; i < count; ++i) {
            const double u = std::clamp(cellOf({first + i * stride + 0.5, 0}).x() - 0.5, 0.0, s.width - 1.0);
            const int left = int(u);
            columns_.push_back({left, std::min(left + 1, s.width - 1), float(u - left)});
        }
    }
    QPointF cellOf(QPointF at) const {
        const layers::Point p = band_.screenToMap(at);
        return {(p.x - s_.extent.minX) / cellX_, (s_.extent.maxY - p.y) / cellY_};
    }
    bool turned() const { return !band_.view.rotation.none(); }
    // Of the row of pixels `y`; until the next one is asked for.
    const std::vector<float>& row(int y) {
        turned() ? turnedRow(y) : levelRow(y);
        return values_;
    }

private:
    // A row of the surface at the columns, made once for all rows of pixels that lie next to it.
    struct Row {
        int of = -1;
        std::vector<float> values;
    };
    struct Column {
        int left, right;
        float part;
    };
    void spread(Row& row, int of) const {
        if (row.of == of)
            return;
        row.of = of;
        const float* values = &s_.values[std::size_t(of) * std::size_t(s_.width)];
        float* at = row.values.data();
        for (const Column& c : columns_)
            *at++ = values[c.left] + (values[c.right] - values[c.left]) * c.part;
    }
    void levelRow(int y) {
        const double v = std::clamp(cellOf({0, y + 0.5}).y() - 0.5, 0.0, s_.height - 1.0);
        const int row = int(v);
        const float down = float(v - row);
        if (below_.of == row)
            std::swap(above_, below_);
        spread(above_, row);
        spread(below_, std::min(row + 1, s_.height - 1));
        const float *above = above_.values.data(), *below = below_.values.data();
        for (int i = 0; i < count_; ++i)
            values_[std::size_t(i)] = above[i] + (below[i] - above[i]) * down;
    }
    // Rows of the surface are no rows of pixels: each is interpolated by itself.
    void turnedRow(int y) {
        const auto value = [&](int column, int row) {
            return double(s_.values[std::size_t(row) * std::size_t(s_.width) + std::size_t(column)]);
        };
        const QPointF from = cellOf({first_ + 0.5, y + 0.5}), step = (cellOf({1, 0}) - cellOf({0, 0})) * stride_;
        for (int i = 0; i < count_; ++i) {
            const double column = std::clamp(from.x() + i * step.x() - 0.5, 0.0, s_.width - 1.0),
                         row = std::clamp(from.y() + i * step.y() - 0.5, 0.0, s_.height - 1.0);
            const int left = int(column), top = int(row), right = std::min(left + 1, s_.width - 1),
                      bottom = std::min(top + 1, s_.height - 1);
            const double across = column - left, down = row - top;
            const double above = value(left, top) + (value(right, top) - value(left, top)) * across;
            const double below = value(left, bottom) + (value(right, bottom) - value(left, bottom)) * across;
            values_[std::size_t(i)] = float(above + (below - above) * down);
        }
    }

    const Band& band_;
    const layers::HeatSurface& s_;
    double cellX_, cellY_;
    int first_, count_, stride_;
    std::vector<Column> columns_;
    Row above_, below_;
    std::vector<float> values_;
};

QRgb middle(QRgb a, QRgb b) {
    return (a | b) - (((a ^ b) >> 1) & 0x7f7f7f7fu);
}

// Twice as many colours: between each two their middle.
void doubled(std::vector<QRgb>& colours, std::vector<QRgb>& scratch) {
    const std::size_t count = colours.size();
    scratch.resize(2 * count);
    const QRgb* from = colours.data();
    QRgb* to = scratch.data();
    for (std::size_t i = 0; i + 1 < count; ++i) {
        to[2 * i] = from[i];
        to[2 * i + 1] = middle(from[i], from[i + 1]);
    }
    to[2 * count - 2] = to[2 * count - 1] = from[count - 1];
    colours.swap(scratch);
}

// A row of pixels in the surface's colours.
struct ColourRow {
    int of = std::numeric_limits<int>::min();
    bool any = false; // something is to be seen
    std::vector<QRgb> colours;
};

} // namespace

HeatLook::HeatLook(const HeatLayer& heat, Theme theme)
    : surface_(heat.surface), scaleMax_(heat.scaleMax), opacity_(heat.opacity), theme_(theme) {
    for (int i = 0; i < steps; ++i) {
        QColor colour = heatColour(i / double(steps - 1), theme);
        colour.setAlphaF(float(colour.alphaF() * std::clamp(heat.opacity, 0.0, 1.0)));
        colours_[std::size_t(i)] = colour.alpha() ? qPremultiply(colour.rgba()) : 0;
    }
    if (!isDrawn(heat))
        return;
    const auto width = std::size_t(surface_->width);
    std::array<std::vector<QRgb>, 3> rows; // the last three
    std::vector<QRgb> left(width), right(width);
    for (auto& row : rows)
        row.resize(width);
    bends_.resize(std::size_t(surface_->height));
    for (int y = 0; y < surface_->height; ++y) {
        std::rotate(rows.begin(), rows.begin() + 1, rows.end());
        colours(&surface_->values[std::size_t(y) * width], surface_->width, rows[2].data());
        if (y >= 2)
            bends_[std::size_t(y - 1)] = std::max(bends_[std::size_t(y - 1)], bendOf(rows[0], rows[1], rows[2], width));
        if (width < 3)
            continue;
        std::copy(rows[2].begin() + 1, rows[2].end(), left.begin());
        std::copy(rows[2].begin() + 2, rows[2].end(), right.begin());
        bends_[std::size_t(y)] = bendOf(rows[2], left, right, width - 2);
    }
}

bool HeatLook::isOf(const HeatLayer& heat, Theme theme) const {
    return surface_ == heat.surface && scaleMax_ == heat.scaleMax && opacity_ == heat.opacity && theme_ == theme;
}

int HeatLook::stride(double cellPixels, double firstRow, double lastRow) const {
    const auto at = [&](double row) {
        return bends_.begin() + std::ptrdiff_t(std::clamp(row, 0.0, double(bends_.size())));
    };
    int most = 0;
    for (auto bend = at(std::floor(firstRow)); bend < at(std::ceil(lastRow) + 1); ++bend)
        most = std::max(most, *bend);
    // Of two looked up `step` cells apart, the chord strays from a bend between them by a quarter of the change of slope
    // times the step, and from a parabola by an eighth of it times its square.
    for (const int stride : {4, 2})
        if (const double step = stride / cellPixels; 2 * most * std::max(step / 4, step * step / 8) <= mostLevels)
            return stride;
    return 1;
}

bool HeatLook::colours(const float* values, int count, QRgb* into) const {
    const float scale = float((steps - 1) / scaleMax_); // what is stored could be anywhere, for all the compiler knows
    QRgb any = 0;
    for (int i = 0; i < count; ++i) {
        const float level = values[i] * scale, shown = level > 0 ? std::min(level, float(steps - 1)) : 0; // NaN: nothing
        into[i] = colours_[std::size_t(int(shown + 0.5f))];
        any |= into[i];
    }
    return any != 0;
}

void paintHeat(QImage& strip, const Band& band, const HeatLayer& heat, const HeatLook& look) {
    if (!isDrawn(heat))
        return;
    const auto& s = *heat.surface;
    // The pixels whose middle lies on the surface, of each row.
    const double cellX = s.extent.width() / s.width, cellY = s.extent.height() / s.height;
    const auto cellOf = [&](QPointF at) {
        const layers::Point p = band.screenToMap(at);
        return QPointF((p.x - s.extent.minX) / cellX, (s.extent.maxY - p.y) / cellY);
    };
    const QPointF across = cellOf({1, 0}) - cellOf({0, 0});
    const auto onSurface = [&](int y) {
        const QPointF first = cellOf({0.5, y + 0.5});
        double from = 0, till = band.width;
        const auto within = [&](double start, double slope, double most) {
            if (std::abs(slope) * band.width < 1e-9) {
                if (start < 0 || start >= most)
                    till = 0;
                return;
            }
            const double a = -start / slope, b = (most - start) / slope;
            from = std::max(from, std::min(a, b)), till = std::min(till, std::max(a, b));
        };
        within(first.x(), across.x(), s.width);
        within(first.y(), across.y(), s.height);
        return std::pair(int(std::ceil(from)), std::max(int(std::ceil(from)), int(std::ceil(till))));
    };
    int left = band.width, right = 0;
    std::vector<std::pair<int, int>> spans;
    for (int y = 0; y < band.height; ++y) {
        spans.push_back(onSurface(y));
        if (spans.back().first < spans.back().second)
            left = std::min(left, spans.back().first), right = std::max(right, spans.back().second);
    }
    if (left >= right)
        return;

    const double pixel = band.metresPerScreenPixel();
    double firstRow = 1e300, lastRow = -1e300;
    for (const QPointF corner : {QPointF(0, -4), QPointF(band.width, -4), QPointF(0, band.height + 4),
                                 QPointF(band.width, band.height + 4)}) {
        firstRow = std::min(firstRow, cellOf(corner).y() - 1);
        lastRow = std::max(lastRow, cellOf(corner).y() + 1);
    }
    const int stride = look.stride(std::min(cellX, cellY) / pixel, firstRow, lastRow);
    // What is looked up stands at whole strides of the frame, so that strips meet.
    const auto atStride = [&](int at, int origin) { return at - ((at + origin) % stride + stride) % stride; };
    const int first = atStride(left, band.left), count = (right - 1 - first) / stride + 2;
    Samples samples(band, s, first, count, stride);
    std::vector<QRgb> scratch;
    const auto make = [&](ColourRow& row, int y) {
        if (row.of == y)
            return;
        row.of = y;
        row.colours.resize(std::size_t(count));
        row.any = look.colours(samples.row(y).data(), count, row.colours.data());
        for (int wide = 1; wide < stride; wide *= 2)
            doubled(row.colours, scratch);
    };
    const auto layMiddle = PixelRows::best().layMiddle;
    ColourRow above, below, between;
    for (int y = 0; y < band.height; ++y) {
        if (band.cancelled())
            return;
        const auto [from, till] = spans[std::size_t(y)];
        if (from >= till)
            continue;
        const int top = atStride(y, band.top), down = y - top;
        if (below.of == top)
            std::swap(above, below);
        make(above, top);
        const ColourRow *a = &above, *b = &above;
        if (down > 0) {
            make(below, top + stride);
            b = &below;
            if (stride == 4) { // quarters lie between the middle and an end
                if (between.of != top) {
                    between.of = top;
                    between.any = above.any || below.any;
                    between.colours.resize(above.colours.size());
                    for (std::size_t i = 0; i < between.colours.size(); ++i)
                        between.colours[i] = middle(above.colours[i], below.colours[i]);
                }
                a = down == 1 ? &above : &between;
                b = down == 3 ? &below : &between;
            }
        }
        if (a->any || b->any)
            layMiddle(reinterpret_cast<QRgb*>(strip.scanLine(y)) + from, a->colours.data() + (from - first),
                      b->colours.data() + (from - first), till - from);
    }
}

} // namespace vedette::map
