// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace vedette::layers {

// The words of workspace.toml, in the order of their enums.
inline const std::vector<std::string> datumWords{"wgs84", "cgcs2000", "gcj02", "bd09"};
inline const std::vector<std::string> zuluWords{"utc", "local"};
inline const std::vector<std::string> dateOrderWords{"month", "day"};
inline const std::vector<std::string> schemaWords{"cn-grid-15", "police-12", "police-15", "cjt349-20",
                                                  "free"};
inline const std::vector<std::string> areaKindWords{"city", "county", "township", "community",
                                                    "grid", "bureau", "station",  "beat"};
inline const std::vector<std::string> basisWords{"live",     "ageing", "stale",   "lost",
                                                 "declared", "posted", "homeArea"};

} // namespace vedette::layers
