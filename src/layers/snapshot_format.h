// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace vedette::layers::format {

static_assert(std::endian::native == std::endian::little,
              "snapshots are little-endian and mapped as they are");

inline constexpr char magic[8] = {'V', 'E', 'D', 'S', 'N', 'A', 'P', '\n'};
inline constexpr std::uint32_t version = 1;
inline constexpr std::uint32_t nullCell = 0xffffffff;

// A run of `count` records that starts `offset` bytes into the file, 8-aligned.
struct Section {
    std::uint64_t offset = 0, count = 0;
};

// row: 0-based in the source. A feature of one point keeps its point's index, others their body's.
inline constexpr std::uint32_t singlePoint = 0x100; // flag in `shape`
struct Feature {
    std::uint32_t row, shape, index;
};
struct Body {
    Box box;
    std::uint32_t firstPart, partCount;
};
struct PartRecord {
    std::uint64_t firstPoint;
    std::uint32_t pointCount, hole;
};

// cells: fieldCount columns of featureCount offsets into the pool, where a u32 length comes before the bytes.
struct Header {
    char magic[8];
    std::uint32_t version, fieldCount;
    std::uint64_t fileSize, checksum; // of the whole file with this field zero
    Box extent;
    Section features, bodies, parts, points, cells, pool, meta;
    std::uint64_t spare[2]; // zero; keeps the header a multiple of the checksum's step
};
static_assert(sizeof(Header) == 8 + 8 + 16 + 32 + 7 * 16 + 16 && sizeof(Header) % 32 == 0 &&
              sizeof(Feature) == 12 && sizeof(Body) == 40 && sizeof(PartRecord) == 16 && sizeof(Point) == 16);

// Not for enemies: finds torn and rotten files. Four lanes, so that it runs at the speed of memory.
class Checksum {
public:
    void add(const char* data, std::size_t size) { // every call but the last a multiple of 32 bytes
        for (; size >= 32; data += 32, size -= 32)
            for (int lane = 0; lane < 4; ++lane)
                mix(lane, data + 8 * lane, 8);
        for (int lane = 0; size > 0; ++lane) {
            const std::size_t n = size < 8 ? size : 8;
            mix(lane, data, n);
            data += n, size -= n;
        }
    }
    std::uint64_t value() const {
        std::uint64_t out = 0;
        for (const std::uint64_t lane : lanes_)
            out = (std::rotl(out, 23) ^ lane) * 0x9e3779b97f4a7c15;
        return out;
    }

private:
    void mix(int lane, const char* data, std::size_t size) {
        std::uint64_t word = 0;
        std::memcpy(&word, data, size);
        lanes_[lane] = (std::rotl(lanes_[lane], 29) ^ word) * 0xd6e8feb86659fd93;
    }
    std::uint64_t lanes_[4] = {1, 2, 3, 4};
};

} // namespace vedette::layers::format
