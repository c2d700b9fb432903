// SPDX-License-Identifier: GPL-3.0-or-later
#include "coordinate_text.h"

#include "near_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace vedette::layers {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::optional<double> plain(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty() || !std::isfinite(value))
        return {};
    return value;
}

} // namespace

std::optional<double> readOrdinate(std::string_view raw) {
    std::string_view text = trimmed(raw);
    if (const auto value = plain(text))
        return value;
    int side = 0;
    const auto sideOf = [](char c) {
        return c == 'N' || c == 'n' || c == 'E' || c == 'e'   ? 1
               : c == 'S' || c == 's' || c == 'W' || c == 'w' ? -1
                                                              : 0;
    };
    if (!text.empty() && (side = sideOf(text.back())) != 0)
        text = trimmed(text.substr(0, text.size() - 1));
    else if (!text.empty() && (side = sideOf(text.front())) != 0)
        text = trimmed(text.substr(1));
    // Whatever is no digit, sign, point or comma (degree, minute and second signs of any alphabet) separates.
    std::vector<double> numbers;
    std::string number;
    bool negative = false;
    const auto flush = [&] {
        if (number.empty())
            return true;
        const auto value = plain(number);
        number.clear();
        if (!value)
            return false;
        numbers.push_back(*value);
        return true;
    };
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            number += c;
        else if (c == '.' || c == ',')
            number += '.';
        else if (c == '-' && number.empty() && numbers.empty() && !negative)
            negative = true;
        else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '/' || !flush()) {
            if (c != 'd' && c != 'm' && c != 's')
                return {};
            if (!flush())
                return {};
        }
    }
    if (!flush() || numbers.empty() || numbers.size() > 3 || (side != 0 && negative))
        return {};
    double value = numbers[0];
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        if (numbers[i] < 0 || numbers[i] >= 60.0 + (i == 2 ? 1e-9 : 0) ||
            (i == 1 && numbers[0] != std::floor(numbers[0])))
            return {};
        value += numbers[i] / (i == 1 ? 60 : 3600);
    }
    return negative || side < 0 ? -value : value;
}

std::optional<OrdinatePair> readPair(std::string_view raw) {
    std::string_view text = trimmed(raw);
    if (text.size() >= 2 &&
        ((text.front() == '(' && text.back() == ')') || (text.front() == '[' && text.back() == ']')))
        text = trimmed(text.substr(1, text.size() - 2));
    for (const std::string_view separator : {";", ", ", ",", "\t", " "}) {
        const auto at = text.find(separator);
        if (at == text.npos || text.find(separator, at + separator.size()) != text.npos)
            continue;
        const auto first = readOrdinate(text.substr(0, at)),
                   second = readOrdinate(text.substr(at + separator.size()));
        if (first && second)
            return OrdinatePair{*first, *second};
    }
    return {};
}

bool looksLikeWkt(std::string_view raw) {
    std::string text = asciiLower(trimmed(raw).substr(0, 40));
    if (text.starts_with("srid=")) {
        const auto end = text.find(';');
        text = end == text.npos ? "" : text.substr(end + 1);
    }
    static constexpr std::array kinds{"point",          "linestring",         "polygon",
                                      "multi",          "geometrycollection", "curvepolygon",
                                      "circularstring", "compoundcurve"};
    return text.find('(') != text.npos &&
           std::any_of(kinds.begin(), kinds.end(), [&](const char* kind) { return text.starts_with(kind); });
}

} // namespace vedette::layers
