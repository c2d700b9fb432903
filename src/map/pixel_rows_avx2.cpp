// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled for AVX2: nothing here may run before it is known that the processor has it.
#include "pixel_rows.h"

#include <immintrin.h>

namespace vedette::map {
namespace {

constexpr int lanes = 8;
// Eight bytes, each in both channels of its pixel.
auto spread(const std::uint8_t* from) {
    typedef std::uint16_t Channels __attribute__((vector_size(32)));
    const __m256i words = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)));
    return Channels(_mm256_or_si256(words, _mm256_slli_epi32(words, 16)));
}

} // namespace
} // namespace vedette::map

#include "pixel_rows_body.h"

namespace vedette::map {

extern const PixelRows wideRows;
constinit const PixelRows wideRows{colourOver, middleOver};

} // namespace vedette::map
