// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_decoding.h"

#include "near_words.h"

#include <algorithm>
#include <array>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
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
    constexpr std::size_t enough = 32'000;
    for (std::size_t from = 0; from < bytes.size() && sample_.size() < enough && !utf8_;) {
        const std::size_t end = std::min(bytes.find('\n', from), bytes.size());
        const std::string_view line = bytes.substr(from, std::min<std::size_t>(end - from, 2'000));
        if (std::any_of(line.begin(), line.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
            (sample_ += line) += '\n';
        from = end + 1;
    }
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

// What ICU makes of the sample, where that is clearly more than what we would say without it.
std::string EncodingGuess::byLanguage(bool hanzi) const {
    const std::string ours = hanzi ? "GB18030" : "windows-1252";
    const auto letters = std::count_if(sample_.begin(), sample_.end(),
                                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (letters < 8)
        return ours;
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(::ucsdet_open(&error),
                                                                                  ::ucsdet_close);
    ::ucsdet_setText(detector.get(), sample_.data(), static_cast<std::int32_t>(sample_.size()), &error);
    std::int32_t count = 0;
    const UCharsetMatch** matches = ::ucsdet_detectAll(detector.get(), &count, &error);
    if (U_FAILURE(error))
        return ours;
    static constexpr std::array eastern{"Shift_JIS", "EUC-JP", "EUC-KR", "Big5"};
    static constexpr std::array western{"windows-1250", "ISO-8859-2", "windows-1251", "ISO-8859-5", "KOI8-R",
                                        "windows-1253", "ISO-8859-7", "windows-1254", "ISO-8859-9"};
    std::string best = ours;
    std::int32_t sure = 0, oursSure = 0;
    for (std::int32_t i = 0; i < count && U_SUCCESS(error); ++i) {
        const std::string_view name = ::ucsdet_getName(matches[i], &error);
        const std::int32_t confidence = ::ucsdet_getConfidence(matches[i], &error);
        const auto among = [&](const auto& names) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        if (hanzi ? name == "GB18030" : name == "ISO-8859-1" || name == "windows-1252")
            oursSure = std::max(oursSure, confidence);
        else if (confidence > sure &&
                 ((among(eastern) && confidence >= 60) || (!hanzi && among(western) && confidence >= 20)))
            best = name, sure = confidence;
    }
    if (sure * 4 <= oursSure * 5)
        return ours;
    return best == "ISO-8859-9" ? "windows-1254" : best;
}

std::string EncodingGuess::encoding() const {
    return utf8_ ? "UTF-8" : byLanguage(hanzi_ > 4 * odd_);
}

} // namespace vedette::layers
