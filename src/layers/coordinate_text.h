// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <optional>
#include <string_view>

namespace vedette::layers {

// "116.4", "116,4", "1 234,5", "35°51'20\" N", "35 51 20.5S", "W 77.02". West and south are negative.
std::optional<double> readOrdinate(std::string_view text);

// "(37.78, -122.42)", "37.78 -122.42", "37.78,-122.42": two ordinates as written, first and second.
struct OrdinatePair {
    double first = 0, second = 0;
};
std::optional<OrdinatePair> readPair(std::string_view text);

// "POINT (...", "SRID=4326;POLYGON ...": worth handing to a WKT reader.
bool looksLikeWkt(std::string_view text);

} // namespace vedette::layers
