// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/layer_model.h"
#include "console/risk_surface.h"
#include "dispatch/city.h"
#include "map/scene.h"

namespace vedette::console {

// The layers this city has, top first, with the visibility a new window starts with.
std::vector<LayerRow> layersOf(const dispatch::City& city);

// The scene for the chosen layers in a theme. Roads are read once by the caller.
std::shared_ptr<map::Scene> makeScene(const dispatch::City& city, const LayerModel& layers, map::Theme theme,
                                      std::vector<layers::Snapshot> roads,
                                      std::shared_ptr<const layers::HeatSurface> heat,
                                      const HeatChoice& choice,
                                      std::shared_ptr<const map::AreaTints> tints);

} // namespace vedette::console
