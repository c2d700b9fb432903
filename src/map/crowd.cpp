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

std::size_t Crowd::slotOf(std::int64_t key) const {
    const std::uint64_t h = std::uint64_t(key) * 0x9e3779b97f4a7c15ull;
    std::size_t slot = (h >> 32) & (cells_.size() - 1);
    while (cells_[slot].first != none && cells_[slot].key != key)
        slot = (slot + 1) & (cells_.size() - 1);
    return slot;
}

void Crowd::grow() {
    std::vector<Cell> old(cells_.size() * 2);
    old.swap(cells_);
    for (const Cell& one : old)
        if (one.first != none)
            cells_[slotOf(one.key)] = one;
}

bool Crowd::isFree(const QRectF& rect) const {
    const Taken asked{float(rect.left()), float(rect.top()), float(rect.right()), float(rect.bottom())};
    return eachCell(rect, [&](std::int64_t key) {
        for (auto at = cells_[slotOf(key)].first; at != none; at = held_[at].next) {
            const Taken& one = held_[at].taken;
            if (one.left < asked.right && asked.left < one.right && one.top < asked.bottom &&
                asked.top < one.bottom)
                return false;
        }
        return true;
    });
}

void Crowd::add(const QRectF& rect) {
    const Taken taken{float(rect.left()), float(rect.top()), float(rect.right()), float(rect.bottom())};
    eachCell(rect, [&](std::int64_t key) {
        if (used_ * 2 >= cells_.size())
            grow();
        Cell& here = cells_[slotOf(key)];
        used_ += here.first == none;
        held_.push_back({taken, here.first});
        here = {key, std::uint32_t(held_.size() - 1)};
        return true;
    });
}

QPointF snapped(QPointF at, double ratio) {
    return {std::round(at.x() * ratio) / ratio, std::round(at.y() * ratio) / ratio};
}

} // namespace vedette::map
