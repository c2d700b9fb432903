// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/wording.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace vedette::ctl {

std::string_view wording(dispatch::PositionBasis basis) {
    static constexpr std::array<std::string_view, 5> names{"fix", "declared", "posted", "home area", "none"};
    return names[static_cast<std::size_t>(basis)];
}

std::string_view wording(dispatch::AssignmentStatus status) {
    static constexpr std::array<std::string_view, 7> names{"assigned", "accepted", "enroute", "onscene",
                                                           "handled",  "declined", "released"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view wording(dispatch::UnitStatus status) {
    static constexpr std::array<std::string_view, 7> names{"free",    "assigned",     "enroute", "onscene",
                                                           "onBreak", "outOfService", "off"};
    return names[static_cast<std::size_t>(status)];
}

std::string minutes(double seconds) {
    const long whole = std::lround(seconds);
    char text[32];
    std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
    return text;
}

} // namespace vedette::ctl
