// SPDX-License-Identifier: GPL-3.0-or-later
#include "name_index.h"

#include "fold_text.h"

#include <algorithm>
#include <cstring>

namespace vedette::layers {

namespace {

void better(Fit& fit, Fit found) {
    fit = std::min(fit, found);
}

bool letter(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool allPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string withoutBlanks(std::string_view text) {
    std::string out(text);
    std::erase_if(out, [](char c) { return c == ' ' || c == '\'' || c == '-'; });
    return out;
}

// Whether `typed` is a beginning of `text` but for one letter wrong, missing, extra or swapped with the next.
bool beginsWithOneError(std::string_view text, std::string_view typed) {
    const auto limit = std::min(text.size(), typed.size());
    std::size_t same = 0;
    while (same < limit && text[same] == typed[same])
        ++same;
    if (same == typed.size())
        return true;
    const auto restTyped = typed.substr(same), restText = text.substr(same);
    const auto skip = [](std::string_view from, std::size_t count) {
        return from.size() < count ? std::string_view() : from.substr(count);
    };
    return (!restText.empty() && skip(restText, 1).starts_with(skip(restTyped, 1))) || // wrong
           restText.starts_with(skip(restTyped, 1)) ||                                 // extra
           (!restText.empty() && skip(restText, 1).starts_with(restTyped)) ||          // missing
           (restText.size() > 1 && restTyped.size() > 1 && restText[0] == restTyped[1] &&
            restText[1] == restTyped[0] && skip(restText, 2).starts_with(skip(restTyped, 2)));
}

} // namespace

void NameIndex::Pool::close() {
    text += '\0';
    ends.push_back(static_cast<std::uint32_t>(text.size()));
}

// Calls each(entry, offset of the entry, offset of the hit) and goes on from where it says.
template <class Each>
void NameIndex::Pool::find(std::string_view needle, Each each) const {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    auto entry = ends.begin();
    for (const char* at = begin; at < end;) {
        const auto* hit = static_cast<const char*>(
            ::memmem(at, static_cast<std::size_t>(end - at), needle.data(), needle.size()));
        if (!hit)
            break;
        const auto offset = static_cast<std::uint32_t>(hit - begin);
        if (*entry <= offset)
            entry = std::upper_bound(entry, ends.end(), offset);
        const std::uint32_t first = entry == ends.begin() ? 0 : *std::prev(entry);
        const bool enough = each(static_cast<std::size_t>(entry - ends.begin()), first, offset, *entry - 1);
        at = enough ? begin + *entry : hit + 1;
    }
}

void NameIndex::add(std::string_view name, std::string_view other) {
    const std::string folded = foldText(name);
    names_.text += folded;
    names_.close();
    others_.text += foldText(other);
    others_.close();
    if (const Pinyin spoken = spell(folded); spoken.chinese) {
        const auto first = pinyin_.text.size();
        pinyin_.text += spoken.letters;
        syllableStart_.resize(pinyin_.text.size() + 1);
        for (const auto start : spoken.starts)
            syllableStart_[first + start] = true;
        initials_.text += spoken.initials;
    }
    pinyin_.close();
    syllableStart_.resize(pinyin_.text.size());
    initials_.close();
    ++entries_;
}

void NameIndex::matchNames(const Pool& pool, std::string_view folded, bool secondary,
                           std::vector<Fit>& fits) const {
    const bool oneLetter = folded.size() == 1;
    pool.find(folded, [&](std::size_t entry, std::uint32_t first, std::uint32_t hit, std::uint32_t end) {
        Fit fit = Fit::inside;
        if (hit == first)
            fit = hit + folded.size() == end ? Fit::exact : Fit::prefix;
        else if (!letter(pool.text[hit - 1]))
            fit = Fit::wordStart;
        else if (oneLetter)
            return false; // one letter somewhere inside says nothing
        if (secondary && fit != Fit::exact)
            fit = fit == Fit::prefix ? Fit::wordStart : Fit::inside;
        better(fits[entry], fit);
        return hit == first;
    });
}

void NameIndex::matchPinyin(std::string_view letters, bool chineseTyped, std::vector<Fit>& fits) const {
    pinyin_.find(letters, [&](std::size_t entry, std::uint32_t first, std::uint32_t hit, std::uint32_t) {
        if (!syllableStart_[hit])
            return false;
        Fit fit = hit == first ? Fit::pinyin : Fit::inside;
        if (chineseTyped)
            fit = Fit::error; // sounds alike, is written otherwise
        better(fits[entry], fit);
        return hit == first;
    });
}

void NameIndex::matchInitials(std::string_view letters, std::vector<Fit>& fits) const {
    initials_.find(letters, [&](std::size_t entry, std::uint32_t first, std::uint32_t hit, std::uint32_t) {
        better(fits[entry], hit == first ? Fit::initials : Fit::inside);
        return hit == first;
    });
}

void NameIndex::matchWithError(const Pool& pool, std::string_view text, std::vector<Fit>& fits) const {
    std::uint32_t first = 0;
    for (std::size_t entry = 0; entry < entries_; ++entry) {
        const std::uint32_t end = pool.ends[entry];
        const std::string_view whole(pool.text.data() + first, end - 1 - first);
        first = end;
        if (fits[entry] == Fit::none && !whole.empty() && beginsWithOneError(whole, text))
            fits[entry] = Fit::error;
    }
}

void NameIndex::match(std::string_view text, std::vector<Fit>& fits) const {
    fits.assign(entries_, Fit::none);
    const std::string folded = foldText(text);
    if (folded.empty() || folded.find('\0') != folded.npos)
        return;
    matchNames(names_, folded, false, fits);
    matchNames(others_, folded, true, fits);
    const bool plain = allPlain(folded);
    std::string letters = plain ? withoutBlanks(folded) : spell(folded).letters;
    std::replace(letters.begin(), letters.end(), 'v', 'u'); // lv is how keyboards write the u of 绿
    if (!letters.empty() && letters.find_first_not_of("0123456789") != letters.npos) {
        matchPinyin(letters, !plain, fits);
        if (plain && letters.size() > 1)
            matchInitials(withoutBlanks(folded), fits);
    }
    // A code may be typed in its groups: 320602-001-002-003.
    if (plain && letters != folded && letters.find_first_not_of("0123456789") == letters.npos &&
        !letters.empty())
        matchNames(others_, letters, true, fits);
    const auto found = std::count_if(fits.begin(), fits.end(), [](Fit fit) { return fit != Fit::none; });
    if (found < 5 && letters.size() > 3) {
        matchWithError(names_, folded, fits);
        if (plain)
            matchWithError(pinyin_, letters, fits);
    }
}

} // namespace vedette::layers
