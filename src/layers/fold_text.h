// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vedette::layers {

// Text as it is compared: lower case, full-width as half-width, without diacritics. Chinese stays Chinese.
std::string foldText(std::string_view utf8);

// How a text is spoken, in plain letters.
struct Pinyin {
    std::string letters;             // "renmingongyuan"
    std::vector<std::size_t> starts; // where each syllable or word begins in `letters`
    std::string initials;            // "rmgy"
    bool chinese = false;            // whether any character was spelled out
};
Pinyin spell(std::string_view folded);

// Both keep what they learned of each character and may be called from any thread.
} // namespace vedette::layers
