// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/patrol.h"

#include "dispatch/area_middle.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

namespace vedette::dispatch {

namespace {

constexpr double shareForPatrols = 0.6;
constexpr double wayMinutes = 5;

std::string figure(double value, const char* form) {
    char text[32];
    const int length = std::snprintf(text, sizeof text, form, value);
    for (int i = 0; i < length; ++i) // whatever the locale
        if (text[i] == ',')
            text[i] = '.';
    return text;
}

double squareKilometres(const layers::Areas& areas, layers::AreaIndex index) {
    const layers::Area& area = areas[index];
    const layers::Snapshot& snapshot = areas.layers()[area.source].snapshot;
    const layers::Point origin = area.box.centre();
    double twice = 0;
    for (std::size_t part = 0; part < snapshot.partCount(area.feature); ++part) {
        const auto points = snapshot.part(area.feature, part).points;
        for (std::size_t i = 1; i < points.size(); ++i)
            twice += (points[i - 1].x - origin.x) * (points[i].y - origin.y) -
                     (points[i].x - origin.x) * (points[i - 1].y - origin.y);
    }
    return std::abs(twice) / 2 / 1e6;
}

// Mean of the pixels whose middle lies in the area; of an area smaller than a pixel, the one at its middle.
double meanRisk(const City& city, layers::AreaIndex index, const layers::HeatSurface& surface) {
    const layers::Box& box = city.areas[index].box;
    const double wide = surface.extent.width() / surface.width, tall = surface.extent.height() / surface.height;
    const auto column = [&](double x) { return static_cast<int>(std::floor((x - surface.extent.minX) / wide)); };
    const auto row = [&](double y) { return static_cast<int>(std::floor((surface.extent.maxY - y) / tall)); };
    const auto value = [&](int x, int y) {
        return x < 0 || y < 0 || x >= surface.width || y >= surface.height
                   ? 0.0
                   : static_cast<double>(surface.values[static_cast<std::size_t>(y) *
                                                            static_cast<std::size_t>(surface.width) +
                                                        static_cast<std::size_t>(x)]);
    };
    // Of a large area some thousand places are enough.
    const int stepX = std::max(1, static_cast<int>(box.width() / wide / 64)),
              stepY = std::max(1, static_cast<int>(box.height() / tall / 64));
    double sum = 0;
    std::size_t many = 0;
    for (int y = row(box.maxY); y <= row(box.minY); y += stepY)
        for (int x = column(box.minX); x <= column(box.maxX); x += stepX) {
            const layers::Point middle{surface.extent.minX + (x + 0.5) * wide, surface.extent.maxY - (y + 0.5) * tall};
            if (box.contains(middle) && city.areas.covers(index, middle))
                sum += value(x, y), ++many;
        }
    if (many)
        return sum / static_cast<double>(many);
    const layers::Point middle = areaMiddle(city.areas, index);
    return value(column(middle.x), row(middle.y));
}

std::vector<std::vector<LonLat>> ringsOf(const City& city, layers::AreaIndex index) {
    const layers::Area& area = city.areas[index];
    const layers::Snapshot& snapshot = city.areas.layers()[area.source].snapshot;
    std::vector<std::vector<LonLat>> rings;
    for (std::size_t part = 0; part < snapshot.partCount(area.feature); ++part) {
        auto& ring = rings.emplace_back();
        for (const layers::Point at : snapshot.part(area.feature, part).points) {
            const LonLat degrees = city.crs.toLonLat(at);
            // A decimetre is enough, and the text of the event stays short.
            ring.push_back({std::round(degrees.lon * 1e6) / 1e6, std::round(degrees.lat * 1e6) / 1e6});
        }
    }
    return rings;
}

} // namespace

std::optional<layers::HeatSurface> patrolSurface(const City& city, const std::atomic<bool>* cancel) {
    constexpr int days = 30;
    constexpr double bandwidth = 800;
    const History& history = *city.history;
    if (history.empty() || city.areas.size() == 0)
        return std::nullopt;
    const Instant first = history.at(history.size() - 1) - std::chrono::hours(24 * days);
    const layers::Box& city_box = city.areas.extent();
    const layers::Box wide{city_box.minX - bandwidth, city_box.minY - bandwidth, city_box.maxX + bandwidth,
                           city_box.maxY + bandwidth};
    std::vector<layers::HeatPoint> points;
    for (std::size_t i = history.since(first); i < history.size(); ++i)
        if (const layers::Point where = history.where(i); wide.contains(where))
            points.push_back({where, 1, 0});
    if (points.empty())
        return std::nullopt;
    layers::HeatSettings settings;
    settings.bandwidthMetres = bandwidth;
    settings.days = days;
    settings.extent = wide;
    const double pixel = std::max({bandwidth / 16, wide.width() / 1600, wide.height() / 1600});
    settings.width = std::max(1, static_cast<int>(wide.width() / pixel));
    settings.height = std::max(1, static_cast<int>(wide.height() / pixel));
    auto surface = layers::heat(points, settings, 2, cancel);
    if (!surface)
        return std::nullopt;
    return std::move(surface).value();
}

std::vector<PatrolArea> patrolAreas(const City& city, const layers::HeatSurface& surface, const Scope& scope) {
    const layers::PatrolRules& rules = city.workspace.patrol;
    auto kind = layers::areaKind(rules.kind).value_or(layers::AreaKind::beat);
    const auto some = [&](layers::AreaKind wanted) {
        for (layers::AreaIndex i = 0; i < city.areas.size(); ++i)
            if (city.areas[i].kind == wanted)
                return true;
        return false;
    };
    if (!some(kind))
        kind = layers::AreaKind::grid;
    std::vector<PatrolArea> areas;
    for (layers::AreaIndex i = 0; i < city.areas.size(); ++i) {
        const layers::Area& area = city.areas[i];
        if (area.kind != kind)
            continue;
        UnitFacts there; // an area is in a scope when somebody at home in it is
        there.homeArea = area.code;
        if (!scope.has(there))
            continue;
        PatrolArea& made = areas.emplace_back();
        made.area = i, made.code = area.code, made.name = area.name;
        made.km2 = squareKilometres(city.areas, i);
        made.risk = meanRisk(city, i, surface);
        made.events = made.risk * made.km2;
    }
    std::ranges::sort(areas, [](const PatrolArea& a, const PatrolArea& b) {
        return a.risk != b.risk ? a.risk > b.risk : a.code < b.code;
    });
    double share = 0;
    std::size_t till[3];
    for (std::size_t tier = 0; tier < 3; ++tier) {
        share += std::clamp(rules.share[tier], 0.0, 1.0);
        till[tier] = static_cast<std::size_t>(std::ceil(share * static_cast<double>(areas.size()) - 1e-9));
    }
    for (std::size_t i = 0; i < areas.size(); ++i) {
        areas[i].rank = i + 1;
        areas[i].tier = areas[i].risk <= 0 ? 4 : i < till[0] ? 1 : i < till[1] ? 2 : i < till[2] ? 3 : 4;
    }
    return areas;
}

std::vector<PatrolUnit> patrolUnits(const Session& session, const Scope& scope, Instant from, Instant till) {
    const State state = session.state();
    const auto city = session.city();
    std::set<std::string> busy;
    for (const PatrolPlanned& patrol : state.patrols())
        if (patrol.from < till && patrol.till > from)
            for (const UnitId& unit : patrol.units)
                busy.insert(unit.text);
    std::vector<PatrolUnit> units;
    state.forEachUnit([&](const UnitRecord& unit) {
        const Role role = unit.facts->role;
        const bool rounds = role == Role::officer || role == Role::auxiliary || role == Role::gridWorker ||
                            role == Role::guard;
        if (!rounds || busy.contains(unit.facts->id.text) || !scope.has(*unit.facts) ||
            unitStatus(state, unit, from, city->zone) != UnitStatus::free)
            return;
        const Whereabouts where = session.whereabouts(unit.facts->id, from);
        units.push_back({unit.facts->id, where.at, where.basis != PositionBasis::none, unit.facts->owns});
    });
    return units;
}

PatrolPlan planPatrols(const City& city, std::vector<PatrolArea> areas, std::vector<PatrolUnit> units, Instant from,
                       Instant till, std::size_t limit) {
    const layers::PatrolRules& rules = city.workspace.patrol;
    PatrolPlan plan;
    plan.areas = areas.size(), plan.units = units.size();
    const double minutes = std::chrono::duration<double, std::ratio<60>>(till - from).count();
    const double every = std::max(1.0, std::chrono::duration<double, std::ratio<60>>(rules.every).count());
    std::vector<double> left(units.size(), shareForPatrols * minutes);
    std::vector<bool> used(units.size());
    std::size_t usedMany = 0;
    for (const PatrolArea& area : areas) {
        const auto tier = static_cast<std::size_t>(area.tier - 1);
        const int visits =
            std::max(1, static_cast<int>(std::lround(std::max(0, rules.visits[tier]) * minutes / every)));
        const int each = std::max(1, rules.minutes[tier]);
        // In a short period a riskier area may want more than anybody has: as often as there is time for.
        const double most = shareForPatrols * minutes / (each + wayMinutes);
        const int fit = std::max(1, std::min(visits, static_cast<int>(most)));
        const double cost = fit * (each + wayMinutes);
        const layers::Point middle = areaMiddle(city.areas, area.area);
        std::optional<std::size_t> best;
        double bestMetres = 0;
        bool bestOwns = false;
        for (std::size_t u = 0; u < units.size(); ++u) {
            const bool mayBegin = used[u] || !limit || usedMany < limit;
            if (left[u] + 1e-9 < cost || !mayBegin || !units[u].placed)
                continue;
            const bool owns = std::ranges::count(units[u].owns, area.code) > 0;
            const double metres = std::hypot(units[u].at.x - middle.x, units[u].at.y - middle.y);
            if (!best || owns > bestOwns || (owns == bestOwns && metres < bestMetres))
                best = u, bestMetres = metres, bestOwns = owns;
        }
        if (!best) {
            plan.unserved.push_back(area);
            continue;
        }
        left[*best] -= cost;
        usedMany += !used[*best];
        used[*best] = true;
        PatrolLine& line = plan.lines.emplace_back();
        line.patrol.tier = area.tier;
        line.patrol.area = area.code, line.patrol.name = area.name;
        line.patrol.rings = ringsOf(city, area.area);
        line.patrol.risk = std::round(area.risk * 1e4) / 1e4;
        line.patrol.units = {units[*best].unit};
        line.patrol.from = from, line.patrol.till = till;
        line.patrol.visits = fit, line.patrol.minutes = fit * each;
        line.why.push_back({"patrolRisk",
                            {{"rank", std::to_string(area.rank)},
                             {"of", std::to_string(areas.size())},
                             {"risk", figure(area.risk, "%.3f")},
                             {"events", figure(area.events, "%.2f")},
                             {"tier", std::to_string(area.tier)}}});
        if (bestOwns)
            line.why.push_back({"patrolOwner", {{"unit", units[*best].unit.text}}});
        else
            line.why.push_back(
                {"patrolNearest", {{"unit", units[*best].unit.text}, {"metres", figure(bestMetres, "%.0f")}}});
    }
    return plan;
}

} // namespace vedette::dispatch
