// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/workspace.h"

#include <string>
#include <vector>

namespace vedette::layers {

// How a source's columns become a snapshot's fields: mapped ones under our names first, then the rest, then
// constants for which there is no column.
struct ColumnPlan {
    struct Field {
        std::string name;
        int column = -1;      // in the source; -1: only the constant
        std::string constant; // where the column is null or absent
        bool hasConstant = false;
    };
    std::vector<Field> fields;
    int x = -1, y = -1, location = -1; // columns that hold coordinates
    bool coordinatesMapped = false;    // named by the workspace, not guessed
};

// `columns`: the source's, decoded. Column names are found with case ignored. Problem: columnMissing
// {path,column,nearest,known}.
Result<ColumnPlan> planColumns(const SourceSpec& spec, const std::vector<std::string>& columns);

// Column names that mean longitude/latitude (or east/north), or a place in one column, in several languages.
bool namesX(std::string_view column);
bool namesY(std::string_view column);
bool namesLocation(std::string_view column);

} // namespace vedette::layers
