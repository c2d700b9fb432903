// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>

#include <cstdint>

namespace vedette::map {

// Rows of opaque pixels that something is laid over, many pixels at once: half of a frame is spent here. The same pixels
// come out whatever vectors the processor has.
struct PixelRows {
    // One colour, each pixel by its coverage of 255 (and the colour's alpha). Coverage can be read up to the next multiple
    // of `block` beyond `count`.
    static constexpr int block = 32;
    void (*layColour)(QRgb* pixels, const std::uint8_t* coverage, int count, QRgb colour);
    // Premultiplied colours: the middle of `a` and `b`.
    void (*layMiddle)(QRgb* pixels, const QRgb* a, const QRgb* b, int count);

    static const PixelRows& plain();
    static const PixelRows* wide(); // AVX2; null: this processor or this build has none
    static const PixelRows& best();
};

} // namespace vedette::map
