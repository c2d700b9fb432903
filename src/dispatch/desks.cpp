// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/desks.h"

#include <algorithm>
#include <unordered_map>

namespace vedette::dispatch {

using layers::Area;
using layers::AreaIndex;
using layers::AreaKind;

namespace {

bool hasDesk(AreaKind kind) {
    return kind != AreaKind::grid && kind != AreaKind::beat;
}

// An area's own code, then those above it: parents, and the beat of a grid with its parents. A loop in the
// parents ends it.
void forEachAbove(const City& city, std::string_view code, const std::function<void(const Area&)>& visit) {
    std::vector<std::string_view> next{code};
    std::vector<AreaIndex> seen;
    while (!next.empty()) {
        const std::string_view now = next.back();
        next.pop_back();
        const auto index = city.areas.byCode(now);
        if (!index || std::ranges::count(seen, *index))
            continue;
        seen.push_back(*index);
        const Area& area = city.areas[*index];
        visit(area);
        for (const std::string* up : {&area.parent, &area.beat})
            if (!up->empty())
                next.push_back(*up);
    }
}

} // namespace

Desks::Desks(const City& city) : city_(city) {
    std::unordered_set<std::string_view> known;
    for (AreaIndex i = 0; i < city.areas.size(); ++i)
        if (const Area& area = city.areas[i]; hasDesk(area.kind) && known.insert(area.code).second)
            desks_.push_back({area.code, area.name, area.kind});
    std::unordered_set<std::string_view> others;
    for (const UnitFacts& unit : city.units())
        if (!unit.desk.empty() && !known.contains(*unit.desk) && others.insert(*unit.desk).second)
            desks_.push_back({unit.desk, {}, {}});
    std::ranges::sort(desks_, [](const Desk& a, const Desk& b) {
        const auto rank = [](const Desk& desk) { return desk.level ? static_cast<int>(*desk.level) : 99; };
        return rank(a) != rank(b) ? rank(a) < rank(b) : a.code < b.code;
    });
}

const Desk* Desks::find(std::string_view code) const {
    const auto byCode = std::ranges::find(desks_, code, &Desk::code);
    if (byCode != desks_.end())
        return &*byCode;
    const auto byName = std::ranges::find(desks_, code, &Desk::name);
    if (code.empty() || byName == desks_.end() || std::ranges::count(desks_, code, &Desk::name) > 1)
        return nullptr;
    return &*byName;
}

std::vector<std::string> Desks::chain(const std::vector<std::string>& escalation,
                                      const std::vector<std::string>& areas) const {
    std::vector<std::string> chain;
    const auto add = [&](const std::string& code) {
        if (!code.empty() && !std::ranges::count(chain, code))
            chain.push_back(code);
    };
    for (const std::string& word : escalation) {
        const auto level = layers::areaKind(word);
        if (!level) {
            if (const Desk* desk = find(word))
                add(desk->code);
            continue;
        }
        std::string found;
        for (const std::string& code : areas)
            forEachAbove(city_, code, [&](const Area& area) {
                if (found.empty() && area.kind == *level)
                    found = area.code;
            });
        add(found);
    }
    return chain;
}

Scope::Scope(const City& city, std::string desk) : desk_(std::move(desk)) {
    if (desk_.empty())
        return;
    auto under = std::make_shared<std::unordered_set<std::string>>();
    under->insert(desk_);
    for (AreaIndex i = 0; i < city.areas.size(); ++i)
        forEachAbove(city, city.areas[i].code, [&](const Area& above) {
            if (above.code == desk_)
                under->insert(city.areas[i].code);
        });
    under_ = std::move(under);
}

bool Scope::has(const Ticket& ticket, const State& state) const {
    if (whole() || ticket.desk == desk_ || ticket.cameFrom == desk_)
        return true;
    const auto names = [&](const std::vector<std::string>& codes) {
        return std::ranges::count(codes, desk_) > 0;
    };
    if (names(ticket.areas) || names(ticket.boards))
        return true;
    for (const std::string& area : ticket.areas)
        if (under_->contains(area))
            return true;
    return std::ranges::any_of(ticket.assignments, [&](const Assignment& one) {
        const UnitRecord* unit = one.open() ? state.unit(one.unit) : nullptr;
        return unit && unit->facts->desk == desk_;
    });
}

bool Scope::has(const UnitFacts& unit) const {
    if (whole())
        return true;
    return under_->contains(unit.desk) || under_->contains(unit.homeArea) ||
           std::ranges::any_of(unit.owns, [&](const std::string& code) { return under_->contains(code); });
}

bool Scope::hears(const Ticket& ticket) const {
    if (whole() || ticket.desk == desk_ || std::ranges::count(ticket.boards, desk_))
        return true;
    return !std::ranges::count(ticket.chain, desk_);
}

MoveTicket transferTo(const Desks& desks, const layers::Rules& rules, TicketId ticket, std::string target,
                      std::string reason) {
    MoveTicket move{ticket, TicketMove::transferred, std::move(target), std::move(reason)};
    if (const Desk* desk = desks.find(move.target)) {
        move.target = desk->code;
        move.whither = Whither::desk;
    } else if (std::ranges::count(rules.outside, move.target)) {
        move.whither = Whither::outside;
    }
    return move;
}

} // namespace vedette::dispatch
