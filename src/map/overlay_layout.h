// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "map/view.h"

#include <QPointF>
#include <QRectF>

namespace vedette::map {

// Where the overlay's marks stand in one view: alone or gathered into counts, bottom first. In logical
// pixels.
struct OverlayLayout {
    struct Placed {
        QPointF at;
        std::uint32_t mark;                 // the highest in rank when it stands for several
        std::uint32_t first = 0, count = 1; // in members when count > 1
        QRectF box() const;
    };
    struct Label {
        QPointF topLeft;
        std::uint32_t mark;
        QSizeF size;
    };
    std::vector<Placed> placed;
    std::vector<std::uint32_t> members; // of each crowd, highest rank first
    std::vector<Label> labels;
    std::vector<std::uint32_t> pulsing; // in placed

    // Marks under the pointer, topmost first; a crowd gives all its members.
    std::vector<std::uint32_t> at(QPointF pointer) const;
};

// Marks gather in squares of the map, not of the window, so that panning changes no crowd. Selected, pulsing
// and unclustered marks always stand alone. Labels go right, left, above or below, the highest rank first,
// and are left out where there is no room.
OverlayLayout layOut(const Overlay& overlay, const View& view);

} // namespace vedette::map
