// SPDX-License-Identifier: GPL-3.0-or-later
#include "line_stroke.h"

#include <algorithm>

namespace vedette::map {

LineStroke::LineStroke(QImage& strip, LineMask& mask, QColor colour, double width)
    : strip_(strip), mask_(mask), colour_(colour) {
    setWidth(width);
}

void LineStroke::setWidth(double width) {
    painter_.reset();
    thin_ = width > 0 && width <= LineMask::widest;
    if (thin_) {
        mask_.begin(strip_.width(), strip_.height(), width);
        any_ = true;
    } else if (width > 0) {
        painter_.emplace(&strip_);
        painter_->setRenderHint(QPainter::Antialiasing);
        painter_->setPen(QPen(colour_, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter_->setBrush(Qt::NoBrush);
    }
}

LineStroke::~LineStroke() {
    painter_.reset();
    if (any_)
        mask_.lay(strip_, colour_);
}

// Only what may touch the strip: joins and caps are round, so a line may be taken up anywhere out of sight.
void LineStroke::drawWide(const QPolygonF& line) {
    const double margin = painter_->pen().widthF() / 2 + 2;
    const QRectF reach = QRectF(strip_.rect()).adjusted(-margin, -margin, margin, margin);
    qsizetype first = 0; // of the run of segments that touch
    for (qsizetype i = 1; i <= line.size(); ++i) {
        if (i < line.size() && std::max(line[i - 1].x(), line[i].x()) >= reach.left() &&
            std::min(line[i - 1].x(), line[i].x()) <= reach.right() &&
            std::max(line[i - 1].y(), line[i].y()) >= reach.top() &&
            std::min(line[i - 1].y(), line[i].y()) <= reach.bottom())
            continue;
        if (i - first > 1)
            painter_->drawPolyline(line.constData() + first, int(i - first));
        first = i;
    }
}

void LineStroke::draw(const QPolygonF& line) {
    if (thin_)
        mask_.add({line.constData(), std::size_t(line.size())});
    else if (painter_)
        drawWide(line);
}

} // namespace vedette::map
