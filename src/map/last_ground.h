// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/renderer.h"

#include <QPoint>
#include <QRect>

#include <optional>
#include <vector>

namespace vedette::map {

// The last picture below the names, with what it was drawn from: when only the view has moved by whole pixels
// it is scrolled instead of drawn.
class LastGround {
public:
    QImage frame; // with the names; null until there is one for what is kept

    // How far (screen pixels, the picture's own direction) the kept picture must move to be the one asked
    // for; nothing: it must be drawn anew.
    std::optional<QPoint> moved(const Scene& scene, const View& view,
                                const std::optional<Renderer::Basemap>& basemap, QSize size) const;
    // A copy, moved; what it leaves bare holds anything.
    QImage scrolled(QPoint by) const;
    void keep(const QImage& ground, const Scene& scene, const View& view,
              const std::optional<Renderer::Basemap>& basemap);

private:
    QImage ground_;
    Scene scene_;
    View view_;
    qint64 basemapImage_ = 0;
    View basemapView_;
};

// What a picture of this size leaves bare when it moves: at most two rectangles.
std::vector<QRect> bared(QSize size, QPoint by);

} // namespace vedette::map
