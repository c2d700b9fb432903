// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/renderer.h"
#include "under_names.h"

#include <QPoint>
#include <QRect>

#include <memory>
#include <optional>
#include <vector>

namespace vedette::map {

// The last picture, with what lies under its names and what it was drawn from: when only the view has moved by whole
// pixels it is scrolled instead of drawn.
class LastGround {
public:
    // How far (screen pixels, the picture's own direction) the kept picture must move to be the one asked
    // for; nothing: it must be drawn anew.
    std::optional<QPoint> moved(const Scene& scene, const View& view,
                                const std::optional<Renderer::Basemap>& basemap, QSize size) const;
    // As it is, with its names; null: not all were written.
    QImage whole() const { return whole_ ? picture_ : QImage(); }
    // A copy without its names, moved; what it leaves bare holds anything.
    QImage scrolled(QPoint by) const;
    std::shared_ptr<const UnderNames> under() const { return under_; } // null: nothing was kept yet
    void keep(const QImage& picture, std::shared_ptr<const UnderNames> under, bool whole, const Scene& scene, const View& view,
              const std::optional<Renderer::Basemap>& basemap);

private:
    QImage picture_;
    std::shared_ptr<const UnderNames> under_;
    bool whole_ = false;
    Scene scene_;
    View view_;
    qint64 basemapImage_ = 0;
    View basemapView_;
};

// What a picture of this size leaves bare when it moves: at most two rectangles.
std::vector<QRect> bared(QSize size, QPoint by);

} // namespace vedette::map
