// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "layers/heat.h"

#include <array>
#include <bitset>
#include <functional>

namespace vedette::dispatch {

// Hours of the week that are meant, Monday 00:00-01:00 first, in the workspace's zone.
using WeekHours = std::bitset<168>;
inline WeekHours allWeek() {
    return WeekHours().set();
}
// "22-6,12" and "mon-fri,sun" (or 1-7, Monday first); a span that ends before it begins goes round, its end is
// left out of hours and belongs to days. Empty: all of them. nullopt: can't be read.
std::optional<WeekHours> weekHours(std::string_view hours, std::string_view weekdays);

// How many hours of [from, till) fall into each hour of the week, in the zone: what a count is divided by to be a rate.
// A week has one of each; where a clock is set back an hour comes twice.
std::array<double, 168> hoursOfWeek(layers::Instant from, layers::Instant till, const layers::TimeZone& zone);

// Which of the past is meant: a surface, a table and a clock that are asked alike count the same.
struct PastChoice {
    layers::Instant from{}, till{}; // [from, till)
    std::string category;           // only those whose category starts so
    WeekHours hours = allWeek();
};
// Hands over each incident that is meant, by time. False: `cancel` became true. Blocks; any thread.
bool eachPast(const City& city, const PastChoice& choice, const std::function<void(const PastIncident&)>& take,
              const std::atomic<bool>* cancel = nullptr);

// Graver weighs more: severity 1 counts four times, 4 once.
double severityWeight(int severity);
// As a surface takes them: those with a place, their age counted back from the end of the period.
std::vector<layers::HeatPoint> heatPoints(const City& city, const PastChoice& choice, bool bySeverity,
                                          const std::atomic<bool>* cancel = nullptr);

} // namespace vedette::dispatch
