// SPDX-License-Identifier: GPL-3.0-or-later
// What of the map stands on a sheet: its layers in their order, and the marks of tickets and units.
#include "console/board.h"
#include "console/layer_book.h"
#include "console/print_dialog.h"
#include "console/wording.h"
#include "map/sheet_content.h"
#include "map/sheet_features.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLocale>

namespace vedette::console {

namespace {

map::SheetUnitLook lookOf(const UnitRow& row) {
    using Look = map::SheetUnitLook;
    using Status = dispatch::UnitStatus;
    return row.lost()                      ? Look::lost
           : row.status == Status::free     ? Look::free
           : row.status == Status::assigned ? Look::assigned
           : row.status == Status::enroute  ? Look::enRoute
           : row.status == Status::onscene  ? Look::onScene
                                            : Look::away;
}

} // namespace

void PrintDialog::addGround(map::Sheets& sheets, const layers::Box& shown) const {
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
    map::SheetGround ground;
    using Kind = map::Piece::Kind;
    for (const map::Piece& piece : scene_->order)
        if (piece.kind == Kind::area) {
            const map::AreaLayer& areas = scene_->areaLayers[piece.index];
            ground.order.push_back({nullptr, areas.kind, areas.exclusive});
            if (const BookLayer* own = book_.layer(areas.exclusive ? QStringLiteral("exclusive")
                                                                   : q(layers::toString(areas.kind)));
                own && own->styled)
                ground.order.back().style = own->style, ground.order.back().filter = own->kept.filter;
        } else if (piece.kind == Kind::feature && added_->isChecked()) {
            ground.order.push_back({&scene_->features[piece.index]});
        }
    ground.shown = [&](const map::AreaLayer& layer) {
        return visible_.contains(layer.name) || (atlas && layer.kind == *atlas);
    };
    ground.title = [](const map::AreaLayer& layer) {
        return s(layer.exclusive ? tr("Exclusive grids") : Words::areaKind(layer.kind));
    };
    ground.filled = !basemap_->isChecked() && sheets.image.png.empty();
    ground.codes = codes_->isChecked();
    map::addGround(sheets, desk_.city().areas, ground, shown);
}

void PrintDialog::addMarks(map::Sheets& sheets, const layers::Box& shown) const {
    if (tickets_->isChecked()) {
        std::vector<map::SheetTicket> tickets;
        for (const QueueRow& row : desk_.board().queue)
            tickets.push_back({row.at, toString(row.id), row.priority});
        map::addTickets(sheets, tickets, shown, [](int priority) { return s(tr("Priority %1").arg(priority)); });
    }
    if (!units_->isChecked() || !units_->isEnabled())
        return;
    std::vector<map::SheetUnit> units;
    for (const UnitRow& row : desk_.board().units)
        if (row.where.basis != dispatch::PositionBasis::none)
            units.push_back({row.where.at, row.facts->name.empty() ? row.id().text : row.facts->name,
                             s(row.lost() ? tr("position lost") : Words::status(row.status)), lookOf(row)});
    map::addUnits(sheets, std::move(units), shown);
}

} // namespace vedette::console
