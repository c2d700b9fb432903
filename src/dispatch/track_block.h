// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/positions.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace vedette::dispatch {

// A segment is a run of blocks. A block: this head, then the unit codes that are new in this segment, then
// columns of `count` values. Units are numbered over the segment, so a reader walks it from the start and may
// skip the columns of blocks it doesn't need.
struct TrackBlockHead {
    std::uint32_t magic = 0, count = 0;
    std::uint32_t namesSize = 0, columnsSize = 0;     // bytes
    std::int64_t firstReceived = 0, lastReceived = 0; // ms since 1970
    std::uint64_t checksum = 0;                       // of the head with this field zero, names and columns
};
static_assert(sizeof(TrackBlockHead) == 40);
inline constexpr std::uint32_t trackMagic = 0x314b5456; // "VTK1"

// Numbers of the units of one segment.
struct TrackNames {
    std::vector<std::string> names;
    std::unordered_map<std::string, std::uint32_t> numbers;
};

// Whole bytes of one block; adds what is new to `names`. `fixes` by receive time, not empty.
std::string encodeTrackBlock(std::span<const Fix> fixes, TrackNames& names);

// The block at the start of `bytes`: its size, or nullopt when it is torn or its checksum is wrong.
std::optional<std::size_t> trackBlockSize(std::string_view bytes, TrackBlockHead& head);
void readTrackNames(std::string_view block, const TrackBlockHead& head, std::vector<std::string>& names);

// Its columns, decoded one beside the other. Numbers out of range of `names` are left to the caller.
struct TrackColumns {
    std::vector<std::uint32_t> unit;
    std::vector<std::int64_t> received, fixed; // ms since 1970
    std::vector<std::int32_t> lon, lat;        // 1e-7 degrees
    std::vector<std::uint16_t> speed, course;  // 0.01 m/s, 0.1 degrees; 0xFFFF: not said
    Fix fix(std::size_t index, const std::vector<std::string>& names) const;
};
bool readTrackColumns(std::string_view block, const TrackBlockHead& head, TrackColumns& out);

} // namespace vedette::dispatch
