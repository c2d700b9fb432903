// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer_style.h"
#include "map/scene.h"
#include "map/sheet.h"

#include <functional>

namespace vedette::map {

using SheetImage = wire::SheetImage;

// A layer a person added, for paper: one sheet layer for each of its classes that has something within the box, the
// last drawn first; titled by the layer's name and the class's ("parks · large"). Labels, opacity, sizes and
// the scales it is shown at are the map's (a logical pixel is 1/96 inch). Nothing where the layer is invisible or can't be read.
std::vector<SheetAreas> sheetFeatures(const FeatureLayer& layer, const layers::Box& within);

// The classes of the city's own areas by their style, in the same way: fills without lines, which lie below
// what sheetAreas makes of the layer. `filter` as sortedBy takes it. Nothing for one look.
std::vector<SheetAreas> sheetClasses(const layers::Areas& areas, const AreaLayer& layer,
                                     const layers::LayerStyle& style, const std::string& filter,
                                     const std::string& title, const layers::Box& within);

// The heat surface in the colours of paper, cut to the box; no png when nothing is shown. What was exported as
// GeoTIFF has the same values; here they are colours at the layer's scale.
SheetImage sheetHeat(const HeatLayer& heat, const layers::Box& within);
// Its legend: a layer without shapes for each of four colours of the scale. `words`: a value as text with its unit.
std::vector<SheetAreas> sheetHeatLegend(const HeatLayer& heat, const std::string& title,
                                        const std::function<std::string(double)>& words);

} // namespace vedette::map
