// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/view.h"

#include <QPointF>

#include <atomic>

namespace vedette::map {

// A part of the frame, drawn by one thread. Screen space: pixels of the device, origin at the part's top
// left.
struct Band {
    View view;
    int left = 0, top = 0, width = 0, height = 0; // screen pixels of the frame
    const std::atomic<bool>* cancel = nullptr;

    bool cancelled() const { return cancel && cancel->load(std::memory_order_relaxed); }
    double metresPerScreenPixel() const { return view.metresPerPixel / view.devicePixelRatio; }
    QPointF mapToScreen(layers::Point p) const {
        const QPointF at = view.mapToView(p) * view.devicePixelRatio;
        return {at.x() - left, at.y() - top};
    }
    layers::Point screenToMap(QPointF at) const {
        return view.viewToMap(QPointF(at.x() + left, at.y() + top) / view.devicePixelRatio);
    }
    // The part of the map that can touch the part when drawn with `margin` screen pixels around.
    layers::Box reach(double margin) const {
        layers::Box box;
        box.add(screenToMap({-margin, -margin}));
        box.add(screenToMap({width + margin, height + margin}));
        if (!view.rotation.none()) {
            box.add(screenToMap({width + margin, -margin}));
            box.add(screenToMap({-margin, height + margin}));
        }
        return box;
    }
};

// Vertices that would move the line by less than this many screen pixels are left out.
constexpr double strayPixels = 0.35;

} // namespace vedette::map
