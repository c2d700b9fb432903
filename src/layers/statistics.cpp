// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/statistics.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace vedette::layers {

namespace {

double logFactorial(double n) {
    int sign = 0;
    return ::lgamma_r(n + 1, &sign); // std::lgamma writes a global
}

} // namespace

ShrunkRates shrunkRates(std::span<const double> events, std::span<const double> exposure) {
    ShrunkRates out;
    const std::size_t n = std::min(events.size(), exposure.size());
    double allEvents = 0, allExposure = 0;
    std::size_t exposed = 0;
    for (std::size_t i = 0; i < n; ++i)
        if (exposure[i] > 0)
            allEvents += events[i], allExposure += exposure[i], ++exposed;
    out.raw.assign(n, std::numeric_limits<double>::quiet_NaN());
    out.shrunk.assign(n, 0);
    if (exposed == 0)
        return out;
    out.mean = allEvents / allExposure;
    double spread = 0;
    for (std::size_t i = 0; i < n; ++i)
        if (exposure[i] > 0) {
            out.raw[i] = events[i] / exposure[i];
            spread += exposure[i] * (out.raw[i] - out.mean) * (out.raw[i] - out.mean);
        }
    const double byChance = out.mean / (allExposure / static_cast<double>(exposed));
    out.variance = std::max(0.0, spread / allExposure - byChance);
    for (std::size_t i = 0; i < n; ++i) {
        out.shrunk[i] = out.mean;
        if (exposure[i] > 0 && out.variance > 0) {
            const double own = out.variance / (out.variance + out.mean / exposure[i]);
            out.shrunk[i] += own * (out.raw[i] - out.mean);
        }
    }
    return out;
}

Neighbours neighboursWithin(std::span<const Point> points, double metres) {
    Neighbours out(points.size());
    if (!(metres > 0))
        return out;
    // By x: whoever is near enough stands within a window of the order.
    std::vector<std::uint32_t> order(points.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return points[i].x; });
    for (std::size_t a = 0; a < order.size(); ++a)
        for (std::size_t b = a + 1; b < order.size(); ++b) {
            const Point p = points[order[a]], q = points[order[b]];
            if (q.x - p.x > metres)
                break;
            if (std::hypot(q.x - p.x, q.y - p.y) <= metres) {
                out[order[a]].push_back(order[b]);
                out[order[b]].push_back(order[a]);
            }
        }
    for (auto& one : out)
        std::ranges::sort(one);
    return out;
}

double reachOfAll(std::span<const Point> points) {
    std::vector<Point> byX(points.begin(), points.end());
    std::ranges::sort(byX, {}, &Point::x);
    double reach = 0;
    for (std::size_t i = 0; i < byX.size(); ++i) {
        double nearest = std::numeric_limits<double>::infinity();
        const auto look = [&](std::size_t j) { // false: from there on nobody is nearer
            if (std::abs(byX[j].x - byX[i].x) >= nearest)
                return false;
            nearest = std::min(nearest, std::hypot(byX[j].x - byX[i].x, byX[j].y - byX[i].y));
            return true;
        };
        for (std::size_t j = i; j > 0 && look(j - 1); --j) {
        }
        for (std::size_t j = i + 1; j < byX.size() && look(j); ++j) {
        }
        if (std::isfinite(nearest))
            reach = std::max(reach, nearest);
    }
    return reach;
}

std::vector<double> hotSpots(std::span<const double> values, const Neighbours& neighbours) {
    const std::size_t count = std::min(values.size(), neighbours.size());
    const auto n = static_cast<double>(count);
    std::vector<double> z(count, 0);
    if (count < 2)
        return z;
    const double mean = std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count), 0.0) / n;
    double squares = 0;
    for (std::size_t i = 0; i < count; ++i)
        squares += (values[i] - mean) * (values[i] - mean);
    const double deviation = std::sqrt(squares / n);
    if (!(deviation > 0))
        return z;
    for (std::size_t i = 0; i < count; ++i) {
        double sum = values[i];
        for (const std::uint32_t j : neighbours[i])
            sum += values[j];
        const double weights = static_cast<double>(neighbours[i].size()) + 1;
        const double scatter = (n * weights - weights * weights) / (n - 1);
        if (scatter > 0) // an area that is everybody's neighbour differs from nobody
            z[i] = (sum - mean * weights) / (deviation * std::sqrt(scatter));
    }
    return z;
}

double chanceOf(double z) {
    return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

std::vector<bool> believable(std::span<const double> chances, double rate) {
    std::vector<double> sorted(chances.begin(), chances.end());
    std::ranges::sort(sorted);
    double limit = -1;
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (sorted[i] <= rate * static_cast<double>(i + 1) / static_cast<double>(sorted.size()))
            limit = sorted[i];
    std::vector<bool> out(chances.size());
    for (std::size_t i = 0; i < chances.size(); ++i)
        out[i] = chances[i] <= limit;
    return out;
}

Change change(std::uint64_t before, double daysBefore, std::uint64_t now, double daysNow) {
    Change out;
    if (!(daysBefore > 0) || !(daysNow > 0))
        return out;
    if (before > 0)
        out.ratio = (static_cast<double>(now) / daysNow) / (static_cast<double>(before) / daysBefore);
    const std::uint64_t all = before + now;
    if (all == 0)
        return out;
    const double share = daysNow / (daysBefore + daysNow), n = static_cast<double>(all);
    const auto logChance = [&](std::uint64_t k) {
        const auto x = static_cast<double>(k);
        return logFactorial(n) - logFactorial(x) - logFactorial(n - x) + x * std::log(share) +
               (n - x) * std::log1p(-share);
    };
    // Every outcome that is no likelier than what happened; as R's poisson.test, with its allowance for ties.
    const double limit = logChance(now) + 1e-7;
    double chance = 0;
    for (std::uint64_t k = 0; k <= all; ++k)
        if (const double one = logChance(k); one <= limit)
            chance += std::exp(one);
    out.chance = std::min(1.0, chance);
    return out;
}

namespace {

// Later events by cell of the surface, and the cells by value, highest first; equal ones by place, so that the
// same surface always points at the same cells.
struct CellHits {
    std::vector<std::size_t> hits;
    std::vector<std::uint32_t> order;
    std::size_t events = 0, outside = 0;

    CellHits(const HeatSurface& surface, std::span<const Point> later)
        : hits(surface.values.size(), 0), order(surface.values.size()) {
        const auto cell = [](double share, int size) {
            return std::clamp(static_cast<int>(share * size), 0, size - 1);
        };
        for (const Point point : later) {
            if (!surface.extent.contains(point)) {
                ++outside;
                continue;
            }
            const int column = cell((point.x - surface.extent.minX) / surface.extent.width(), surface.width);
            const int row = cell((surface.extent.maxY - point.y) / surface.extent.height(), surface.height);
            ++hits[static_cast<std::size_t>(row) * static_cast<std::size_t>(surface.width) +
                   static_cast<std::size_t>(column)];
            ++events;
        }
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
            return surface.values[a] != surface.values[b] ? surface.values[a] > surface.values[b] : a < b;
        });
    }
};

} // namespace

BackTest backTest(const HeatSurface& surface, std::span<const Point> later, double areaShare) {
    BackTest out;
    const std::size_t cells = surface.values.size();
    if (cells == 0 || surface.extent.empty())
        return out;
    CellHits found(surface, later);
    out.events = found.events, out.outside = found.outside;
    const auto chosen = static_cast<std::size_t>(
        std::clamp(std::llround(areaShare * static_cast<double>(cells)), 1LL, static_cast<long long>(cells)));
    std::size_t hit = 0, best = 0;
    for (std::size_t i = 0; i < chosen; ++i)
        hit += found.hits[found.order[i]];
    std::ranges::sort(found.hits, std::greater{});
    best = std::accumulate(found.hits.begin(), found.hits.begin() + static_cast<std::ptrdiff_t>(chosen),
                           std::size_t{0});
    out.areaShare = static_cast<double>(chosen) / static_cast<double>(cells);
    if (out.events > 0) {
        out.hitShare = static_cast<double>(hit) / static_cast<double>(out.events);
        out.pai = out.hitShare / out.areaShare;
        out.pei = best > 0 ? static_cast<double>(hit) / static_cast<double>(best) : 0;
    }
    return out;
}

BackTestCurve backTestCurve(const HeatSurface& surface, std::span<const Point> later, int steps) {
    BackTestCurve out;
    steps = std::max(steps, 1);
    const auto size = static_cast<std::size_t>(steps) + 1;
    out.area.resize(size), out.hit.resize(size), out.best.resize(size);
    const std::size_t cells = surface.values.size();
    if (cells == 0 || surface.extent.empty())
        return out;
    CellHits found(surface, later);
    out.events = found.events, out.outside = found.outside;
    std::vector<std::size_t> sorted = found.hits;
    std::ranges::sort(sorted, std::greater{});
    std::size_t hit = 0, best = 0, done = 0;
    for (std::size_t step = 0; step < size; ++step) {
        const std::size_t till = cells * step / static_cast<std::size_t>(steps);
        for (; done < till; ++done)
            hit += found.hits[found.order[done]], best += sorted[done];
        out.area[step] = static_cast<double>(till) / static_cast<double>(cells);
        if (out.events > 0) {
            out.hit[step] = static_cast<double>(hit) / static_cast<double>(out.events);
            out.best[step] = static_cast<double>(best) / static_cast<double>(out.events);
        }
    }
    return out;
}

std::vector<double> falseShares(std::span<const double> chances) {
    std::vector<std::uint32_t> order(chances.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return chances[i]; });
    std::vector<double> out(chances.size());
    double least = 1;
    for (std::size_t rank = order.size(); rank > 0; --rank) {
        const std::uint32_t i = order[rank - 1];
        least = std::min(least, chances[i] * static_cast<double>(order.size()) / static_cast<double>(rank));
        out[i] = least;
    }
    return out;
}

} // namespace vedette::layers
