// SPDX-License-Identifier: GPL-3.0-or-later
#include "fill_mask.h"

#include "pixel_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace vedette::map {

void FillMask::begin(int width, int height) {
    if (width == width_ && height == height_)
        return;
    width_ = width, height_ = height;
    stride_ = std::size_t((width + block - 1) / block + 2 * beside) * block;
    words_ = (stride_ / block + 63) / 64;
    // What is forgotten is zero, whatever its shape was.
    cells_.resize(std::max(cells_.size(), stride_ * std::size_t(height)), 0);
    touched_.resize(std::max(touched_.size(), words_ * std::size_t(height)), 0);
    coverage_.resize(std::max(coverage_.size(), stride_));
}

void FillMask::touch(int row, int from, int till) {
    for (int b = from / block; b <= till / block; ++b)
        touched_[std::size_t(row) * words_ + std::size_t(b / 64)] |= std::uint64_t(1) << (b % 64);
}

void FillMask::add(std::span<const QPointF> ring) {
    for (std::size_t i = 0; i < ring.size(); ++i)
        edge(ring[i], ring[i + 1 < ring.size() ? i + 1 : 0]);
}

void FillMask::edge(QPointF a, QPointF b) {
    const float way = a.y() < b.y() ? 1 : -1;
    if (way < 0)
        std::swap(a, b);
    if (!(b.y() > 0) || a.y() >= height_ || !(b.y() > a.y()))
        return;
    const double slope = (b.x() - a.x()) / (b.y() - a.y());
    const double most = double(stride_) - 2;
    const auto column = [&](double y) { return std::clamp(a.x() + (y - a.y()) * slope + beside * block, 0.0, most); };
    const double top = std::max(a.y(), 0.0), bottom = std::min(b.y(), double(height_));
    double here = column(top);
    for (int row = int(top); row < bottom; ++row) {
        const double until = std::min(row + 1.0, bottom);
        const double there = column(until);
        const float down = float(until - std::max(double(row), top)) * way;
        const float from = float(std::min(here, there)), till = float(std::max(here, there));
        const int first = int(from), last = int(till);
        float* cells = &cells_[std::size_t(row) * stride_];
        touch(row, first, last + 1);
        if (first == last) {
            const float beside = (from + till) / 2 - float(first); // of the cell, what is not covered
            cells[first] += down * (1 - beside);
            cells[first + 1] += down * beside;
        } else {
            // The covered part of each cell grows by the same from cell to cell; of the first and the last it is a triangle.
            const float each = down / (till - from);
            const float left = 1 - (from - float(first)), right = till - float(last);
            float covered = each * left * left / 2;
            cells[first] += covered;
            for (int x = first + 1; x < last; ++x) {
                const float whole = each * (float(x - first) - 0.5f + left);
                cells[x] += whole - covered;
                covered = whole;
            }
            const float all = down - each * right * right / 2;
            cells[last] += all - covered;
            cells[last + 1] += down - all;
        }
        here = there;
    }
}

void FillMask::lay(QImage& picture, QColor colour) {
    const auto over = PixelRows::best().layColour;
    const QRgb argb = colour.rgba();
    const int blocks = int(stride_ / block);
    for (int y = 0; y < height_; ++y) {
        std::uint64_t* touched = &touched_[std::size_t(y) * words_];
        const auto isTouched = [&](int b) { return touched[b / 64] >> (b % 64) & 1; };
        if (std::all_of(touched, touched + words_, [](std::uint64_t word) { return word == 0; }))
            continue; // nothing begins here, and what began above has ended in its own row
        float* cells = &cells_[std::size_t(y) * stride_];
        auto* row = reinterpret_cast<QRgb*>(picture.scanLine(y));
        float sum = 0;
        const auto part = [&] { return std::uint8_t(std::min(std::abs(sum), 1.0f) * 255 + 0.5f); };
        for (int b = 0; b < blocks - beside;) {
            float* of = cells + b * block;
            if (isTouched(b)) {
                for (int x = 0; x < block; ++x) {
                    sum += of[x];
                    coverage_[std::size_t(x)] = part();
                }
                std::memset(of, 0, block * sizeof(float));
                if (b >= beside)
                    over(row + (b - beside) * block, coverage_.data(), std::min(block, width_ - (b - beside) * block),
                         argb);
                ++b;
                continue;
            }
            const int begin = b;
            while (b < blocks - beside && !isTouched(b))
                ++b;
            const int from = std::max(begin - beside, 0) * block, till = std::min((b - beside) * block, width_);
            const std::uint8_t all = part();
            if (all == 0 || from >= till)
                continue;
            if (all == 255 && colour.alpha() == 255) {
                std::fill(row + from, row + till, argb);
            } else {
                std::memset(coverage_.data(), all, std::size_t(till - from + block));
                over(row + from, coverage_.data(), till - from, argb);
            }
        }
        std::memset(cells + (blocks - beside) * block, 0, beside * block * sizeof(float));
        std::memset(touched, 0, words_ * sizeof *touched);
    }
}

} // namespace vedette::map
