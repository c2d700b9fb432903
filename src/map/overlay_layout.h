// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/mark_image.h"
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
        double radius = 11;
        Shares shares{};     // of a crowd
        bool pulses = false; // a crowd does when one of its members does
        QRectF box() const { return {at.x() - radius, at.y() - radius, 2 * radius, 2 * radius}; }
    };
    enum class Side : std::uint8_t { right, left, above, below, rightUp, rightDown };
    struct Label {
        QPointF topLeft;
        std::uint32_t mark;
        QSizeF size;
        Side side = Side::right;
    };
    std::vector<Placed> placed;
    std::vector<std::uint32_t> members; // of each crowd, the highest rank first, the others in no order
    std::vector<Label> labels;
    std::vector<std::uint32_t> pulsing; // in placed; a crowd pulses when one of its members does

    // What it was made from: the next layout lets stand what stood.
    View view;
    std::uint64_t revision = 0;
    double cellMetres = 0;
    std::vector<std::uint64_t> crowdedCells; // ascending
    std::vector<std::uint64_t> fullCells;    // of marks that asked to stand alone; ascending
    std::vector<QString> labelled;           // ids, one for each label

    QPointF moved; // logical pixels since it was laid out

    // Follows a view that is only panned, while no mark that isn't laid out comes near the window. False: it is to be
    // laid out anew, and unchanged. The overlay is still the one it was made of.
    bool moveTo(const View& to);
    // Marks under the pointer, topmost first; a crowd gives all its members, highest rank first.
    std::vector<std::uint32_t> at(QPointF pointer, const Overlay& overlay) const;
    // The topmost crowd under the pointer; null: none.
    const Placed* crowdAt(QPointF pointer) const;
};

// Marks gather in squares of the map, not of the window, so that panning changes no crowd; a crowd lasts until it is
// clearly none any more, so that it doesn't flicker as units come and go. A selected mark always stands alone;
// incidents and units that pulse or ask not to be gathered do until they would cover each other. Labels go right,
// left, above or below: the selected first, then those that stood in `before` where they stood, then the highest
// rank; where there is no room they are left out. No two overlap. While the map is only panned every label of
// `before` whose mark is laid out stays.
OverlayLayout layOut(const Overlay& overlay, const View& view, const OverlayLayout* before = nullptr);

} // namespace vedette::map
