// SPDX-License-Identifier: GPL-3.0-or-later
#include "name_index.h"

#include "fold_text.h"

#include <algorithm>

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

// One bit for each plain letter and digit, none for the rest.
std::uint64_t starterBit(char c) {
    if (c >= 'a' && c <= 'z')
        return std::uint64_t{1} << (c - 'a');
    return c >= '0' && c <= '9' ? std::uint64_t{1} << (26 + c - '0') : 0;
}

std::string wordStarts(std::string_view folded) {
    std::string out;
    for (std::size_t i = 0; i < folded.size(); ++i)
        if (i == 0 || !letter(folded[i - 1]))
            out += folded[i];
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

NameIndex::Signature NameIndex::Signature::of(std::string_view text) {
    Signature out;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(text[i - 1]),
                   second = static_cast<unsigned char>(text[i]);
        const std::uint32_t bit = (first * 0x9E3779B1u + second * 0x85EBCA77u) >> 25; // 0-127
        (bit < 64 ? out.low : out.high) |= std::uint64_t{1} << (bit & 63);
    }
    return out;
}

void NameIndex::Pool::close(std::string_view wordStarts) {
    const std::size_t first = ends.empty() ? 0 : ends.back();
    signatures.push_back(Signature::of(std::string_view(text).substr(first)));
    starters.push_back(0);
    for (const char c : wordStarts)
        starters.back() |= starterBit(c);
    text += '\0';
    ends.push_back(static_cast<std::uint32_t>(text.size()));
}

void NameIndex::Pool::closeShort() {
    text += '\0';
    ends.push_back(static_cast<std::uint32_t>(text.size()));
}

void NameIndex::Pool::settle() {
    text.shrink_to_fit(), ends.shrink_to_fit(), signatures.shrink_to_fit(), starters.shrink_to_fit();
}

// Calls each(entry, offset of the entry, offset of the hit, end of the entry) until it says that is enough.
template <class Each>
void NameIndex::Pool::find(std::string_view needle, Each each) const {
    const Signature wanted = Signature::of(needle);
    const std::uint64_t starter = needle.size() == 1 ? starterBit(needle[0]) : 0;
    for (std::size_t entry = 0; entry < ends.size(); ++entry) {
        if (!signatures.empty() &&
            (!signatures[entry].holds(wanted) || (starters[entry] & starter) != starter))
            continue;
        const std::uint32_t first = entry == 0 ? 0 : ends[entry - 1], end = ends[entry] - 1;
        const std::string_view whole(text.data() + first, end - first);
        for (auto at = whole.find(needle); at != whole.npos; at = whole.find(needle, at + 1))
            if (each(entry, first, first + static_cast<std::uint32_t>(at), end))
                break;
    }
}

void NameIndex::add(std::string_view name, std::string_view other) {
    const std::string folded = foldText(name);
    names_.text += folded;
    names_.close(wordStarts(folded));
    const auto [known, fresh] =
        otherByText_.try_emplace(std::string(other), static_cast<std::uint32_t>(otherTexts_.size()));
    if (fresh) {
        const std::string foldedOther = foldText(other);
        otherTexts_.emplace_back(other);
        others_.text += foldedOther;
        others_.close(wordStarts(foldedOther));
    }
    otherOf_.push_back(known->second);
    const Pinyin spoken = spell(folded);
    if (spoken.chinese) {
        const auto first = pinyin_.text.size();
        pinyin_.text += spoken.letters;
        syllableStart_.resize(pinyin_.text.size() + 1);
        for (const auto start : spoken.starts)
            syllableStart_[first + start] = true;
        initials_.text += spoken.initials;
    }
    pinyin_.close(spoken.initials);
    syllableStart_.resize(pinyin_.text.size());
    initials_.closeShort();
}

void NameIndex::settle() {
    otherByText_ = {};
    otherTexts_.shrink_to_fit(), otherOf_.shrink_to_fit(), syllableStart_.shrink_to_fit();
    for (Pool* pool : {&names_, &others_, &pinyin_, &initials_})
        pool->settle();
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

void NameIndex::matchOthers(std::string_view folded, std::vector<Fit>& fits) const {
    std::vector<Fit> found(otherTexts_.size(), Fit::none);
    matchNames(others_, folded, true, found);
    if (std::all_of(found.begin(), found.end(), [](Fit fit) { return fit == Fit::none; }))
        return;
    for (std::size_t entry = 0; entry < fits.size(); ++entry)
        better(fits[entry], found[otherOf_[entry]]);
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
    for (std::size_t entry = 0; entry < size(); ++entry) {
        const std::uint32_t end = pool.ends[entry];
        const char* const begin = pool.text.data() + first;
        const std::string_view whole(begin, end - 1 - first);
        first = end;
        // One error leaves one of the first two letters where it was or one place off.
        const bool likely = whole.size() > 1 && (begin[0] == text[0] || begin[0] == text[1] ||
                                                 begin[1] == text[0] || begin[1] == text[1]);
        if (likely && fits[entry] == Fit::none && beginsWithOneError(whole, text))
            fits[entry] = Fit::error;
    }
}

void NameIndex::match(std::string_view text, std::vector<Fit>& fits) const {
    fits.assign(size(), Fit::none);
    const std::string folded = foldText(text);
    if (folded.empty() || folded.find('\0') != folded.npos)
        return;
    matchNames(names_, folded, false, fits);
    matchOthers(folded, fits);
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
        matchOthers(letters, fits);
    const auto found = std::count_if(fits.begin(), fits.end(), [](Fit fit) { return fit != Fit::none; });
    if (found < 5 && letters.size() > 3 && folded.size() > 3) {
        matchWithError(names_, folded, fits);
        if (plain)
            matchWithError(pinyin_, letters, fits);
    }
}

} // namespace vedette::layers
