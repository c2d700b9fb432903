// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>

#include <vector>

namespace vedette::map {

// What lies under the names of a picture: with it a picture needs no second copy without them to be scrolled, and one
// name can be taken away where a mark stands on it. RGB32.
class UnderNames {
public:
    // Of a name that may move aside: whether there is room for it so far below or above its place.
    struct Room {
        bool below = false, above = false;
    };
    static constexpr double aside = 22; // logical pixels: clear of a mark that stands where the name stood
    struct Name {
        QRectF rect; // logical pixels of the picture
        QImage image;
        Room room;
        std::size_t piece;
    };

    // Before something is painted inside `rect` (logical pixels of the picture). Names below it stay from now on.
    void keep(const QImage& picture, const QRectF& rect);
    // Before a name is painted there.
    void keepName(const QImage& picture, const QRectF& rect, const QImage& name, Room room);
    // Takes all of it away again, from a copy of the picture that was moved by whole pixels of the screen.
    void putBack(QImage& picture, QPoint moved) const;

    const std::vector<Name>& names() const { return names_; }
    // What lies under a name, and where its corner belongs (logical pixels). The image is valid as long as this is.
    QImage under(const Name& name) const;
    QPointF cornerUnder(const Name& name) const;

private:
    struct Piece {
        QRect at; // pixels
        std::size_t first;
    };
    bool add(const QImage& picture, const QRectF& rect);
    std::vector<Piece> pieces_;
    std::vector<QRgb> pixels_;
    std::vector<Name> names_;
    double ratio_ = 1;
};

} // namespace vedette::map
