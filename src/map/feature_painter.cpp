// SPDX-License-Identifier: GPL-3.0-or-later
#include "feature_painter.h"

#include "line_stroke.h"
#include "map/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace vedette::map {

namespace {

QColor colourOf(layers::Argb argb, double opacity) {
    QColor colour = QColor::fromRgba(argb);
    colour.setAlphaF(float(colour.alphaF() * std::clamp(opacity, 0.0, 1.0)));
    return colour;
}

// The features of a layer that touch the strip, class by class.
template <class Each>
void eachInReach(const FeatureLook& look, const FeatureShapes& shapes, const Band& band, double margin,
                 const Each& each) {
    const layers::Box reach = band.reach(margin);
    shapes.runs().touching(reach, [&](std::size_t begin, std::size_t end) {
        for (std::size_t feature = begin; feature < std::min(end, look.classOf.size()); ++feature)
            if (look.classOf[feature] < look.style.classes.size() && look.snapshot.box(feature).intersects(reach))
                each(feature, look.classOf[feature]);
        return !band.cancelled();
    });
}

// Which side of the strip a vertex is beyond, a bit each; 0: near it.
int beyond(QPointF at, const Band& band) {
    constexpr double near = 64; // pixels, more than any line is wide
    return (at.x() < -near ? 1 : 0) | (at.x() > band.width + near ? 2 : 0) | (at.y() < -near ? 4 : 0) |
           (at.y() > band.height + near ? 8 : 0);
}

// What stands for more vertices than a strip has room to show is told apart by no eye, but would keep QPainter busy
// for minutes: such a line is simplified further.
float toleranceFor(std::span<const float> strays, float tolerance) {
    constexpr std::ptrdiff_t most = 100'000;
    while (std::count_if(strays.begin(), strays.end(), [&](float stray) { return stray > tolerance; }) > most) {
        float least = std::numeric_limits<float>::infinity(); // infinite ones stay whatever the tolerance
        for (const float stray : strays)
            if (stray > tolerance)
                least = std::min(least, stray);
        if (!std::isfinite(least))
            break;
        tolerance = std::max(2 * tolerance, least);
    }
    return tolerance;
}

// Far points are brought near, so that what QPainter is handed stays within what it can count. Of a run that is out of
// sight on one side all the while, only the ends are kept: neither fill nor line can tell.
void append(QPolygonF& line, const Band& band, std::span<const layers::Point> points,
            std::span<const float> strays) {
    float tolerance = float(strayPixels * band.metresPerScreenPixel());
    if (points.size() > 100'000)
        tolerance = toleranceFor(strays, tolerance);
    int before = 0, last = 0; // sides of the two vertices written last
    for (std::size_t i = 0; i < points.size(); ++i)
        if (strays[i] > tolerance) {
            const QPointF at = band.mapToScreen(points[i]);
            if (!std::isfinite(at.x()) || !std::isfinite(at.y()))
                continue;
            const int side = beyond(at, band);
            const QPointF near(std::clamp(at.x(), -1e6, 1e6), std::clamp(at.y(), -1e6, 1e6));
            if (line.size() > 1 && (before & last & side)) {
                line.back() = near;
                last = side;
                continue;
            }
            line.append(near);
            before = last, last = side;
        }
}

QPainterPath pathOf(const FeatureLook& look, const Band& band, const FeatureShapes& shapes,
                    std::size_t feature) {
    QPainterPath path; // odd-even: holes stay open
    QPolygonF ring;
    for (std::size_t part = 0; part < look.snapshot.partCount(feature); ++part) {
        const auto points = look.snapshot.part(feature, part).points;
        ring.clear();
        append(ring, band, points, shapes.strays(feature, part, points.size()));
        path.addPolygon(ring);
        path.closeSubpath();
    }
    return path;
}

void fillPolygons(QImage& strip, const Band& band, const FeatureLook& look, const FeatureShapes& shapes,
                  double opacity) {
    QPainter painter(&strip);
    painter.setPen(Qt::NoPen);
    const double pixel = band.metresPerScreenPixel();
    eachInReach(look, shapes, band, 2, [&](std::size_t feature, std::uint16_t index) {
        if (look.snapshot.shape(feature) != layers::Shape::polygon)
            return;
        const auto& one = look.style.classes[index];
        const QColor fill = colourOf(one.fill, opacity);
        const layers::Box box = look.snapshot.box(feature);
        if (box.width() < 1.5 * pixel && box.height() < 1.5 * pixel) {
            const QPointF at = band.mapToScreen(box.centre());
            painter.fillRect(QRectF(std::floor(at.x()), std::floor(at.y()), 2, 2),
                             colourOf(one.outline, opacity));
            return;
        }
        if (fill.alpha() == 0)
            return;
        // Neighbours meet without a seam under a border line; without one the edge itself is smoothed.
        painter.setRenderHint(QPainter::Antialiasing, one.width <= 0 || (one.outline >> 24) == 0);
        painter.fillPath(pathOf(look, band, shapes, feature), fill);
    });
}

void strokeLines(QImage& strip, Masks& masks, const Band& band, const FeatureLook& look,
                 const FeatureShapes& shapes, double opacity, std::size_t index) {
    const auto& one = look.style.classes[index];
    const double width = one.width * band.view.devicePixelRatio;
    if (!(width > 0) || (one.outline >> 24) == 0)
        return;
    LineStroke stroke(strip, masks, colourOf(one.outline, opacity), width);
    QPolygonF line;
    eachInReach(look, shapes, band, width + 1, [&](std::size_t feature, std::uint16_t of) {
        const layers::Shape shape = look.snapshot.shape(feature);
        if (of != index || (shape != layers::Shape::polygon && shape != layers::Shape::line))
            return;
        for (std::size_t part = 0; part < look.snapshot.partCount(feature); ++part) {
            const auto points = look.snapshot.part(feature, part).points;
            line.clear();
            append(line, band, points, shapes.strays(feature, part, points.size()));
            stroke.draw(line);
        }
    });
}

// A marker drawn once and stamped: an outline a point would be dear for a hundred thousand of them.
QImage stampOf(const layers::StyleClass& one, double opacity, double ratio) {
    const int side = int(std::ceil((one.size + one.width + 3) * ratio)) | 1;
    QImage stamp(side, side, QImage::Format_ARGB32_Premultiplied);
    stamp.fill(Qt::transparent);
    QPainter painter(&stamp);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(side / 2.0, side / 2.0);
    painter.scale(ratio, ratio);
    drawMarker(painter, one.marker, one.size, colourOf(one.fill, opacity), colourOf(one.outline, opacity),
               one.width);
    return stamp;
}

void stampPoints(QImage& strip, const Band& band, const FeatureLook& look, const FeatureShapes& shapes,
                 double opacity) {
    std::vector<QImage> stamps(look.style.classes.size());
    double widest = 0;
    for (const auto& one : look.style.classes)
        widest = std::max(widest, one.size + one.width + 4);
    QPainter painter(&strip);
    eachInReach(look, shapes, band, widest * band.view.devicePixelRatio,
                [&](std::size_t feature, std::uint16_t index) {
                    if (look.snapshot.shape(feature) != layers::Shape::point)
                        return;
                    QImage& stamp = stamps[index];
                    if (stamp.isNull())
                        stamp = stampOf(look.style.classes[index], opacity, band.view.devicePixelRatio);
                    for (std::size_t part = 0; part < look.snapshot.partCount(feature); ++part)
                        for (const layers::Point point : look.snapshot.part(feature, part).points) {
                            const QPointF at = band.mapToScreen(point);
                            if (std::abs(at.x()) < 1e6 && std::abs(at.y()) < 1e6)
                                painter.drawImage(QPoint(int(std::floor(at.x())) - stamp.width() / 2,
                                                         int(std::floor(at.y())) - stamp.height() / 2),
                                                  stamp);
                        }
                });
}

} // namespace

void drawMarker(QPainter& painter, layers::Marker marker, double size, QColor fill, QColor outline,
                double width) {
    const double r = size / 2;
    painter.setBrush(fill);
    painter.setPen(width > 0 && outline.alpha() > 0 ? QPen(outline, width) : QPen(Qt::NoPen));
    QPolygonF shape;
    switch (marker) {
    case layers::Marker::circle:
        painter.drawEllipse(QPointF(0, 0), r, r);
        return;
    case layers::Marker::square:
        painter.drawRect(QRectF(-r, -r, size, size));
        return;
    case layers::Marker::triangle:
        shape << QPointF(0, -r) << QPointF(r, r) << QPointF(-r, r);
        break;
    case layers::Marker::diamond:
        shape << QPointF(0, -r) << QPointF(r, 0) << QPointF(0, r) << QPointF(-r, 0);
        break;
    case layers::Marker::star:
        for (int i = 0; i < 10; ++i) {
            const double angle = M_PI * (i / 5.0 - 0.5), reach = i % 2 ? r * 0.45 : r;
            shape << QPointF(reach * std::cos(angle), reach * std::sin(angle));
        }
        break;
    case layers::Marker::cross:
        painter.setPen(QPen(outline.alpha() > 0 ? outline : fill, std::max(width, 1.0)));
        painter.drawLine(QPointF(-r, 0), QPointF(r, 0));
        painter.drawLine(QPointF(0, -r), QPointF(0, r));
        return;
    }
    painter.drawPolygon(shape);
}

void paintFeatures(QImage& strip, Masks& masks, const Band& band, const FeatureLayer& layer,
                   const FeatureShapes& shapes) {
    const FeatureLook& look = *layer.look;
    const double opacity = layer.opacity;
    if (opacity <= 0)
        return;
    fillPolygons(strip, band, look, shapes, opacity);
    for (std::size_t index = 0; index < look.style.classes.size() && !band.cancelled(); ++index)
        strokeLines(strip, masks, band, look, shapes, opacity, index);
    if (!band.cancelled())
        stampPoints(strip, band, look, shapes, opacity);
}

void paintSelected(QImage& strip, Masks& masks, const Band& band, const FeatureLayer& layer,
                   const FeatureShapes& shapes, Theme theme) {
    if (!layer.selected || layer.selected->empty())
        return;
    const FeatureLook& look = *layer.look;
    const QColor colour = palette(theme).selection;
    const double ratio = band.view.devicePixelRatio;
    const layers::Box reach = band.reach(20 * ratio);
    LineStroke stroke(strip, masks, colour, 3 * ratio);
    QPolygonF line;
    for (const std::uint32_t feature : *layer.selected) {
        if (feature >= look.snapshot.size() || !look.snapshot.box(feature).intersects(reach))
            continue;
        if (band.cancelled())
            return;
        const layers::Shape shape = look.snapshot.shape(feature);
        for (std::size_t part = 0; part < look.snapshot.partCount(feature); ++part) {
            const auto points = look.snapshot.part(feature, part).points;
            if (shape != layers::Shape::point) {
                line.clear();
                append(line, band, points, shapes.strays(feature, part, points.size()));
                stroke.draw(line);
                continue;
            }
            const std::uint16_t of = look.classOf[feature];
            const double r =
                ((of < look.style.classes.size() ? look.style.classes[of].size : 8) / 2 + 4) * ratio;
            for (const layers::Point point : points) {
                const QPointF at = band.mapToScreen(point);
                line.clear();
                if (!(std::abs(at.x()) < 1e6 && std::abs(at.y()) < 1e6))
                    continue;
                for (int i = 0; i <= 24; ++i)
                    line.append(at + r * QPointF(std::cos(i * M_PI / 12), std::sin(i * M_PI / 12)));
                stroke.draw(line);
            }
        }
    }
}

} // namespace vedette::map
