// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ctl/options.h"
#include "dispatch/past_choice.h"

#include <vector>

namespace vedette::ctl {

// Which risk surface is meant, in the words of `heat`, of which `sheet --heat` has the same.
struct HeatAsk {
    double bandwidth = 800, halfLife = 0; // metres, days; no half-life: no decay
    std::string kernel = "quartic", weight, category, hours, weekdays, from, to;
};
// The options; --bandwidth comes first.
std::vector<CLI::Option*> addHeatOptions(CLI::App& verb, HeatAsk& into);

struct MadeHeat {
    layers::HeatSurface surface;
    layers::HeatSettings settings;
    dispatch::PastChoice choice;
    std::size_t points = 0; // 0: nothing of the history is meant, and the surface is level
    double seconds = 0;     // what the surface alone took
};
// The surface over the whole city, so many pixels wide; height 0: in proportion. Blocks for a second on a large
// history. Problems: timeUnreadable, hoursUnreadable, extentEmpty, those of layers::heat.
layers::Result<MadeHeat> makeHeat(const dispatch::City& city, const HeatAsk& ask, int width, int height = 0);

} // namespace vedette::ctl
