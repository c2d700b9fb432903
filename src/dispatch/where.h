// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/writer.h"

namespace vedette::dispatch {

// A parsed "column op value [and|or ...]" over the columns of one table.
class Where {
public:
    // Problems: whereUnreadable {where,at}, columnUnknown {column,known}.
    static layers::Result<Where> parse(std::string_view text,
                                       const std::vector<layers::ExportTable::Column>& in);
    bool keeps(const layers::ExportTable::Row& row) const;

private:
    enum class Op { equal, differs, less, lessOrEqual, greater, greaterOrEqual, contains };
    struct Term {
        std::size_t column = 0;
        Op op = Op::equal;
        std::string value;
        bool null = false;
    };
    static bool holds(const Term& term, const layers::ExportTable::Row& row);
    std::vector<std::vector<Term>> any_; // any of (all of)
};

} // namespace vedette::dispatch
