// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::layers {

// How well a typed text fits an entry, best first.
enum class Fit : std::uint8_t { exact, prefix, wordStart, pinyin, initials, inside, error, none };

// The names of many entries, laid end to end so that one pass of memory finds a text in all of them.
class NameIndex {
public:
    // Appends an entry; its number is the count of those before it. `other`: a second text to be found by
    // (address, code), may be empty.
    void add(std::string_view name, std::string_view other);
    std::size_t size() const { return entries_; }
    // The best fit of the text for every entry. `fits` gets one value an entry.
    void match(std::string_view text, std::vector<Fit>& fits) const;

private:
    struct Pool {
        std::string text; // entries end in '\0'
        std::vector<std::uint32_t> ends;
        void close();
        template <class Each>
        void find(std::string_view needle, Each each) const;
    };
    void matchNames(const Pool& pool, std::string_view folded, bool secondary, std::vector<Fit>& fits) const;
    void matchPinyin(std::string_view letters, bool chineseTyped, std::vector<Fit>& fits) const;
    void matchInitials(std::string_view letters, std::vector<Fit>& fits) const;
    void matchWithError(const Pool& pool, std::string_view text, std::vector<Fit>& fits) const;

    std::size_t entries_ = 0;
    Pool names_, others_, pinyin_, initials_;
    std::vector<bool> syllableStart_; // of each byte of pinyin_
};

} // namespace vedette::layers
