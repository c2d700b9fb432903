// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of pixel_rows.h for vectors of `lanes` pixels. Included once by each file that is compiled for a kind of
// processor: everything has internal linkage and nothing is taken from the library, so that no code for one kind of
// processor is linked into what runs on another.
#pragma once

#include "pixel_rows.h"

#include <cstring>

namespace vedette::map {
namespace {

typedef std::uint32_t Pixels __attribute__((vector_size(4 * lanes)));
typedef std::uint16_t Channels __attribute__((vector_size(4 * lanes))); // two of each pixel

Pixels load(const QRgb* from) {
    Pixels pixels;
    std::memcpy(&pixels, from, sizeof pixels);
    return pixels;
}
void store(QRgb* to, Pixels pixels) {
    std::memcpy(to, &pixels, sizeof pixels);
}
// x / 255, rounded, for x <= 255 * 255.
Channels by255(Channels x) {
    x += 128;
    return (x + (x >> 8)) >> 8;
}
Channels low(Pixels p) { // blue and red
    return Channels(p & 0x00ff00ffu);
}
Channels high(Pixels p) { // green and alpha
    return Channels(p >> 8 & 0x00ff00ffu);
}
Pixels opaque(Channels low, Channels high) {
    return Pixels(low | high << 8) | 0xff000000u;
}
// Premultiplied over opaque.
Pixels over(Pixels top, Pixels ground) {
    const Pixels alpha = top >> 24;
    const Channels rest = 255 - Channels(alpha | alpha << 16);
    return opaque(low(top) + by255(low(ground) * rest), high(top) + by255(high(ground) * rest));
}
// One colour over opaque, each pixel by its part of 255, which stands in both of its channels.
Pixels mixed(Pixels top, Pixels ground, Channels part) {
    const Channels rest = 255 - part;
    return opaque(by255(low(top) * part + low(ground) * rest), by255(high(top) * part + high(ground) * rest));
}

// `lay(at, pixels)` for every `lanes` pixels of a row, the last ones on a copy where they are fewer.
template <class Lay>
void eachLanes(QRgb* pixels, int count, const Lay& lay) {
    int at = 0;
    for (; at + lanes <= count; at += lanes)
        store(pixels + at, lay(at, load(pixels + at)));
    if (at == count)
        return;
    QRgb last[lanes] = {};
    std::memcpy(last, pixels + at, std::size_t(count - at) * sizeof(QRgb));
    store(last, lay(at, load(last)));
    std::memcpy(pixels + at, last, std::size_t(count - at) * sizeof(QRgb));
}

void colourOver(QRgb* pixels, const std::uint8_t* coverage, int count, QRgb colour) {
    const Pixels top = Pixels{} + colour;
    const Channels alpha = Channels{} + std::uint16_t(colour >> 24);
    const bool opaqueColour = colour >> 24 == 255;
    for (int begin = 0; begin < count; begin += PixelRows::block) { // most of a picture has no line
        std::uint64_t held[PixelRows::block / 8];
        std::memcpy(held, coverage + begin, sizeof held);
        if (!(held[0] | held[1] | held[2] | held[3]))
            continue;
        const int here = count - begin < PixelRows::block ? count - begin : PixelRows::block;
        eachLanes(pixels + begin, here, [&](int at, Pixels ground) {
            Channels part = spread(coverage + begin + at);
            if (!opaqueColour) {
                part = part * alpha + 127;
                part = (part + 1 + (part >> 8)) >> 8; // / 255
            }
            return mixed(top, ground, part);
        });
    }
}

Pixels middle(Pixels a, Pixels b) {
    return (a | b) - ((a ^ b) >> 1 & 0x7f7f7f7fu);
}

bool none(Pixels p) {
    typedef std::uint64_t Halves __attribute__((vector_size(4 * lanes)));
    const Halves h = Halves(p);
    std::uint64_t any = 0;
    for (int i = 0; i < lanes / 2; ++i)
        any |= h[i];
    return any == 0;
}

void middleOver(QRgb* pixels, const QRgb* a, const QRgb* b, int count) {
    int at = 0;
    for (; at + lanes <= count; at += lanes)
        if (const Pixels colours = middle(load(a + at), load(b + at)); !none(colours))
            store(pixels + at, over(colours, load(pixels + at)));
    for (; at < count; ++at) {
        const Pixels colours = middle(Pixels{} + a[at], Pixels{} + b[at]);
        pixels[at] = over(colours, Pixels{} + pixels[at])[0];
    }
}

} // namespace
} // namespace vedette::map
