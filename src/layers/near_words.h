// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vedette::layers {

// Edit distance (insert, delete, replace, swap of neighbours), by bytes, ASCII case ignored.
std::size_t editDistance(std::string_view a, std::string_view b);
// The nearest of `known` to `word`; "" when there are none.
std::string nearestWord(std::string_view word, const std::vector<std::string>& known);
std::string joined(const std::vector<std::string>& words, std::string_view separator);
std::string asciiLower(std::string_view text);

} // namespace vedette::layers
