// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vedette::cartographer {

// A zip archive as a test needs it: stored entries, and lies where wanted.
struct ZipEntry {
    std::string name, content;
    std::int64_t claimedSize = -1; // -1: the truth
};
std::string storedZip(const std::vector<ZipEntry>& entries);

} // namespace vedette::cartographer
