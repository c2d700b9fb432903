// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixel_rows.h"

namespace vedette::map {
namespace {

constexpr int lanes = 4;
// Four bytes, each in both channels of its pixel.
auto spread(const std::uint8_t* from) {
    typedef std::uint8_t Bytes __attribute__((vector_size(16)));
    typedef std::uint16_t Channels __attribute__((vector_size(16)));
    typedef std::uint32_t Words __attribute__((vector_size(16)));
    std::uint32_t bytes;
    __builtin_memcpy(&bytes, from, sizeof bytes);
    const Bytes one = Bytes(Words{bytes, 0, 0, 0});
    const Bytes twice = __builtin_shufflevector(one, one, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    return Channels(
        __builtin_shufflevector(twice, Bytes{}, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
}

} // namespace
} // namespace vedette::map

#include "pixel_rows_body.h"

namespace vedette::map {

const PixelRows& PixelRows::plain() {
    static constexpr PixelRows rows{colourOver, middleOver};
    return rows;
}

#ifdef VEDETTE_WIDE_ROWS
extern const PixelRows wideRows; // pixel_rows_avx2.cpp
const PixelRows* PixelRows::wide() {
    return __builtin_cpu_supports("avx2") ? &wideRows : nullptr;
}
#else
const PixelRows* PixelRows::wide() {
    return nullptr;
}
#endif

const PixelRows& PixelRows::best() {
    static const PixelRows& rows = wide() ? *wide() : plain();
    return rows;
}

} // namespace vedette::map
