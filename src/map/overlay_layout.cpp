// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay_layout.h"

#include "label_places.h"

#include <algorithm>
#include <cmath>

namespace vedette::map {

namespace {

constexpr double outside = 160;       // logical pixels: marks this far out of sight are still laid out
constexpr double carried = 96; // how far a layout is moved: what then comes into sight stands beyond a label's length
constexpr double footprint = 23 * 23; // of one mark with a little air, logical pixels squared
constexpr double stays = 0.7;         // a crowd lasts down to this part of what makes one

// Squares of 2^k metres, 60 to 120 logical pixels wide.
double cellMetres(double metresPerPixel) {
    return std::exp2(std::ceil(std::log2(60 * metresPerPixel)));
}

// The squares that a view touches, in rows; each twice: units, incidents.
struct Squares {
    Squares(const View& view, const QRectF& sight) : metres(cellMetres(view.metresPerPixel)) {
        layers::Box box;
        for (const QPointF corner : {sight.topLeft(), sight.topRight(), sight.bottomLeft(), sight.bottomRight()})
            box.add(view.viewToMap(corner));
        x0 = std::floor(box.minX / metres), y0 = std::floor(box.minY / metres);
        columns = std::size_t(std::floor(box.maxX / metres) - x0) + 1;
        rows = std::size_t(std::floor(box.maxY / metres) - y0) + 1;
        inner = {x0 * metres, y0 * metres, (x0 + double(columns)) * metres, (y0 + double(rows)) * metres};
    }
    bool has(layers::Point p) const { // not NaN
        return p.x >= inner.minX && p.x < inner.maxX && p.y >= inner.minY && p.y < inner.maxY;
    }
    // Of a place that it has.
    std::uint32_t of(layers::Point p, bool incident) const {
        const auto column = std::min(columns - 1, std::size_t(wholeBelow(p.x / metres) - std::int64_t(x0)));
        const auto row = std::min(rows - 1, std::size_t(wholeBelow(p.y / metres) - std::int64_t(y0)));
        return std::uint32_t((row * columns + column) * 2 + incident);
    }
    // std::floor without a call.
    static std::int64_t wholeBelow(double value) {
        const auto cut = std::int64_t(value);
        return cut - (value < double(cut));
    }
    double column(std::size_t square) const { return x0 + double(square / 2 % columns); }
    double row(std::size_t square) const { return y0 + double(square / 2 / columns); }
    std::uint64_t key(std::size_t square) const { // whatever the view
        return (std::uint64_t(std::int64_t(row(square))) << 33) ^
               (std::uint64_t(std::uint32_t(std::int64_t(column(square)))) << 1) ^ (square & 1);
    }
    double metres, x0, y0;
    std::size_t columns, rows;
    layers::Box inner;
};

bool higher(const std::vector<Mark>& marks, std::uint32_t a, std::uint32_t b) {
    return marks[a].rank != marks[b].rank ? marks[a].rank > marks[b].rank : a < b;
}

// What is known of the marks of a square once all were seen.
struct Gathered {
    struct Part {
        QRgb colour;
        std::uint32_t count;
        int rank;
    };
    std::uint32_t count = 0, highest = 0;
    int rank = 0; // of the highest
    bool pulses = false;
    double x = 0, y = 0;     // sums
    std::vector<Part> parts; // by colour

    void add(const std::vector<Mark>& marks, std::uint32_t i) {
        const Mark& mark = marks[i];
        if (count++ == 0 || mark.rank > rank || (mark.rank == rank && i < highest))
            highest = i, rank = mark.rank;
        x += mark.at.x, y += mark.at.y;
        pulses = pulses || mark.pulsing;
        const QRgb colour = mark.colour.rgba();
        for (Part& part : parts)
            if (part.colour == colour) {
                ++part.count;
                part.rank = std::max(part.rank, mark.rank);
                return;
            }
        parts.push_back({colour, 1, mark.rank});
    }
};

Shares sharesOf(std::vector<Gathered::Part> parts) {
    using Part = Gathered::Part;
    std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
        return a.rank != b.rank ? a.rank > b.rank : a.colour < b.colour;
    });
    Shares shares;
    const std::size_t kinds = std::min(parts.size(), shares.colours.size());
    parts.resize(kinds);
    std::uint32_t all = 0;
    for (const Part& part : parts)
        all += part.count;
    int left = 8;
    for (std::size_t i = 0; i < kinds; ++i) { // each at least one, the rest to the largest
        shares.colours[i] = parts[i].colour;
        shares.eighths[i] = std::uint8_t(std::clamp(int(8.0 * parts[i].count / all), 1, 8));
        left -= shares.eighths[i];
    }
    for (; left != 0; left += left > 0 ? -1 : 1) {
        std::size_t most = 0;
        for (std::size_t i = 1; i < kinds; ++i)
            if (8.0 * parts[i].count / all - shares.eighths[i] * (left > 0 ? 1 : -1) >
                8.0 * parts[most].count / all - shares.eighths[most] * (left > 0 ? 1 : -1))
                most = i;
        shares.eighths[most] = std::uint8_t(int(shares.eighths[most]) + (left > 0 ? 1 : -1));
    }
    return shares;
}

} // namespace

bool OverlayLayout::moveTo(const View& to) {
    if (to == view)
        return true;
    if (to.metresPerPixel != view.metresPerPixel || to.rotation != view.rotation || to.size != view.size ||
        to.devicePixelRatio != view.devicePixelRatio)
        return false;
    const QPointF step = to.mapToView(view.centre) - view.mapToView(view.centre), all = moved + step;
    if (!(std::abs(all.x()) <= carried && std::abs(all.y()) <= carried))
        return false;
    for (Placed& one : placed)
        one.at += step;
    for (Label& label : labels)
        label.topLeft += step;
    moved = all;
    view = to;
    return true;
}

const OverlayLayout::Placed* OverlayLayout::crowdAt(QPointF pointer) const {
    for (auto p = placed.rbegin(); p != placed.rend(); ++p)
        if (p->box().contains(pointer))
            return p->count > 1 ? &*p : nullptr;
    return nullptr;
}

std::vector<std::uint32_t> OverlayLayout::at(QPointF pointer, const Overlay& overlay) const {
    std::vector<std::uint32_t> result;
    for (auto p = placed.rbegin(); p != placed.rend(); ++p) {
        if (!p->box().contains(pointer))
            continue;
        if (p->count == 1) {
            result.push_back(p->mark);
            continue;
        }
        const auto from = result.insert(result.end(), members.begin() + p->first, members.begin() + p->first + p->count);
        std::sort(from, result.end(), [&](auto a, auto b) { return higher(overlay.marks, a, b); });
    }
    return result;
}

OverlayLayout layOut(const Overlay& overlay, const View& view, const OverlayLayout* before) {
    OverlayLayout layout;
    layout.view = view, layout.revision = overlay.revision;
    const auto& marks = overlay.marks;
    const QRectF sight = QRectF(QPointF(), QSizeF(view.size)).adjusted(-outside, -outside, outside, outside);

    // Whole squares are gathered, sight or not: a crowd at the edge has the same count as in the middle.
    const Squares squares(view, sight);
    layout.cellMetres = squares.metres;
    const double across = squares.metres / view.metresPerPixel;
    const double enough = std::max(4.0, std::floor(0.6 * across * across / footprint));
    const bool sameSquares = before && before->cellMetres == squares.metres;
    // A crowd from `enough` on; what was one stays one a little longer.
    const auto isMany = [&](double count, std::size_t s, const std::vector<std::uint64_t>& were) {
        if (count >= enough || count < std::max(4.0, stays * enough))
            return count >= enough;
        return sameSquares && std::binary_search(were.begin(), were.end(), squares.key(s));
    };
    // What is needed of a mark is taken while it is looked at: there are many, and they are far apart in memory.
    std::vector<Gathered> squared(squares.columns * squares.rows * 2);
    std::vector<std::uint32_t> alone, gathered, square, eager, eagerIn(squared.size());
    const auto gather = [&](std::uint32_t i, std::uint32_t s) {
        gathered.push_back(i);
        square.push_back(s);
        squared[s].add(marks, i);
    };
    gathered.reserve(marks.size()), square.reserve(marks.size());
    for (std::uint32_t i = 0; i < marks.size(); ++i) {
        const Mark& mark = marks[i];
        if (!squares.has(mark.at))
            continue;
        const auto s = squares.of(mark.at, mark.incident());
        if (mark.selected || (!mark.cluster && mark.kind == Mark::Kind::byShape)) {
            alone.push_back(i);
        } else if (!mark.cluster || mark.pulsing) {
            eager.push_back(i);
            ++eagerIn[s];
        } else {
            gather(i, s);
        }
    }
    // Where those that ask to stand alone would cover each other, nobody could read them.
    for (std::size_t s = 0; s < eagerIn.size(); ++s)
        if (eagerIn[s] && isMany(eagerIn[s], s, before ? before->fullCells : layout.fullCells))
            layout.fullCells.push_back(squares.key(s));
        else
            eagerIn[s] = 0;
    std::sort(layout.fullCells.begin(), layout.fullCells.end());
    for (const auto i : eager)
        if (const auto s = squares.of(marks[i].at, marks[i].incident()); eagerIn[s])
            gather(i, s);
        else
            alone.push_back(i);

    std::vector<bool> isCrowd(squared.size());
    for (std::size_t s = 0; s < squared.size(); ++s)
        if (const auto count = squared[s].count;
            count && (isCrowd[s] = isMany(count, s, before ? before->crowdedCells : layout.crowdedCells)))
            layout.crowdedCells.push_back(squares.key(s));
    std::sort(layout.crowdedCells.begin(), layout.crowdedCells.end());
    constexpr auto nowhere = ~std::uint32_t(0);
    std::vector<std::uint32_t> next(squared.size(), nowhere); // where the next member of a square stands
    std::uint32_t members = 0;
    for (std::size_t s = 0; s < squared.size(); ++s) {
        if (!isCrowd[s])
            continue;
        const Gathered& here = squared[s];
        const bool incidents = s & 1, both = isCrowd[s ^ 1];
        layers::Point mean{here.x, here.y};
        double all = here.count;
        if (both)
            mean.x += squared[s ^ 1].x, mean.y += squared[s ^ 1].y, all += squared[s ^ 1].count;
        mean.x /= all, mean.y /= all;
        // Kept away from the square's edge, two neighbouring counts don't cover each other.
        const auto inner = [&](double v, double of) {
            return std::clamp(v, (of + 0.3) * squares.metres, (of + 0.7) * squares.metres);
        };
        QPointF at = view.mapToView({inner(mean.x, squares.column(s)), inner(mean.y, squares.row(s))});
        // Incidents and units of one square stand side by side.
        if (both)
            at.rx() += (incidents ? -1 : 1) * (clusterRadius(here.count) + 3);
        if (!sight.contains(at))
            continue;
        layout.placed.push_back(
            {at, here.highest, members, here.count, clusterRadius(here.count), sharesOf(here.parts), here.pulses});
        next[s] = members + 1; // the highest stands first
        members += here.count;
    }
    layout.members.resize(members);
    for (std::size_t i = 0; i < gathered.size(); ++i) {
        const auto s = square[i];
        if (!isCrowd[s])
            alone.push_back(gathered[i]);
        else if (next[s] != nowhere && gathered[i] != squared[s].highest)
            layout.members[next[s]++] = gathered[i];
    }
    for (const auto& placed : layout.placed)
        layout.members[placed.first] = placed.mark;
    for (const auto i : alone)
        if (const QPointF at = view.mapToView(marks[i].at); sight.contains(at))
            layout.placed.push_back({at, i, 0, 1, markRadius(marks[i]), {}, marks[i].pulsing});

    // Counts lie below what stands alone; what pulses above that, selected above all else.
    const auto height = [&](const OverlayLayout::Placed& p) {
        return p.count > 1 ? 0 : marks[p.mark].selected ? 3 : marks[p.mark].pulsing ? 2 : 1;
    };
    std::sort(layout.placed.begin(), layout.placed.end(), [&](const auto& a, const auto& b) {
        const int heightA = height(a), heightB = height(b);
        return heightA != heightB ? heightA < heightB : higher(marks, b.mark, a.mark);
    });
    for (std::uint32_t i = 0; i < layout.placed.size(); ++i)
        if (layout.placed[i].pulses)
            layout.pulsing.push_back(i);
    placeLabels(layout, overlay, before);
    return layout;
}

} // namespace vedette::map
