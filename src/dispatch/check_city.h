// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"

namespace vedette::dispatch {

// What the source itself calls the column that we call `ours`.
std::string sourceColumn(const layers::SourceSpec& spec, std::string_view ours);
// "0101", "101", "101.0": one code however a spreadsheet spelled it.
std::string plainCode(std::string_view text);

// Times that say they are UTC but read like the city's own clock: by a column that names the turn of duty,
// else by the hours at which nothing happens.
void checkTimes(const City& city, std::size_t source, std::vector<layers::Finding>& out);

} // namespace vedette::dispatch
