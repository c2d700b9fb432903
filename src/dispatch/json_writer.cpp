// SPDX-License-Identifier: GPL-3.0-or-later
#include "json_writer.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace vedette::dispatch {

namespace {

// Bytes of the well-formed UTF-8 sequence that starts here (Unicode 15, table 3-7), 0: not one.
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

// Behind the sound beginning of `text`.
std::size_t soundLength(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        if (text.size() - at >= sizeof eight) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if ((eight & 0x8080808080808080u) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        const std::size_t length = sequenceLength(text.substr(at));
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

} // namespace

std::optional<std::string> mendedUtf8(std::string_view text) {
    std::size_t sound = soundLength(text);
    if (sound == text.size())
        return std::nullopt;
    std::string out;
    for (; !text.empty(); sound = soundLength(text)) {
        out += text.substr(0, sound);
        text.remove_prefix(sound);
        if (text.empty())
            break;
        out += "\xEF\xBF\xBD";
        text.remove_prefix(1);
    }
    return out;
}

void JsonWriter::value(std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    separate();
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && static_cast<unsigned char>(text[plain]) >= 0x20 &&
               static_cast<unsigned char>(text[plain]) < 0x80 && text[plain] != '"' && text[plain] != '\\')
            ++plain;
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const auto byte = static_cast<unsigned char>(text.front());
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += text.front();
            text.remove_prefix(1);
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
            text.remove_prefix(1);
        } else if (const std::size_t length = sequenceLength(text)) {
            out += text.substr(0, length);
            text.remove_prefix(length);
        } else {
            out += "\xEF\xBF\xBD";
            text.remove_prefix(1);
        }
    }
    out += '"';
    comma_ = true;
}

void JsonWriter::value(double number) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::isfinite(number) ? number : 0.0).ptr;
    raw({buffer, end});
}

} // namespace vedette::dispatch
