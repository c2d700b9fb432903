// SPDX-License-Identifier: GPL-3.0-or-later
#include "storm_arcs.h"

#include <algorithm>
#include <cmath>

namespace vedette::dispatch {

namespace {

constexpr std::array<double, 4> weights{8, 4, 2, 1};

int rankOf(const Ticket& ticket) {
    return std::clamp(ticket.incident.priority, 1, 4) - 1;
}

bool has(const std::vector<std::string>& skills, const std::string& wanted) {
    return std::find(skills.begin(), skills.end(), wanted) != skills.end();
}

} // namespace

StormArcs::StormArcs(const StormField& field, const StormRequest& request, const CostModel& cost,
                     std::vector<const Ticket*> tickets)
    : field_(field), cost_(cost), tickets_(std::move(tickets)),
      tolerance_(double(field.rules.ownerTolerance.count())), keep_(double(request.keep.count())),
      sites_(tickets_.size()) {
    std::unordered_map<std::string_view, std::uint32_t> unitByName;
    for (std::uint32_t unit = 0; unit < field.ready.size(); ++unit) {
        const StormField::Unit& one = field.ready[unit];
        problem_.room.push_back(std::max(0, one.facts->capacity - one.load));
        problem_.poolOfUnit.push_back(std::uint32_t(one.facts->role));
        for (const std::string& code : one.facts->owns)
            ownersOf_[code].push_back(unit);
        unitByName.emplace(one.facts->id.text, unit);
    }
    std::unordered_map<std::uint32_t, std::uint32_t> before;
    for (const auto& [ticket, unit] : request.before)
        if (const auto found = unitByName.find(unit.text); found != unitByName.end())
            before.emplace(ticket.number, found->second);
    std::unordered_map<std::string, std::uint32_t> kinds;
    for (std::uint32_t task = 0; task < tickets_.size(); ++task) {
        const Ticket& ticket = *tickets_[task];
        Site& site = sites_[task];
        site.at = field.crs.toWorking(ticket.incident.at);
        site.known = std::isfinite(site.at.x) && std::isfinite(site.at.y);
        for (const Assignment& assignment : ticket.assignments)
            if (const auto found = unitByName.find(assignment.unit.text);
                assignment.open() && found != unitByName.end())
                site.barred.push_back(found->second);
        problem_.rank.push_back(std::uint8_t(rankOf(ticket)));
        findKind(task, kinds);
        if (const auto found = before.find(ticket.id.number);
            found != before.end() && mayGo(task, found->second))
            site.before = found->second, site.planned = true;
    }
}

StormArcs::~StormArcs() = default;

void StormArcs::findKind(std::uint32_t task, std::unordered_map<std::string, std::uint32_t>& kinds) {
    const Duty& duty = tickets_[task]->duty;
    std::vector<std::string> skills = duty.skills;
    std::sort(skills.begin(), skills.end());
    std::string name(toString(duty.lead));
    for (const std::string& skill : skills)
        name += '\n' + skill;
    const auto [found, fresh] = kinds.emplace(name, kinds.size());
    problem_.kind.push_back(found->second);
    if (!fresh)
        return;
    std::vector<NearTree::Entry> entries;
    auto& units = problem_.unitsOfKind.emplace_back();
    for (std::uint32_t unit = 0; unit < field_.ready.size(); ++unit) {
        const UnitFacts& facts = *field_.ready[unit].facts;
        if (facts.role != duty.lead || problem_.room[unit] == 0 ||
            !std::all_of(skills.begin(), skills.end(),
                         [&](const std::string& skill) { return has(facts.skills, skill); }))
            continue;
        units.push_back(unit);
        entries.push_back({field_.ready[unit].where.at, unit});
    }
    problem_.poolOfKind.push_back(std::uint32_t(duty.lead));
    trees_.emplace_back().fill(std::move(entries));
}

bool StormArcs::placed(std::uint32_t task) const {
    return sites_[task].known;
}

bool StormArcs::barred(std::uint32_t task, std::uint32_t unit) const {
    const auto& barred = sites_[task].barred;
    return std::find(barred.begin(), barred.end(), unit) != barred.end();
}

bool StormArcs::mayGo(std::uint32_t task, std::uint32_t unit) const {
    const auto& units = problem_.unitsOfKind[problem_.kind[task]];
    return std::binary_search(units.begin(), units.end(), unit) && !barred(task, unit);
}

std::string_view StormArcs::owned(std::uint32_t task, std::uint32_t unit) {
    for (const Owner& owner : sites_[task].owners)
        if (owner.unit == unit)
            return owner.area;
    return {};
}

Cost StormArcs::asked(std::uint32_t task, std::uint32_t unit) const {
    return cost_.cost(field_.ready[unit].where.at, sites_[task].at, field_.ready[unit].facts->role);
}

std::optional<std::chrono::seconds> StormArcs::late(std::uint32_t task, double seconds) const {
    const Instant due = tickets_[task]->deadlines.arrive;
    if (due == Instant{})
        return std::nullopt;
    const double over = seconds - double((due - field_.now).count()) / 1000;
    return over > 0 ? std::optional(std::chrono::seconds(std::llround(over))) : std::nullopt;
}

// The formula of storm.h, before it is rounded; never less for more seconds.
double StormArcs::weighed(std::uint32_t task, double seconds, bool owner, bool kept) const {
    const Site& site = sites_[task];
    double tenths = 10 * (seconds + (owner ? 0 : tolerance_) + (site.planned && !kept ? keep_ : 0));
    if (const Instant due = tickets_[task]->deadlines.arrive; due != Instant{})
        tenths += 20 * std::max(0.0, seconds - double((due - field_.now).count()) / 1000);
    return weights[problem_.rank[task]] * tenths;
}

std::int32_t StormArcs::costOf(std::uint32_t task, std::uint32_t unit) {
    const double cost =
        weighed(task, asked(task, unit).seconds, !owned(task, unit).empty(), sites_[task].before == unit);
    return std::int32_t(std::llround(std::clamp(cost, 0.0, double(mostArcCost))));
}

// Owners and who was planned before come first, wherever they are: they have a head start.
void StormArcs::begin(std::uint32_t task, std::vector<JointArc>& arcs) {
    Site& site = sites_[task];
    site.begun = true;
    std::vector<std::string_view> codes;
    const auto at = field_.areas.at(site.at);
    for (const auto index : at)
        codes.push_back(field_.areas[index].code);
    for (const auto index : at)
        if (const layers::Area& area = field_.areas[index];
            area.kind == layers::AreaKind::grid && !area.beat.empty())
            codes.push_back(area.beat);
    for (const std::string_view code : codes)
        if (const auto found = ownersOf_.find(code); found != ownersOf_.end())
            for (const std::uint32_t unit : found->second)
                if (mayGo(task, unit) && owned(task, unit).empty())
                    site.owners.push_back({unit, code});
    for (const Owner& owner : site.owners)
        arcs.push_back({owner.unit, costOf(task, owner.unit)});
    if (site.before != JointResult::nobody && owned(task, site.before).empty())
        arcs.push_back({site.before, costOf(task, site.before)});
}

std::int64_t StormArcs::more(std::uint32_t task, std::vector<JointArc>& arcs) {
    constexpr std::uint32_t few = 12;
    Site& site = sites_[task];
    if (!site.known)
        return nothingMore;
    if (!site.begun)
        begin(task, arcs);
    const NearTree& tree = trees_[problem_.kind[task]];
    if (site.given >= tree.size())
        return nothingMore;
    // As many again as were given, beyond the last of them.
    const std::size_t most = std::min<std::size_t>(std::max(few, site.given), tree.size() - site.given);
    using Near = std::pair<double, std::uint32_t>;
    const Near last{site.metres, site.last};
    std::vector<Near> found;
    found.reserve(most);
    tree.outwards(site.at, [&](double metres, layers::Point, SlotIndex unit) {
        const Near one{metres, unit};
        if (found.size() == most && metres > found.front().first)
            return false;
        if (one <= last || (found.size() == most && one >= found.front()))
            return true;
        if (found.size() == most) {
            std::pop_heap(found.begin(), found.end());
            found.back() = one;
        } else {
            found.push_back(one);
        }
        std::push_heap(found.begin(), found.end());
        return true;
    });
    std::sort(found.begin(), found.end());
    for (const auto& [metres, unit] : found)
        if (unit != site.before && owned(task, unit).empty() && !barred(task, unit))
            arcs.push_back({unit, costOf(task, unit)});
    site.given += std::uint32_t(found.size());
    if (found.empty() || site.given >= tree.size())
        return nothingMore;
    site.metres = found.back().first, site.last = found.back().second;
    const double least =
        weighed(task, cost_.minSeconds(site.at, site.metres, tickets_[task]->duty.lead), false, false);
    return std::int64_t(std::floor(std::clamp(least, 0.0, double(mostArcCost)) * (1 - 1e-9)));
}

} // namespace vedette::dispatch
