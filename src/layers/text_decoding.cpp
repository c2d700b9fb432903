// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_decoding.h"

#include "near_words.h"

#include <algorithm>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>
#include <vector>

namespace vedette::layers {

bool isUtf8(std::string_view bytes) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto size = static_cast<std::int32_t>(bytes.size());
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT(data, i, size, c);
        if (c < 0)
            return false;
    }
    return true;
}

void TextDecoder::Close::operator()(void* converter) const {
    ::ucnv_close(static_cast<UConverter*>(converter));
}

std::optional<TextDecoder> TextDecoder::named(std::string_view encoding) {
    std::string name(encoding);
    std::erase_if(name, [](char c) { return c == ' ' || c == '\r' || c == '\n' || c == '\t'; });
    std::string lower = asciiLower(name);
    if (lower.starts_with("ansi"))
        lower.erase(0, lower.find_first_not_of("ansi_ -") == lower.npos ? lower.size()
                                                                        : lower.find_first_not_of("ansi_ -"));
    const bool digits = !lower.empty() && lower.find_first_not_of("0123456789") == lower.npos;
    if (digits && lower.starts_with("8859") && lower.size() > 4) // ArcGIS writes 88591 for ISO-8859-1
        name = "ISO-8859-" + lower.substr(4);
    else if (digits && lower == "65001")
        name = "UTF-8";
    else if (digits || lower.starts_with("cp") || lower == "gbk" || lower == "gb2312" || lower == "euc-cn")
        name = lower == "936" || lower == "cp936" || lower == "54936" || lower.front() == 'g' ||
                       lower == "euc-cn"
                   ? "GB18030" // a superset of all of them
                   : "windows-" + lower.substr(digits ? 0 : 2);
    else if (lower == "latin1" || lower == "latin-1" || lower == "iso-8859-1" || lower == "iso8859-1")
        name = "windows-1252"; // files that say Latin-1 use its C1 row as Windows does
    if (name.empty())
        return {};
    UErrorCode error = U_ZERO_ERROR;
    UConverter* converter = ::ucnv_open(name.c_str(), &error);
    if (U_FAILURE(error) && name.starts_with("windows-")) {
        error = U_ZERO_ERROR;
        converter = ::ucnv_open(("cp" + name.substr(8)).c_str(), &error);
    }
    if (U_FAILURE(error))
        return {};
    TextDecoder out;
    out.name_ = name;
    out.converter_.reset(converter);
    return out;
}

std::string TextDecoder::decode(std::string_view bytes) const {
    if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return std::string(bytes);
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                  static_cast<UConverter*>(converter_.get()), error);
    std::string out;
    text.toUTF8String(out);
    return out;
}

void EncodingGuess::look(std::string_view bytes) {
    if (utf8_ && !isUtf8(bytes))
        utf8_ = false;
    // GB 2312's two-byte characters stand in pairs above 0xA0, its common hanzi in rows B0-F7; accented
    // letters of Latin text stand alone among ASCII.
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80)
            continue;
        const auto trail = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0;
        if (trail >= 0xa1 && lead >= 0xa1 && lead <= 0xf7)
            ++hanzi_, ++i;
        else
            ++odd_;
    }
}

std::string EncodingGuess::encoding() const {
    if (utf8_)
        return "UTF-8";
    return hanzi_ > 4 * odd_ ? "GB18030" : "windows-1252";
}

} // namespace vedette::layers
