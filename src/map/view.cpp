// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/view.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace vedette::map {

Rotation::Rotation(double degrees) {
    if (!std::isfinite(degrees))
        return;
    degrees_ = std::remainder(degrees, 360.0);
    if (degrees_ == -180)
        degrees_ = 180;
    if (degrees_ == 0)
        degrees_ = 0; // no negative zero
    if (std::fmod(degrees_, 90) == 0) {
        const int quarter = int(std::lround(degrees_ / 90)) & 3;
        constexpr double sines[] = {0, 1, 0, -1};
        sine_ = sines[quarter], cosine_ = sines[(quarter + 1) & 3];
    } else {
        sine_ = std::sin(degrees_ * std::numbers::pi / 180),
        cosine_ = std::cos(degrees_ * std::numbers::pi / 180);
    }
}

double Rotation::apart(Rotation other) const {
    return std::abs(std::remainder(degrees_ - other.degrees_, 360.0));
}

layers::Box View::extent(double margin) const {
    layers::Box box;
    const double right = size.width() + margin, bottom = size.height() + margin;
    box.add(viewToMap({-margin, -margin}));
    box.add(viewToMap({right, bottom}));
    if (!rotation.none()) {
        box.add(viewToMap({right, -margin}));
        box.add(viewToMap({-margin, bottom}));
    }
    return box;
}

bool View::sees(layers::Point p, double inset) const {
    const QPointF at = mapToView(p);
    return at.x() >= inset && at.y() >= inset && at.x() <= size.width() - inset &&
           at.y() <= size.height() - inset;
}

View View::zoomedAt(QPointF at, double factor) const {
    assert(factor > 0);
    View next = *this;
    next.metresPerPixel = metresPerPixel / factor;
    const QPointF from = rotation.back(at - middle());
    next.centre.x += from.x() * (metresPerPixel - next.metresPerPixel);
    next.centre.y -= from.y() * (metresPerPixel - next.metresPerPixel);
    return next;
}

View View::turnedAt(QPointF at, Rotation to) const {
    View next = *this;
    next.rotation = to;
    const QPointF moved = rotation.back(at - middle()) - to.back(at - middle());
    next.centre.x += moved.x() * metresPerPixel;
    next.centre.y -= moved.y() * metresPerPixel;
    return next;
}

View View::pannedBy(QPointF delta) const {
    View next = *this;
    const QPointF moved = rotation.back(delta);
    next.centre.x -= moved.x() * metresPerPixel;
    next.centre.y += moved.y() * metresPerPixel;
    return next;
}

View View::fitted(const layers::Box& box, double margin) const {
    if (box.empty() || size.isEmpty())
        return *this;
    View next = *this;
    next.centre = box.centre();
    const double inner = std::max(0.05, 1 - 2 * margin);
    const double s = std::abs(rotation.sine()), c = std::abs(rotation.cosine());
    const double wide = box.width() * c + box.height() * s, high = box.width() * s + box.height() * c;
    const double needed = std::max(wide / (size.width() * inner), high / (size.height() * inner));
    // A box that is one point keeps the scale: there is nothing to fit but the place.
    if (needed > 0)
        next.metresPerPixel = needed;
    return next;
}

View View::framed(const QRectF& part) const {
    View next = *this;
    next.centre = viewToMap(part.center());
    if (const double share = std::max(part.width() / size.width(), part.height() / size.height()); share > 0)
        next.metresPerPixel = metresPerPixel * share;
    return next;
}

QTransform View::placing(const View& from) const {
    const double scale = from.metresPerPixel / metresPerPixel;
    const QPointF to = mapToView(from.centre);
    QTransform placed;
    placed.translate(to.x(), to.y());
    // By numbers that are exact at quarter turns: QTransform::rotate works in floats of its own.
    const double degrees = rotation.degrees() - from.rotation.degrees();
    const Rotation turn(degrees);
    placed = QTransform(turn.cosine() * scale, turn.sine() * scale, -turn.sine() * scale,
                        turn.cosine() * scale, 0, 0) *
             placed;
    return QTransform::fromTranslate(-from.middle().x(), -from.middle().y()) * placed;
}

} // namespace vedette::map
