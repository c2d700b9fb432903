// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <variant>

namespace vedette::cartographer {

// What the visible layers of the open project have within the tolerance, topmost layer first. Blocks for as
// long as the layers' providers take. Rasters give the value of each band. Failure: crsUnknownToQgis {crs}.
std::variant<wire::Identified, wire::Said> identify(const wire::Identify& at, const std::string& crs);

} // namespace vedette::cartographer
