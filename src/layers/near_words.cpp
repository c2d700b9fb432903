// SPDX-License-Identifier: GPL-3.0-or-later
#include "near_words.h"

#include <algorithm>

namespace vedette::layers {

std::string asciiLower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::size_t editDistance(std::string_view first, std::string_view second) {
    const std::string a = asciiLower(first), b = asciiLower(second);
    std::vector<std::size_t> older(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], older[j - 2] + 1);
        }
        older = last, last = now;
    }
    return last[b.size()];
}

std::string nearestWord(std::string_view word, const std::vector<std::string>& known) {
    const auto nearer = [&](const std::string& a, const std::string& b) {
        return editDistance(word, a) < editDistance(word, b);
    };
    const auto found = std::min_element(known.begin(), known.end(), nearer);
    return found == known.end() ? "" : *found;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string out;
    for (const std::string& word : words) {
        if (!out.empty())
            out += separator;
        out += word;
    }
    return out;
}

} // namespace vedette::layers
