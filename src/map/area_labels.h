// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "crowd.h"
#include "map/scene.h"
#include "under_names.h"

#include <QPainter>

#include <optional>
#include <unordered_set>
#include <vector>

namespace vedette::map {

// Where a polygon's name goes: the middle of the span through its pole of inaccessibility (area_pole.h) that is level on
// a screen where the map is turned so, and that span's width in metres. Where there is no pole, of the widest level span
// near its middle height.
struct LabelPlace {
    layers::Point at;
    double metresWide = 0;
};
LabelPlace labelPlace(const layers::Snapshot& snapshot, std::size_t feature, Rotation rotation = {});

// Names of areas that are near enough. A place belongs to the area, not to the window, and who yields to whom
// is decided by what stood before, layer, width and code, so names stand still while the map is panned: what stood
// stays as long as the scale and the layers stay.
class AreaLabels {
public:
    // What is painted over is added to `under`, the room that is taken to `taken`.
    void paint(QImage& frame, UnderNames& under, Crowd& taken, const Scene& scene, const View& view,
               const std::atomic<bool>* cancel);
    void forget() {
        known_.clear();
        outlines_.clear();
        stood_.clear();
    }
    // The areas whose names the last painting wrote.
    const std::unordered_set<layers::AreaIndex>& stood() const { return stood_; }

private:
    struct Known {
        std::optional<LabelPlace> place{};
        float wide = 0;               // of the name, logical pixels, roughly
        std::optional<QSizeF> size{}; // exactly
        std::optional<UnderNames::Room> room{}; // at the scale of roomsAt_
    };
    struct Outline {
        layers::Box box;
        std::uint8_t layer; // kind * 2 + exclusive
    };
    std::vector<Outline> outlines_; // by area: the areas themselves lie far apart in memory
    std::vector<Known> known_;      // by area; of views that are turned so:
    Rotation turned_;
    double roomsAt_ = 0; // metres per pixel
    std::unordered_set<layers::AreaIndex> stood_;
    View stoodIn_;
};

} // namespace vedette::map
