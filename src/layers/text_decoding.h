// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::layers {

bool isUtf8(std::string_view bytes);

// Bytes of one encoding to UTF-8; what can't be read becomes U+FFFD.
class TextDecoder {
public:
    // "GBK", "CP936", "GB18030", "ISO-8859-1", "88591" (as .cpg files write it), ...; nullopt: unknown.
    static std::optional<TextDecoder> named(std::string_view encoding);
    std::string decode(std::string_view bytes) const;
    const std::string& name() const { return name_; }

private:
    struct Close {
        void operator()(void* converter) const;
    };
    std::string name_;
    std::unique_ptr<void, Close> converter_;
};

// Looks at undeclared text piece by piece and says what it is: UTF-8, GB18030, another of East Asia, the
// Windows code page of its language, else windows-1252. A few letters tell no language.
class EncodingGuess {
public:
    void look(std::string_view bytes);
    // "UTF-8" as long as nothing spoke against it.
    std::string encoding() const;

private:
    std::string byLanguage(bool hanzi) const;
    std::size_t hanzi_ = 0, odd_ = 0;
    std::string sample_; // lines with bytes beyond ASCII
    bool utf8_ = true;
};

} // namespace vedette::layers
