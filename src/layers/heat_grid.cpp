// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_grid.h"

#include "heat_strips.h"

#include <array>
#include <cmath>
#include <cstring>
#include <numbers>

namespace vedette::layers {

namespace {

constexpr double stepsToQuartic = 8, stepsToGaussian = 3, gaussianCut = 4;
constexpr double squareMetresPerSquareKilometre = 1e6;
constexpr std::ptrdiff_t lanes = 32; // columns whose sums stay in registers

// Lagrange's weights for the nodes -1, 0, 1, 2 at 0 <= t < 1.
template <class Number>
std::array<Number, 4> cubicWeights(double t) {
    const double a = t + 1, b = t - 1, c = t - 2;
    return {static_cast<Number>(-t * b * c / 6), static_cast<Number>(a * b * c / 2),
            static_cast<Number>(-a * t * c / 2), static_cast<Number>(a * t * b / 6)};
}

// One direction: pixels, nodes that are summed, and nodes that points fall on, which reach farther.
struct Axis {
    double pixel, step;      // metres
    bool pixels;             // nodes are pixel centres
    std::ptrdiff_t before;   // nodes before the first pixel centre that are summed
    std::ptrdiff_t summed;   // how many are
    std::ptrdiff_t reach;    // nodes that a kernel stretches to either side
    std::ptrdiff_t margin;   // nodes before the first summed one that points fall on
    std::ptrdiff_t gathered; // nodes that points fall on

    Axis(double pixelMetres, int count, double wantedStep, double reachMetres)
        : pixel(pixelMetres), step(std::max(pixelMetres, wantedStep)), pixels(step == pixel),
          before(pixels ? 0 : 1),
          summed(pixels ? count : static_cast<std::ptrdiff_t>((count - 1) * pixel / step) + 4),
          reach(static_cast<std::ptrdiff_t>(reachMetres / step)), margin(reach + 3),
          gathered(summed + 2 * margin) {}
    // Pixel number (of any fraction) -> node that points fall on.
    double node(double atPixel) const {
        return atPixel * pixel / step + static_cast<double>(before + margin);
    }
};

struct Tap {
    std::ptrdiff_t offset;
    float share;
};

// Said as vectors, since a compiler that can't rule out that rows overlap falls back to single numbers.
using Eight __attribute__((vector_size(32))) = float;

// out[i] = sum over taps of share * in[offset + i]. Rows are padded to whole lanes.
__attribute__((target_clones("avx2", "default"))) void sumTaps(const float* in, const std::vector<Tap>& taps,
                                                               float* out, std::ptrdiff_t count) {
    for (std::ptrdiff_t x = 0; x < count; x += lanes) {
        Eight sums[lanes / 8] = {};
        for (const Tap& tap : taps)
            for (std::ptrdiff_t i = 0; i < lanes / 8; ++i) {
                Eight from;
                std::memcpy(&from, in + x + tap.offset + 8 * i, sizeof from);
                sums[i] += tap.share * from;
            }
        std::memcpy(out + x, sums, sizeof sums);
    }
}

class Grid {
public:
    Grid(const HeatSettings& settings, const std::atomic<bool>* cancel)
        : settings_(settings), cancel_(cancel), quartic_(settings.kernel == Kernel::quartic),
          h_(settings.bandwidthMetres), reach_(quartic_ ? h_ : gaussianCut * h_),
          x_(settings.extent.width() / settings.width, settings.width,
             h_ / (quartic_ ? stepsToQuartic : stepsToGaussian), reach_),
          y_(settings.extent.height() / settings.height, settings.height,
             h_ / (quartic_ ? stepsToQuartic : stepsToGaussian), reach_),
          sumStride_((x_.summed + lanes - 1) / lanes * lanes), stride_(sumStride_ + 2 * x_.margin),
          gathered_(size(stride_ * y_.gathered)), nodes_(gathered_.size()) {}

    bool fill(const std::vector<HeatPoint>& points, int threads, HeatSurface& surface);

private:
    static std::size_t size(std::ptrdiff_t n) { return static_cast<std::size_t>(n); }
    bool cancelled() const { return cancel_ && cancel_->load(std::memory_order_relaxed); }
    void gather(const HeatStrips& strips, std::ptrdiff_t firstRow, std::ptrdiff_t endRow);
    std::vector<Tap> taps() const;
    float pixelRows(std::ptrdiff_t firstRow, std::ptrdiff_t endRow, HeatSurface& surface) const;
    void across(const float* sums, float* out) const;

    const HeatSettings& settings_;
    const std::atomic<bool>* cancel_;
    bool quartic_;
    double h_, reach_;
    Axis x_, y_;
    std::ptrdiff_t sumStride_, stride_;
    // y_.gathered rows of stride_: what the points weigh there. A million on one spot must not get lost in
    // the rounding of floats; once added up they may.
    std::vector<double> gathered_;
    std::vector<float> nodes_;
    std::vector<float> rows_; // y_.summed rows, summed, and as wide as the picture
    struct Column {
        std::ptrdiff_t first;
        std::array<float, 4> weights;
    };
    std::vector<Column> columns_;
};

// Only rows [firstRow, endRow), which no other thread touches.
void Grid::gather(const HeatStrips& strips, std::ptrdiff_t firstRow, std::ptrdiff_t endRow) {
    std::size_t looked = 0;
    for (const auto& [atColumn, atRow, weight] :
         strips.near(static_cast<int>(firstRow), static_cast<int>(endRow), 3)) {
        if (++looked % 4096 == 0 && cancelled())
            return;
        if (!(atRow >= 1 && atRow < static_cast<double>(y_.gathered - 2)) ||
            !(atColumn >= 1 && atColumn < static_cast<double>(x_.gathered - 2)))
            continue;
        const auto row = static_cast<std::ptrdiff_t>(atRow) - 1;
        const auto column = static_cast<std::ptrdiff_t>(atColumn) - 1;
        const auto down = cubicWeights<double>(atRow - static_cast<double>(row + 1));
        auto right = cubicWeights<double>(atColumn - static_cast<double>(column + 1));
        for (double& share : right)
            share *= weight;
        for (std::ptrdiff_t k = std::max<std::ptrdiff_t>(0, firstRow - row);
             k < std::min<std::ptrdiff_t>(4, endRow - row); ++k) {
            double* out = &gathered_[size((row + k) * stride_ + column)];
            for (std::size_t j = 0; j < 4; ++j)
                out[j] += down[size(k)] * right[j];
        }
    }
    std::copy(gathered_.begin() + firstRow * stride_, gathered_.begin() + endRow * stride_,
              nodes_.begin() + firstRow * stride_);
}

// The kernel around a node, in events/km2/day.
std::vector<Tap> Grid::taps() const {
    std::vector<Tap> taps;
    const double scale = squareMetresPerSquareKilometre / settings_.days;
    const double peak = scale * (quartic_ ? 3 : 0.5) / (std::numbers::pi * h_ * h_);
    for (std::ptrdiff_t dy = -y_.reach; dy <= y_.reach; ++dy)
        for (std::ptrdiff_t dx = -x_.reach; dx <= x_.reach; ++dx) {
            const double mx = static_cast<double>(dx) * x_.step, my = static_cast<double>(dy) * y_.step;
            const double part = (mx * mx + my * my) / (h_ * h_);
            if (part * h_ * h_ > reach_ * reach_)
                continue;
            const double share = quartic_ ? (1 - part) * (1 - part) : std::exp(-part / 2);
            taps.push_back({dy * stride_ + dx, static_cast<float>(peak * share)});
        }
    return taps;
}

void Grid::across(const float* sums, float* out) const {
    for (std::size_t x = 0; x < columns_.size(); ++x) {
        const float* from = sums + columns_[x].first;
        const auto& w = columns_[x].weights;
        out[x] = w[0] * from[0] + w[1] * from[1] + w[2] * from[2] + w[3] * from[3];
    }
}

float Grid::pixelRows(std::ptrdiff_t firstRow, std::ptrdiff_t endRow, HeatSurface& surface) const {
    float most = 0;
    const std::ptrdiff_t width = surface.width;
    for (std::ptrdiff_t y = firstRow; y < endRow && !cancelled(); ++y) {
        float* out = &surface.values[size(y * width)];
        if (y_.pixels) {
            const float* row = &rows_[size(y * width)];
            for (std::ptrdiff_t x = 0; x < width; ++x)
                out[x] = std::max(row[x], 0.0f), most = std::max(most, out[x]);
            continue;
        }
        const double at = y_.node(static_cast<double>(y)) - static_cast<double>(y_.margin);
        const auto first = static_cast<std::ptrdiff_t>(at) - 1;
        const auto w = cubicWeights<float>(at - static_cast<double>(first + 1));
        const float* a = &rows_[size(first * width)];
        const float *b = a + width, *c = b + width, *d = c + width;
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            out[x] = std::max(w[0] * a[x] + w[1] * b[x] + w[2] * c[x] + w[3] * d[x], 0.0f);
            most = std::max(most, out[x]);
        }
    }
    return most;
}

bool Grid::fill(const std::vector<HeatPoint>& points, int threads, HeatSurface& surface) {
    const HeatStrips strips(points, settings_,
                            {settings_.extent.minX, settings_.extent.maxY, 1 / x_.step, 1 / y_.step,
                             x_.node(-0.5), y_.node(-0.5), static_cast<int>(y_.gathered)},
                            threads);
    const auto ends = strips.evenRows(threads);
    onThreads(threads, [&](int i) { gather(strips, ends[size(i)], ends[size(i) + 1]); });
    if (cancelled())
        return false;
    gathered_ = {};

    if (!x_.pixels)
        for (int x = 0; x < surface.width; ++x) {
            const double at = x_.node(x) - static_cast<double>(x_.margin);
            const auto first = static_cast<std::ptrdiff_t>(at) - 1;
            columns_.push_back({first, cubicWeights<float>(at - static_cast<double>(first + 1))});
        }
    const auto all = taps();
    rows_.resize(size(y_.summed) * size(surface.width));
    onThreads(threads, [&](int i) {
        std::vector<float> sums(size(sumStride_));
        for (std::ptrdiff_t y = i; y < y_.summed && !cancelled(); y += threads) {
            sumTaps(&nodes_[size((y + y_.margin) * stride_ + x_.margin)], all, sums.data(), sumStride_);
            float* out = &rows_[size(y * surface.width)];
            if (x_.pixels)
                std::copy(sums.begin(), sums.begin() + surface.width, out);
            else
                across(sums.data(), out);
        }
    });
    std::vector<float> most(size(threads));
    onThreads(threads, [&](int i) {
        most[size(i)] = pixelRows(std::ptrdiff_t{i} * surface.height / threads,
                                  std::ptrdiff_t{i + 1} * surface.height / threads, surface);
    });
    surface.max = *std::max_element(most.begin(), most.end());
    return !cancelled();
}

} // namespace

bool heatOnGrid(const std::vector<HeatPoint>& points, const HeatSettings& settings, int threads,
                const std::atomic<bool>* cancel, HeatSurface& surface) {
    return Grid(settings, cancel).fill(points, std::max(1, threads), surface);
}

} // namespace vedette::layers
