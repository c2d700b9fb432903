// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/rows.h"

namespace vedette::layers {

// Which rows of a layer are meant, in the part of SQL that people know from QGIS:
//   level >= 2 and (name like '%park%' or "kind" in ('a', 'b')) and not closed is null
// Columns bare or in "double" quotes, texts in 'single' ones (doubled inside), numbers with a point; = == <> != <
// <= > >=, [not] in, [not] like and ilike (% and _), is [not] null, and or not, brackets. Words in any case.
// Both sides numbers: compared as such, else as texts by code point; ilike folds ASCII only. A null makes a
// comparison unknown, and what is unknown doesn't hold (three-valued, as SQL has it).
// Immutable; any thread.
class Filter {
public:
    Filter() = default; // everything holds
    // Problems: filterUnreadable {filter,at} ("" at its end), filterColumn {filter,column,nearest,known}.
    static Result<Filter> parse(std::string_view text, const std::vector<std::string>& columns);
    bool everything() const { return !root_; }
    bool holds(const Rows& rows, std::size_t row) const;
    struct Node;

private:
    std::shared_ptr<const Node> root_;
};

} // namespace vedette::layers
