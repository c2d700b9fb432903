// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_painter.h"

#include "line_stroke.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace vedette::map {

namespace {

// Band::mapToScreen, its divisions made once.
struct Projection {
    explicit Projection(const Band& band)
        : scale(1 / band.metresPerScreenPixel()), rotation(band.view.rotation),
          corner(band.screenToMap({0, 0})), tolerance(float(strayPixels * band.metresPerScreenPixel())) {}
    QPointF operator()(layers::Point p) const {
        return rotation.turn({(p.x - corner.x) * scale, (corner.y - p.y) * scale});
    }
    double scale;
    Rotation rotation;
    layers::Point corner;
    float tolerance;
};

void appendSimplified(QPolygonF& line, const Projection& to, const Borders& borders,
                      const Borders::Arc& arc) {
    const auto points = borders.points(arc);
    const auto strays = borders.strays(arc);
    for (std::size_t i = 0; i < points.size(); ++i)
        if (strays[i] > to.tolerance)
            line.append(to(points[i]));
}

// On which sides of another a box lies that doesn't touch it.
unsigned sidesOf(const layers::Box& box, const layers::Box& of) {
    return unsigned(box.maxX < of.minX) | unsigned(box.minX > of.maxX) << 1 | unsigned(box.maxY < of.minY) << 2 |
           unsigned(box.minY > of.maxY) << 3;
}

// Keeps what lies on one side of a straight line (Sutherland and Hodgman 1974).
template <class Inside, class Crossing>
void cutTo(QPolygonF& ring, QPolygonF& into, const Inside& inside, const Crossing& crossing) {
    into.clear();
    for (qsizetype i = 0; i < ring.size(); ++i) {
        const QPointF a = ring[i ? i - 1 : ring.size() - 1], b = ring[i];
        if (inside(a) != inside(b))
            into.append(crossing(a, b));
        if (inside(b))
            into.append(b);
    }
    ring.swap(into);
}

// What the ring winds around inside the window stays as it is. QPainter cuts paths that reach far out by
// intersecting them as paths, which for a city's outline seen from near was most of the frame.
void cutToWindow(QPolygonF& ring, QPolygonF& scratch, const QRectF& window) {
    if (window.contains(ring.boundingRect()))
        return;
    const auto atX = [](double x) {
        return [x](QPointF a, QPointF b) {
            return QPointF(x, a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x()));
        };
    };
    const auto atY = [](double y) {
        return [y](QPointF a, QPointF b) {
            return QPointF(a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()), y);
        };
    };
    cutTo(
        ring, scratch, [&](QPointF p) { return p.x() >= window.left(); }, atX(window.left()));
    cutTo(
        ring, scratch, [&](QPointF p) { return p.x() <= window.right(); }, atX(window.right()));
    cutTo(
        ring, scratch, [&](QPointF p) { return p.y() >= window.top(); }, atY(window.top()));
    cutTo(
        ring, scratch, [&](QPointF p) { return p.y() <= window.bottom(); }, atY(window.bottom()));
}

// Typical distance between border lines, in screen pixels: area of the layer's box over the length of its
// arcs' boxes' diagonals would be dear; the count of arcs tells the same for a partition.
double spacing(const Band& band, const Borders& borders) {
    if (borders.arcs().empty())
        return 0;
    const double metres =
        std::sqrt(borders.box().width() * borders.box().height() * 3 / double(borders.arcs().size()));
    return metres / band.view.metresPerPixel; // a partition has about three borders for each area
}

} // namespace

Borders bordersOf(const layers::Areas& areas, layers::AreaKind kind, bool exclusive) {
    std::vector<std::span<const layers::Point>> rings;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto& area = areas[layers::AreaIndex(i)];
        if (area.kind != kind || area.exclusive != exclusive)
            continue;
        const auto& snapshot = areas.layers()[area.source].snapshot;
        for (std::size_t part = 0; part < snapshot.partCount(area.feature); ++part)
            rings.push_back(snapshot.part(area.feature, part).points);
    }
    return Borders::of(rings);
}

void fillAreas(QImage& strip, Masks& masks, const Band& band, const Borders& borders, QColor colour) {
    const layers::Box reach = band.reach(2);
    const Projection to(band);
    FillMask& mask = masks.fills;
    mask.begin(strip.width(), strip.height());
    QPolygonF ring, backwards;
    for (const auto& loop : borders.outline()) {
        if (!loop.box.intersects(reach))
            continue;
        if (band.cancelled())
            break;
        ring.clear();
        unsigned beside = 0; // sides of what is in sight on which all since the last arc in sight lies
        for (const auto& step : loop.steps) {
            const auto& arc = borders.arcs()[step.arc];
            const auto points = borders.points(arc);
            if (!arc.box.intersects(reach)) {
                // What stays on one side is the same seen from here as its chord.
                const unsigned sides = sidesOf(arc.box, reach);
                if (beside & sides)
                    ring.removeLast();
                else
                    ring.append(to(step.backwards ? points.back() : points.front()));
                ring.append(to(step.backwards ? points.front() : points.back()));
                beside = beside & sides ? beside & sides : sides;
                continue;
            }
            beside = 0;
            if (!step.backwards) {
                appendSimplified(ring, to, borders, arc);
                continue;
            }
            backwards.clear();
            appendSimplified(backwards, to, borders, arc);
            std::reverse(backwards.begin(), backwards.end());
            ring += backwards;
        }
        cutToWindow(ring, backwards, QRectF(-4, -4, band.width + 8, band.height + 8));
        mask.add({ring.constData(), std::size_t(ring.size())});
    }
    mask.lay(strip, colour);
}

void tintAreas(QPainter& painter, const Band& band, const layers::Areas& areas, const AreaTints& tints) {
    const layers::Box reach = band.reach(2);
    const Projection to(band);
    const QRectF window(-4, -4, band.width + 8, band.height + 8);
    constexpr double near = 0.7; // pixels: what two neighbours leave out of a shared line is hidden by the line
    QPolygonF ring, scratch;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    for (const auto& [index, colour] : tints.areas) {
        const layers::Area& area = areas[index];
        if (!area.box.intersects(reach))
            continue;
        if (band.cancelled())
            break;
        const auto& snapshot = areas.layers()[area.source].snapshot;
        QPainterPath path; // odd-even: holes stay open
        for (std::size_t part = 0; part < snapshot.partCount(area.feature); ++part) {
            ring.clear();
            for (const layers::Point point : snapshot.part(area.feature, part).points)
                if (const QPointF at = to(point);
                    ring.isEmpty() || (at - ring.back()).manhattanLength() > near)
                    ring.append(at);
            if (cutToWindow(ring, scratch, window); !ring.isEmpty()) {
                path.addPolygon(ring);
                path.closeSubpath();
            }
        }
        painter.fillPath(path, colour);
    }
    painter.restore();
}

void strokeAreas(QImage& strip, Masks& masks, const Band& band, const Borders& borders, QColor colour,
                 double widthLogical) {
    const double apart = spacing(band, borders);
    const double shown = std::clamp((apart - 2.5) / 7.0, 0.18, 1.0);
    colour.setAlphaF(float(colour.alphaF() * shown));
    const double width = widthLogical * band.view.devicePixelRatio;
    const layers::Box reach = band.reach(width + 1);
    const Projection to(band);
    LineStroke stroke(strip, masks, colour, width);
    QPolygonF line;
    const auto arcs = borders.arcs();
    borders.runs().touching(reach, [&](std::size_t begin, std::size_t end) {
        for (const auto& arc : arcs.subspan(begin, end - begin)) {
            if (!arc.box.intersects(reach))
                continue;
            line.clear();
            appendSimplified(line, to, borders, arc);
            stroke.draw(line);
        }
        return !band.cancelled();
    });
}

} // namespace vedette::map
