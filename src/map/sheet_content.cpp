// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/sheet_content.h"

#include "map/feature_look.h"
#include "map/sheet_areas.h"
#include "map/sheet_features.h"
#include "map/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

namespace vedette::map {

namespace {

// Kinds stand in the legend, so only those that are there.
std::uint32_t kindOf(Sheets& sheets, const std::string& title, const QColor& colour, const char* shape) {
    const auto same = [&](const SheetMarkKind& kind) { return kind.title == title && kind.shape == shape; };
    const auto at = std::find_if(sheets.markKinds.begin(), sheets.markKinds.end(), same);
    const auto index = static_cast<std::uint32_t>(at - sheets.markKinds.begin());
    if (at == sheets.markKinds.end())
        sheets.markKinds.push_back({title, colour.name(QColor::HexArgb).toStdString(), shape});
    return index;
}

struct Sign {
    Hue hue;
    const char* shape;
};
Sign signOf(SheetUnitLook look) {
    switch (look) {
    case SheetUnitLook::free:
        return {Hue::free, "pentagon"};
    case SheetUnitLook::assigned:
        return {Hue::busy, "hexagon"};
    case SheetUnitLook::enRoute:
        return {Hue::enRoute, "filled_arrowhead"};
    case SheetUnitLook::onScene:
        return {Hue::onScene, "cross_fill"};
    case SheetUnitLook::away:
        return {Hue::lost, "half_square"};
    case SheetUnitLook::lost:
        break;
    }
    return {Hue::lost, "cross2"};
}

} // namespace

void addGround(Sheets& sheets, const layers::Areas& areas, const SheetGround& ground, const layers::Box& within) {
    auto all = areaLayers(areas, Theme::light); // paper is white
    std::vector<char> done(all.size(), 0);
    const auto add = [&](std::size_t i, const SheetStratum& as) {
        if (as.style)
            dress(all[i], *as.style);
        if (std::exchange(done[i], 1) || !ground.shown(all[i]) || all[i].opacity <= 0)
            return;
        const std::string title = ground.title(all[i]);
        auto classes = as.style ? sheetClasses(areas, all[i], *as.style, as.filter, title, within)
                                : std::vector<SheetAreas>();
        auto made = sheetAreas(areas, all[i], title, within, ground.filled && classes.empty());
        std::move(classes.begin(), classes.end(), std::back_inserter(sheets.layers));
        if (!ground.codes || (as.style && as.style->label.column == "-"))
            for (auto& shape : made.shapes)
                shape.label.clear();
        sheets.layers.push_back(std::move(made));
    };
    for (const SheetStratum& one : ground.order) {
        if (one.added) {
            for (auto& made : sheetFeatures(*one.added, within))
                sheets.layers.push_back(std::move(made));
            continue;
        }
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].kind == one.kind && all[i].exclusive == one.exclusive)
                add(i, one);
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        add(i, {});
}

void addTickets(Sheets& sheets, const std::vector<SheetTicket>& tickets, const layers::Box& within,
                const std::function<std::string(int)>& titleOfPriority) {
    static constexpr std::array shapes{"star", "triangle", "diamond", "square", "circle"};
    for (int priority = 1; priority <= 5; ++priority) // the legend's order
        for (const SheetTicket& one : tickets)
            if (std::clamp(one.priority, 1, 5) == priority && within.contains(one.at))
                sheets.marks.push_back({one.at.x, one.at.y, one.id,
                                        kindOf(sheets, titleOfPriority(priority), priorityColour(priority),
                                               shapes[std::size_t(priority - 1)])});
}

void addUnits(Sheets& sheets, std::vector<SheetUnit> units, const layers::Box& within) {
    std::erase_if(units, [&](const SheetUnit& one) {
        return !std::isfinite(one.at.x) || !std::isfinite(one.at.y) || !within.contains(one.at);
    });
    std::stable_sort(units.begin(), units.end(),
                     [](const SheetUnit& a, const SheetUnit& b) { return a.look < b.look; });
    constexpr std::size_t mostNamed = 300; // more names than a sheet has room for only take its time
    for (const SheetUnit& one : units) {
        const Sign sign = signOf(one.look);
        sheets.marks.push_back({one.at.x, one.at.y, units.size() > mostNamed ? std::string() : one.name,
                                kindOf(sheets, one.title, hueColour(sign.hue, Theme::light), sign.shape)});
    }
}

} // namespace vedette::map
