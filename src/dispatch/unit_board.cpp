// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit_board.h"

#include "dispatch/area_middle.h"

#include <algorithm>
#include <cmath>

namespace vedette::dispatch {

UnitBoard::UnitBoard(const layers::WorkingCrs& crs, const layers::Areas& areas, const layers::Rules& rules,
                     layers::TimeZone zone)
    : crs_(crs), areas_(areas), rules_(rules), zone_(std::move(zone)) {
    const auto allowed = [&](std::string_view basis) {
        return std::find(rules.recommend.begin(), rules.recommend.end(), basis) != rules.recommend.end();
    };
    for (const auto age : {FixAge::live, FixAge::ageing, FixAge::stale})
        ageAllowed_[std::size_t(age)] = allowed(toString(age));
    declaredAllowed_ = allowed("declared"), postedAllowed_ = allowed("posted");
    homeAllowed_ = allowed("homeArea");
}

std::optional<layers::Point> UnitBoard::toPoint(const std::optional<LonLat>& at) const {
    if (!at)
        return std::nullopt;
    const layers::Point point = crs_.toWorking(*at);
    return std::isfinite(point.x) && std::isfinite(point.y) ? std::optional(point) : std::nullopt;
}

std::optional<layers::Point> UnitBoard::middleOf(const std::string& area) {
    if (area.empty())
        return std::nullopt;
    const auto [entry, fresh] = middles_.try_emplace(area);
    if (fresh)
        if (const auto index = areas_.byCode(area))
            entry->second = areaMiddle(areas_, *index);
    return entry->second;
}

std::optional<SlotIndex> UnitBoard::slot(const UnitId& unit) const {
    const auto found = byUnit_.find(unit.text);
    if (found == byUnit_.end() || !slots_[found->second].facts)
        return std::nullopt;
    return found->second;
}

std::span<const SlotIndex> UnitBoard::ownersOf(const std::string& code) const {
    const auto found = owners_.find(code);
    return found == owners_.end() ? std::span<const SlotIndex>() : found->second;
}

std::optional<std::uint32_t> UnitBoard::skill(const std::string& name) const {
    const auto found = skills_.find(name);
    return found == skills_.end() ? std::nullopt : std::optional(found->second);
}

void UnitBoard::takeFacts(SlotIndex index, std::shared_ptr<const UnitFacts> facts) {
    UnitSlot& slot = slots_[index];
    place(index, UnitSlot::Tree::none, {}); // its role's trees change
    if (slot.facts)
        for (const auto& code : slot.facts->owns)
            std::erase(owners_[code], index);
    slot.facts = std::move(facts);
    slot.skills.clear();
    slot.postPoint = slot.homePoint = std::nullopt;
    if (!slot.facts)
        return;
    for (const auto& code : slot.facts->owns)
        if (auto& owners = owners_[code]; owners.empty() || owners.back() != index)
            owners.push_back(index);
    for (const auto& name : slot.facts->skills)
        slot.skills.push_back(skills_.try_emplace(name, std::uint32_t(skills_.size())).first->second);
    std::sort(slot.skills.begin(), slot.skills.end());
    slot.skills.erase(std::unique(slot.skills.begin(), slot.skills.end()), slot.skills.end());
    slot.postPoint = toPoint(slot.facts->post);
    slot.homePoint = middleOf(slot.facts->homeArea);
}

bool UnitBoard::takeOver(const UnitRecord& record) {
    const auto [entry, fresh] = byUnit_.try_emplace(record.facts->id.text, SlotIndex(slots_.size()));
    if (fresh)
        slots_.emplace_back();
    const SlotIndex index = entry->second;
    UnitSlot& slot = slots_[index];
    if (!record.listed) { // gone from the reference: nobody to send
        if (slot.facts)
            takeFacts(index, nullptr);
        return true;
    }
    const bool newFacts = slot.facts != record.facts;
    if (!newFacts && slot.on == record.on && slot.onBreak == record.onBreak &&
        slot.outOfService == record.outOfService && slot.declaredAt == record.declaredAt &&
        slot.declaredWhen == record.declaredWhen && slot.load == int(record.tickets.size()))
        return false;
    if (newFacts)
        takeFacts(index, record.facts);
    slot.on = record.on, slot.onBreak = record.onBreak, slot.outOfService = record.outOfService;
    slot.load = int(record.tickets.size());
    if (slot.declaredAt != record.declaredAt)
        slot.declaredPoint = toPoint(record.declaredAt);
    slot.declaredAt = record.declaredAt, slot.declaredWhen = record.declaredWhen;
    refresh(index);
    return true;
}

void UnitBoard::follow(const State& state) {
    if (state.seq() <= followed_.seq() && followed_.seq() != 0)
        return;
    followed_ = state;
    if (now_ == Instant{})
        now_ = state.at();
    // A reload of the reference touches nearly all: rebuilding packed trees is ten times cheaper than moving.
    packing_ = state.unitCount() > 2 * byUnit_.size() || byUnit_.empty();
    std::vector<bool> seen(slots_.size() + state.unitCount());
    std::size_t count = 0, changed = 0;
    state.forEachUnit([&](const UnitRecord& record) {
        changed += takeOver(record);
        seen[byUnit_.find(record.facts->id.text)->second] = true;
        ++count;
        if (!packing_ && changed > 5000)
            packing_ = true;
    });
    for (SlotIndex index = 0; index < slots_.size(); ++index)
        if (!seen[index] && slots_[index].facts)
            takeFacts(index, nullptr);
    if (packing_)
        packTrees();
}

void UnitBoard::follow(const State& state, std::span<const Event> events) {
    if (events.empty() || events.front().envelope.seq != followed_.seq() + 1 ||
        events.back().envelope.seq != state.seq() || followed_.seq() == 0)
        return follow(state);
    followed_ = state;
    const auto look = [&](const UnitId& unit) {
        if (const UnitRecord* record = state.unit(unit))
            takeOver(*record);
    };
    const auto lookAll = [&](TicketId id) {
        if (const Ticket* ticket = state.ticket(id))
            for (const Assignment& assignment : ticket->assignments)
                look(assignment.unit);
    };
    for (const Event& event : events) {
        if (std::holds_alternative<ReferencePinned>(event.payload)) {
            followed_ = {};
            return follow(state);
        }
        if (const auto* assigned = std::get_if<UnitAssigned>(&event.payload))
            look(assigned->unit), lookAll(assigned->ticket);
        else if (const auto* moved = std::get_if<AssignmentMoved>(&event.payload))
            look(moved->unit), lookAll(moved->ticket);
        else if (const auto* own = std::get_if<TicketMoved>(&event.payload))
            lookAll(own->ticket);
        else if (const auto* roster = std::get_if<RosterChanged>(&event.payload))
            look(roster->unit);
        else if (const auto* declared = std::get_if<PositionDeclared>(&event.payload))
            look(declared->unit);
    }
}

void UnitBoard::fix(const Fix& fix) {
    const auto index = slot(fix.unit);
    if (!index)
        return;
    UnitSlot& slot = slots_[*index];
    const Instant time = std::min(fix.fixedAt, fix.receivedAt);
    const auto point = toPoint(fix.at);
    if (!point || (slot.fix && time <= slot.fixTime))
        return;
    slot.fix = fix, slot.fixTime = time, slot.fixPoint = point;
    refresh(*index);
}

void UnitBoard::place(SlotIndex index, UnitSlot::Tree tree, layers::Point point) {
    UnitSlot& slot = slots_[index];
    if (slot.tree == tree && (tree == UnitSlot::Tree::none || slot.treePoint == point))
        return;
    const auto from = slot.tree;
    const Value before{{slot.treePoint.x, slot.treePoint.y}, index}, after{{point.x, point.y}, index};
    slot.tree = tree, slot.treePoint = point;
    if (packing_ || !slot.facts)
        return;
    RoleTrees& trees = trees_[std::size_t(slot.facts->role)];
    if (from == UnitSlot::Tree::others)
        trees.others.remove(before);
    if (from == UnitSlot::Tree::ready) {
        trees.ready.remove(before);
        for (const auto skill : slot.skills)
            trees.bySkill[skill].remove(before);
    }
    if (tree == UnitSlot::Tree::others)
        trees.others.insert(after);
    if (tree == UnitSlot::Tree::ready) {
        trees.ready.insert(after);
        for (const auto skill : slot.skills)
            trees.bySkill[skill].insert(after);
    }
}

void UnitBoard::packTrees() {
    struct Pile {
        std::vector<Value> ready, others;
        std::unordered_map<std::uint32_t, std::vector<Value>> bySkill;
    };
    std::array<Pile, 7> piles;
    for (SlotIndex index = 0; index < slots_.size(); ++index) {
        const UnitSlot& slot = slots_[index];
        if (!slot.facts || slot.tree == UnitSlot::Tree::none)
            continue;
        const Value value{{slot.treePoint.x, slot.treePoint.y}, index};
        Pile& pile = piles[std::size_t(slot.facts->role)];
        (slot.tree == UnitSlot::Tree::ready ? pile.ready : pile.others).push_back(value);
        if (slot.tree == UnitSlot::Tree::ready)
            for (const auto skill : slot.skills)
                pile.bySkill[skill].push_back(value);
    }
    for (std::size_t role = 0; role < piles.size(); ++role) {
        trees_[role].ready = Tree(piles[role].ready);
        trees_[role].others = Tree(piles[role].others);
        trees_[role].bySkill.clear();
        for (auto& [skill, values] : piles[role].bySkill)
            trees_[role].bySkill.emplace(skill, Tree(values));
    }
    packing_ = false;
}

void UnitBoard::refresh(SlotIndex index) {
    const UnitSlot& slot = slots_[index];
    if (!slot.facts)
        return;
    const Whereabouts where = whereabouts(slot, now_);
    if (where.basis == PositionBasis::none)
        place(index, UnitSlot::Tree::none, {});
    else
        place(index, mayGo(slot, where, wall().local) ? UnitSlot::Tree::ready : UnitSlot::Tree::others,
              where.at);
    queue(index);
}

} // namespace vedette::dispatch
