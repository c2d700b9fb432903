// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>

#include <array>
#include <cstdint>
#include <cstring>

namespace vedette::map {

// Four pixels at once in plain vectors, which every target of the compiler has: laying lines and heat over the
// ground pixel by pixel was more than half of a frame.
namespace four {

using Bytes = std::uint8_t __attribute__((vector_size(16)));
using Pixels = std::uint32_t __attribute__((vector_size(16)));
using Channels = std::uint16_t __attribute__((vector_size(16))); // two of each pixel

inline Pixels load(const QRgb* from) {
    Pixels four;
    std::memcpy(&four, from, sizeof four);
    return four;
}
inline void store(QRgb* to, Pixels four) {
    std::memcpy(to, &four, sizeof four);
}
// x / 255, rounded, for x <= 255 * 255.
inline Channels by255(Channels x) {
    x += 128;
    return (x + (x >> 8)) >> 8;
}
inline Channels low(Pixels p) { // blue and red
    return Channels(p & 0x00ff00ffu);
}
inline Channels high(Pixels p) { // green and alpha
    return Channels((p >> 8) & 0x00ff00ffu);
}
inline Pixels opaque(Channels low, Channels high) {
    return Pixels(low | (high << 8)) | 0xff000000u;
}

// Premultiplied over opaque.
inline Pixels over(Pixels top, Pixels ground) {
    const Pixels alpha = top >> 24;
    const Channels rest = 255 - Channels(alpha | (alpha << 16));
    return opaque(low(top) + by255(low(ground) * rest), high(top) + by255(high(ground) * rest));
}

// One colour over opaque, each pixel by its part of 255; a part stands in both of its pixel's channels.
inline Pixels mixed(Pixels top, Pixels ground, Channels part) {
    const Channels rest = 255 - part;
    return opaque(by255(low(top) * part + low(ground) * rest), by255(high(top) * part + high(ground) * rest));
}

// Four bytes, each in both channels of its pixel.
inline Channels spread(const std::uint8_t* from) {
    std::uint32_t bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    const Bytes one = Bytes(Pixels{bytes, 0, 0, 0});
    const Bytes twice = __builtin_shufflevector(one, one, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    return Channels(
        __builtin_shufflevector(twice, Bytes{}, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
}

} // namespace four

// `each(at, four)` for every four pixels of `count`, the last ones on a copy where they are fewer.
template <class Each>
void eachFour(QRgb* pixels, int count, const Each& each) {
    int at = 0;
    for (; at + 4 <= count; at += 4)
        each(at, pixels + at);
    if (at == count)
        return;
    std::array<QRgb, 4> last{};
    std::memcpy(last.data(), pixels + at, std::size_t(count - at) * sizeof(QRgb));
    each(at, last.data());
    std::memcpy(pixels + at, last.data(), std::size_t(count - at) * sizeof(QRgb));
}

} // namespace vedette::map
