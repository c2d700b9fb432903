// SPDX-License-Identifier: GPL-3.0-or-later
#include "line_stroke.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

namespace vedette::map {

namespace {

constexpr double gentle = 0.97; // cosine of a bend whose outer side a wedge fills well enough

// The part of a to b inside the rectangle (Liang and Barsky 1984); nothing: it stays outside.
std::optional<std::pair<QPointF, QPointF>> inside(QPointF a, QPointF b, const QRectF& rect) {
    const QPointF d = b - a;
    double from = 0, till = 1;
    const auto cut = [&](double p, double q) { // p * t <= q
        if (p < 0)
            from = std::max(from, q / p);
        else if (p > 0)
            till = std::min(till, q / p);
        else if (q < 0)
            till = -1;
    };
    cut(-d.x(), a.x() - rect.left()), cut(d.x(), rect.right() - a.x());
    cut(-d.y(), a.y() - rect.top()), cut(d.y(), rect.bottom() - a.y());
    if (!(from <= till))
        return {};
    return std::pair(a + d * from, a + d * till);
}

} // namespace

LineStroke::LineStroke(QImage& strip, Masks& masks, QColor colour, double width)
    : strip_(strip), masks_(masks), colour_(colour) {
    setWidth(width);
}

void LineStroke::setWidth(double width) {
    thin_ = width > 0 && width <= LineMask::widest;
    half_ = width > LineMask::widest ? std::min(width, widest) / 2 : 0;
    if (thin_) {
        masks_.lines.begin(strip_.width(), strip_.height(), width);
        anyThin_ = true;
    } else if (half_ > 0) {
        masks_.fills.begin(strip_.width(), strip_.height());
        anyWide_ = true;
        reach_ = QRectF(strip_.rect()).adjusted(-half_ - 1, -half_ - 1, half_ + 1, half_ + 1);
        const int corners = std::clamp(int(5 * std::sqrt(half_)), 8, 24);
        disc_.clear();
        for (int i = 0; i < corners; ++i)
            disc_.push_back(half_ * QPointF(std::cos(i * 2 * std::numbers::pi / corners),
                                            std::sin(i * 2 * std::numbers::pi / corners)));
    }
}

LineStroke::~LineStroke() {
    if (anyThin_)
        masks_.lines.lay(strip_, colour_);
    if (anyWide_)
        masks_.fills.lay(strip_, colour_);
}

void LineStroke::disc(QPointF at) {
    if (!reach_.contains(at))
        return;
    std::array<QPointF, 24> ring;
    for (std::size_t i = 0; i < disc_.size(); ++i)
        ring[i] = at + disc_[i];
    masks_.fills.add(std::span(ring).first(disc_.size()));
}

// A rectangle for each piece and what is missing between them, all wound the same way round: what overlaps is filled once.
void LineStroke::drawWide(const QPolygonF& line) {
    QPointF before; // the direction of the piece before, of length 1; null: there is none
    bool any = false;
    for (qsizetype i = 1; i < line.size(); ++i) {
        const QPointF a = line[i - 1], d = line[i] - a;
        const double length = std::hypot(d.x(), d.y());
        if (!(length > 0))
            continue;
        const QPointF along = d / length, side = QPointF(-along.y(), along.x()) * half_;
        if (const auto part = inside(a, line[i], reach_)) {
            const std::array<QPointF, 4> piece{part->first - side, part->second - side, part->second + side,
                                               part->first + side};
            masks_.fills.add(piece);
        }
        if (!any) {
            disc(a);
        } else if (QPointF::dotProduct(before, along) < gentle) {
            disc(a);
        } else if (reach_.contains(a)) {
            const QPointF was = QPointF(-before.y(), before.x()) * half_;
            const bool left = before.x() * along.y() - before.y() * along.x() > 0; // the gap is on the other side
            masks_.fills.add(left ? std::array<QPointF, 3>{a, a - was, a - side} : std::array<QPointF, 3>{a, a + side, a + was});
        }
        before = along;
        any = true;
    }
    if (any)
        disc(line.back());
}

void LineStroke::draw(const QPolygonF& line) {
    if (thin_)
        masks_.lines.add({line.constData(), std::size_t(line.size())});
    else if (half_ > 0)
        drawWide(line);
}

} // namespace vedette::map
