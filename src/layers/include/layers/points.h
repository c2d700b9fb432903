// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace vedette::layers {

// The city's rule file for points of units' work. Points are whole hundredths, so that lines add up.
struct PointsRules {
    using Hundredths = long;
    std::vector<std::string> roles;             // that get points; empty: all
    Hundredths handled = 0;                     // a ticket that the unit led until it was handled
    std::map<std::string, Hundredths> category; // instead, by the longest code that the category begins with
    std::map<int, Hundredths> priority;         // instead, where no category says
    Hundredths joined = 0;                      // a ticket that it joined until it was handled
    Hundredths onTime = 0, late = 0;            // every deadline kept by the lead; one missed
    Hundredths rollAnswered = 0, rollMissed = 0;
    Hundredths patrolHour = 0; // an hour seen on the track log while on no ticket
    int patrolHoursADay = 24;  // at most
};

// Reads points.toml. Problems: fileUnreadable {path}, tomlBroken, keyUnknown, keyType, keyValue as of
// workspace.toml.
Result<PointsRules> readPoints(const std::filesystem::path& file);

} // namespace vedette::layers
