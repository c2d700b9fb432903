// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/heat.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace vedette::layers {

// What an analyst asks of counts per area: is this rate more than chance, is it a cluster, has it changed, and
// was the surface worth anything. Pure functions; parallel spans hold one value an area. Thread-safe.

// A rate of a small area jumps about; it is drawn towards the mean of all as far as its own exposure says
// little. Marshall, Mapping disease and mortality rates using empirical Bayes estimators, Applied Statistics
// 40 (1991), the global estimator. An area without exposure has no raw rate (NaN) and gets the mean.
struct ShrunkRates {
    std::vector<double> raw, shrunk; // events per unit of exposure
    double mean = 0;                 // all events over all exposure
    double variance = 0;             // between areas, beyond chance; 0: everything is chance, all get the mean
};
ShrunkRates shrunkRates(std::span<const double> events, std::span<const double> exposure);

// Neighbours of each point by index, itself not among them, ascending: those within `metres`.
using Neighbours = std::vector<std::vector<std::uint32_t>>;
Neighbours neighboursWithin(std::span<const Point> points, double metres);
// The shortest reach at which nobody is without a neighbour; 0 for fewer than two points.
double reachOfAll(std::span<const Point> points);

// Getis-Ord Gi*: how many standard deviations the sum over an area and its neighbours lies above what the same
// values scattered at random would give. Ord and Getis, Local spatial autocorrelation statistics, Geographical
// Analysis 27 (1995), binary weights, the area itself included. Equal values everywhere: all zero.
std::vector<double> hotSpots(std::span<const double> values, const Neighbours& neighbours);
// The chance of a normal value at least as far from zero, both sides.
double chanceOf(double z);
// Which of many tests may be believed when at most the share `rate` of those believed may be false: Benjamini
// and Hochberg, Controlling the false discovery rate, JRSS B 57 (1995).
std::vector<bool> believable(std::span<const double> chances, double rate = 0.05);
// The smallest `rate` at which each would be believed: what R's p.adjust(method = "BH") gives.
std::vector<double> falseShares(std::span<const double> chances);

// Two counts over two lengths of time: how the rate changed, and the chance of a change as unlikely when
// nothing changed. Exact and two-sided, by the binomial that remains when the sum is given: Przyborowski and
// Wilenski, Biometrika 31 (1940). No ratio when nothing happened before.
struct Change {
    std::optional<double> ratio; // rate now over rate before
    double chance = 1;
};
Change change(std::uint64_t before, double daysBefore, std::uint64_t now, double daysNow);

// How often each hour of the week: Monday 00:00-01:00 first.
using WeekClock = std::array<std::size_t, 168>;

// Whether a surface made of the past tells where things happen next. The cells of highest value that make up
// `areaShare` of the surface are what it points at. PAI: Chainey, Tompson and Uhlig, Security Journal 21
// (2008); PEI: Hunt, Kansas City (2016), PAI over the best that any choice of as many cells could reach.
struct BackTest {
    double areaShare = 0; // of the surface that was pointed at, as whole cells
    double hitShare = 0;  // of the later events that fell there
    double pai = 0;       // hitShare / areaShare
    double pei = 0;       // 0 to 1
    std::size_t events = 0, outside = 0; // later events on the surface, and off it
};
BackTest backTest(const HeatSurface& surface, std::span<const Point> later, double areaShare);

// Share of later events held by the best cells, from none of the ground to all of it in even steps. A surface
// that knows nothing keeps to the diagonal; `best` is what could be reached by whoever knew where they fall.
struct BackTestCurve {
    std::vector<double> area, hit, best; // steps + 1 each; all 0 when nothing fell on the surface
    std::size_t events = 0, outside = 0;
};
BackTestCurve backTestCurve(const HeatSurface& surface, std::span<const Point> later, int steps = 100);

} // namespace vedette::layers
