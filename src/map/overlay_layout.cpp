// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay_layout.h"

#include "crowd.h"
#include "mark_image.h"
#include "overlay_painter.h"
#include "text_image.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vedette::map {

namespace {

constexpr double outside = 60;        // logical pixels: marks this far out of sight are still laid out
constexpr double footprint = 20 * 20; // of one mark with a little air, logical pixels squared
constexpr std::size_t mostLabels = 240, mostTried = 900;

bool isIncident(const Mark& mark) {
    return mark.shape == MarkShape::triangle;
}

// Squares of 2^k metres, 60 to 120 logical pixels wide.
double cellMetres(double metresPerPixel) {
    return std::exp2(std::ceil(std::log2(60 * metresPerPixel)));
}

struct Cell {
    std::int64_t x, y;
    bool incidents;
    friend bool operator==(const Cell&, const Cell&) = default;
};
struct CellHash {
    std::size_t operator()(const Cell& c) const {
        std::uint64_t h = std::uint64_t(c.x) * 0x9e3779b97f4a7c15ull + std::uint64_t(c.y) * 2 + c.incidents;
        return (h ^ (h >> 31)) * 0xbf58476d1ce4e5b9ull;
    }
};

void placeLabels(OverlayLayout& layout, const Overlay& overlay) {
    Crowd crowd;
    for (const auto& placed : layout.placed)
        crowd.add(placed.box().adjusted(2, 2, -2, -2));
    std::size_t tried = 0;
    for (auto at = layout.placed.rbegin(); at != layout.placed.rend(); ++at) {
        const Mark& mark = overlay.marks[at->mark];
        if (at->count > 1 || mark.label.isEmpty())
            continue;
        if (layout.labels.size() >= mostLabels || ++tried > mostTried)
            break;
        const QSizeF size = textSize(mark.label, labelLook(mark, Theme::dark));
        const double w = size.width(), h = size.height(), gap = mark.selected ? 18 : 11;
        const QPointF& p = at->at;
        const QPointF right(p.x() + gap, p.y() - h / 2);
        // The letters, not the halo, claim the room.
        const auto room = [&](QPointF corner) { return QRectF(corner, size).adjusted(2, 3, -2, -3); };
        bool found = false;
        for (const QPointF& corner :
             {right, QPointF(p.x() - gap - w, p.y() - h / 2), QPointF(p.x() - w / 2, p.y() - gap - h),
              QPointF(p.x() - w / 2, p.y() + gap)}) {
            if (!crowd.take(room(corner)))
                continue;
            layout.labels.push_back({corner, at->mark, size});
            found = true;
            break;
        }
        if (!found && mark.selected) { // what the operator chose is named whatever it covers
            crowd.add(room(right));
            layout.labels.push_back({right, at->mark, size});
        }
    }
}

} // namespace

QRectF OverlayLayout::Placed::box() const {
    const double r = count > 1 ? clusterRadius(count) : markRadius;
    return {at.x() - r, at.y() - r, 2 * r, 2 * r};
}

std::vector<std::uint32_t> OverlayLayout::at(QPointF pointer) const {
    std::vector<std::uint32_t> result;
    for (auto p = placed.rbegin(); p != placed.rend(); ++p) {
        if (!p->box().contains(pointer))
            continue;
        if (p->count == 1)
            result.push_back(p->mark);
        else
            result.insert(result.end(), members.begin() + p->first, members.begin() + p->first + p->count);
    }
    return result;
}

OverlayLayout layOut(const Overlay& overlay, const View& view) {
    OverlayLayout layout;
    const auto& marks = overlay.marks;
    const QRectF sight = QRectF(QPointF(), QSizeF(view.size)).adjusted(-outside, -outside, outside, outside);

    // Whole squares are gathered, sight or not: a crowd at the edge has the same count as in the middle.
    const double metres = cellMetres(view.metresPerPixel);
    const double across = metres / view.metresPerPixel;
    const auto crowded = std::uint32_t(std::max(4.0, 0.6 * across * across / footprint));
    const QRectF gather = sight.adjusted(-across, -across, across, across);
    std::unordered_map<Cell, std::vector<std::uint32_t>, CellHash> cells;
    std::vector<std::uint32_t> alone;
    for (std::uint32_t i = 0; i < marks.size(); ++i) {
        const Mark& mark = marks[i];
        const QPointF at = view.mapToView(mark.at);
        // QRectF finds that NaN lies inside of anything.
        if (!std::isfinite(at.x()) || !std::isfinite(at.y()) || !gather.contains(at))
            continue;
        if (!mark.cluster || mark.selected || mark.pulsing)
            alone.push_back(i);
        else
            cells[{std::int64_t(std::floor(mark.at.x / metres)), std::int64_t(std::floor(mark.at.y / metres)),
                   isIncident(mark)}]
                .push_back(i);
    }
    const auto higher = [&](std::uint32_t a, std::uint32_t b) {
        return marks[a].rank != marks[b].rank ? marks[a].rank > marks[b].rank : a < b;
    };
    for (auto& [cell, here] : cells) {
        if (here.size() < crowded) {
            alone.insert(alone.end(), here.begin(), here.end());
            continue;
        }
        std::sort(here.begin(), here.end(), higher);
        const auto other = cells.find({cell.x, cell.y, !cell.incidents});
        const bool both = other != cells.end() && other->second.size() >= crowded;
        layers::Point mean;
        double members = 0;
        const auto add = [&](const std::vector<std::uint32_t>& some) {
            for (const auto i : some)
                mean.x += marks[i].at.x, mean.y += marks[i].at.y, ++members;
        };
        add(here);
        if (both)
            add(other->second);
        mean.x /= members, mean.y /= members;
        // Kept away from the square's edge, two neighbouring counts don't cover each other.
        const auto inner = [metres](double v, std::int64_t square) {
            return std::clamp(v, (double(square) + 0.3) * metres, (double(square) + 0.7) * metres);
        };
        QPointF at = view.mapToView({inner(mean.x, cell.x), inner(mean.y, cell.y)});
        // Incidents and units of one square stand side by side.
        if (both)
            at.rx() += (cell.incidents ? -1 : 1) * clusterRadius(std::uint32_t(here.size()));
        if (sight.contains(at)) {
            layout.placed.push_back(
                {at, here.front(), std::uint32_t(layout.members.size()), std::uint32_t(here.size())});
            layout.members.insert(layout.members.end(), here.begin(), here.end());
        }
    }
    for (const auto i : alone)
        if (const QPointF at = view.mapToView(marks[i].at); sight.contains(at))
            layout.placed.push_back({at, i});

    // Counts lie below what stands alone; selected above all else.
    std::sort(layout.placed.begin(), layout.placed.end(), [&](const auto& a, const auto& b) {
        const bool crowdA = a.count > 1, crowdB = b.count > 1;
        if (crowdA != crowdB)
            return crowdA;
        if (marks[a.mark].selected != marks[b.mark].selected)
            return marks[b.mark].selected;
        return higher(b.mark, a.mark);
    });
    for (std::uint32_t i = 0; i < layout.placed.size(); ++i)
        if (marks[layout.placed[i].mark].pulsing && layout.placed[i].count == 1)
            layout.pulsing.push_back(i);
    placeLabels(layout, overlay);
    return layout;
}

} // namespace vedette::map
