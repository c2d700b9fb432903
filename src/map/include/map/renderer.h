// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "map/theme.h"
#include "map/view.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <vector>

class QPainter;

namespace vedette::map {

class UnderNames;

// Rows of a picture as they will be, but for the names, which come when all is drawn.
struct FrameStrip {
    QImage image; // its own copy
    int top;      // pixels of the picture
};
// Who doesn't want to wait for a whole picture: `show` is given what is done whenever another `every` has passed, each
// strip once, on the caller's thread. Not asked where the last picture is only moved.
struct EarlyStrips {
    std::function<void(std::vector<FrameStrip>)> show{};
    std::chrono::milliseconds every{16}; // a picture of the screen
};

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
                  const std::atomic<bool>* cancel = nullptr, const EarlyStrips& early = {});
    // For a view that is only passed: half the pixels either way (the image says so by its ratio), no names. What
    // render() keeps for the next frame stays as it is.
    QImage renderRough(const Scene& scene, const View& view, const std::optional<Basemap>& basemap = {},
                       const std::atomic<bool>* cancel = nullptr);
    // Gives back the memory that only the next frame would need soon.
    void rest();
    // The names of the last picture, for marks that stand on them (names_give_way.h); null: there is none.
    std::shared_ptr<const UnderNames> names() const;
    // The overlay, on the GUI thread's painter or on an image.
    static void paintOverlay(QPainter& painter, const Overlay& overlay, const Scene& scene, const View& view,
                             double seconds);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Scene and overlay as one picture, without a window (needs a QGuiApplication for the fonts).
QImage renderToImage(const Scene& scene, const Overlay& overlay, const View& view,
                     const std::optional<Renderer::Basemap>& basemap = {});

} // namespace vedette::map
