// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>

#include <cstdint>
#include <span>
#include <vector>

namespace vedette::map {

// Antialiased fills of one colour: rings add up to one coverage of a strip, which is laid over it once. Each edge leaves
// in the cells it passes how much it covers to its right, and a sum along the row is the winding number (as fonts are
// drawn: Levien, font-rs, 2016). What no edge passes is filled in whole runs, so a city of few pixels an area costs its
// edges and no spans.
//
// What is wound around is filled, whichever way and however often. One thread. Keeps its memory.
class FillMask {
public:
    // Pixels that rings may lie left or right of the picture; what lies farther is to be cut off. Above and below it they
    // may lie anywhere.
    static constexpr int margin = 60;

    void begin(int width, int height);
    // Pixels, (0, 0) being the corner of the first; closed by itself.
    void add(std::span<const QPointF> ring);
    // Lays what was added over an opaque RGB32 picture of the size, and forgets it.
    void lay(QImage& picture, QColor colour);

private:
    static constexpr int block = 32, beside = 2; // columns; the first and last blocks of a row lie beside the picture
    void edge(QPointF a, QPointF b);
    void touch(int row, int from, int till);

    int width_ = 0, height_ = 0;
    std::size_t stride_ = 0, words_ = 0; // of a row: cells, words of touched_
    std::vector<float> cells_;           // zero between pictures
    std::vector<std::uint64_t> touched_; // a bit a block
    std::vector<std::uint8_t> coverage_; // of a run
};

} // namespace vedette::map
