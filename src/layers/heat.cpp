// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/heat.h"

#include <cmath>
#include <numbers>
#include <thread>

namespace vedette::layers {

namespace {

constexpr double gaussianCut = 4; // standard deviations
constexpr double squareMetresPerSquareKilometre = 1e6;

// Rows [firstRow, endRow) of the surface, summed point by point: exact, no binning.
class Band {
public:
    Band(const HeatSettings& settings, int firstRow, int endRow)
        : settings_(settings), firstRow_(firstRow), endRow_(endRow),
          pixelX_(settings.extent.width() / settings.width),
          pixelY_(settings.extent.height() / settings.height),
          reach_(settings.kernel == Kernel::quartic ? settings.bandwidthMetres
                                                    : gaussianCut * settings.bandwidthMetres),
          sums_(static_cast<std::size_t>(settings.width) * static_cast<std::size_t>(endRow - firstRow)),
          columns_(static_cast<std::size_t>(settings.width)) {}

    void add(const HeatPoint& point) {
        double weight = point.weight;
        if (settings_.halfLifeDays > 0)
            weight *= std::exp2(-point.ageDays / settings_.halfLifeDays);
        if (!std::isfinite(weight) || !std::isfinite(point.at.x) || !std::isfinite(point.at.y))
            return;
        // Pixel (column, row) has its centre at half steps; row 0 is the northern one.
        const double column = (point.at.x - settings_.extent.minX) / pixelX_ - 0.5;
        const double row = (settings_.extent.maxY - point.at.y) / pixelY_ - 0.5;
        const double columns = reach_ / pixelX_, rows = reach_ / pixelY_;
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

    void finish(HeatSurface& surface) const {
        const double scale = squareMetresPerSquareKilometre / settings_.days;
        float* out = surface.values.data() +
                     static_cast<std::size_t>(firstRow_) * static_cast<std::size_t>(settings_.width);
        for (const double sum : sums_)
            *out++ = static_cast<float>(sum * scale);
    }

private:
    static int clampTo(double value, int low, int high) {
        return static_cast<int>(std::clamp<double>(value, low, high));
    }
    double* rowSums(int row) {
        return sums_.data() +
               static_cast<std::size_t>(row - firstRow_) * static_cast<std::size_t>(settings_.width);
    }

    // Silverman, Density Estimation (1986), 4.5
    void addQuartic(double weight, double column, double row, int left, int right, int top, int bottom) {
        const double h2 = reach_ * reach_, peak = weight * 3 / (std::numbers::pi * h2);
        const double stepX2 = pixelX_ * pixelX_ / h2;
        for (int x = left; x < right; ++x)
            columns_[static_cast<std::size_t>(x)] = (x - column) * (x - column) * stepX2;
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
    std::vector<double> sums_, columns_;
};

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
    std::atomic<bool> stopped{false};
    // More bands than threads: points gather, and so does the work.
    const int bandCount = std::min(settings.height, std::max(1, threads) * 8);
    std::atomic<int> next{0};
    const auto work = [&] {
        for (int band = next++; band < bandCount && !stopped; band = next++) {
            Band rows(settings, static_cast<int>(std::int64_t{band} * settings.height / bandCount),
                      static_cast<int>(std::int64_t{band + 1} * settings.height / bandCount));
            for (std::size_t i = 0; i < points.size(); ++i) {
                if (i % 256 == 0 && cancel && cancel->load(std::memory_order_relaxed)) {
                    stopped = true;
                    return;
                }
                rows.add(points[i]);
            }
            rows.finish(surface);
        }
    };
    {
        std::vector<std::jthread> others;
        for (int i = 1; i < std::min(threads, bandCount); ++i)
            others.emplace_back(work);
        work();
    }
    if (stopped)
        return refused("cancelled");
    surface.max = *std::max_element(surface.values.begin(), surface.values.end());
    return surface;
}

} // namespace vedette::layers
