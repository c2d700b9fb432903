// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vedette::layers {

// How well a typed text fits an entry, best first.
enum class Fit : std::uint8_t { exact, prefix, wordStart, pinyin, initials, inside, error, none };

// The names of many entries, laid end to end; a text is sought only in those whose signature allows it.
class NameIndex {
public:
    // Appends an entry; its number is the count of those before it. `other`: a second text to be found by
    // (address, code), may be empty.
    void add(std::string_view name, std::string_view other);
    void settle(); // nothing more is added: gives back what was kept for that
    std::size_t size() const { return otherOf_.size(); }
    std::string_view other(std::size_t entry) const { return otherTexts_[otherOf_[entry]]; } // as it was added
    // The best fit of the text for every entry. `fits` gets one value an entry.
    void match(std::string_view text, std::vector<Fit>& fits) const;

private:
    // Which pairs of neighbouring bytes occur, hashed to 128 bits: tells at once what an entry cannot hold.
    struct Signature {
        std::uint64_t low = 0, high = 0;
        static Signature of(std::string_view text);
        bool holds(const Signature& other) const {
            return (low & other.low) == other.low && (high & other.high) == other.high;
        }
    };
    struct Pool {
        std::string text; // entries end in '\0'
        std::vector<std::uint32_t> ends;
        std::vector<Signature> signatures;
        std::vector<std::uint64_t> starters; // which letters and digits begin a word of the entry
        // Ends an entry; `wordStarts` are the letters its words or syllables begin with.
        void close(std::string_view wordStarts);
        void closeShort(); // an entry so short that it is sooner looked through than its signature
        void settle();
        template <class Each>
        void find(std::string_view needle, Each each) const;
    };
    void matchNames(const Pool& pool, std::string_view folded, bool secondary, std::vector<Fit>& fits) const;
    void matchOthers(std::string_view folded, std::vector<Fit>& fits) const;
    void matchPinyin(std::string_view letters, bool chineseTyped, std::vector<Fit>& fits) const;
    void matchInitials(std::string_view letters, std::vector<Fit>& fits) const;
    void matchWithError(const Pool& pool, std::string_view text, std::vector<Fit>& fits) const;

    // Many entries have an other text in common (addresses lie in the same village): each once.
    std::vector<std::string> otherTexts_;
    std::vector<std::uint32_t> otherOf_;
    std::unordered_map<std::string, std::uint32_t> otherByText_; // empty once settled
    Pool names_, pinyin_, initials_;
    Pool others_; // of otherTexts_
    std::vector<bool> syllableStart_; // of each byte of pinyin_
};

} // namespace vedette::layers
