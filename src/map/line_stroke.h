// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "masks.h"

#include <QColor>
#include <QPolygonF>

#include <vector>

namespace vedette::map {

// Many polylines of one look on one strip: thin ones as lines, wide ones as fills with round joins and ends. What was
// drawn stands in the picture when the stroke ends; a translucent line is as dark where it crosses another as elsewhere.
// `width`: pixels; nothing is drawn at 0, and beyond `widest` it is no wider.
class LineStroke {
public:
    static constexpr double widest = 48;
    LineStroke(QImage& strip, Masks& masks, QColor colour, double widthPixels);
    ~LineStroke();
    LineStroke(const LineStroke&) = delete;
    void draw(const QPolygonF& line);
    // Lines of another width from here on; they still go into the picture as one.
    void setWidth(double widthPixels);

private:
    void drawWide(const QPolygonF& line);
    void disc(QPointF at);
    QImage& strip_;
    Masks& masks_;
    QColor colour_;
    bool thin_ = false, anyThin_ = false, anyWide_ = false;
    double half_ = 0;           // of a wide line's width
    std::vector<QPointF> disc_; // of this width, about (0, 0)
    QRectF reach_;              // where the middle of a wide line can leave a mark
};

} // namespace vedette::map
