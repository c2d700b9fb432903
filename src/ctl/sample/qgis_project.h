// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mesh.h"

#include <string>

namespace vedette::ctl {

// Colours of a basemap, "r,g,b,a" as QGIS spells them. Quiet on purpose: colour belongs to what is live.
struct BasemapColours {
    std::string land, water, shore, built, park, site;
    std::string roads[5];         // by RoadClass
    std::string road, place, sea; // labels
};
const BasemapColours& darkColours();
const BasemapColours& lightColours();

// A QGIS 3 project (XML) over base.gpkg and roads.gpkg beside it.
std::string qgisProject(const BasemapColours& colours, const Box& extent);

} // namespace vedette::ctl
