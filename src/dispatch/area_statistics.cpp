// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/area_statistics.h"

#include "dispatch/area_middle.h"
#include "layers/counts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace vedette::dispatch {

namespace {

using Days = std::chrono::duration<double, std::ratio<86400>>;
using layers::FieldType;

// Where it happened in the period, and what it was narrowed to.
std::vector<layers::Point> places(const City& city, const StatisticsAsk& ask, Instant from, Instant till,
                                  layers::WeekClock* clock) {
    std::vector<layers::Point> out;
    eachPast(city, {from, till, ask.category, clock ? allWeek() : ask.hours}, [&](const PastIncident& past) {
        if (clock) {
            const auto local = city.zone.local(past.at);
            const auto hour = static_cast<std::size_t>(local.weekday * 24 + local.hour);
            ++(*clock)[hour];
            if (!ask.hours[hour])
                return;
        }
        out.push_back(past.where);
    });
    return out;
}

std::string number(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::optional<std::string> orNull(double value) {
    return std::isfinite(value) ? std::optional(number(value)) : std::nullopt;
}

} // namespace

std::string_view toString(Spot spot) {
    static constexpr std::array<std::string_view, 3> words{"none", "hot", "cold"};
    return words[static_cast<std::size_t>(spot)];
}

AreaStatistics areaStatistics(const City& city, const StatisticsAsk& ask) {
    AreaStatistics out;
    out.days = std::max(0.0, Days(ask.till - ask.from).count());
    out.daysBefore = std::max(0.0, Days(ask.beforeTill - ask.beforeFrom).count());
    const auto now = places(city, ask, ask.from, ask.till, &out.clock);
    out.clockHours = hoursOfWeek(ask.from, ask.till, city.zone);
    const auto counted = layers::countPerArea(city.areas, ask.kind, now);
    const auto before = layers::countPerArea(
        city.areas, ask.kind,
        out.daysBefore > 0 ? places(city, ask, ask.beforeFrom, ask.beforeTill, nullptr)
                           : std::vector<layers::Point>{});
    out.incidents = now.size(), out.outside = counted.outside;

    std::vector<double> events, exposure;
    std::vector<layers::Point> middles;
    for (std::size_t i = 0; i < counted.counts.size(); ++i) {
        const auto [area, count] = counted.counts[i];
        AreaStatistics::Row row;
        row.area = area, row.count = count, row.before = before.counts[i].second;
        row.km2 = layers::squareMetres(city.areas, area) / 1e6;
        events.push_back(static_cast<double>(count));
        exposure.push_back(row.km2 * out.days);
        middles.push_back(areaMiddle(city.areas, area));
        out.rows.push_back(std::move(row));
    }
    const auto rates = layers::shrunkRates(events, exposure);
    out.meanRate = rates.mean;
    out.reachMetres = ask.reachMetres > 0 ? ask.reachMetres : layers::reachOfAll(middles);
    // The shrunken rates: a tiny area where something happened once is no hot spot by itself.
    const auto z = layers::hotSpots(rates.shrunk, layers::neighboursWithin(middles, out.reachMetres));
    std::vector<double> chances;
    for (const double one : z)
        chances.push_back(layers::chanceOf(one));
    const auto believed = layers::believable(chances, ask.falseShare);
    const auto falseOnes = layers::falseShares(chances);
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
        AreaStatistics::Row& row = out.rows[i];
        row.rate = rates.raw[i], row.shrunk = rates.shrunk[i];
        row.z = z[i], row.chance = chances[i], row.q = falseOnes[i];
        row.spot = !believed[i] ? Spot::none : z[i] > 0 ? Spot::hot : Spot::cold;
        row.change = layers::change(row.before, out.daysBefore, row.count, out.days);
    }
    return out;
}

layers::ExportTable statisticsTable(const City& city, layers::AreaKind kind, const AreaStatistics& statistics) {
    layers::AreaCounts counts;
    counts.kind = kind;
    for (const auto& row : statistics.rows)
        counts.counts.emplace_back(row.area, row.count);
    auto table = layers::countTable(city.areas, counts);
    table.name = std::string(toString(kind)) + "_statistics";
    for (const auto& [name, type, alias] :
         {layers::ExportTable::Column{"rate", FieldType::real, "每平方公里每日"},
          {"shrunk", FieldType::real, "收缩率"},
          {"gi_z", FieldType::real, "热点 z 值"},
          {"gi_p", FieldType::real, "热点 p 值"},
          {"gi_q", FieldType::real, "热点 q 值"},
          {"spot", FieldType::text, "冷热点"},
          {"before", FieldType::integer, "前期数量"},
          {"change", FieldType::real, "变化倍数"},
          {"change_p", FieldType::real, "变化 p 值"}})
        table.columns.push_back({name, type, alias});
    for (std::size_t i = 0; i < statistics.rows.size(); ++i) {
        const auto& row = statistics.rows[i];
        auto& values = table.rows[i].values;
        values.push_back(orNull(row.rate));
        values.push_back(orNull(row.shrunk));
        values.push_back(orNull(row.z));
        values.push_back(orNull(row.chance));
        values.push_back(orNull(row.q));
        values.emplace_back(std::string(toString(row.spot)));
        const bool compared = statistics.daysBefore > 0;
        values.push_back(compared ? std::optional(std::to_string(row.before)) : std::nullopt);
        values.push_back(compared && row.change.ratio ? orNull(*row.change.ratio) : std::nullopt);
        values.push_back(compared ? orNull(row.change.chance) : std::nullopt);
    }
    return table;
}

} // namespace vedette::dispatch
