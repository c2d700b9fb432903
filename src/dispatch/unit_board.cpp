// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit_board.h"

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

std::optional<SlotIndex> UnitBoard::slot(const UnitId& unit) const {
    return names_.find(unit.text,
                       [this](SlotIndex slot) -> std::string_view { return slots_[slot].facts->id.text; });
}

std::span<const SlotIndex> UnitBoard::ownersOf(std::string_view code) const {
    const auto found = codeByText_.find(code);
    if (found == codeByText_.end())
        return {};
    const Code& known = codes_[found->second];
    return std::span(owners_).subspan(known.firstOwner, known.owners);
}

std::optional<std::uint32_t> UnitBoard::skill(const std::string& name) const {
    const auto found = skills_.find(name);
    return found == skills_.end() ? std::nullopt : std::optional(found->second);
}

bool UnitBoard::hasSkill(const UnitSlot& slot, std::uint32_t skill) const {
    const auto skills = std::span(skillsOf_).subspan(slot.firstSkill, slot.skillCount);
    return std::find(skills.begin(), skills.end(), skill) != skills.end();
}

bool UnitBoard::saysTheSame(const UnitSlot& slot, const UnitRecord& record) const {
    const UnitSaid& said = record.said();
    if (!said.declaredAt)
        return !slot.hasDeclared;
    return slot.declared != UnitSlot::none && declared_[slot.declared].at == *said.declaredAt &&
           declared_[slot.declared].when == said.declaredWhen &&
           slot.hasDeclared == known(declared_[slot.declared].point);
}

bool UnitBoard::takeOver(SlotIndex index, const UnitRecord& record) {
    UnitSlot& slot = slots_[index];
    const UnitSaid& said = record.said();
    if (slot.on == record.on && slot.onBreak == record.onBreak && slot.outOfService == record.outOfService &&
        saysTheSame(slot, record) && slot.load == int(record.tickets.size()) &&
        slot.outUntil == said.outUntil && slot.breakLiftedTill == said.breakLiftedTill)
        return false;
    slot.on = record.on, slot.onBreak = record.onBreak, slot.outOfService = record.outOfService;
    slot.outUntil = said.outUntil, slot.breakLiftedTill = said.breakLiftedTill;
    slot.load = int(record.tickets.size());
    if (said.declaredAt && !saysTheSame(slot, record)) {
        if (slot.declared == UnitSlot::none) {
            slot.declared = std::uint32_t(declared_.size());
            declared_.emplace_back();
        }
        Declared& place = declared_[slot.declared];
        place = {crs_.toWorking(*said.declaredAt), *said.declaredAt, said.declaredWhen};
        slot.hasDeclared = known(place.point);
    } else if (!said.declaredAt) {
        slot.hasDeclared = false;
    }
    refresh(index);
    return true;
}

void UnitBoard::follow(const State& state) {
    if (state.seq() <= followed_.seq() && followed_.seq() != 0)
        return;
    const State before = std::exchange(followed_, state); // keeps the facts alive that slots point to
    if (now_ == Instant{})
        now_ = state.at();
    // Only a reload of the reference changes who there is.
    SlotIndex next = 0;
    std::size_t changed = 0;
    bool same = true;
    state.forEachUnit([&](const UnitRecord& record) {
        if (!same || !record.listed)
            return;
        same = next < slots_.size() && slots_[next].facts == record.facts.get();
        if (!same)
            return;
        changed += takeOver(next++, record);
        unplaced_ = unplaced_ || manyOf(changed);
    });
    if (!same || next != slots_.size())
        fill();
}

void UnitBoard::follow(const State& state, std::span<const Event> events) {
    const auto repins = [](const Event& event) {
        return std::holds_alternative<ReferencePinned>(event.payload);
    };
    if (events.empty() || events.front().envelope.seq != followed_.seq() + 1 ||
        events.back().envelope.seq != state.seq() || followed_.seq() == 0 ||
        std::any_of(events.begin(), events.end(), repins))
        return follow(state);
    followed_ = state;
    const auto look = [&](const UnitId& unit) {
        if (const auto index = slot(unit))
            if (const UnitRecord* record = state.unit(unit))
                takeOver(*index, *record);
    };
    const auto lookAll = [&](TicketId id) {
        if (const Ticket* ticket = state.ticket(id))
            for (const Assignment& assignment : ticket->assignments)
                look(assignment.unit);
    };
    for (const Event& event : events) {
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

void UnitBoard::fix(const Fix& fix, layers::Point point) {
    const auto index = slot(fix.unit);
    if (!index || !known(point))
        return;
    UnitSlot& slot = slots_[*index];
    if (slot.hasFix && std::min(fix.fixedAt, fix.receivedAt) <= slot.fixTime)
        return;
    takeFix(slot, fix, point);
    refresh(*index);
}

void UnitBoard::takeFix(UnitSlot& slot, const Fix& fix, layers::Point point) {
    slot.hasFix = true;
    slot.fixTime = std::min(fix.fixedAt, fix.receivedAt);
    if (slot.fix == UnitSlot::none) {
        slot.fix = std::uint32_t(fixes_.size());
        fixes_.emplace_back();
    }
    fixes_[slot.fix] = {point, fix.at, fix.fixedAt, fix.receivedAt, fix.speed, fix.course};
}

Fix UnitBoard::fixOf(const UnitSlot& slot) const {
    return fixOf(slot, fixes_[slot.fix]);
}

Fix UnitBoard::fixOf(const UnitSlot& slot, const LastFix& last) const {
    return {slot.facts->id, last.at, last.fixedAt, last.receivedAt, last.speed, last.course};
}

UnitSlot::Tree UnitBoard::treeFor(const UnitSlot& slot, const Stand& stand) const {
    if (stand.basis == PositionBasis::none)
        return UnitSlot::Tree::none;
    const bool mayGo = !slot.onBreak && !outOfService(slot) && slot.load < slot.capacity &&
                       basisAllowed(stand.basis, stand.age) && onDuty(slot) && !onPlannedBreak(slot);
    return mayGo ? UnitSlot::Tree::ready : UnitSlot::Tree::others;
}

void UnitBoard::refresh(SlotIndex index) {
    if (unplaced_)
        return;
    const Stand stand = this->stand(slots_[index], now_);
    move(index, treeFor(slots_[index], stand), where(slots_[index], stand));
    queue(index);
}

void UnitBoard::move(SlotIndex index, UnitSlot::Tree tree, layers::Point point) {
    UnitSlot& slot = slots_[index];
    if (slot.tree == tree && (tree == UnitSlot::Tree::none || slot.place == point))
        return;
    const auto from = slot.tree;
    const NearTree::Entry before{slot.place, index}, after{point, index};
    slot.tree = tree, slot.place = point;
    RoleTrees& trees = trees_[std::size_t(slot.role)];
    const auto skills = std::span(skillsOf_).subspan(slot.firstSkill, slot.skillCount);
    if (from == UnitSlot::Tree::others)
        trees.others.remove(before);
    if (from == UnitSlot::Tree::ready) {
        trees.ready.remove(before);
        for (const auto skill : skills)
            trees.bySkill[skill].remove(before);
    }
    if (tree == UnitSlot::Tree::others)
        trees.others.insert(after);
    if (tree == UnitSlot::Tree::ready) {
        trees.ready.insert(after);
        for (const auto skill : skills)
            trees.bySkill[skill].insert(after);
    }
}

} // namespace vedette::dispatch
