// SPDX-License-Identifier: GPL-3.0-or-later
#include "people.h"

#include <algorithm>

namespace vedette::ctl {

namespace {

// When a class of duty happens most.
enum class Hours { day, evening, night, rush, any };
enum class Season { any, summer, winter, typhoon, spring };
struct Habit {
    double weight;
    Hours hours;
    Season season;
};

Habit habit(const std::string& dutyClass) {
    switch (std::stoi(dutyClass)) {
    case 1:
        return {5, Hours::night, Season::any};
    case 2:
        return {12, Hours::rush, Season::any};
    case 3:
        return {7, Hours::night, Season::summer};
    case 4:
        return {13, Hours::evening, Season::summer};
    case 5:
        return {8, Hours::evening, Season::any};
    case 6:
        return {5, Hours::evening, Season::any};
    case 7:
        return {2, Hours::day, Season::any};
    case 8:
        return {9, Hours::any, Season::any};
    case 9:
        return {1.2, Hours::any, Season::winter};
    case 10:
        return {1, Hours::any, Season::winter};
    case 11:
        return {5, Hours::day, Season::any};
    case 12:
        return {2.5, Hours::any, Season::winter};
    case 13:
        return {0.6, Hours::day, Season::summer};
    case 14:
        return {1.5, Hours::any, Season::typhoon};
    case 16:
        return {9, Hours::rush, Season::any};
    case 19:
        return {7, Hours::evening, Season::any};
    case 20:
        return {6, Hours::day, Season::summer};
    case 24:
        return {2, Hours::evening, Season::winter};
    case 32:
        return {1.5, Hours::rush, Season::any};
    case 34:
        return {3, Hours::evening, Season::any};
    case 35:
        return {2, Hours::day, Season::spring};
    case 40:
        return {3, Hours::evening, Season::summer};
    case 41:
        return {0.8, Hours::night, Season::any};
    case 44:
        return {1, Hours::day, Season::spring};
    case 45:
        return {0.8, Hours::day, Season::summer};
    case 46:
        return {2, Hours::any, Season::any};
    default:
        return {1.5, Hours::day, Season::any};
    }
}

// Part of day: 0 night (22-6), 1 rush (7-9, 17-19), 2 day, 3 evening (19-22).
int dayPart(int hour) {
    if (hour >= 22 || hour < 6)
        return 0;
    if ((hour >= 7 && hour < 9) || (hour >= 17 && hour < 19))
        return 1;
    return hour >= 19 ? 3 : 2;
}

double factor(Hours hours, int part) {
    constexpr double table[5][4]{{0.15, 0.9, 1.3, 0.6},
                                 {0.8, 0.8, 0.5, 2.4},
                                 {2.6, 0.6, 0.5, 1.3},
                                 {0.4, 2.6, 0.9, 0.7},
                                 {1, 1, 1, 1}};
    return table[static_cast<int>(hours)][part];
}

double factor(Season season, int month) {
    switch (season) {
    case Season::summer:
        return month >= 6 && month <= 9 ? 1.8 : 0.7;
    case Season::winter:
        return month >= 11 || month <= 2 ? 1.9 : 0.7;
    case Season::typhoon:
        return month >= 7 && month <= 9 ? 4 : 0.3;
    case Season::spring:
        return month >= 3 && month <= 5 ? 1.7 : 0.8;
    case Season::any:
        break;
    }
    return 1;
}

Draw blockDraw(const Plan& plan) {
    std::vector<double> weights;
    for (const Face& block : plan.blocks)
        weights.push_back(block.weight);
    return Draw(weights);
}

} // namespace

Happening::Happening(const Town& town, std::uint64_t seed) : town_(town), blocks_(blockDraw(town.plan)) {
    Chance chance(seed, "spots");
    const Plan& plan = town.plan;
    // Malls, markets, stations draw trouble; so do some ordinary corners. A few outweigh all others (Zipf).
    for (const ExclusiveGrid& grid : plan.exclusives)
        if (grid.kind == ExclusiveKind::mall || grid.kind == ExclusiveKind::market ||
            grid.kind == ExclusiveKind::transport || grid.kind == ExclusiveKind::hospital)
            spots_.push_back({innerPoint(plan.mesh.points(grid.ring)), chance.between(90, 260),
                              grid.kind == ExclusiveKind::mall && chance.one(0.5)});
    const auto more = static_cast<std::size_t>(14 + plan.level3.size() / 12);
    for (std::size_t i = 0; i < more; ++i) {
        const Mesh::Ring& ring = plan.blocks[blocks_(chance)].ring;
        const double radius = chance.between(120, 420);
        spots_.push_back({innerPoint(plan.mesh.points(ring)), radius, chance.one(0.35)});
    }
    std::vector<double> day, night;
    std::vector<std::size_t> rank(spots_.size());
    for (std::size_t i = 0; i < rank.size(); ++i)
        rank[i] = i;
    for (std::size_t i = rank.size(); i > 1; --i)
        std::swap(rank[i - 1], rank[static_cast<std::size_t>(chance.below(static_cast<int>(i)))]);
    for (std::size_t i = 0; i < spots_.size(); ++i) {
        const double weight = (0.15 + plan.density(spots_[i].at)) / (1.5 + static_cast<double>(rank[i]));
        day.push_back(weight * (spots_[i].night ? 0.4 : 1));
        night.push_back(weight * (spots_[i].night ? 3 : 0.6));
    }
    spotsBy_ = {Draw(day), Draw(night)};
    for (int month = 1; month <= 12; ++month)
        for (int part = 0; part < 4; ++part) {
            std::vector<double> weights;
            for (const CatalogueDuty& duty : town.duties) {
                const Habit h = habit(duty.dutyClass);
                const double first = duty.facts.category.ends_with(".1") ? 1.6 : 1;
                weights.push_back(h.weight * factor(h.hours, part) * factor(h.season, month) * first);
            }
            byDayPart_.emplace_back(weights);
        }
}

double Happening::busy(int hour, int weekday) {
    constexpr double shape[24]{0.75, 0.5, 0.35, 0.25, 0.22, 0.3,  0.5, 0.9, 1.25, 1.2,  1.15, 1.1,
                               1.0,  0.9, 1.0,  1.1,  1.15, 1.35, 1.5, 1.6, 1.65, 1.55, 1.35, 1.05};
    return shape[hour] * (weekday >= 5 && (hour >= 20 || hour < 4) ? 1.35 : 1);
}

int Happening::duty(int hour, int month, Chance& chance) const {
    return static_cast<int>(byDayPart_[static_cast<std::size_t>((month - 1) * 4 + dayPart(hour))](chance));
}

Point Happening::place(int, int hour, Chance& chance) const {
    const bool inSpot = chance.one(0.62);
    for (int tries = 0; tries < 30; ++tries) {
        Point p;
        if (inSpot) {
            const Spot& spot = spots_[spotsBy_[hour >= 20 || hour < 5 ? 1 : 0](chance)];
            p.x = spot.at.x + chance.normal() * spot.radius;
            p.y = spot.at.y + chance.normal() * spot.radius;
        } else {
            const Mesh::Ring& ring = town_.plan.blocks[blocks_(chance)].ring;
            const auto edge = static_cast<std::size_t>(chance.below(static_cast<int>(ring.size())));
            const Point a = town_.plan.mesh.at(ring[edge]),
                        b = town_.plan.mesh.at(ring[(edge + 1) % ring.size()]);
            const double t = chance.unit(); // along a street, a little beside it
            p.x = a.x + (b.x - a.x) * t + chance.normal() * 18;
            p.y = a.y + (b.y - a.y) * t + chance.normal() * 18;
        }
        if (town_.dry(p))
            return p;
    }
    return innerPoint(town_.plan.mesh.points(town_.plan.blocks[0].ring));
}

std::string Happening::text(int duty, Point at, Chance& chance) const {
    static const std::vector<std::string> sources{"群众来电：", "路人反映：", "巡查发现：", "住户反映："};
    const CatalogueDuty& row = town_.duties[static_cast<std::size_t>(duty)];
    const std::string name = row.facts.name.substr(0, row.facts.name.find(' '));
    const int special = town_.locator.exclusive(at);
    const std::string where =
        special >= 0 ? town_.plan.exclusives[static_cast<std::size_t>(special)].name : std::string();
    return chance.of(sources) + where + name;
}

int Happening::severity(int duty, Chance& chance) const {
    const int priority = town_.duties[static_cast<std::size_t>(duty)].facts.priority;
    return std::clamp(priority + (chance.one(0.12) ? -1 : chance.one(0.15) ? 1 : 0), 1, 4);
}

std::vector<PastRecord> pastRecords(const Happening& happening, int count, layers::Instant from,
                                    layers::Instant till, Chance& chance) {
    using namespace std::chrono;
    // Local hours of three years, weighed; Asia/Shanghai has no summer time.
    const auto hours = static_cast<std::size_t>(duration_cast<std::chrono::hours>(till - from).count());
    const auto local = [&](std::size_t h) { return from + std::chrono::hours(h) + std::chrono::hours(8); };
    std::vector<double> weights;
    for (std::size_t h = 0; h < hours; ++h) {
        const auto at = local(h);
        const auto day = floor<days>(at);
        const int hour = static_cast<int>(duration_cast<std::chrono::hours>(at - day).count());
        const int day7 = static_cast<int>(weekday(day).iso_encoding()) - 1;
        const double growth = 1 + 0.15 * static_cast<double>(h) / static_cast<double>(hours);
        weights.push_back(Happening::busy(hour, day7) * growth);
    }
    const Draw when(weights);
    std::vector<PastRecord> records;
    records.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const std::size_t h = when(chance);
        PastRecord record;
        record.at = from + std::chrono::hours(h) + seconds(chance.below(3600));
        const auto day = floor<days>(local(h));
        const int hour = static_cast<int>(duration_cast<std::chrono::hours>(local(h) - day).count());
        record.duty = happening.duty(
            hour, static_cast<int>(static_cast<unsigned>(year_month_day(day).month())), chance);
        record.where = happening.place(record.duty, hour, chance);
        record.severity = happening.severity(record.duty, chance);
        record.text = happening.text(record.duty, record.where, chance);
        records.push_back(std::move(record));
    }
    std::stable_sort(records.begin(), records.end(),
                     [](const PastRecord& a, const PastRecord& b) { return a.at < b.at; });
    return records;
}

} // namespace vedette::ctl
