// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer_style.h"
#include "map/scene.h"
#include "map/sheet.h"

#include <functional>
#include <optional>

namespace vedette::map {

// What of a map stands on a sheet: gathered here for the window and for the command line, so that both print the same.
// The words are the caller's; `within` is the ground that the sheets show.

// One layer of the ground: what was added, or the areas of a kind.
struct SheetStratum {
    const FeatureLayer* added = nullptr; // null: areas
    layers::AreaKind kind = layers::AreaKind::grid;
    bool exclusive = false;
    std::optional<layers::LayerStyle>
        style{};          // of the areas, where one was given; an added layer has its own
    std::string filter{}; // the areas that its classes colour; empty: all
};
struct SheetGround {
    std::vector<SheetStratum> order; // bottom first; areas that it doesn't name lie on top
    std::function<bool(const AreaLayer&)> shown;
    std::function<std::string(const AreaLayer&)> title;
    bool filled = false; // the areas; else borders alone, over a basemap
    bool codes = true;
};
void addGround(Sheets& sheets, const layers::Areas& areas, const SheetGround& ground, const layers::Box& within);

// Priorities 1 (most urgent) to 5, each with a sign and a colour; those beyond count as the nearest.
struct SheetTicket {
    layers::Point at;
    std::string id;
    int priority = 1;
};
// Signs that no ticket has: a sheet may be printed in black and white.
enum class SheetUnitLook { free, assigned, enRoute, onScene, away, lost };
struct SheetUnit {
    layers::Point at;
    std::string name, title; // title: its status, in the legend
    SheetUnitLook look = SheetUnitLook::free;
};
void addTickets(Sheets& sheets, const std::vector<SheetTicket>& tickets, const layers::Box& within,
                const std::function<std::string(int)>& titleOfPriority);
// Named as long as there are not more than a sheet has room for.
void addUnits(Sheets& sheets, std::vector<SheetUnit> units, const layers::Box& within);

} // namespace vedette::map
