// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"

#include <QFont>

#include <optional>
#include <string_view>

namespace vedette::map {

// The map's colours, once for canvas, legend, printed picture and tables. Status hues are Okabe and Ito's
// (colour-blind safe); shape or letter always says the same again.
struct Palette {
    QColor ground, ink, halo, note, noteEdge; // ink: label text; halo: around it; note: ground of small notes
    QColor quiet;                             // scale bar, coordinates
    QColor selection;
    QColor symbolFill, symbolEdge; // inside of outlined symbols, edge of filled ones
};
const Palette& palette(Theme theme);

QColor groundColour(Theme theme);
// The heat ramp, one for map, legend and export: 0..1 -> colour with alpha; clamped outside.
QColor heatColour(double fraction, Theme theme);
// "dark", "light", "contrast".
QString toString(Theme theme);
std::optional<Theme> themeOf(const QString& name);

// The hues that say something, by what they say.
enum class Hue {
    free,
    enRoute,
    onScene,
    busy,
    lost,
    priority1,
    priority2,
    priority3,
    priority4,
    alarm,
    accent
};
QColor hueColour(Hue hue, Theme theme);
std::optional<Hue> hueOf(std::string_view name); // as a rule file spells it: "enroute", "priority1"

// Priority 1 (most urgent) to 4.
QColor priorityColour(int priority);
enum class UnitLook { free, enRoute, onScene, busy, lost };
QColor unitColour(UnitLook look);
MarkShape unitShape(UnitLook look);

AreaStyle areaStyle(layers::AreaKind kind, bool exclusive, Theme theme);
QColor roadColour(Theme theme);
// The layers that `areas` has, bottom first, in the theme's style: grids, exclusive grids, communities, ...,
// city, beats, stations, bureaux. Communities, townships and exclusive grids start invisible.
std::vector<AreaLayer> areaLayers(const layers::Areas& areas, Theme theme);

// Inter, then Noto Sans CJK SC. `pixels` may be fractional: use it on devices of 96 dpi.
QFont mapFont(double pixels, QFont::Weight weight = QFont::Normal);

} // namespace vedette::map
