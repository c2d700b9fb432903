// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay_painter.h"

#include "crowd.h"
#include "map/theme.h"
#include "map/mark_image.h"

#include <QPainterPath>

#include <cmath>

namespace vedette::map {

namespace {

constexpr double shortestStep = 0.8; // logical pixels between two drawn vertices

void appendLine(QPainterPath& path, std::span<const layers::Point> points, const View& view) {
    QPointF last;
    const int before = path.elementCount();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF at = view.mapToView(points[i]);
        if (!std::isfinite(at.x()) || !std::isfinite(at.y()))
            continue;
        const bool end = i + 1 == points.size();
        if (path.elementCount() == before)
            path.moveTo(last = at);
        else if (end || std::abs(at.x() - last.x()) + std::abs(at.y() - last.y()) >= shortestStep)
            path.lineTo(last = at);
    }
}

// Where a box of the map lies in the view, however that is turned.
QRectF placeOf(const layers::Box& box, const View& view) {
    const QPolygonF corners{view.mapToView({box.minX, box.minY}), view.mapToView({box.maxX, box.minY}),
                            view.mapToView({box.maxX, box.maxY}), view.mapToView({box.minX, box.maxY})};
    return corners.boundingRect();
}

// With all that is painted beside its line.
QRectF placeOf(const Trail& trail, const View& view) {
    layers::Box box;
    for (const layers::Point point : trail.points)
        if (std::isfinite(point.x) && std::isfinite(point.y))
            box.add(point);
    const double around = 2 * trail.width + 4;
    return box.empty() ? QRectF() : placeOf(box, view).adjusted(-around, -around, around, around);
}

void paintSelectedArea(QPainter& painter, const Scene& scene, layers::AreaIndex index, const View& view) {
    const auto& area = scene.areas[index];
    const auto& snapshot = scene.areas.layers()[area.source].snapshot;
    QPainterPath path;
    for (std::size_t part = 0; part < snapshot.partCount(area.feature); ++part)
        appendLine(path, snapshot.part(area.feature, part).points, view);
    const Palette& colours = palette(scene.theme);
    QColor wash = colours.selection;
    wash.setAlphaF(0.07f);
    painter.fillPath(path, wash);
    painter.strokePath(path, QPen(colours.halo, 4.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.strokePath(path, QPen(colours.selection, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

// Where somebody was: the older, the fainter and thinner, in as many steps as the eye tells apart.
void paintTrack(QPainter& painter, const Trail& trail, const Palette& colours, const View& view) {
    constexpr int steps = 8;
    const auto stepOf = [&](std::size_t i) { return std::clamp(int(trail.ages[i] * steps), 0, steps - 1); };
    for (std::size_t i = 1; i < trail.points.size();) { // runs of one step
        const std::size_t from = i - 1;
        const int step = stepOf(i);
        while (i < trail.points.size() && stepOf(i) == step)
            ++i;
        QPainterPath path;
        appendLine(path, std::span(trail.points).subspan(from, i - from), view);
        const double age = (step + 0.5) / steps, width = trail.width * (1 - 0.5 * age);
        QColor colour = trail.colour, halo = colours.halo;
        colour.setAlphaF(float(1 - 0.65 * age));
        halo.setAlphaF(float(0.8 - 0.6 * age));
        painter.strokePath(path, QPen(halo, width + 2.4, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        painter.strokePath(path, QPen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    }
}

void paintTrail(QPainter& painter, const Trail& trail, const Palette& colours, const View& view) {
    if (trail.ages.size() == trail.points.size())
        return paintTrack(painter, trail, colours, view);
    QPainterPath path;
    appendLine(path, trail.points, view);
    painter.strokePath(path,
                       QPen(colours.halo, trail.width + 2.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPen pen(trail.colour, trail.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (trail.dashed) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({3, 1.8});
    }
    painter.strokePath(path, pen);
    if (trail.pattern == Trail::Pattern::plain)
        return;
    const bool barred = trail.pattern == Trail::Pattern::barred;
    const double across = trail.width * (barred ? 3.4 : 2.4);
    QPen over(trail.colour, across, Qt::SolidLine, barred ? Qt::FlatCap : Qt::RoundCap, Qt::RoundJoin);
    over.setDashPattern(barred ? QList<qreal>{trail.width * 0.9 / across, 12 / across}
                               : QList<qreal>{0.01, 16 / across});
    over.setDashOffset(-6 / across);
    painter.strokePath(path, over);
}

void drawCentred(QPainter& painter, QPointF at, const QImage& image, double ratio) {
    const QSizeF size = QSizeF(image.size()) / ratio;
    painter.drawImage(snapped(at - QPointF(size.width() / 2, size.height() / 2), ratio), image);
}

} // namespace

TextLook labelLook(const Mark& mark, Theme theme) {
    const Palette& colours = palette(theme);
    return {11.5, mark.selected ? QFont::DemiBold : QFont::Normal, colours.ink, colours.halo};
}

bool paintOverlay(QPainter& painter, const OverlayLayout& layout, const Overlay& overlay, const Scene& scene,
                  const View& view, double seconds, std::chrono::nanoseconds* budget) {
    const Palette& colours = palette(scene.theme);
    const double ratio = view.devicePixelRatio;
    const QRegion clip = painter.hasClipping() ? painter.clipRegion() : QRegion(QRect(QPoint(), view.size));
    const QRectF bounds(clip.boundingRect());
    const auto seen = [&](const QRectF& rect) {
        return rect.bottom() > bounds.top() && rect.top() < bounds.bottom() && clip.intersects(rect.toAlignedRect());
    };
    painter.setRenderHint(QPainter::Antialiasing);

    if (overlay.selectedArea && *overlay.selectedArea < scene.areas.size() &&
        seen(placeOf(scene.areas[*overlay.selectedArea].box, view).adjusted(-3, -3, 3, 3)))
        paintSelectedArea(painter, scene, *overlay.selectedArea, view);
    for (const Trail& trail : overlay.trails)
        if (trail.points.size() > 1 && seen(placeOf(trail, view)))
            paintTrail(painter, trail, colours, view);

    const double phase = std::fmod(seconds / pulseSeconds, 1.0);
    for (const auto i : layout.pulsing) {
        const auto& placed = layout.placed[i];
        const QRectF rect(placed.at.x() - pulseRadius, placed.at.y() - pulseRadius, 2 * pulseRadius,
                          2 * pulseRadius);
        if (seen(rect))
            drawCentred(painter, placed.at, pulseImage(overlay.marks[placed.mark].colour, phase, ratio),
                        ratio);
    }
    for (const auto& placed : layout.placed) {
        const Mark& mark = overlay.marks[placed.mark];
        if (!seen(placed.box().adjusted(-10, -10, 10, 10)))
            continue;
        if (placed.count == 1) {
            drawCentred(painter, placed.at, markImage(mark, overlay.symbols.get(), scene.theme, ratio), ratio);
            continue;
        }
        const QImage shares = sharesImage(placed.shares, placed.count, mark.incident(), scene.theme, ratio);
        if (mark.incident()) // the ring lies below the badge, the bar above the box
            drawCentred(painter, placed.at, shares, ratio);
        drawCentred(painter, placed.at,
                    clusterImage(placed.count, mark.incident(), mark.colour, mark.letter, scene.theme, ratio), ratio);
        if (!mark.incident())
            drawCentred(painter, placed.at, shares, ratio);
    }
    bool all = true;
    for (const auto& label : layout.labels) {
        if (!seen(QRectF(label.topLeft, label.size)))
            continue;
        const Mark& mark = overlay.marks[label.mark];
        const TextLook look = labelLook(mark, scene.theme);
        const bool dear = budget && !isKept(mark.label, look, ratio);
        if (dear && budget->count() <= 0) {
            all = false;
            continue;
        }
        const auto begun = dear ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point();
        painter.drawImage(snapped(label.topLeft, ratio), textImage(mark.label, look, ratio).image);
        if (dear)
            *budget -= std::chrono::steady_clock::now() - begun;
    }
    return all;
}

} // namespace vedette::map
