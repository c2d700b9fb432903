// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace vedette::bench {

// What a whole frame of a city with every layer on costs at seven scales, and what it costs without heat, lines, names or fills:
// CPU of all threads, the least of `rounds`, which other work on the machine disturbs little. Pictures go to `folder`.
// False: the city can't be read.
bool printZooms(const std::filesystem::path& city, int rounds, const std::filesystem::path& folder);

} // namespace vedette::bench
