// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace vedette::layers {

// One row of data/words: {placeholders} stand for the message's arguments.
struct Wording {
    std::string_view code, english, chinese;
};
const std::vector<Wording>& wordings(); // defined in the generated words_data.cpp

} // namespace vedette::layers
