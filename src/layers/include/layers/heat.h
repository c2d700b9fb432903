// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"
#include "layers/message.h"

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace vedette::layers {

struct HeatPoint {
    Point at;
    double weight = 1;  // severity weight, 1 when unweighted
    double ageDays = 0; // before the end of the period; used with a half-life
};

// quartic: 3/(pi h^2) (1 - (d/h)^2)^2 inside h (Silverman 1986, 4.5); gaussian: 1/(2 pi s^2) exp(-d^2/2s^2),
// s = h, cut at 4 s. Both integrate to 1 per point.
enum class Kernel { quartic, gaussian };

struct HeatSettings {
    double bandwidthMetres = 800;
    Kernel kernel = Kernel::quartic;
    double halfLifeDays = 0; // 0: no decay
    double days = 1;         // length of the period the points span
    Box extent;
    int width = 0, height = 0;
};

// Values at pixel centres, row 0 north, events/km2/day.
struct HeatSurface {
    Box extent;
    int width = 0, height = 0;
    std::vector<float> values;
    float max = 0;
};

// Kernel density at pixel centres. Pure; `threads` threads, the same values with any number of them. Few
// points or a bandwidth of few pixels: the exact sum. Many points: by a grid of an eighth of the bandwidth,
// off by less than 1 % of the peak (heat_grid.h). Problems: cancelled, extentEmpty, bandwidthNotPositive,
// periodEmpty.
Result<HeatSurface> heat(const std::vector<HeatPoint>& points, const HeatSettings& settings, int threads = 2,
                         const std::atomic<bool>* cancel = nullptr);

// The round figure at which the ramp of colours ends, from the city's whole surface: never from what a view or a sheet
// happens to show.
double steadyScale(double surfaceMax);

// Float32 GeoTIFF in the working CRS, unit "events/km2/day" as band unit, settings as metadata.
Status writeGeoTiff(const HeatSurface& surface, const std::string& crs, const HeatSettings& settings,
                    const std::filesystem::path& file);

} // namespace vedette::layers
