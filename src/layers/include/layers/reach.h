// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vedette::layers {

// A shape that reaches further is none of a city's: it goes over the antimeridian or a pole, or lies far beyond
// the working CRS. Metres, a quarter of the way round.
inline constexpr double acrossTheWorld = 1e7;

} // namespace vedette::layers
