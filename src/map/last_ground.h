// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/renderer.h"
#include "pixel_ring.h"
#include "under_names.h"

#include <QPoint>
#include <QRect>

#include <cstddef>
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
    QImage whole() const { return whole_ ? last_.picture : QImage(); }
    // The picture without its names, moved; what it leaves bare holds anything. Made of the one before the last where
    // nobody shows that any more, so that only what it lacks is copied.
    QImage scrolled(QPoint by);
    // One of this size that holds anything.
    QImage blank(QSize size);
    // Of scrolled() or blank(), and of no use.
    void giveBack(QImage picture);
    // For a while no next picture will be asked for: gives back what only that would need.
    void rest();
    std::shared_ptr<const UnderNames> under() const { return last_.under; } // null: nothing was kept yet
    void keep(const QImage& picture, std::shared_ptr<const UnderNames> under, bool whole, const Scene& scene, const View& view,
              const std::optional<Renderer::Basemap>& basemap);

private:
    struct Kept {
        QImage picture;
        std::shared_ptr<const UnderNames> under;
        std::shared_ptr<PixelRing> ring; // null: the picture lies in memory of its own
        std::ptrdiff_t offset = 0;       // in the ring
    };
    QImage begin(QSize size, bool free, std::ptrdiff_t offset);
    bool isFree(QSize size);

    Kept last_, before_;            // the one before has no picture where it is only memory
    std::optional<QPoint> between_; // how far the one before moved to be the last; nothing: it is another picture
    Kept making_;                   // the next
    std::optional<QPoint> moving_;  // from the last to the next
    bool whole_ = false;
    Scene scene_;
    View view_;
    qint64 basemapImage_ = 0;
    View basemapView_;
};

// What a picture of this size leaves bare when it moves: at most two rectangles.
std::vector<QRect> bared(QSize size, QPoint by);

} // namespace vedette::map
