// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace vedette::ctl {

// Follows a growing NDJSON file: whole new lines since last time. The file may come later, and may begin anew
// when it was replaced or cut.
class OrderTail {
public:
    // `fromStart` false: what stands there now is skipped.
    OrderTail(std::filesystem::path file, bool fromStart);
    std::vector<std::string> lines();

private:
    std::filesystem::path file_;
    std::uint64_t offset_ = 0, inode_ = 0;
    std::string rest_; // begun, not ended yet
};

} // namespace vedette::ctl
