// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/symbols.h"

namespace vedette::map {

// Fits when each list that is not empty has the fact; gives what it states.
struct SymbolBook::Rule {
    SymbolFacts::Table table;
    std::vector<std::string> roles, statuses, categories, names, stages;
    std::vector<int> severities;
    std::optional<std::string> drawing; // by name, until the drawings are known
    std::uint16_t number = 0;
    std::optional<MarkShape> shape;
    std::optional<std::variant<Hue, QColor>> colour;
    std::int64_t line = 0;
    std::string file;

    bool fits(const SymbolFacts& facts) const;
};

struct SymbolReading {
    using Rule = SymbolBook::Rule;
    static std::vector<Rule>& rules(SymbolBook& book) { return book.rules_; }
    // Adds the rules of one file; what is wrong is left out and said.
    static void read(std::string_view text, const std::string& path, std::vector<Rule>& into,
                     std::vector<layers::Message>& wrong);
};

} // namespace vedette::map
