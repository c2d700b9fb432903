// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/sweep.h"

#include "dispatch/area_middle.h"

#include <algorithm>

namespace vedette::dispatch {

using layers::Area;
using layers::AreaIndex;
using layers::AreaKind;

namespace {

// Its middle; where it is bent like a horseshoe, the first point of a lattice that it covers.
layers::Point pointIn(const layers::Areas& areas, AreaIndex area) {
    const layers::Point middle = areaMiddle(areas, area);
    if (areas.covers(area, middle))
        return middle;
    const layers::Box& box = areas[area].box;
    constexpr int steps = 16;
    for (int i = 1; i < steps; ++i)
        for (int j = 1; j < steps; ++j)
            if (const layers::Point at{box.minX + box.width() * j / steps, box.minY + box.height() * i / steps};
                areas.covers(area, at))
                return at;
    return middle;
}

} // namespace

std::optional<AreaIndex> areaMeant(const layers::Areas& areas, std::string_view text) {
    if (const auto byCode = areas.byCode(text))
        return byCode;
    std::optional<AreaIndex> found;
    for (AreaIndex i = 0; i < areas.size(); ++i) {
        if (areas[i].name != text || text.empty())
            continue;
        if (!found || areas[i].kind < areas[*found].kind)
            found = i;
        else if (areas[i].kind == areas[*found].kind && areas[i].code != areas[*found].code)
            return std::nullopt;
    }
    return found;
}

std::vector<AreaIndex> areasBelow(const layers::Areas& areas, AreaIndex above) {
    const std::string& code = areas[above].code;
    const bool police = areas[above].kind >= AreaKind::bureau;
    std::vector<AreaIndex> below;
    std::optional<AreaKind> kind;
    int level = 9;
    for (AreaIndex i = 0; i < areas.size(); ++i) {
        const Area& area = areas[i];
        if (area.parent != code || area.code == code || (area.kind >= AreaKind::bureau) != police)
            continue;
        if (!kind || area.kind < *kind) {
            kind = area.kind;
            below.clear();
            level = 9;
        }
        if (area.kind != *kind)
            continue;
        if (area.kind == AreaKind::grid && !area.exclusive && area.level != level) {
            if (area.level > level)
                continue;
            level = area.level;
            std::erase_if(below, [&](AreaIndex each) { return !areas[each].exclusive; });
        }
        below.push_back(i);
    }
    // Two parts of one area are one.
    std::ranges::stable_sort(below, {}, [&](AreaIndex i) { return std::string_view(areas[i].code); });
    const auto twins = std::ranges::unique(below, {}, [&](AreaIndex i) { return std::string_view(areas[i].code); });
    below.erase(twins.begin(), twins.end());
    return below;
}

layers::Result<OpenSweep> sweepOf(const Session& session, std::string category, std::string_view area,
                                  std::string name, Instant now) {
    const std::shared_ptr<const City> city = session.city();
    const layers::Areas& areas = city->areas;
    const auto above = areaMeant(areas, area);
    if (!above)
        return layers::refused("areaUnknown", {{"area", std::string(area)}});
    const auto below = areasBelow(areas, *above);
    if (below.size() > mostInSweep) // before anything is looked up for each of them
        return layers::refused("sweepTooWide", {{"count", std::to_string(below.size())},
                                                {"most", std::to_string(mostInSweep)}});
    OpenSweep sweep{std::move(name), category, areas[*above].code, {}};
    if (sweep.name.empty())
        sweep.name = areas[*above].name;
    for (const AreaIndex each : below) {
        IncidentFacts incident;
        incident.at = city->crs.toLonLat(pointIn(areas, each));
        incident.category = category;
        incident.priority = 0; // the duty's
        incident.source = "desk";
        incident.place = areas[each].name;
        incident.text = sweep.name;
        incident.happenedAt = now;
        OpenTicket ticket = session.resolve(incident);
        ticket.incident.priority = ticket.duty.priority;
        // It is about this area, whatever lies in its middle.
        std::erase(ticket.areas, areas[each].code);
        ticket.areas.insert(ticket.areas.begin(), areas[each].code);
        sweep.tickets.push_back(std::move(ticket));
    }
    return sweep;
}

SweepProgress progressOf(const State& state, const Sweep& sweep) {
    SweepProgress progress;
    for (const TicketId id : sweep.tickets) {
        const Ticket* ticket = state.ticket(id);
        if (!ticket)
            continue;
        const Stage now = stage(*ticket);
        if (now == Stage::cancelled || now == Stage::merged)
            continue;
        ++progress.all;
        progress.done += now == Stage::handled || now == Stage::reviewed || !isOpen(*ticket);
    }
    return progress;
}

} // namespace vedette::dispatch
