// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <functional>
#include <variant>

namespace vedette::cartographer {

// Prints over the layers of the open project; blocks until all sheets are written. `onward` is called before
// each sheet; false: no further, and what was written is taken away again. Failures: cancelled,
// sheetUnwritable {path,cause}, sheetOutOfMemory, crsUnknownToQgis {crs}.
using Onward = std::function<bool(std::uint32_t done, std::uint32_t of)>;
std::variant<wire::Printed, wire::Said> printSheets(const wire::Print& print, const std::string& crs,
                                                    const Onward& onward);

} // namespace vedette::cartographer
