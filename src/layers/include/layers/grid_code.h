// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vedette::layers {

// How a city writes its area codes: digits in groups, each group one step down. "free" takes any text abroad.
// Immutable values with static life.
class CodeSchema {
public:
    // "cn-grid-15": 6 county, 3 township, 3 community, 3 serial. "police-12": 6 county, 2 station, 4
    // community. "police-15": police-12 and 3 serial. "cjt349-20": CJ/T 349, 6 county, 3 township, 3
    // community, 3 unit grid, 5 within it. "free". nullptr for any other name.
    static const CodeSchema* named(std::string_view name);
    static std::span<const std::string_view> names();

    struct Group {
        std::string_view name; // "county", "township", ...
        std::size_t digits;
    };
    std::string_view name() const { return name_; }
    std::span<const Group> groups() const { return groups_; } // none for "free"
    std::size_t digits() const;

    // The code without the blanks and hyphens people put between the groups. Problems: codeEmpty,
    // codeLength {code,digits,expected}, codeNotDigits {code,at} (1-based), codeRegion {code} when the first
    // two digits are no province, codeGroupZero {code,group} when a group but the last is all zeros.
    Result<std::string> parse(std::string_view text) const;
    // The code's first groups up to the named one: what it rolls up to. Empty when the schema has no such
    // group. `code` is one that parse gave.
    std::string_view upTo(std::string_view code, std::string_view group) const;
    // For reading: "320602 001 002 003".
    std::string grouped(std::string_view code) const;

    constexpr CodeSchema(std::string_view name, std::span<const Group> groups)
        : name_(name), groups_(groups) {}

private:
    std::string_view name_;
    std::span<const Group> groups_;
};

// A 15-digit grid code; one that exists is valid. Rolls up by prefix.
class GridCode {
public:
    static Result<GridCode> parse(std::string_view text); // CodeSchema "cn-grid-15"
    const std::string& text() const { return text_; }
    std::string_view county() const { return prefix(6); }
    std::string_view township() const { return prefix(9); }
    std::string_view community() const { return prefix(12); }
    int serial() const; // 0-999
    // Whether `areaCode` is one that this code rolls up to (or the code itself).
    bool within(std::string_view areaCode) const { return text_.starts_with(areaCode) && !areaCode.empty(); }
    std::string grouped() const;

    friend bool operator==(const GridCode&, const GridCode&) = default;
    friend auto operator<=>(const GridCode&, const GridCode&) = default;

private:
    explicit GridCode(std::string text) : text_(std::move(text)) {}
    std::string_view prefix(std::size_t digits) const { return std::string_view(text_).substr(0, digits); }
    std::string text_;
};

} // namespace vedette::layers
