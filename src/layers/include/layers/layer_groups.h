// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace vedette::layers {

// Groups of layers are one level deep, and no tree: a row that is a `head` is followed by those whose `group` is its
// `id`. Brings rows into that order: members keep theirs among each other, and who names no head there is, or is one,
// is in none. No row is lost.
template <class Row>
void gatherGroups(std::vector<Row>& rows) {
    for (Row& row : rows) {
        bool found = false;
        for (const Row& head : rows)
            found = found || (head.head && !row.head && head.id == row.group);
        if (!found)
            row.group = decltype(row.group){};
    }
    const decltype(Row::group) none{};
    std::vector<Row> out;
    std::vector<char> done(rows.size(), 0);
    for (const Row& row : rows) {
        if (row.group != none)
            continue;
        out.push_back(row);
        for (std::size_t i = 0; row.head && i < rows.size(); ++i)
            if (!done[i] && rows[i].group == row.id) {
                done[i] = 1;
                out.push_back(rows[i]);
            }
    }
    rows = std::move(out);
}

} // namespace vedette::layers
