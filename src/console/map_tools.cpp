// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/map_tools.h"

#include "console/map_page.h"
#include "console/measure_strip.h"
#include "console/road_strip.h"
#include "console/wording.h"
#include "layers/coordinates.h"
#include "layers/measure.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QShortcut>

#include <algorithm>
#include <cmath>

namespace vedette::console {

std::shared_ptr<const map::BasemapShift> basemapShift(const dispatch::City& city) {
    const layers::Datum datum = city.workspace.basemapDatum;
    if (datum != layers::Datum::gcj02 && datum != layers::Datum::bd09)
        return nullptr;
    return std::make_shared<map::BasemapShift>([crs = city.crs, datum](layers::Point at) {
        return crs.toWorking(layers::fromWgs84(crs.toLonLat(at), datum));
    });
}

MapTools::MapTools(Desk& desk, MapPage& map, QObject* parent) : QObject(parent), desk_(desk), map_(map) {
    map::Canvas& canvas = map_.canvas();
    canvas.setGroundScale(
        [crs = desk_.city().crs](layers::Point at) { return layers::groundMetres(crs, at); });
    const auto key = [&](const char* keys, auto&& deed) {
        auto* shortcut = new QShortcut(QKeySequence(QLatin1String(keys)), &canvas);
        shortcut->setObjectName(QStringLiteral("map key ") + QLatin1String(keys));
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, deed);
    };
    key("C", [this] { copyHere(); });
    key("Ctrl+C", [this] { copyHere(); });
    key("Shift+C", [this] { nextForm(); });
    key("M", [this] { measure(false); });
    key("Shift+M", [this] { measure(true); });
    key("G", [this] { emit goWanted(); });
}

void MapTools::goTo(layers::Point at) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y))
        return;
    map_.show(at, false);
    map_.canvas().flash(at);
}

bool MapTools::goTo(const QString& text) {
    const dispatch::City& city = desk_.city();
    const auto place = layers::readPlace(s(text), city.crs, city.areas.extent());
    const layers::Point at = place ? city.crs.toWorking(*place) : layers::Point{NAN, NAN};
    if (!std::isfinite(at.x) || !std::isfinite(at.y))
        return false;
    goTo(at);
    desk_.tell(coordinateWords(city, CoordinateForm::degrees, at));
    return true;
}

void MapTools::copy(CoordinateForm form, layers::Point at) {
    const QString text = coordinatePaste(desk_.city(), form, at);
    if (text.isEmpty())
        return desk_.tell(form == CoordinateForm::grid ? tr("that place is in no area")
                                                       : tr("that place has no degrees"),
                          Desk::Tone::refused);
    QApplication::clipboard()->setText(text);
    desk_.tell(tr("copied: %1").arg(text));
}

void MapTools::copyHere() {
    copy(map_.coordinateForm(), map_.canvas().underPointer().value_or(map_.canvas().view().centre));
}

void MapTools::nextForm() {
    const auto* const at = std::ranges::find(coordinateForms, map_.coordinateForm());
    const auto next = std::size_t(at - std::begin(coordinateForms) + 1) % std::size(coordinateForms);
    map_.setCoordinateForm(coordinateForms[next]);
    desk_.tell(tr("coordinates: %1").arg(formName(coordinateForms[next])));
}

void MapTools::measure(bool area, std::optional<layers::Point> first) {
    MeasureStrip& strip = map_.measureStrip();
    if (strip.active() && strip.area() == area && !first)
        return strip.end();
    map_.roadStrip().end();
    strip.begin(area, first);
}

void MapTools::addTo(QMenu& menu, layers::Point at) {
    QMenu* copies = menu.addMenu(tr("Copy coordinates"));
    copies->setObjectName(QStringLiteral("copyCoordinates"));
    for (const CoordinateForm form : coordinateForms)
        if (const QString text = coordinatePaste(desk_.city(), form, at); !text.isEmpty())
            connect(copies->addAction(text), &QAction::triggered, this, [this, form, at] { copy(form, at); });
    QMenu* reads = menu.addMenu(tr("Read coordinates as"));
    for (const CoordinateForm form : coordinateForms) {
        QAction* action = reads->addAction(formName(form));
        action->setCheckable(true);
        action->setChecked(form == map_.coordinateForm());
        connect(action, &QAction::triggered, this, [this, form] { map_.setCoordinateForm(form); });
    }
    connect(menu.addAction(tr("Measure from here")), &QAction::triggered, this,
            [this, at] { measure(false, at); });
    connect(menu.addAction(tr("Measure an area from here")), &QAction::triggered, this,
            [this, at] { measure(true, at); });
    menu.addSeparator();
    map::Canvas& canvas = map_.canvas();
    const auto toggle = [&](const QString& text, bool on, auto&& deed) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(on);
        connect(action, &QAction::triggered, this, deed);
    };
    toggle(tr("Overview map (O)"), canvas.overviewShown(),
           [&canvas](bool on) { canvas.setOverviewShown(on); });
    toggle(tr("Reduced motion"), canvas.reducedMotion(), [&canvas](bool on) { canvas.setReducedMotion(on); });
    if (!canvas.view().rotation.none())
        connect(menu.addAction(tr("North up (N)")), &QAction::triggered, this,
                [&canvas] { canvas.turnTo(map::Rotation()); });
}

} // namespace vedette::console
