// SPDX-License-Identifier: GPL-3.0-or-later
#include "crowd.h"

#include <cmath>

namespace vedette::map {

namespace {

constexpr double cell = 64;

template <class Visit>
bool eachCell(const QRectF& rect, Visit visit) {
    const auto x0 = std::int64_t(std::floor(rect.left() / cell)),
               x1 = std::int64_t(std::floor(rect.right() / cell));
    const auto y0 = std::int64_t(std::floor(rect.top() / cell)),
               y1 = std::int64_t(std::floor(rect.bottom() / cell));
    for (auto y = y0; y <= y1; ++y)
        for (auto x = x0; x <= x1; ++x)
            if (!visit(y * (std::int64_t(1) << 32) + x))
                return false;
    return true;
}

} // namespace

bool Crowd::isFree(const QRectF& rect) const {
    return eachCell(rect, [&](std::int64_t key) {
        const auto at = cells_.find(key);
        if (at == cells_.end())
            return true;
        for (const auto i : at->second)
            if (rects_[i].intersects(rect))
                return false;
        return true;
    });
}

void Crowd::add(const QRectF& rect) {
    const auto index = std::uint32_t(rects_.size());
    rects_.push_back(rect);
    eachCell(rect, [&](std::int64_t key) {
        cells_[key].push_back(index);
        return true;
    });
}

QPointF snapped(QPointF at, double ratio) {
    return {std::round(at.x() * ratio) / ratio, std::round(at.y() * ratio) / ratio};
}

} // namespace vedette::map
