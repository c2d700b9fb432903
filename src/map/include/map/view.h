// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <QPointF>
#include <QSize>

namespace vedette::map {

// Three spaces. Map: working metres, y up (layers::Point). View: logical pixels of the canvas, y down, origin
// top left. Screen: view times the device pixel ratio. What is looked at: a value, compared and kept in a
// history; the widget only shows it.
struct View {
    layers::Point centre;
    double metresPerPixel = 10;
    QSize size{800, 600}; // logical pixels
    double devicePixelRatio = 1;

    QPointF mapToView(layers::Point p) const {
        return {(p.x - centre.x) / metresPerPixel + size.width() / 2.0,
                (centre.y - p.y) / metresPerPixel + size.height() / 2.0};
    }
    layers::Point viewToMap(QPointF p) const {
        return {centre.x + (p.x() - size.width() / 2.0) * metresPerPixel,
                centre.y - (p.y() - size.height() / 2.0) * metresPerPixel};
    }
    layers::Box extent() const;
    View zoomedAt(QPointF at,
                  double factor) const; // the map point under `at` stays there; factor 2 = twice as near
    View pannedBy(QPointF delta) const; // the map follows the pointer
    View fitted(const layers::Box& box, double margin = 0.05) const;
    friend bool operator==(const View&, const View&) = default;
};

} // namespace vedette::map
