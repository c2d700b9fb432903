// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vedette::ctl {

// A ZIP archive of a few files (PKWARE APPNOTE 6.3, deflate), without a date: same contents, same bytes.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& nameAndContent);

} // namespace vedette::ctl
