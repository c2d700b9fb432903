// SPDX-License-Identifier: GPL-3.0-or-later
#include "utf8.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace vedette::dispatch {

// Unicode 15, table 3-7.
std::size_t sequenceLength(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto within = [&](std::size_t i, unsigned low, unsigned high) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return within(1, 0x80, 0xBF) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return within(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && within(2, 0x80, 0xBF)
                   ? 3
                   : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return within(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && within(2, 0x80, 0xBF) &&
                       within(3, 0x80, 0xBF)
                   ? 4
                   : 0;
    return 0;
}

constexpr std::uint64_t highBits = 0x8080808080808080;

bool isUtf8(std::string_view text) {
    while (!text.empty()) {
        // Most of it is ASCII: 32 bytes at once, then eight.
        std::array<std::uint64_t, 4> words{};
        while (text.size() >= sizeof words && (std::memcpy(words.data(), text.data(), sizeof words),
                                               ((words[0] | words[1] | words[2] | words[3]) & highBits) == 0))
            text.remove_prefix(sizeof words);
        while (text.size() >= sizeof words[0] &&
               (std::memcpy(words.data(), text.data(), sizeof words[0]), (words[0] & highBits) == 0))
            text.remove_prefix(sizeof words[0]);
        if (text.empty())
            break;
        const std::size_t length = sequenceLength(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

} // namespace vedette::dispatch
