// SPDX-License-Identifier: GPL-3.0-or-later
#include "fold_text.h"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace vedette::layers {

namespace {

// Transliteration, remembered by character: whole names would cost a hundred times as much.
class CharacterTable {
public:
    explicit CharacterTable(const char* rules) {
        UErrorCode error = U_ZERO_ERROR;
        rules_.reset(icu::Transliterator::createInstance(rules, UTRANS_FORWARD, error));
        if (U_FAILURE(error))
            rules_.reset(); // ICU without its data: characters stay as they are
    }
    const std::string& of(UChar32 character) {
        const auto [found, fresh] = known_.try_emplace(character);
        if (fresh) {
            icu::UnicodeString text(character);
            if (rules_)
                rules_->transliterate(text);
            text.toUTF8String(found->second);
        }
        return found->second;
    }

private:
    std::unique_ptr<icu::Transliterator> rules_;
    std::unordered_map<UChar32, std::string> known_;
};

struct Tables {
    std::mutex mutex;
    CharacterTable fold{"NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower; NFC"};
    CharacterTable spell{"Han-Latin; Latin-ASCII; Lower"};
};

Tables& tables() {
    static Tables all;
    return all;
}

bool plain(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

template <class Each>
void eachCharacter(std::string_view utf8, Each each) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    const auto size = static_cast<std::int32_t>(utf8.size());
    for (std::int32_t i = 0; i < size;) {
        UChar32 character = 0;
        U8_NEXT(bytes, i, size, character);
        if (character >= 0)
            each(character);
    }
}

bool letterOrDigit(UChar32 character) {
    return u_isalnum(character) != 0;
}

} // namespace

std::string foldText(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    if (std::all_of(utf8.begin(), utf8.end(), plain)) {
        for (const char c : utf8)
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return out;
    }
    const std::scoped_lock lock(tables().mutex);
    eachCharacter(utf8, [&](UChar32 character) { out += tables().fold.of(character); });
    return out;
}

Pinyin spell(std::string_view folded) {
    Pinyin out;
    bool wordOpen = false; // inside a run of letters or digits that isn't Chinese
    const std::scoped_lock lock(tables().mutex);
    eachCharacter(folded, [&](UChar32 character) {
        const bool han = u_hasBinaryProperty(character, UCHAR_IDEOGRAPHIC) != 0;
        if (!han && !letterOrDigit(character)) {
            wordOpen = false;
            return;
        }
        std::string letters = tables().spell.of(character);
        std::erase_if(letters, [](char c) { return c == ' ' || c == '\''; });
        if (letters.empty())
            return;
        if (han || !wordOpen) {
            out.starts.push_back(out.letters.size());
            out.initials += letters[0];
        }
        out.letters += letters;
        wordOpen = !han;
        out.chinese |= han;
    });
    return out;
}

} // namespace vedette::layers
