// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QTransform>

namespace vedette::map {

// By how much the map is turned on the screen, clockwise: at 90 degrees north points to the right. Kept in
// (-180, 180] with its sine and cosine, which are exact at quarter turns.
class Rotation {
public:
    Rotation() = default;
    explicit Rotation(double degrees); // any finite number; anything else is none
    double degrees() const { return degrees_; }
    double sine() const { return sine_; }
    double cosine() const { return cosine_; }
    bool none() const { return degrees_ == 0; }
    Rotation turnedBy(double degrees) const { return Rotation(degrees_ + degrees); }
    // The shorter way from this one to the other, degrees in [0, 180].
    double apart(Rotation other) const;
    // Vectors with y down, as on the screen.
    QPointF turn(QPointF v) const {
        return {v.x() * cosine_ - v.y() * sine_, v.x() * sine_ + v.y() * cosine_};
    }
    QPointF back(QPointF v) const {
        return {v.x() * cosine_ + v.y() * sine_, v.y() * cosine_ - v.x() * sine_};
    }
    friend bool operator==(const Rotation& a, const Rotation& b) { return a.degrees_ == b.degrees_; }

private:
    double degrees_ = 0, sine_ = 0, cosine_ = 1;
};

// Three spaces. Map: working metres, y up (layers::Point). View: logical pixels of the canvas, y down, origin
// top left, the map turned about the middle. Screen: view times the device pixel ratio. What is looked at: a
// value, compared and kept in a history; the widget only shows it.
struct View {
    layers::Point centre;
    double metresPerPixel = 10;
    QSize size{800, 600}; // logical pixels
    double devicePixelRatio = 1;
    Rotation rotation{};

    QPointF middle() const { return {size.width() / 2.0, size.height() / 2.0}; }
    QPointF mapToView(layers::Point p) const {
        return rotation.turn({(p.x - centre.x) / metresPerPixel, (centre.y - p.y) / metresPerPixel}) +
               middle();
    }
    layers::Point viewToMap(QPointF p) const {
        const QPointF from = rotation.back(p - middle());
        return {centre.x + from.x() * metresPerPixel, centre.y - from.y() * metresPerPixel};
    }
    // The box around what is seen and `margin` logical pixels about it; of a turned view its corners are out
    // of sight.
    layers::Box extent(double margin = 0) const;
    // Whether the point is in sight, at least `inset` logical pixels from the edge.
    bool sees(layers::Point p, double inset = 0) const;
    View zoomedAt(QPointF at,
                  double factor) const; // the map point under `at` stays there; factor 2 = twice as near
    View turnedAt(QPointF at, Rotation to) const; // the map point under `at` stays there
    View pannedBy(QPointF delta) const;           // the map follows the pointer
    View fitted(const layers::Box& box, double margin = 0.05) const;
    View framed(const QRectF& part) const; // the part of this view that the next one shows whole
    // Takes a picture of `from`'s view, in its logical pixels, to where it belongs in this view.
    QTransform placing(const View& from) const;
    friend bool operator==(const View&, const View&) = default;
};

} // namespace vedette::map
