// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/theme.h"

#include <atomic>
#include <functional>

namespace vedette::map {

// A city looked at from above and aside, without perspective: lengths on a level are as true far away as near. Map
// space is turned about `centre`, squeezed by the tilt, heights stand upright.
struct TiltedView {
    layers::Point centre;
    double metresPerPixel = 20;
    double turn = 25;  // degrees the ground is turned clockwise; 0: north is away
    double tilt = 52;  // degrees from straight above, 0 to 80
    double metresUp = 1000; // height of a value at the end of the scale
    QSize size{800, 600};
    double devicePixelRatio = 1;

    QPointF toView(layers::Point p, double up = 0) const; // logical pixels
    double depth(layers::Point p) const;                  // larger is farther away
    TiltedView fitted(const layers::Box& box) const;      // the whole of it, with the tallest prism
    friend bool operator==(const TiltedView&, const TiltedView&) = default;
};

// Areas of one kind, or buildings, as prisms. An area is as high and as deep in colour as its value; a building is as
// high as its value in metres says, and has the colour of its tone where it has one. Immutable once made; any thread.
struct TiltedScene {
    Theme theme = Theme::dark;
    layers::Areas areas;
    struct Prism {
        static constexpr layers::AreaIndex nowhere = 0xffffffff;
        layers::AreaIndex area = nowhere; // itself, or the one a building stands in
        QString name;                     // of a building
        layers::Point middle;
        std::vector<std::vector<layers::Point>> rings; // outers, then their holes; not closed
        double value = 0; // never negative
        double tone = -1; // 0 to toneMax; negative: none
    };
    std::vector<Prism> prisms;
    double scaleMax = 1; // fixed: the value of full colour and `metresUp`; what lies above goes on growing to twice that
    double toneMax = 0;  // the tone of full colour; 0: colours are of the values
    QString title, unit; // above the legend, and what its figures are of
    QString upWords;     // "heights × %1" for heights in metres, said of how much they are drawn out; empty: none
};
// `values` by area; areas without one stand flat.
std::shared_ptr<const TiltedScene> tiltedScene(const layers::Areas& areas, layers::AreaKind kind,
                                               const std::vector<std::pair<layers::AreaIndex, double>>& values,
                                               double scaleMax, Theme theme);

// The column of a layer that says how high its polygons are, and metres for one of it: "height", "building:height",
// 高度, or storeys at three metres each. nullopt: there is none, or no polygon has a height above nothing.
struct HeightColumn {
    int field = 0;
    double metres = 1;
};
std::optional<HeightColumn> heightColumn(const layers::Snapshot& snapshot);
// Its polygons as buildings, at most `most` of them, the highest: `areaOf` names the area at a place (nowhere: none),
// `toneOf` an area's tone.
std::shared_ptr<const TiltedScene> tiltedBuildings(
    const layers::Areas& areas, const layers::Snapshot& snapshot, HeightColumn height,
    const std::function<layers::AreaIndex(layers::Point)>& areaOf,
    const std::function<double(layers::AreaIndex)>& toneOf, double toneMax, Theme theme, std::size_t most = 100'000);

// Drawn far to near, sides shaded by where they look, tops last, then the legend and north. `coarse`: without smooth
// edges and names, for while it is being turned; else the highest bear their names and values where there is room and
// nothing nearer hides them. Null when `cancel` became true. Any thread.
QImage renderTilted(const TiltedScene& scene, const TiltedView& view, bool coarse = false,
                    std::optional<layers::AreaIndex> chosen = {}, const std::atomic<bool>* cancel = nullptr);
// What is seen at a place of the picture: the nearest prism whose top or side covers it.
std::optional<layers::AreaIndex> tiltedAt(const TiltedScene& scene, const TiltedView& view, QPointF at);
// The same as an index into the prisms: buildings may stand in no area.
std::optional<std::size_t> tiltedPrismAt(const TiltedScene& scene, const TiltedView& view, QPointF at);
QString tiltedFigure(double value); // as the legend writes it

} // namespace vedette::map
