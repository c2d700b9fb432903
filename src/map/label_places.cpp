// SPDX-License-Identifier: GPL-3.0-or-later
#include "label_places.h"

#include "crowd.h"
#include "overlay_painter.h"
#include "text_image.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace vedette::map {

namespace {

using Side = OverlayLayout::Side;
constexpr std::size_t mostLabels = 240, mostTried = 900;

QPointF cornerAt(Side side, QPointF at, double gap, QSizeF size) {
    const double w = size.width(), h = size.height();
    switch (side) {
    case Side::left:
        return {at.x() - gap - w, at.y() - h / 2};
    case Side::above:
        return {at.x() - w / 2, at.y() - gap - h};
    case Side::below:
        return {at.x() - w / 2, at.y() + gap};
    case Side::rightUp:
        return {at.x() + gap, at.y() - h * 1.5};
    case Side::rightDown:
        return {at.x() + gap, at.y() + h / 2};
    case Side::right:
        break;
    }
    return {at.x() + gap, at.y() - h / 2};
}

// The letters, not the halo, claim the room.
QRectF letters(QPointF corner, QSizeF size) {
    return QRectF(corner, size).adjusted(2, 3, -2, -3);
}

struct Placing {
    OverlayLayout& layout;
    const Overlay& overlay;
    Crowd labels{}, marks{};

    void put(const OverlayLayout::Placed& placed, Side side, QSizeF size) {
        const Mark& mark = overlay.marks[placed.mark];
        const QPointF corner = cornerAt(side, placed.at, gap(mark), size);
        labels.add(letters(corner, size));
        layout.labels.push_back({corner, placed.mark, size, side});
        layout.labelled.push_back(mark.id);
    }
    double gap(const Mark& mark) const {
        return markRadius(mark) + (mark.selected ? 7 : mark.symbol && !mark.letter.isEmpty() ? 3 : 0);
    }
    // `overMarks`: it may cover marks, never another label.
    bool tryAt(const OverlayLayout::Placed& placed, Side side, QSizeF size, bool overMarks) {
        const QRectF room = letters(cornerAt(side, placed.at, gap(overlay.marks[placed.mark]), size), size);
        if (!labels.isFree(room) || (!overMarks && !marks.isFree(room)))
            return false;
        put(placed, side, size);
        return true;
    }
};

} // namespace

bool isPan(const View& from, const View& to) {
    const layers::Point a = from.centre;
    const double far = 1000 * from.metresPerPixel;
    QPointF shift;
    for (const layers::Point p : {a, layers::Point{a.x + far, a.y}, layers::Point{a.x, a.y + far}}) {
        const QPointF moved = to.mapToView(p) - from.mapToView(p);
        if (p == a)
            shift = moved;
        else if (const QPointF off = moved - shift; std::abs(off.x()) + std::abs(off.y()) > 1e-6)
            return false;
    }
    return true;
}

void placeLabels(OverlayLayout& layout, const Overlay& overlay, const OverlayLayout* before) {
    Placing placing{layout, overlay};
    for (const auto& placed : layout.placed)
        placing.marks.add(placed.box().adjusted(2, 2, -2, -2));
    QHash<QString, Side> stood;
    if (before)
        for (std::size_t i = 0; i < before->labels.size(); ++i)
            if (!before->labelled[i].isEmpty())
                stood.insert(before->labelled[i], before->labels[i].side);
    const bool panned = before && before->revision == overlay.revision && isPan(before->view, layout.view);

    const auto look = [&](const OverlayLayout::Placed& placed) {
        const Mark& mark = overlay.marks[placed.mark];
        return textSize(mark.label, labelLook(mark, Theme::dark));
    };
    // Topmost first, which is the order of rank.
    std::vector<const OverlayLayout::Placed*> selected, standing, others;
    std::vector<Side> sides;
    for (auto at = layout.placed.rbegin(); at != layout.placed.rend(); ++at) {
        const Mark& mark = overlay.marks[at->mark];
        if (at->count > 1 || mark.label.isEmpty())
            continue;
        const auto was = stood.isEmpty() ? stood.constEnd() : stood.constFind(mark.id);
        if (panned && was != stood.constEnd()) { // moved with the map: it was free there, and is
            placing.put(*at, *was, look(*at));
        } else if (mark.selected) {
            selected.push_back(&*at);
        } else if (was != stood.constEnd()) {
            standing.push_back(&*at);
            sides.push_back(*was);
        } else if (others.size() < mostTried) {
            others.push_back(&*at);
        }
    }
    for (const auto* placed : selected) {
        const QSizeF size = look(*placed);
        const auto was = stood.constFind(overlay.marks[placed->mark].id);
        bool found = was != stood.constEnd() && placing.tryAt(*placed, *was, size, false);
        for (const bool overMarks : {false, true}) // what the operator chose is named whatever mark it covers
            for (const Side side :
                 {Side::right, Side::left, Side::above, Side::below, Side::rightUp, Side::rightDown})
                found = found || placing.tryAt(*placed, side, size, overMarks);
    }
    std::vector<const OverlayLayout::Placed*> moved; // may still find another side
    for (std::size_t i = 0; i < standing.size(); ++i)
        if (!placing.tryAt(*standing[i], sides[i], look(*standing[i]), false))
            moved.push_back(standing[i]);
    moved.insert(moved.end(), others.begin(), others.end());
    for (const auto* placed : moved) {
        if (layout.labels.size() >= mostLabels)
            break;
        const QSizeF size = look(*placed);
        for (const Side side : {Side::right, Side::left, Side::above, Side::below})
            if (placing.tryAt(*placed, side, size, false))
                break;
    }
}

} // namespace vedette::map
