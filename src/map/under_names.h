// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>

#include <vector>

namespace vedette::map {

// What lies under the names of a picture: with it a picture needs no second copy without them to be scrolled. RGB32.
class UnderNames {
public:
    // Before something is painted inside `rect` (logical pixels of the picture).
    void keep(const QImage& picture, const QRectF& rect);
    // Takes the names away again, from a copy of the picture that was moved by whole pixels of the screen.
    void putBack(QImage& picture, QPoint moved) const;

private:
    struct Piece {
        QRect at; // pixels
        std::size_t first;
    };
    std::vector<Piece> pieces_;
    std::vector<QRgb> pixels_;
};

} // namespace vedette::map
