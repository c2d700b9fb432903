// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"
#include "layers/message.h"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vedette::console {

// What follows the verb `road` in the command bar: close, slow, open, list.
struct RoadSaid {
    enum class Deed { close, slow, open, list };
    Deed deed = Deed::list;
    std::string id;                     // R1, with open
    std::string name;                   // of the road, as its source spells it
    std::vector<layers::LonLat> points; // instead of a name; one alone: the section there
    double factor = 0;                  // of the usual speed
    std::string until;                  // as it was typed: 18:00, 2026-11-28T18:00
    std::string reason;
};

// The road's true spelling for words in any case; nullopt: no such road, or nobody knows yet.
using RoadNamed = std::function<std::optional<std::string>(std::string_view)>;

// Which of the words name the road: all up to a number, "until" or the longest that is a road's name; quotes
// after '@' settle it. Codes: roadDeedUnknown {word}, roadLineNeedsPlace {verb}, roadLineNeedsFactor,
// roadLineNeedsId, quoteOpen.
std::variant<RoadSaid, layers::Message> parseRoadLine(std::string_view text, const RoadNamed& named);

} // namespace vedette::console
