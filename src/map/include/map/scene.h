// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"
#include "layers/heat.h"
#include "layers/roads.h"
#include "map/feature_layer.h"

#include <QColor>
#include <QImage>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace vedette::map {

enum class Theme { dark, light, contrast };
// Light marks on a dark ground, or the other way round.
constexpr bool isDark(Theme theme) {
    return theme != Theme::light;
}

class SymbolSet;

struct AreaStyle {
    QColor fill, outline;
    double outlineWidth = 0.7;          // logical pixels
    double labelFromMetresPerPixel = 0; // labels appear when nearer than this; 0: never
};

// Areas filled each with a colour of its own, over the ground and below every line: what a figure says of them.
struct AreaTints {
    std::vector<std::pair<layers::AreaIndex, QColor>> areas;
};

// One layer drawn from memory below the live things, bottom first.
struct AreaLayer {
    QString name;
    layers::AreaKind kind = layers::AreaKind::grid;
    bool exclusive = false; // only the exclusive grids (grids otherwise exclude them)
    AreaStyle style;
    bool visible = true;
    double opacity = 1;
    ScaleRange range{};
    std::shared_ptr<const AreaTints> tints{}; // its areas by a column; null: none
};
struct LineLayer {
    std::vector<layers::Snapshot> lines;
    QColor colour;
    double width = 1;
    bool visible = true;
    double opacity = 1;
    ScaleRange range{};
};
struct HeatLayer {
    std::shared_ptr<const layers::HeatSurface> surface;
    double scaleMax = 6; // fixed: events/km2/day at full colour
    double opacity = 0.75;
    bool visible = false;
    ScaleRange range{};
};

// What is drawn in its turn above the ground (which is basemap and fills of the areas).
struct Piece {
    enum class Kind { tints, roads, heat, area, feature } kind = Kind::tints;
    std::size_t index = 0; // of an area layer or a feature layer
    friend bool operator==(const Piece&, const Piece&) = default;
};

// Everything a frame is drawn from. Immutable once handed over; `revision` grows with each change.
struct Scene {
    std::uint64_t revision = 0;
    Theme theme = Theme::dark;
    layers::Areas areas;
    std::vector<AreaLayer> areaLayers;
    LineLayer roads; // drawn when there is no basemap
    HeatLayer heat;
    std::shared_ptr<const AreaTints> tints; // null: none
    std::vector<FeatureLayer> features;     // what a person has added, bottom first
    std::vector<Piece> order; // bottom first, each at most once; empty: tints, roads, heat, area lines, features
    double basemapOpacity = 1;
    ScaleRange basemapRange{}, tintsRange{};
};

// The live things, drawn over every frame from an immutable snapshot.
enum class MarkShape {
    triangle,
    square,
    triangleRight,
    diamond,
    filledSquare,
    hexagon,
    dottedCircle,
    circle,
    cross
};
// What the layout asks of each mark in each frame lies in one line of the processor's cache; the texts behind it.
struct alignas(64) Mark {
    layers::Point at;
    QColor colour;
    MarkShape shape = MarkShape::circle;
    int rank = 0; // higher is drawn later and keeps its label
    bool selected = false, pulsing = false,
         cluster = true; // cluster: may be merged into a count when crowded
    // Marks gather with their like; byShape: triangles are incidents, the rest units.
    enum class Kind : std::uint8_t { byShape, unit, incident } kind = Kind::byShape;
    std::uint16_t symbol = 0; // in the overlay's SymbolSet; 0: the shape alone
    QString letter; // inside the shape, e.g. the priority
    QString label;  // beside it; placed when there is room
    QString id;     // "T1042", "U0322"
    bool incident() const {
        return kind == Kind::incident || (kind == Kind::byShape && shape == MarkShape::triangle);
    }
};
struct Trail {
    std::vector<layers::Point> points;
    QColor colour;
    double width = 3;
    bool dashed = false;
    // A pattern of its own beside the colour: bars across, beads along it.
    enum class Pattern { plain, barred, beaded } pattern = Pattern::plain;
    // A track: how old each point is, 0 now to 1 as old as is shown. Older is fainter and thinner. Empty: a line
    // of one strength.
    std::vector<float> ages{};
};
struct Overlay {
    std::uint64_t revision = 0;
    std::vector<Mark> marks;
    std::vector<Trail> trails;
    std::shared_ptr<const SymbolSet> symbols; // null: none
    std::optional<layers::AreaIndex> selectedArea;
};

} // namespace vedette::map
