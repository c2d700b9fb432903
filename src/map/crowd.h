// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <vector>

namespace vedette::map {

// Rectangles that have taken their room, in logical pixels.
class Crowd {
public:
    bool isFree(const QRectF& rect) const;
    void add(const QRectF& rect);
    // Takes the room when it is free.
    bool take(const QRectF& rect) { return isFree(rect) && (add(rect), true); }

private:
    struct Taken {
        float left, top, right, bottom;
    };
    // Each cell of the screen holds the whole rectangles that reach into it, in chains: in a crowd it is asked thousands
    // of times a frame, so nothing is looked up elsewhere and nothing allocated for a cell.
    struct Held {
        Taken taken;
        std::uint32_t next; // in held_; none: the last
    };
    struct Cell {
        std::int64_t key = 0;
        std::uint32_t first = none;
    };
    static constexpr std::uint32_t none = ~std::uint32_t(0);
    std::size_t slotOf(std::int64_t key) const; // its own or the free one where it belongs
    void grow();
    std::vector<Cell> cells_ = std::vector<Cell>(1024); // a power of two, at most half full
    std::size_t used_ = 0;
    std::vector<Held> held_;
};

// The nearest place that begins on a screen pixel: images copied there stay sharp.
QPointF snapped(QPointF at, double devicePixelRatio);

} // namespace vedette::map
