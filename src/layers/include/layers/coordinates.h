// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/crs.h"

#include <optional>
#include <string>
#include <string_view>

namespace vedette::layers {

// How coordinates are written for people. Always of WGS 84, whatever datum a basemap has.
std::string decimalText(LonLat at); // "120.859437,32.012340": longitude first, as the command bar takes it
std::string dmsText(LonLat at);     // 32°00'44.4"N 120°51'34.0"E: latitude first, as surveyors write it
std::string workingText(Point at);  // "486721.3,3543201.8": east, north, decimetres

// Reads a place as people paste it: "120.86,32.01", "32.01, 120.86", "(39.9 116.3)", degrees with minutes and
// seconds and their letters in either order, working coordinates in either order (also with a zone before the
// easting where the working CRS has one). Letters settle which is which; then what can be no latitude; then
// what lies in or nearer to the city's box. Nothing: it is no place, or out of the CRS's reach.
std::optional<LonLat> readPlace(std::string_view text, const WorkingCrs& crs, const Box& city);
// Whether the text is two numbers of any of those forms, whatever they mean.
bool looksLikePlace(std::string_view text);
// Of two numbers that could be meant either way, the order that lies in or nearer to the city.
LonLat nearerOrder(LonLat at, const WorkingCrs& crs, const Box& city);

} // namespace vedette::layers
