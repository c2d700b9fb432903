// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <string>

namespace vedette::layers {

// "31.230400" with that many digits behind the point, whatever the locale; nan and inf by name.
inline std::string fixedText(double value, int digits) {
    char text[400];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, digits);
    return {text, end.ptr};
}

} // namespace vedette::layers
