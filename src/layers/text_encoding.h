// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iconv.h>
#include <string>
#include <string_view>

namespace vedette::layers {

// The encoding a file's text is written in: UTF-8 or GBK (code page 936). Not to be shared between threads.
class TextEncoding {
public:
    // "UTF-8", "GBK", "CP936", "GB2312", "936" in any case; `known()` is false for others.
    explicit TextEncoding(std::string_view name);
    ~TextEncoding();
    TextEncoding(const TextEncoding&) = delete;
    TextEncoding& operator=(const TextEncoding&) = delete;
    bool known() const { return known_; }
    bool utf8() const { return to_ == iconv_t(-1); }
    const char* gdalName() const { return utf8() ? "UTF-8" : "CP936"; }

    // The UTF-8 text with what the encoding lacks (and what is no UTF-8) replaced by `instead`.
    std::string writable(std::string_view text, char instead = '?') const;
    // The bytes that a writable text takes.
    std::size_t size(std::string_view writableText) const;
    // The longest beginning of a writable text that takes at most `bytes`, ended on a character's border.
    std::string_view cut(std::string_view writableText, std::size_t bytes) const;
    std::string encode(std::string_view writableText) const;
    std::string decode(std::string_view bytes) const;

private:
    // The bytes of one UTF-8 character in this encoding, 0 when it has none.
    std::size_t characterSize(std::string_view character) const;
    std::string convert(iconv_t with, std::string_view text) const;
    bool known_ = true;
    iconv_t to_ = iconv_t(-1), from_ = iconv_t(-1);
};

// The bytes of the UTF-8 character that starts the text; 0 when none does.
std::size_t utf8Length(std::string_view text);

} // namespace vedette::layers
