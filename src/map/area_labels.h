// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "map/scene.h"

#include <QPainter>

#include <unordered_map>

namespace vedette::map {

// Where a polygon's name goes: the middle of the widest span near its middle height that is level on a screen
// where the map is turned so, and that span's width in metres.
struct LabelPlace {
    layers::Point at;
    double metresWide = 0;
};
LabelPlace labelPlace(const layers::Snapshot& snapshot, std::size_t feature, Rotation rotation = {});

// Names of areas that are near enough. A place belongs to the area, not to the window, and who yields to whom
// is decided by layer, width and code, so names stand still while the map is panned.
class AreaLabels {
public:
    // The frame is detached only when there is a name to write.
    void paint(QImage& frame, const Scene& scene, const View& view, const std::atomic<bool>* cancel);
    void forget() { places_.clear(); }

private:
    std::unordered_map<layers::AreaIndex, LabelPlace> places_; // of views that are turned so:
    Rotation turned_;
};

} // namespace vedette::map
