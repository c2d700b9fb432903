// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

#include <set>
#include <string>
#include <vector>

namespace vedette::layers {

// What the values of one column look like, from its first rows.
struct ColumnProfile {
    std::string name;
    FieldType type = FieldType::text;
    std::size_t rows = 0, filled = 0, times = 0, numbers = 0, zulu = 0;
    std::size_t clocks = 0, midnights = 0; // of those filled: times of day; days without one
    double meanLength = 0;
    bool blanks = false, links = false; // some value holds a blank, a URL
    std::set<std::string> distinct;     // up to `mostDistinct`

    static constexpr std::size_t mostDistinct = 20'000;
    double filledShare() const { return rows ? static_cast<double>(filled) / static_cast<double>(rows) : 0; }
    double timeShare() const { return filled ? static_cast<double>(times) / static_cast<double>(filled) : 0; }
    double clockShare() const {
        return filled ? static_cast<double>(clocks) / static_cast<double>(filled) : 0;
    }
    double uniqueShare() const {
        return filled ? static_cast<double>(distinct.size()) / static_cast<double>(filled) : 0;
    }
};
std::vector<ColumnProfile> profileColumns(const Snapshot& snapshot);

// The share of the column's distinct values that are in `codes`.
double shareIn(const ColumnProfile& column, const std::set<std::string>& codes);

// How well a column's name fits one of our names, 0..1, by words of several languages; `kind` is the area
// kind looked at, or "". Row numbers of the exporting program (OBJECTID, FID) fit nothing.
double nameFits(const std::string& ours, const std::string& column, const std::string& kind = {});

} // namespace vedette::layers
