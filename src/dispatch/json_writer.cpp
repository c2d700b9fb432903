// SPDX-License-Identifier: GPL-3.0-or-later
#include "json_writer.h"

#include "utf8.h"

#include <charconv>
#include <cmath>

namespace vedette::dispatch {

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
