// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/past_choice.h"
#include "layers/statistics.h"
#include "layers/writer.h"

namespace vedette::dispatch {

// What is asked of a city's history, area by area.
struct StatisticsAsk {
    layers::AreaKind kind = layers::AreaKind::beat;
    layers::Instant from{}, till{};             // [from, till)
    layers::Instant beforeFrom{}, beforeTill{}; // a period to compare with; equal: none
    std::string category;                       // only those whose category starts so
    WeekHours hours = allWeek();                // of both periods
    double reachMetres = 0; // areas whose middles are so near are neighbours; 0: as far as nobody is without one
    double falseShare = 0.05; // of the hot and cold spots that may be false
};

enum class Spot : std::uint8_t { none, hot, cold };
std::string_view toString(Spot spot); // "none" "hot" "cold"

struct AreaStatistics {
    struct Row {
        layers::AreaIndex area = 0;
        std::size_t count = 0, before = 0;
        double km2 = 0;
        double rate = 0, shrunk = 0; // events/km2/day; NaN, and the mean, for an area without extent
        double z = 0, chance = 1;    // Getis-Ord Gi* of the rates
        double q = 1;                // the share of false ones among those at least as striking
        Spot spot = Spot::none;      // what of it may be believed
        layers::Change change;       // against the period before
    };
    std::vector<Row> rows; // every area of the kind, in their order
    double days = 0, daysBefore = 0, meanRate = 0, reachMetres = 0;
    std::size_t incidents = 0, outside = 0; // of the period; outside: in no area of the kind
    layers::WeekClock clock{};              // of the workspace's zone; hours that are left out are counted too
    std::array<double, 168> clockHours{};   // how many of each the period has
};
// Blocks: it goes through the whole history of the period. Any thread.
AreaStatistics areaStatistics(const City& city, const StatisticsAsk& ask);

// As a layer to be exported, with the polygons: code, name, count, area_km2, rate, shrunk, gi_z, gi_p, gi_q, spot,
// before, change, change_p.
layers::ExportTable statisticsTable(const City& city, layers::AreaKind kind, const AreaStatistics& statistics);

} // namespace vedette::dispatch
