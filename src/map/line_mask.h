// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPointF>

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace vedette::map {

// Thin antialiased lines of one look, gathered as coverage (a byte a pixel) and laid over the picture once: a
// translucent line is as dark where it crosses or joins another as elsewhere.
//
// A line is walked along the axis it is steepest in. For each step, the coverage of the pixels across is the
// exact area of a slanted strip, from a table by slope (16 steps) and place within the pixel (32); coverage
// adds up and ends at full. Ends are square where lines bend or end, if the width shows it.
// One thread. Keeps its memory for the next picture of the size.
class LineMask {
public:
    static constexpr double widest = 3.4; // pixels

    // Begins lines of this width (0 < width <= widest, told apart by 1/64) on a picture of this size.
    void begin(int width, int height, double widthPixels);
    // Points in pixels, (0, 0) being the corner of the first; may lie anywhere.
    void add(std::span<const QPointF> line);
    // Lays what was added over an opaque RGB32 picture of the size, and forgets it.
    void lay(QImage& picture, QColor colour);
    void forget();

private:
    void segment(QPointF a, QPointF b, bool squareStart, bool squareEnd);
    void steps(bool steep, double from, double to, double across, double slope);

    static constexpr int slopes = 16, places = 32, before = 3, margin = 8, block = 32;
    int width_ = 0, height_ = 0;
    std::ptrdiff_t stride_ = 0;
    double lineWidth_ = 0;
    using Table =
        std::array<std::uint64_t, (slopes + 1) * places>; // eight pixels, the fourth holds the middle
    static Table tableOf(double widthPixels);
    int first_ = 0, last_ = -1;          // rows that may hold something, with the margin
    std::vector<std::uint8_t> coverage_; // with a margin on every side, which is never looked at
    std::map<int, Table> tables_;        // by 1/64 pixel of width
    const Table* table_ = nullptr;
};

} // namespace vedette::map
