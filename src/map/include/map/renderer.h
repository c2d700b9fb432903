// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "map/view.h"

#include <atomic>

namespace vedette::map {

// Draws the scene (areas, roads, heat; not the overlay) to pixels. Pure apart from its caches of projected,
// simplified geometry; call it from a worker thread. Returns a null image when `cancel` became true.
// `basemap` lies under everything when its view is given; null: the theme's ground colour and the road layer.
class Renderer {
public:
    Renderer();
    ~Renderer();
    struct Basemap {
        QImage image;
        View view;
    };
    QImage render(const Scene& scene, const View& view, const std::optional<Basemap>& basemap = {},
                  const std::atomic<bool>* cancel = nullptr);
    // The overlay, on the GUI thread's painter or on an image.
    static void paintOverlay(QPainter& painter, const Overlay& overlay, const Scene& scene, const View& view,
                             double seconds);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// The heat ramp, one for map, legend and export: 0..1 -> colour with alpha.
QColor heatColour(double fraction, Theme theme);
QColor groundColour(Theme theme);

} // namespace vedette::map
