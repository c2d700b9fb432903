// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/theme.h"

#include <atomic>

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

// Areas of one kind as prisms, each as high and as deep in colour as its value. Immutable once made; any thread.
struct TiltedScene {
    Theme theme = Theme::dark;
    layers::Areas areas;
    struct Prism {
        layers::AreaIndex area = 0;
        layers::Point middle;
        std::vector<std::vector<layers::Point>> rings; // outers, then their holes; not closed
        double value = 0; // never negative
    };
    std::vector<Prism> prisms;
    double scaleMax = 1; // fixed: the value of full colour and `metresUp`; what lies above goes on growing to twice that
    QString title, unit; // above the legend, and what its figures are of
};
// `values` by area; areas without one stand flat.
std::shared_ptr<const TiltedScene> tiltedScene(const layers::Areas& areas, layers::AreaKind kind,
                                               const std::vector<std::pair<layers::AreaIndex, double>>& values,
                                               double scaleMax, Theme theme);

// Drawn far to near, sides shaded by where they look, tops last, then the legend and north. `coarse`: without smooth
// edges, for while it is being turned. Null when `cancel` became true. Any thread.
QImage renderTilted(const TiltedScene& scene, const TiltedView& view, bool coarse = false,
                    std::optional<layers::AreaIndex> chosen = {}, const std::atomic<bool>* cancel = nullptr);
// What is seen at a place of the picture: the nearest prism whose top or side covers it.
std::optional<layers::AreaIndex> tiltedAt(const TiltedScene& scene, const TiltedView& view, QPointF at);

} // namespace vedette::map
