// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_grid.h"

#include "heat_strips.h"

#include <array>
#include <cmath>
#include <cstring>
#include <numbers>
#include <span>

namespace vedette::layers {

namespace {

constexpr double stepsToQuartic = 8, stepsToGaussian = 3, gaussianCut = 4;
constexpr std::ptrdiff_t splineTail = 2; // nodes that a spline stretches farther than what it goes through
constexpr double squareMetresPerSquareKilometre = 1e6;
constexpr double leastShare = 2e-4;  // of the peak, that a node still adds to another
constexpr std::ptrdiff_t shared = 3; // rows of nodes that a point reaches beyond its own
constexpr std::ptrdiff_t lanes = 32; // columns whose sums stay in registers

using Four __attribute__((vector_size(32))) = double;

// The cubic B-spline's weights for the nodes -1, 0, 1, 2 at 0 <= t < 1.
inline void splineWeights(double t, Four& weights) {
    constexpr double sixth = 1.0 / 6;
    constexpr Four cubic{-sixth, 0.5, -0.5, sixth}, square{0.5, -1, 0.5, 0}, linear{-0.5, 0, 0.5, 0},
        constant{sixth, 4 * sixth, sixth, 0};
    weights = ((cubic * t + square) * t + linear) * t + constant;
}

std::array<float, 4> splineWeights(double t) {
    Four weights;
    splineWeights(t, weights);
    std::array<float, 4> out;
    for (int i = 0; i < 4; ++i)
        out[static_cast<std::size_t>(i)] = static_cast<float>(weights[i]);
    return out;
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
          reach(static_cast<std::ptrdiff_t>(reachMetres / step) + (pixels ? 1 : 2) * splineTail),
          margin(reach + 3), gathered(summed + 2 * margin) {}
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
          nodes_(size(stride_ * y_.gathered)) {}

    bool fill(const std::vector<HeatPoint>& points, int threads, HeatSurface& surface);

private:
    static std::size_t size(std::ptrdiff_t n) { return static_cast<std::size_t>(n); }
    bool cancelled() const { return cancel_ && cancel_->load(std::memory_order_relaxed); }
    void gather(const HeatStrips& strips, int firstStrip, int endStrip);
    void addOverlaps(int strips);
    std::vector<Tap> taps() const;
    float pixelRows(std::ptrdiff_t firstRow, std::ptrdiff_t endRow, HeatSurface& surface) const;
    void across(const float* sums, float* out) const;

    const HeatSettings& settings_;
    const std::atomic<bool>* cancel_;
    bool quartic_;
    double h_, reach_;
    Axis x_, y_;
    std::ptrdiff_t sumStride_, stride_;
    // y_.gathered rows of stride_: what the points weigh there. It is added up in doubles: a million on one
    // spot must not get lost in the rounding of floats.
    std::vector<float> nodes_, overlaps_;
    std::vector<float> rows_; // y_.summed rows, summed, and as wide as the picture
    struct Column {
        std::ptrdiff_t first;
        std::array<float, 4> weights;
    };
    std::vector<Column> columns_;
};

__attribute__((target_clones("avx2", "default"))) void addPoints(std::span<const PlacedPoint> points,
                                                                 double firstRow, double rows, double columns,
                                                                 double* tile, std::ptrdiff_t stride) {
    for (const auto& [column, absolute, weight] : points) {
        const double row = absolute - firstRow;
        if (!(row >= 0 && row < rows && column >= 0 && column < columns))
            continue;
        const auto top = static_cast<int>(row), left = static_cast<int>(column);
        Four down, right;
        splineWeights(row - top, down);
        splineWeights(column - left, right);
        right *= weight;
        double* out = tile + top * stride + left;
        for (int k = 0; k < 4; ++k, out += stride) {
            Four sum;
            std::memcpy(&sum, out, sizeof sum);
            sum += down[k] * right;
            std::memcpy(out, &sum, sizeof sum);
        }
    }
}

// The points' weight on nodes, strip by strip. The rows a strip shares with the next are kept apart, so that
// each row is the sum of two, in whatever order threads come.
void Grid::gather(const HeatStrips& strips, int firstStrip, int endStrip) {
    constexpr std::ptrdiff_t own = HeatStrips::rowsEach;
    std::vector<double> tile(size((own + shared) * stride_));
    for (int strip = firstStrip; strip < endStrip; ++strip) {
        std::fill(tile.begin(), tile.end(), 0);
        const std::ptrdiff_t first = strip * own;
        const auto rows = std::min<std::ptrdiff_t>(own, y_.gathered - shared - first);
        if (!strips.each(strip, [&](std::span<const PlacedPoint> points) {
                addPoints(points, static_cast<double>(first), static_cast<double>(rows),
                          static_cast<double>(x_.gathered - shared), tile.data(), stride_);
                return !cancelled();
            }))
            return;
        std::copy(tile.begin(), tile.begin() + rows * stride_, nodes_.begin() + first * stride_);
        std::copy(tile.begin() + rows * stride_, tile.begin() + (rows + shared) * stride_,
                  overlaps_.begin() + strip * shared * stride_);
    }
}

// The rows a strip shares with the one before.
void Grid::addOverlaps(int strips) {
    for (std::ptrdiff_t strip = 0; strip < strips; ++strip) {
        const float* from = &overlaps_[size(strip * shared * stride_)];
        float* to =
            &nodes_[size(std::min((strip + 1) * HeatStrips::rowsEach, y_.gathered - shared) * stride_)];
        for (std::ptrdiff_t i = 0; i < shared * stride_; ++i)
            to[i] += from[i];
    }
}

// Values at `count` nodes, `stride` apart -> the weights of the cubic B-splines whose sum goes through them:
// the inverse of (1, 4, 1)/6 is sqrt(3) z^|n|, z = sqrt(3) - 2 (Unser, Aldroubi and Eden 1993, II, 2.3).
void toSpline(double* values, std::ptrdiff_t count, std::ptrdiff_t stride) {
    std::vector<double> out(static_cast<std::size_t>(count)), inverse(out.size());
    for (std::size_t n = 0; n < inverse.size(); ++n)
        inverse[n] = n == 0 ? std::numbers::sqrt3 : inverse[n - 1] * (std::numbers::sqrt3 - 2);
    for (std::ptrdiff_t i = 0; i < count; ++i)
        for (std::ptrdiff_t j = 0; j < count; ++j)
            out[static_cast<std::size_t>(i)] +=
                values[j * stride] * inverse[static_cast<std::size_t>(std::abs(i - j))];
    for (std::ptrdiff_t i = 0; i < count; ++i)
        values[i * stride] = out[static_cast<std::size_t>(i)];
}

// What a node adds to those around it, in events/km2/day.
std::vector<Tap> Grid::taps() const {
    const std::ptrdiff_t columns = 2 * x_.reach + 1, rows = 2 * y_.reach + 1;
    std::vector<double> shares(size(columns * rows));
    for (std::ptrdiff_t y = 0; y < rows; ++y)
        for (std::ptrdiff_t x = 0; x < columns; ++x) {
            const double mx = static_cast<double>(x - x_.reach) * x_.step,
                         my = static_cast<double>(y - y_.reach) * y_.step;
            const double part = (mx * mx + my * my) / (h_ * h_);
            if (part * h_ * h_ <= reach_ * reach_)
                shares[size(y * columns + x)] = quartic_ ? (1 - part) * (1 - part) : std::exp(-part / 2);
        }
    for (std::ptrdiff_t y = 0; y < rows; ++y)
        for (int i = 0; i < (x_.pixels ? 1 : 2); ++i)
            toSpline(&shares[size(y * columns)], columns, 1);
    for (std::ptrdiff_t x = 0; x < columns; ++x)
        for (int i = 0; i < (y_.pixels ? 1 : 2); ++i)
            toSpline(&shares[size(x)], rows, columns);

    std::vector<Tap> taps;
    const double peak =
        squareMetresPerSquareKilometre / settings_.days * (quartic_ ? 3 : 0.5) / (std::numbers::pi * h_ * h_);
    for (std::ptrdiff_t y = 0; y < rows; ++y)
        for (std::ptrdiff_t x = 0; x < columns; ++x)
            if (const double share = shares[size(y * columns + x)]; std::abs(share) > leastShare)
                taps.push_back({(y - y_.reach) * stride_ + x - x_.reach, static_cast<float>(peak * share)});
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
        const auto w = splineWeights(at - static_cast<double>(first + 1));
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
    // A point's row and column are those of the first node that it falls on.
    const HeatStrips strips(points, settings_,
                            {settings_.extent.minX, settings_.extent.maxY, 1 / x_.step, 1 / y_.step,
                             x_.node(-0.5) - 1, y_.node(-0.5) - 1, static_cast<int>(y_.gathered - shared)},
                            threads);
    overlaps_.resize(size(strips.count() * shared * stride_));
    const auto ends = strips.evenStrips(threads);
    onThreads(threads, [&](int i) { gather(strips, ends[size(i)], ends[size(i) + 1]); });
    if (cancelled())
        return false;
    addOverlaps(strips.count());

    if (!x_.pixels)
        for (int x = 0; x < surface.width; ++x) {
            const double at = x_.node(x) - static_cast<double>(x_.margin);
            const auto first = static_cast<std::ptrdiff_t>(at) - 1;
            columns_.push_back({first, splineWeights(at - static_cast<double>(first + 1))});
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
