// SPDX-License-Identifier: GPL-3.0-or-later
#include "line_mask.h"

#include "pixel_rows.h"

#include <QColor>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>

namespace vedette::map {

namespace {

constexpr double squareFrom = 1.2; // pixels of width from which a missing corner shows
constexpr double bendCosine = 0.9; // sharper bends need their corner
constexpr std::uint64_t low7 = 0x7f7f7f7f7f7f7f7f, high = 0x8080808080808080, even = 0x00ff00ff00ff00ff;

// Integral of max(0, u - slope * s) for s in [-1/2, 1/2]: how much of a unit step lies left of u.
double leftOf(double u, double slope) {
    const double half = slope / 2;
    if (u <= -half)
        return 0;
    if (u >= half)
        return u;
    return (u + half) * (u + half) / (2 * slope);
}

// std::floor without a call: the plain x86-64 has no instruction for it.
std::int64_t wholeBelow(double value) {
    const auto cut = std::int64_t(value);
    return cut - (value < double(cut));
}

// Eight bytes at once, each ending at 255.
std::uint64_t addSaturated(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t sum = ((a & low7) + (b & low7)) ^ ((a ^ b) & high);
    const std::uint64_t over = ((a & b) | ((a | b) & ~sum)) & high;
    return sum | ((over >> 7) * 255);
}

std::uint64_t scaled(std::uint64_t bytes, unsigned of256) {
    return (((bytes & even) * of256) >> 8 & even) | ((((bytes >> 8) & even) * of256) & ~even);
}

// Moves the ends of a line to where it crosses the box [low, high] along one axis; false: it stays outside.
bool cut(double& a, double& b, double& otherA, double& otherB, double lowest, double highest) {
    if (std::max(a, b) < lowest || std::min(a, b) > highest)
        return false;
    const double slope = a == b ? 0 : (otherB - otherA) / (b - a);
    for (auto [end, other] : {std::pair(&a, &otherA), std::pair(&b, &otherB)})
        if (*end < lowest || *end > highest) {
            const double to = std::clamp(*end, lowest, highest);
            *other += (to - *end) * slope;
            *end = to;
        }
    return true;
}

} // namespace

void LineMask::begin(int width, int height, double widthPixels) {
    assert(widthPixels > 0 && widthPixels <= widest);
    if (width != width_ || height != height_) {
        forget();
        width_ = width, height_ = height;
        stride_ = margin + (width + block - 1) / block * block + margin;
        // What is forgotten is zero, whatever its shape was.
        coverage_.resize(std::max(coverage_.size(), std::size_t(stride_) * std::size_t(height + 2 * margin)), 0);
        first_ = height + 2 * margin, last_ = -1;
    }
    lineWidth_ = widthPixels;
    const int known = std::max(1, int(std::lround(widthPixels * 64)));
    auto at = tables_.find(known);
    if (at == tables_.end())
        at = tables_.emplace(known, tableOf(known / 64.0)).first;
    table_ = &at->second;
}

LineMask::Table LineMask::tableOf(double widthPixels) {
    Table table{};
    for (int s = 0; s <= slopes; ++s)
        for (int p = 0; p < places; ++p) {
            const double slope = std::max(double(s) / slopes, 1e-6);
            const double half = widthPixels / 2 * std::sqrt(1 + slope * slope);
            const double middle = before + (p + 0.5) / places;
            std::uint64_t bytes = 0;
            for (int cell = 0; cell < 8; ++cell) {
                const auto upTo = [&](double edge) {
                    return leftOf(edge - middle + half, slope) - leftOf(edge - middle - half, slope);
                };
                const double covered = std::clamp(upTo(cell + 1) - upTo(cell), 0.0, 1.0);
                bytes |= std::uint64_t(std::lround(covered * 255)) << (8 * cell);
            }
            table[std::size_t(s * places + p)] = bytes;
        }
    return table;
}

void LineMask::add(std::span<const QPointF> line) {
    const bool square = lineWidth_ >= squareFrom;
    bool corner = true;
    for (std::size_t i = 1; i < line.size(); ++i) {
        bool next = true;
        if (square && i + 1 < line.size()) {
            const QPointF d = line[i] - line[i - 1], e = line[i + 1] - line[i];
            const double dot = QPointF::dotProduct(d, e);
            next = dot < 0 || dot * dot < bendCosine * bendCosine * QPointF::dotProduct(d, d) *
                                              QPointF::dotProduct(e, e);
        }
        segment(line[i - 1], line[i], square && corner, square && next);
        corner = next;
    }
}

void LineMask::segment(QPointF a, QPointF b, bool squareStart, bool squareEnd) {
    if (squareStart || squareEnd) {
        const double length = std::hypot(b.x() - a.x(), b.y() - a.y());
        if (length > 0) {
            const QPointF cap = (b - a) * (lineWidth_ / 2 / length);
            a -= squareStart ? cap : QPointF();
            b += squareEnd ? cap : QPointF();
        }
    }
    double ax = a.x(), ay = a.y(), bx = b.x(), by = b.y();
    constexpr double edge = 3; // what lies farther out than this leaves no mark inside
    const bool inside = std::min(ax, bx) >= -edge && std::max(ax, bx) <= width_ + edge &&
                        std::min(ay, by) >= -edge && std::max(ay, by) <= height_ + edge;
    if (!inside &&
        (!cut(ax, bx, ay, by, -edge, width_ + edge) || !cut(ay, by, ax, bx, -edge, height_ + edge)))
        return;
    const double dx = bx - ax, dy = by - ay;
    if (std::abs(dy) >= std::abs(dx)) {
        if (dy > 0)
            steps(true, ay, by, ax, dx / dy);
        else if (dy < 0)
            steps(true, by, ay, bx, dx / dy);
    } else if (dx > 0) {
        steps(false, ax, bx, ay, dy / dx);
    } else {
        steps(false, bx, ax, by, dy / dx);
    }
}

// From `from` to `to` along the axis of steps; `across` is where the line is at `from`.
void LineMask::steps(bool steep, double from, double to, double across, double slope) {
    const std::uint64_t* row = &(*table_)[std::size_t(std::abs(slope) * slopes + 0.5) * places];
    const auto begin = wholeBelow(from), end = -wholeBelow(-to);
    constexpr double one = 65536;
    const auto put = [&](std::int64_t step, std::int64_t middle, unsigned of256) {
        std::uint64_t bytes = row[(middle >> 11) & (places - 1)];
        if (of256 < 256)
            bytes = scaled(bytes, of256);
        const auto cell = std::ptrdiff_t(middle >> 16) - before + margin;
        if (steep) {
            std::uint8_t* at = &coverage_[std::size_t((step + margin) * stride_ + cell)];
            std::uint64_t held;
            std::memcpy(&held, at, 8);
            held = addSaturated(held, bytes);
            std::memcpy(at, &held, 8);
            return;
        }
        const int skipped = bytes ? std::countr_zero(bytes) / 8 : 8;
        std::uint8_t* at = &coverage_[std::size_t((cell + skipped) * stride_ + step + margin)];
        for (bytes >>= 8 * (skipped & 7); bytes && skipped < 8; bytes >>= 8, at += stride_)
            *at = std::uint8_t(std::min<unsigned>(255, *at + unsigned(bytes & 255)));
    };
    const auto part = [&](std::int64_t step, double low, double top) {
        put(step, wholeBelow((across + ((low + top) / 2 - from) * slope) * one),
            unsigned((top - low) * 256 + 0.5));
    };
    if (end - begin <= 1) {
        part(begin, from, to);
    } else {
        part(begin, from, double(begin + 1));
        auto middle = wholeBelow((across + (double(begin) + 1.5 - from) * slope) * one);
        const auto delta = wholeBelow(slope * one + 0.5);
        for (std::int64_t step = begin + 1; step < end - 1; ++step, middle += delta)
            put(step, middle, 256);
        part(end - 1, double(end - 1), to);
    }
    const double there = across + (to - from) * slope;
    const int lowest = int(steep ? begin : wholeBelow(std::min(across, there)) - before - 1),
              highest = int(steep ? end : wholeBelow(std::max(across, there)) + 8 - before);
    first_ = std::min(first_, std::max(0, lowest + margin));
    last_ = std::max(last_, std::min(height_ + 2 * margin - 1, highest + margin));
}

void LineMask::lay(QImage& picture, QColor colour) {
    static_assert(block == PixelRows::block);
    const auto layColour = PixelRows::best().layColour;
    for (int y = std::max(first_, margin); y <= std::min(last_, height_ + margin - 1); ++y)
        layColour(reinterpret_cast<QRgb*>(picture.scanLine(y - margin)), &coverage_[std::size_t(y * stride_)] + margin,
                  width_, colour.rgba());
    forget();
}

void LineMask::forget() {
    if (last_ >= first_)
        std::memset(&coverage_[std::size_t(first_ * stride_)], 0,
                    std::size_t((last_ - first_ + 1) * stride_));
    first_ = height_ + 2 * margin, last_ = -1;
}

} // namespace vedette::map
