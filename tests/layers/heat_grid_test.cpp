// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_grid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

using namespace vedette::layers;

namespace {

HeatSettings settings(Kernel kernel, double bandwidth, int width, int height) {
    HeatSettings out;
    out.bandwidthMetres = bandwidth;
    out.kernel = kernel;
    out.days = 30;
    out.extent = {1000, 5000, 1000.0 + width, 5000.0 + height}; // a metre a pixel
    out.width = width;
    out.height = height;
    return out;
}

double peak(const HeatSettings& s) {
    return (s.kernel == Kernel::quartic ? 3 : 0.5) /
           (std::numbers::pi * s.bandwidthMetres * s.bandwidthMetres) / s.days * 1e6;
}

// The definition at a pixel's centre; the Gaussian is not cut.
double directSum(const std::vector<HeatPoint>& points, const HeatSettings& s, int column, int row) {
    const double x = s.extent.minX + (column + 0.5) * s.extent.width() / s.width,
                 y = s.extent.maxY - (row + 0.5) * s.extent.height() / s.height;
    double sum = 0;
    for (const HeatPoint& point : points) {
        const double part = (std::pow(point.at.x - x, 2) + std::pow(point.at.y - y, 2)) /
                            (s.bandwidthMetres * s.bandwidthMetres);
        if (s.kernel == Kernel::gaussian)
            sum += point.weight * std::exp(-part / 2);
        else if (part < 1)
            sum += point.weight * (1 - part) * (1 - part);
    }
    return sum * peak(s);
}

HeatSurface onGrid(const std::vector<HeatPoint>& points, const HeatSettings& s, int threads = 2) {
    HeatSurface surface{s.extent, s.width, s.height, {}, 0};
    surface.values.resize(static_cast<std::size_t>(s.width * s.height));
    EXPECT_TRUE(heatOnGrid(points, s, threads, nullptr, surface));
    return surface;
}

std::vector<HeatPoint> scattered(std::size_t count, const HeatSettings& s) {
    std::mt19937_64 random(11);
    std::normal_distribution<double> x(s.extent.centre().x, s.extent.width() / 4),
        y(s.extent.centre().y, s.extent.height() / 4);
    std::vector<HeatPoint> points;
    for (std::size_t i = 0; i < count; ++i)
        points.push_back({{x(random), y(random)}, 1.0 + static_cast<double>(i % 3), 0});
    return points;
}

} // namespace

TEST(HeatGrid, OnePointIsOffByNoMoreThanIsSaid) {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> part(0, 3);
    for (const Kernel kernel : {Kernel::quartic, Kernel::gaussian})
        for (const double bandwidth : {gridFromPixels(kernel), 5.2, 6.7, 8.0, 8.1, 13.0, 29.0}) {
            const HeatSettings s = settings(kernel, bandwidth, 90, 80);
            double worst = 0;
            for (int i = 0; i < 40; ++i) {
                const std::vector<HeatPoint> one{{{1045 + part(random), 5040 + part(random)}, 1, 0}};
                const auto surface = onGrid(one, s);
                for (int row = 0; row < s.height; ++row)
                    for (int column = 0; column < s.width; ++column)
                        worst = std::max(
                            worst, std::abs(directSum(one, s, column, row) -
                                            double(surface.values[std::size_t(row * s.width + column)])));
            }
            EXPECT_LE(worst / peak(s), gridError) << bandwidth;
        }
}

TEST(HeatGrid, ManyPointsAreWithinHalfAPercentOfThePeak) {
    for (const Kernel kernel : {Kernel::quartic, Kernel::gaussian})
        for (const double bandwidth : {5.0, 20.0, 100.0, 700.0}) {
            const HeatSettings s = settings(kernel, bandwidth, 240, 135);
            const auto points = scattered(20'000, s);
            const auto surface = onGrid(points, s);
            double highest = 0, worst = 0;
            for (int row = 0; row < s.height; row += 9)
                for (int column = 0; column < s.width; column += 7) {
                    const double direct = directSum(points, s, column, row);
                    highest = std::max(highest, direct);
                    worst = std::max(
                        worst,
                        std::abs(direct - double(surface.values[std::size_t(row * s.width + column)])));
                }
            EXPECT_LE(worst, highest * 0.005) << bandwidth;
            EXPECT_GE(double(surface.max), highest * 0.995);
        }
}

TEST(HeatGrid, AMillionOnOneSpotCountAsAMillion) {
    const HeatSettings s = settings(Kernel::quartic, 9, 40, 40);
    const std::vector<HeatPoint> many(1'000'000, {{1020.5, 5019.5}, 1, 0});
    EXPECT_NEAR(double(onGrid(many, s).max), 1e6 * peak(s), 1e6 * peak(s) * 1e-3);
}

TEST(HeatGrid, PixelsNeedNotBeSquare) {
    HeatSettings s = settings(Kernel::quartic, 60, 120, 80);
    s.extent = {0, 0, 600, 240}; // five metres by three
    const auto points = scattered(500, s);
    const auto surface = onGrid(points, s);
    double highest = 0, worst = 0;
    for (int row = 0; row < s.height; ++row)
        for (int column = 0; column < s.width; ++column) {
            const double direct = directSum(points, s, column, row);
            highest = std::max(highest, direct);
            worst = std::max(worst,
                             std::abs(direct - double(surface.values[std::size_t(row * s.width + column)])));
        }
    EXPECT_LE(worst, highest * 0.005);
}

TEST(HeatGrid, ThreadsChangeNothingAndNeitherDoesWhoAsks) {
    const HeatSettings s = settings(Kernel::quartic, 20, 300, 200);
    auto points = scattered(60'000, s);
    points.push_back({{std::nan(""), 5000}, 1, 0});
    points.push_back({{1100, 5100}, std::numeric_limits<double>::infinity(), 0});
    points.push_back({{1e300, -1e300}, 1, 0});
    const auto surface = onGrid(points, s, 1);
    EXPECT_EQ(surface.values, onGrid(points, s, 3).values);
    EXPECT_EQ(surface.values, heat(points, s, 2).value().values); // 75 million touches: by the grid
    for (const float value : surface.values)
        ASSERT_TRUE(value >= 0);
}
