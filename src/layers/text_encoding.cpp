// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_encoding.h"

#include <algorithm>
#include <array>

namespace vedette::layers {

TextEncoding::TextEncoding(std::string_view name) {
    std::string upper(name);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    constexpr std::array gbk{"GBK", "CP936", "GB2312", "936", "MS936"};
    if (std::find(gbk.begin(), gbk.end(), upper) != gbk.end()) {
        to_ = ::iconv_open("CP936", "UTF-8");
        from_ = ::iconv_open("UTF-8", "CP936");
        known_ = to_ != iconv_t(-1) && from_ != iconv_t(-1);
    } else {
        known_ = upper.empty() || upper == "UTF-8" || upper == "UTF8";
    }
}

TextEncoding::~TextEncoding() {
    for (const iconv_t converter : {to_, from_})
        if (converter != iconv_t(-1))
            ::iconv_close(converter);
}

std::size_t utf8Length(std::string_view text) {
    if (text.empty())
        return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    std::size_t length = 0;
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        length = 2;
    else if ((first & 0xF0) == 0xE0)
        length = 3;
    else if (first >= 0xF0 && first <= 0xF4)
        length = 4;
    if (length == 0 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return overlong || surrogate || (first == 0xF4 && byte(1) > 0x8F) ? 0 : length;
}

std::size_t TextEncoding::characterSize(std::string_view character) const {
    if (utf8() || character.size() == 1)
        return character.size();
    std::array<char, 8> out;
    char* from = const_cast<char*>(character.data()); // iconv reads only
    char* to = out.data();
    std::size_t left = character.size(), room = out.size();
    ::iconv(to_, nullptr, nullptr, nullptr, nullptr);
    if (::iconv(to_, &from, &left, &to, &room) == std::size_t(-1))
        return 0;
    return out.size() - room;
}

std::string TextEncoding::writable(std::string_view text, char instead) const {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        if (length != 0 && characterSize(text.substr(0, length)) != 0)
            out += text.substr(0, length);
        else
            out += instead;
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    return out;
}

std::size_t TextEncoding::size(std::string_view text) const {
    if (utf8())
        return text.size();
    std::size_t bytes = 0;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(1, utf8Length(text));
        bytes += characterSize(text.substr(0, length));
        text.remove_prefix(length);
    }
    return bytes;
}

std::string_view TextEncoding::cut(std::string_view text, std::size_t bytes) const {
    std::size_t end = 0, used = 0;
    while (end < text.size()) {
        const std::size_t length = std::max<std::size_t>(1, utf8Length(text.substr(end)));
        used += characterSize(text.substr(end, length));
        if (used > bytes)
            break;
        end += length;
    }
    return text.substr(0, end);
}

std::string TextEncoding::convert(iconv_t with, std::string_view text) const {
    std::string out;
    std::array<char, 4096> piece;
    char* from = const_cast<char*>(text.data());
    std::size_t left = text.size();
    ::iconv(with, nullptr, nullptr, nullptr, nullptr);
    while (left > 0) {
        char* to = piece.data();
        std::size_t room = piece.size();
        const std::size_t before = left;
        const std::size_t done = ::iconv(with, &from, &left, &to, &room);
        out.append(piece.data(), piece.size() - room);
        if (done == std::size_t(-1) && left == before && room == piece.size()) {
            out += '?'; // broken bytes: say so and go on
            ++from;
            --left;
        }
    }
    return out;
}

std::string TextEncoding::encode(std::string_view text) const {
    return utf8() ? std::string(text) : convert(to_, text);
}

std::string TextEncoding::decode(std::string_view bytes) const {
    return utf8() ? std::string(bytes) : convert(from_, bytes);
}

} // namespace vedette::layers
