// SPDX-License-Identifier: GPL-3.0-or-later
#include "crowd.h"

#include <cmath>

namespace vedette::map {

namespace {

constexpr double cell = 32;

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
    const Taken asked{float(rect.left()), float(rect.top()), float(rect.right()), float(rect.bottom())};
    return eachCell(rect, [&](std::int64_t key) {
        const auto at = cells_.find(key);
        if (at == cells_.end())
            return true;
        for (const Taken& one : at->second)
            if (one.left < asked.right && asked.left < one.right && one.top < asked.bottom &&
                asked.top < one.bottom)
                return false;
        return true;
    });
}

void Crowd::add(const QRectF& rect) {
    const Taken taken{float(rect.left()), float(rect.top()), float(rect.right()), float(rect.bottom())};
    eachCell(rect, [&](std::int64_t key) {
        cells_[key].push_back(taken);
        return true;
    });
}

QPointF snapped(QPointF at, double ratio) {
    return {std::round(at.x() * ratio) / ratio, std::round(at.y() * ratio) / ratio};
}

} // namespace vedette::map
