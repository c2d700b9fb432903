// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <unordered_map>
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
    // Each cell of the screen holds the whole rectangles that reach into it: in a crowd it is asked thousands of
    // times a frame, so nothing is looked up elsewhere.
    std::unordered_map<std::int64_t, std::vector<Taken>> cells_;
};

// The nearest place that begins on a screen pixel: images copied there stay sharp.
QPointF snapped(QPointF at, double devicePixelRatio);

} // namespace vedette::map
