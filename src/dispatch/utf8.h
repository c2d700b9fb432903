// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace vedette::dispatch {

// Bytes of the well-formed UTF-8 sequence that `text`, which isn't empty, starts with; 0: not one.
std::size_t sequenceLength(std::string_view text);
bool isUtf8(std::string_view text);

} // namespace vedette::dispatch
