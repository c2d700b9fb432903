// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "map/sheet.h"

#include <optional>

namespace vedette::map {

// An area's outline as WKB (a multipolygon, OGC 06-103r4), in working metres.
std::vector<std::uint8_t> wkbOf(const layers::Areas& areas, layers::AreaIndex area);

// One layer of areas for paper: its style, its code in each area. `within`: only what touches that box.
// Not `filled`: borders alone, over a basemap.
SheetAreas sheetAreas(const layers::Areas& areas, const AreaLayer& layer, const std::string& title,
                      const layers::Box& within, bool filled);

// A page for each area of the kind, by code: a little more than the area, which is outlined. Title: its name,
// else its code; subtitle: `kind` and the code. Rows are left to the caller.
struct AtlasPage {
    layers::AreaIndex area;
    SheetPage page;
};
std::vector<AtlasPage> atlasPages(const layers::Areas& areas, layers::AreaKind kind, const std::string& word);

// "A4" to "A0" and "A5" in millimetres, upright; nullopt: no such paper.
struct Paper {
    double width = 0, height = 0;
};
std::optional<Paper> paperNamed(const std::string& name);

} // namespace vedette::map
