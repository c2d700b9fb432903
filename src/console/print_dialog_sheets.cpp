// SPDX-License-Identifier: GPL-3.0-or-later
// What of the map stands on a sheet: its layers in their order, and the marks of tickets and units.
#include "console/board.h"
#include "console/print_dialog.h"
#include "console/wording.h"
#include "map/sheet_areas.h"
#include "map/sheet_features.h"
#include "map/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace vedette::console {

namespace {

// Shapes that no ticket has: a sheet may be printed in black and white.
struct UnitSign {
    map::Hue hue;
    const char* shape;
};
UnitSign signOf(const UnitRow& row) {
    using Status = dispatch::UnitStatus;
    if (row.lost())
        return {map::Hue::lost, "cross2"};
    switch (row.status) {
    case Status::free:
        return {map::Hue::free, "pentagon"};
    case Status::assigned:
        return {map::Hue::busy, "hexagon"};
    case Status::enroute:
        return {map::Hue::enRoute, "filled_arrowhead"};
    case Status::onscene:
        return {map::Hue::onScene, "cross_fill"};
    default:
        return {map::Hue::lost, "half_square"};
    }
}

} // namespace

void PrintDialog::addGround(map::Sheets& sheets, const layers::Box& shown) const {
    const dispatch::City& city = desk_.city();
    const auto atlas = layers::areaKind(s(what_->currentData().toString()));
    if (heat_->isChecked() && heat_->isEnabled()) {
        map::HeatLayer heat = scene_->heat;
        heat.visible = true;
        sheets.image = map::sheetHeat(heat, shown);
        if (!sheets.image.png.empty())
            sheets.layers = map::sheetHeatLegend(heat, s(tr("Risk")), [](double value) {
                return s(tr("%1 /km²/day").arg(QLocale::c().toString(value, 'g', 3)));
            });
    }
    const auto areas = map::areaLayers(city.areas, map::Theme::light);
    std::vector<char> done(areas.size(), 0);
    const auto addAreas = [&](std::size_t i) {
        const map::AreaLayer& layer = areas[i];
        if (std::exchange(done[i], 1) ||
            (!visible_.contains(layer.name) && !(atlas && layer.kind == *atlas)))
            return;
        auto made = map::sheetAreas(city.areas, layer,
                                    s(layer.exclusive ? tr("Exclusive grids") : Words::areaKind(layer.kind)), shown,
                                    !basemap_->isChecked() && sheets.image.png.empty());
        if (!codes_->isChecked())
            for (auto& shape : made.shapes)
                shape.label.clear();
        sheets.layers.push_back(std::move(made));
    };
    // In the map's order; what that doesn't know lies on top.
    using Kind = map::Piece::Kind;
    for (const map::Piece& piece : scene_->order)
        if (piece.kind == Kind::area) {
            const map::AreaLayer& meant = scene_->areaLayers[piece.index];
            for (std::size_t i = 0; i < areas.size(); ++i)
                if (areas[i].kind == meant.kind && areas[i].exclusive == meant.exclusive)
                    addAreas(i);
        } else if (piece.kind == Kind::feature && added_->isChecked()) {
            for (auto& one : map::sheetFeatures(scene_->features[piece.index], shown))
                sheets.layers.push_back(std::move(one));
        }
    for (std::size_t i = 0; i < areas.size(); ++i)
        addAreas(i);
}

void PrintDialog::addMarks(map::Sheets& sheets, const layers::Box& shown) const {
    // Kinds stand in the legend, so only those that are there.
    std::map<std::pair<std::string, std::string>, std::uint32_t> kinds; // by shape and title
    const auto kindOf = [&](std::string title, const QColor& colour, const char* shape) {
        const auto [at, fresh] =
            kinds.emplace(std::pair(std::string(shape), title), static_cast<std::uint32_t>(sheets.markKinds.size()));
        if (fresh)
            sheets.markKinds.push_back({std::move(title), s(colour.name(QColor::HexArgb)), shape});
        return at->second;
    };
    if (tickets_->isChecked()) {
        static constexpr const char* shapes[] = {"star", "triangle", "diamond", "square", "circle"};
        std::array<bool, 5> there{};
        const auto priorityOf = [](const QueueRow& row) { return std::clamp(row.priority, 1, 5); };
        for (const QueueRow& row : desk_.board().queue)
            if (shown.contains(row.at))
                there[std::size_t(priorityOf(row) - 1)] = true;
        for (int priority = 1; priority <= 5; ++priority)
            if (there[std::size_t(priority - 1)])
                kindOf(s(tr("Priority %1").arg(priority)), map::priorityColour(priority), shapes[priority - 1]);
        for (const QueueRow& row : desk_.board().queue)
            if (shown.contains(row.at)) {
                const int priority = priorityOf(row);
                sheets.marks.push_back({row.at.x, row.at.y, toString(row.id),
                                        kindOf(s(tr("Priority %1").arg(priority)), map::priorityColour(priority),
                                               shapes[priority - 1])});
            }
    }
    if (!units_->isChecked() || !units_->isEnabled())
        return;
    std::vector<const UnitRow*> rows;
    for (const UnitRow& row : desk_.board().units)
        if (row.where.basis != dispatch::PositionBasis::none && std::isfinite(row.where.at.x) &&
            shown.contains(row.where.at))
            rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(),
                     [](const UnitRow* a, const UnitRow* b) { return a->status < b->status; });
    constexpr std::size_t mostNamed = 300; // more names than a sheet has room for only take its time
    for (const UnitRow* row : rows) {
        const UnitSign sign = signOf(*row);
        const std::uint32_t kind = kindOf(s(row->lost() ? tr("position lost") : Words::status(row->status)),
                                          map::hueColour(sign.hue, map::Theme::light), sign.shape);
        const std::string name = rows.size() > mostNamed ? std::string()
                                 : row->facts->name.empty() ? row->id().text
                                                             : row->facts->name;
        sheets.marks.push_back({row->where.at.x, row->where.at.y, name, kind});
    }
}

} // namespace vedette::console
