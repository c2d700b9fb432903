// SPDX-License-Identifier: GPL-3.0-or-later
#include "under_names.h"

#include <cstring>

namespace vedette::map {

void UnderNames::keep(const QImage& picture, const QRectF& rect) {
    std::erase_if(names_, [&](const Name& name) { return name.rect.adjusted(-2, -2, 2, 2).intersects(rect); });
    add(picture, rect);
}

void UnderNames::keepName(const QImage& picture, const QRectF& rect, const QImage& name, Room room) {
    if (add(picture, rect))
        names_.push_back({rect, name, room, pieces_.size() - 1});
}

QImage UnderNames::under(const Name& name) const {
    const Piece& piece = pieces_[name.piece];
    QImage image(reinterpret_cast<const uchar*>(&pixels_[piece.first]), piece.at.width(), piece.at.height(),
                 piece.at.width() * qsizetype(sizeof(QRgb)), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio_);
    return image;
}

QPointF UnderNames::cornerUnder(const Name& name) const {
    return QPointF(pieces_[name.piece].at.topLeft()) / ratio_;
}

bool UnderNames::add(const QImage& picture, const QRectF& rect) {
    const double ratio = ratio_ = picture.devicePixelRatio();
    const QRect at = QRectF(rect.topLeft() * ratio, rect.size() * ratio).toAlignedRect().adjusted(-1, -1, 1, 1) &
                     picture.rect();
    if (at.isEmpty())
        return false;
    pieces_.push_back({at, pixels_.size()});
    for (int y = at.top(); y <= at.bottom(); ++y) {
        const auto* row = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
        pixels_.insert(pixels_.end(), row + at.left(), row + at.right() + 1);
    }
    return true;
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
