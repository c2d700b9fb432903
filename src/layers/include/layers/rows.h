// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"

#include <functional>

namespace vedette::layers {

// A layer's attributes as a table, whatever it is made of: a snapshot of a foreign source, or the areas of one
// kind. A value; what it reads from is held. Any thread.
struct Rows {
    std::vector<std::string> columns;
    std::size_t count = 0;
    // nullopt: null, also for a column that isn't there.
    std::function<std::optional<std::string_view>(std::size_t row, int column)> value;
    std::function<Box(std::size_t row)> box;

    int column(std::string_view name) const; // -1: absent
    // The number a value is, in C's spelling; nothing for what isn't one.
    std::optional<double> number(std::size_t row, int column) const;
};

Rows rowsOf(const Snapshot& snapshot);
// Columns code, name, parent, level, beat, kind, class. Which areas: `indices[row]`.
struct AreaRows {
    Rows rows;
    std::vector<AreaIndex> indices;
};
AreaRows rowsOf(const Areas& areas, AreaKind kind, bool exclusive);

// Distinct values, most frequent first, then by text; at most `most`.
std::vector<std::pair<std::string, std::size_t>> distinctValues(const Rows& rows, int column, std::size_t most);
std::vector<double> numbers(const Rows& rows, int column);
int firstOfNumbers(const Rows& rows); // the first column with a number in it; -1: none

// Which row lies at a place: polygons that cover it (odd-even), lines and points within `metres`; last drawn
// first, at most `most`.
std::vector<std::size_t> featuresAt(const Snapshot& snapshot, Point at, double metres, std::size_t most);

} // namespace vedette::layers
