// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/layer_model.h"
#include "console/risk_surface.h"
#include "dispatch/city.h"
#include "map/scene.h"

namespace vedette::console {

// What is wrong with the sources of a layer: lines for its tool tip, and why there is nothing of it (empty: there is).
struct LayerTrouble {
    QString problem;
    QStringList lines;
    void add(const std::vector<layers::Finding>& findings);
};
// Of the workspace's area sources, by the layer's id; kinds without trouble are left out.
std::vector<std::pair<QString, LayerTrouble>> areaTroubles(const dispatch::City& city);
// Words on the map for a layer that isn't there. After everything else: the book sets the features anew.
void addPlaceholder(map::Scene& scene, const QString& name, const LayerTrouble& trouble);

// The layers this city has, top first, with the visibility a new window starts with.
std::vector<LayerRow> layersOf(const dispatch::City& city);

// The scene for the chosen layers in a theme. Roads are read once by the caller.
std::shared_ptr<map::Scene> makeScene(const dispatch::City& city, const LayerModel& layers, map::Theme theme,
                                      std::vector<layers::Snapshot> roads,
                                      std::shared_ptr<const layers::HeatSurface> heat,
                                      const HeatChoice& choice,
                                      std::shared_ptr<const map::AreaTints> tints);

} // namespace vedette::console
