// SPDX-License-Identifier: GPL-3.0-or-later
#include "under_names.h"

#include <cstring>

namespace vedette::map {

void UnderNames::keep(const QImage& picture, const QRectF& rect) {
    const double ratio = picture.devicePixelRatio();
    const QRect at = QRectF(rect.topLeft() * ratio, rect.size() * ratio).toAlignedRect().adjusted(-1, -1, 1, 1) &
                     picture.rect();
    if (at.isEmpty())
        return;
    pieces_.push_back({at, pixels_.size()});
    for (int y = at.top(); y <= at.bottom(); ++y) {
        const auto* row = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
        pixels_.insert(pixels_.end(), row + at.left(), row + at.right() + 1);
    }
}

void UnderNames::putBack(QImage& picture, QPoint moved) const {
    for (auto piece = pieces_.rbegin(); piece != pieces_.rend(); ++piece) { // what was written last lies on top
        const QRect to = piece->at.translated(moved) & picture.rect();
        const QPoint in = to.topLeft() - moved - piece->at.topLeft();
        for (int y = 0; y < to.height(); ++y)
            std::memcpy(reinterpret_cast<QRgb*>(picture.scanLine(to.top() + y)) + to.left(),
                        &pixels_[piece->first + std::size_t((in.y() + y) * piece->at.width() + in.x())],
                        std::size_t(to.width()) * sizeof(QRgb));
    }
}

} // namespace vedette::map
