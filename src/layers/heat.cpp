// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/heat.h"

#include "heat_grid.h"
#include "heat_strips.h"

#include <cmath>
#include <cstring>
#include <numbers>

namespace vedette::layers {

namespace {

constexpr double gaussianCut = 4; // standard deviations
constexpr int narrowColumns = 16;
constexpr double squareMetresPerSquareKilometre = 1e6;

using Four __attribute__((vector_size(32))) = double;

struct NarrowQuartic {
    double row, stepY, peak; // pixels; bandwidths a pixel
    int top, bottom, blocks; // rows; blocks of four columns
};

// A quartic few columns wide, in whole blocks: beyond its circle it adds nothing.
__attribute__((target_clones("avx2", "default"))) void addNarrow(const NarrowQuartic& q, const double* across,
                                                                 double* out, std::size_t stride) {
    for (int y = q.top; y < q.bottom; ++y, out += stride) {
        const double dy = (y - q.row) * q.stepY, rest = 1 - dy * dy;
        for (int block = 0; block < q.blocks; ++block) {
            Four share, sum;
            std::memcpy(&share, across + 4 * block, sizeof share);
            std::memcpy(&sum, out + 4 * block, sizeof sum);
            share = rest - share;
            share = share > 0 ? share : Four{};
            sum += q.peak * share * share;
            std::memcpy(out + 4 * block, &sum, sizeof sum);
        }
    }
}

// Rows [firstRow, endRow) of the surface, summed point by point: exact, no binning.
class Band {
public:
    Band(const HeatSettings& settings, int firstRow, int endRow)
        : settings_(settings), firstRow_(firstRow), endRow_(endRow),
          pixelX_(settings.extent.width() / settings.width),
          pixelY_(settings.extent.height() / settings.height),
          reach_(settings.kernel == Kernel::quartic ? settings.bandwidthMetres
                                                    : gaussianCut * settings.bandwidthMetres),
          stride_(static_cast<std::size_t>(settings.width) + narrowColumns),
          sums_(stride_ * static_cast<std::size_t>(endRow - firstRow)), columns_(stride_) {}

    // Pixel (column, row) has its centre at whole numbers; row 0 is the northern one.
    void add(const PlacedPoint& point) {
        const auto& [column, row, weight] = point;
        const double columns = reach_ / pixelX_, rows = reach_ / pixelY_;
        if (!(row + rows >= firstRow_ && row - rows < endRow_) || weight == 0)
            return;
        const int left = clampTo(std::ceil(column - columns), 0, settings_.width);
        const int right = clampTo(std::floor(column + columns) + 1, 0, settings_.width);
        const int top = clampTo(std::ceil(row - rows), firstRow_, endRow_);
        const int bottom = clampTo(std::floor(row + rows) + 1, firstRow_, endRow_);
        if (left >= right || top >= bottom)
            return;
        if (settings_.kernel == Kernel::quartic)
            addQuartic(weight, column, row, left, right, top, bottom);
        else
            addGaussian(weight, column, row, left, right, top, bottom);
    }

    double reachRows() const { return reach_ / pixelY_; }
    void finish(HeatSurface& surface) const {
        const double scale = squareMetresPerSquareKilometre / settings_.days;
        float* out = surface.values.data() +
                     static_cast<std::size_t>(firstRow_) * static_cast<std::size_t>(settings_.width);
        const auto width = static_cast<std::size_t>(settings_.width);
        for (const double* row = sums_.data(); row != sums_.data() + sums_.size(); row += stride_)
            for (std::size_t x = 0; x < width; ++x)
                *out++ = static_cast<float>(row[x] * scale);
    }

private:
    static int clampTo(double value, int low, int high) {
        return static_cast<int>(std::clamp<double>(value, low, high));
    }
    double* rowSums(int row) { return sums_.data() + static_cast<std::size_t>(row - firstRow_) * stride_; }

    // Silverman, Density Estimation (1986), 4.5
    void addQuartic(double weight, double column, double row, int left, int right, int top, int bottom) {
        const double h2 = reach_ * reach_, peak = weight * 3 / (std::numbers::pi * h2);
        const double stepX2 = pixelX_ * pixelX_ / h2;
        const bool narrow = right - left <= narrowColumns;
        for (int x = left; x < (narrow ? left + narrowColumns : right); ++x)
            columns_[static_cast<std::size_t>(x)] = (x - column) * (x - column) * stepX2;
        if (narrow) {
            addNarrow({row, pixelY_ / reach_, peak, top, bottom, (right - left + 3) / 4},
                      &columns_[static_cast<std::size_t>(left)], rowSums(top) + left, stride_);
            return;
        }
        for (int y = top; y < bottom; ++y) {
            const double dy = (y - row) * pixelY_;
            const double rest = 1 - dy * dy / h2; // what is left of 1 - (d/h)^2 for the columns
            if (rest <= 0)
                continue;
            const double half = std::sqrt(rest) * reach_ / pixelX_;
            const int from = clampTo(std::ceil(column - half), left, right);
            const int to = clampTo(std::floor(column + half) + 1, left, right);
            double* out = rowSums(y);
            const double* across = columns_.data();
            for (int x = from; x < to; ++x) {
                const double share = rest - across[x];
                out[x] += peak * share * share;
            }
        }
    }

    void addGaussian(double weight, double column, double row, int left, int right, int top, int bottom) {
        const double s = settings_.bandwidthMetres, s2 = s * s;
        const double peak = weight / (2 * std::numbers::pi * s2);
        for (int x = left; x < right; ++x) {
            const double dx = (x - column) * pixelX_;
            columns_[static_cast<std::size_t>(x)] = std::exp(-dx * dx / (2 * s2));
        }
        for (int y = top; y < bottom; ++y) {
            const double dy = (y - row) * pixelY_;
            const double rest = reach_ * reach_ - dy * dy;
            if (rest < 0)
                continue;
            const double half = std::sqrt(rest) / pixelX_;
            const int from = clampTo(std::ceil(column - half), left, right);
            const int to = clampTo(std::floor(column + half) + 1, left, right);
            const double share = peak * std::exp(-dy * dy / (2 * s2));
            double* out = rowSums(y);
            const double* across = columns_.data();
            for (int x = from; x < to; ++x)
                out[x] += share * across[x];
        }
    }

    const HeatSettings& settings_;
    int firstRow_, endRow_;
    double pixelX_, pixelY_, reach_;
    std::size_t stride_; // a row and room for a block that begins in it
    std::vector<double> sums_, columns_;
};

// Point by point is exact and, while few pixels are touched, as quick; a picture of hundreds of millions of
// pixels would want as many nodes in memory.
bool worthGrid(std::size_t points, const HeatSettings& settings) {
    constexpr double touchesAtEase = 2e7, mostNodes = 5e7;
    const double columns = settings.bandwidthMetres * settings.width / settings.extent.width(),
                 rows = settings.bandwidthMetres * settings.height / settings.extent.height();
    if (std::min(columns, rows) < gridFromPixels(settings.kernel))
        return false;
    if (std::min<double>(settings.height, 8 * settings.extent.height() / settings.bandwidthMetres) *
            settings.width >
        mostNodes)
        return false;
    const double cut = settings.kernel == Kernel::quartic ? 1 : gaussianCut;
    const double touched = std::min(std::numbers::pi * columns * rows * cut * cut,
                                    static_cast<double>(settings.width) * settings.height);
    return static_cast<double>(points) * touched > touchesAtEase;
}

} // namespace

Result<HeatSurface> heat(const std::vector<HeatPoint>& points, const HeatSettings& settings, int threads,
                         const std::atomic<bool>* cancel) {
    if (settings.width <= 0 || settings.height <= 0 || !(settings.extent.width() > 0) ||
        !(settings.extent.height() > 0))
        return refused("extentEmpty");
    if (!(settings.bandwidthMetres > 0) || !std::isfinite(settings.bandwidthMetres))
        return refused("bandwidthNotPositive");
    if (!(settings.days > 0) || !std::isfinite(settings.days))
        return refused("periodEmpty");
    HeatSurface surface{settings.extent, settings.width, settings.height, {}, 0};
    surface.values.resize(static_cast<std::size_t>(settings.width) *
                          static_cast<std::size_t>(settings.height));
    if (worthGrid(points.size(), settings))
        return heatOnGrid(points, settings, threads, cancel, surface) ? Result(std::move(surface))
                                                                      : refused("cancelled");
    std::atomic<bool> stopped{false};
    threads = std::clamp(threads, 1, settings.height);
    const double perX = settings.width / settings.extent.width(),
                 perY = settings.height / settings.extent.height();
    const HeatStrips strips(
        points, settings,
        {settings.extent.minX, settings.extent.maxY, perX, perY, -0.5, -0.5, settings.height}, threads);
    const auto ends = strips.evenStrips(threads);
    onThreads(threads, [&](int part) {
        const int first = ends[static_cast<std::size_t>(part)] * HeatStrips::rowsEach,
                  end = std::min(ends[static_cast<std::size_t>(part) + 1] * HeatStrips::rowsEach,
                                 settings.height);
        if (first >= end)
            return;
        Band rows(settings, first, end);
        const int last = strips.at(end + rows.reachRows());
        for (int strip = strips.at(first - rows.reachRows()); strip <= last; ++strip)
            if (!strips.each(strip, [&](std::span<const PlacedPoint> block) {
                    if (cancel && cancel->load(std::memory_order_relaxed))
                        return false;
                    for (const PlacedPoint& point : block)
                        rows.add(point);
                    return true;
                })) {
                stopped = true;
                return;
            }
        rows.finish(surface);
    });
    if (stopped)
        return refused("cancelled");
    surface.max = *std::max_element(surface.values.begin(), surface.values.end());
    return surface;
}

double steadyScale(double surfaceMax) {
    for (const double end : {0.03, 0.06, 0.15, 0.3, 0.6, 1.5, 3.0, 6.0, 15.0, 30.0, 60.0, 150.0, 300.0})
        if (end >= 0.7 * surfaceMax)
            return end;
    return 600;
}

} // namespace vedette::layers
