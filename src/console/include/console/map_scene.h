// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/layer_model.h"
#include "dispatch/city.h"
#include "map/scene.h"

namespace vedette::console {

// How the risk surface is made and read: fixed, so that red means the same today and tomorrow.
struct HeatChoice {
    double bandwidthMetres = 800;
    int days = 30; // the last so many days of the history
    double scaleMax = 6;
    friend bool operator==(const HeatChoice&, const HeatChoice&) = default;
};

// The layers this city has, top first, with the visibility a new window starts with.
std::vector<LayerRow> layersOf(const dispatch::City& city);

// The scene for the chosen layers in a theme. Roads are read once by the caller.
std::shared_ptr<map::Scene> makeScene(const dispatch::City& city, const LayerModel& layers, map::Theme theme,
                                      std::vector<layers::Snapshot> roads,
                                      std::shared_ptr<const layers::HeatSurface> heat,
                                      const HeatChoice& choice,
                                      std::shared_ptr<const map::AreaTints> tints);

// The round figure at which the ramp ends, from the city's whole surface: never from what a view happens to
// show.
double steadyScale(double surfaceMax);

// Density of the history's last `choice.days` days. Blocks for a second on a large history; any thread. Null
// when there is nothing to count.
std::shared_ptr<const layers::HeatSurface> riskSurface(const dispatch::City& city, const HeatChoice& choice,
                                                       const std::atomic<bool>* cancel);

} // namespace vedette::console
