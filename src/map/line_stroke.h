// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "line_mask.h"

#include <QPainter>
#include <QPolygonF>

#include <optional>

namespace vedette::map {

// Many polylines of one look on one strip: thin ones through the mask, wide ones by the painter with real
// joins. What was drawn stands in the picture when the stroke ends. `width`: pixels; nothing is drawn at 0.
class LineStroke {
public:
    LineStroke(QImage& strip, LineMask& mask, QColor colour, double widthPixels);
    ~LineStroke();
    LineStroke(const LineStroke&) = delete;
    void draw(const QPolygonF& line);
    // Lines of another width from here on; thin ones still go into the picture as one.
    void setWidth(double widthPixels);

private:
    void drawWide(const QPolygonF& line);
    QImage& strip_;
    LineMask& mask_;
    QColor colour_;
    bool thin_ = false, any_ = false; // any_: something is in the mask
    std::optional<QPainter> painter_;
};

} // namespace vedette::map
