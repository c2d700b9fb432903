// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vedette::layers {

// How built-up an area is: what may be asked of whoever has to get there depends on it.
enum class AreaClass : std::uint8_t { city, suburb, rural };
std::string_view toString(AreaClass areaClass); // "city" "suburb" "rural"
// Also 城区 郊区 农村; case doesn't matter. nullopt: anything else, the empty text too.
std::optional<AreaClass> areaClass(std::string_view text);

} // namespace vedette::layers
