// SPDX-License-Identifier: GPL-3.0-or-later
#include "line_stroke.h"

namespace vedette::map {

LineStroke::LineStroke(QImage& strip, LineMask& mask, QColor colour, double width)
    : strip_(strip), mask_(mask), colour_(colour), thin_(width > 0 && width <= LineMask::widest) {
    if (thin_) {
        mask_.begin(strip.width(), strip.height(), width);
    } else if (width > 0) {
        painter_.emplace(&strip);
        painter_->setRenderHint(QPainter::Antialiasing);
        painter_->setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter_->setBrush(Qt::NoBrush);
    }
}

LineStroke::~LineStroke() {
    if (thin_)
        mask_.lay(strip_, colour_);
}

void LineStroke::draw(const QPolygonF& line) {
    if (thin_)
        mask_.add({line.constData(), std::size_t(line.size())});
    else if (painter_)
        painter_->drawPolyline(line);
}

} // namespace vedette::map
