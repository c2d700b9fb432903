// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

// The peer: the same lines read with simdjson and kept as rows of an SQLite table (WAL, synchronous=FULL), a
// transaction for each second's worth, the newest fix of every unit in a map.
struct RowsKept {
    std::size_t rows = 0, units = 0;
    double cpuSeconds = 0;
    std::uintmax_t bytes = 0;
};
RowsKept keepAsRows(const std::filesystem::path& feed, const std::filesystem::path& database,
                    std::size_t aSecond);

// User and system time of this process so far.
double cpuSeconds();
