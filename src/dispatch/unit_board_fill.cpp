// SPDX-License-Identifier: GPL-3.0-or-later
// Who there is, anew from a state whose reference changed; and where all are, anew when much has changed.
#include "unit_board.h"

#include "dispatch/area_middle.h"
#include "fetch.h"

#include <algorithm>

namespace vedette::dispatch {

void UnitBoard::fill() {
    // Both lists lie by unit code.
    const auto old = std::exchange(slots_, {});
    const auto oldFixes = std::exchange(fixes_, {});
    declared_.clear();
    auto passed = old.begin();
    const auto leave = [&](const UnitSlot& slot) {
        if (slot.hasFix)
            gone_.insert_or_assign(slot.facts->id, fixOf(slot, oldFixes[slot.fix]));
    };

    codeByText_.clear(), codes_.clear(), skillsOf_.clear(), planByHash_.clear(), plans_.clear();
    codes_.emplace_back(), plans_.emplace_back(); // no code, no plan
    slots_.reserve(followed_.unitCount());
    names_.reset(followed_.unitCount());
    unplaced_ = true;
    std::vector<const UnitRecord*> records;
    records.reserve(followed_.unitCount());
    followed_.forEachUnit([&](const UnitRecord& record) { records.push_back(&record); });
    for (std::size_t at = 0; at < records.size(); ++at) {
        if (at + 24 < records.size()) {
            fetch(records[at + 24], sizeof(UnitRecord));
            fetch(records[at + 16]->facts.get(), sizeof(UnitFacts));
            fetch(records[at + 8]->facts->owns.data(), sizeof(std::string));
        }
        const UnitRecord& record = *records[at];
        if (!record.listed)
            continue;
        const auto index = SlotIndex(slots_.size());
        UnitSlot& slot = slots_.emplace_back();
        slot.facts = record.facts.get();
        takeFacts(index);
        names_.add(slot.facts->id.text, index);
        for (; passed != old.end() && passed->facts->id < slot.facts->id; ++passed)
            leave(*passed);
        if (passed != old.end() && passed->facts->id == slot.facts->id) {
            if (passed->hasFix)
                takeFix(slot, fixOf(*passed, oldFixes[passed->fix]), oldFixes[passed->fix].point);
            ++passed;
        } else if (const auto back = gone_.empty() ? gone_.end() : gone_.find(slot.facts->id);
                   back != gone_.end()) {
            takeFix(slot, back->second, crs_.toWorking(back->second.at));
            gone_.erase(back);
        }
        takeOver(index, record);
    }
    for (; passed != old.end(); ++passed)
        leave(*passed);
    collectOwners();
}

void UnitBoard::takeFacts(SlotIndex index) {
    UnitSlot& slot = slots_[index];
    const UnitFacts& facts = *slot.facts;
    slot.role = facts.role, slot.capacity = facts.capacity;
    slot.firstSkill = std::uint32_t(skillsOf_.size());
    for (const auto& name : facts.skills) {
        const auto skill = skills_.try_emplace(name, std::uint32_t(skills_.size())).first->second;
        if (std::find(skillsOf_.begin() + slot.firstSkill, skillsOf_.end(), skill) == skillsOf_.end())
            skillsOf_.push_back(skill);
    }
    slot.skillCount = std::uint16_t(skillsOf_.size() - slot.firstSkill);
    const std::size_t firstOwned = owned_.size();
    for (const auto& text : facts.owns)
        if (const std::pair owner{codeOf(text), index}; // who names a code twice owns it once
            std::find(owned_.begin() + std::ptrdiff_t(firstOwned), owned_.end(), owner) == owned_.end())
            owned_.push_back(owner);
    if (facts.post) {
        // A station's people lie side by side.
        const UnitSlot* neighbour = index > 0 ? &slots_[index - 1] : nullptr;
        slot.basePoint = neighbour && neighbour->home == 0 && neighbour->facts->post == facts.post
                             ? neighbour->basePoint
                             : crs_.toWorking(*facts.post);
        slot.hasBase = known(slot.basePoint);
    }
    if (!slot.hasBase && !facts.homeArea.empty()) {
        const bool own = owned_.size() > firstOwned && facts.owns.front() == facts.homeArea;
        slot.home = own ? owned_[firstOwned].first : codeOf(facts.homeArea);
        const Code& area = home(slot.home, facts.homeArea);
        slot.basePoint = area.middle, slot.hasBase = area.hasMiddle;
    }
    slot.plan = planOf(facts.shifts, facts.breaks);
    if (slot.plan != 0)
        plans_[slot.plan].units.push_back(index);
}

std::uint32_t UnitBoard::codeOf(std::string_view text) {
    if (const auto found = codeByText_.find(text); found != codeByText_.end())
        return found->second;
    codeByText_.emplace(text, std::uint32_t(codes_.size()));
    codes_.emplace_back();
    return std::uint32_t(codes_.size() - 1);
}

const UnitBoard::Code& UnitBoard::home(std::uint32_t code, std::string_view text) {
    Code& home = codes_[code];
    if (!std::exchange(home.looked, true))
        if (const auto area = areas_.byCode(text)) {
            home.middle = areaMiddle(areas_, *area);
            home.hasMiddle = known(home.middle);
        }
    return home;
}

std::uint32_t UnitBoard::planOf(const std::vector<Shift>& shifts, const std::vector<Shift>& breaks) {
    if (shifts.empty() && breaks.empty())
        return 0;
    std::size_t hash = shifts.size();
    for (const auto* turns : {&shifts, &breaks})
        for (const Shift& shift : *turns)
            hash =
                (hash * 31 + std::size_t(shift.fromMinute * 2048 + shift.tillMinute) * 128 + shift.weekdays) *
                0x9E3779B97F4A7C15u;
    const auto [from, till] = planByHash_.equal_range(hash);
    for (auto it = from; it != till; ++it)
        if (*plans_[it->second].shifts == shifts && *plans_[it->second].breaks == breaks)
            return it->second;
    planByHash_.emplace(hash, std::uint32_t(plans_.size()));
    plans_.emplace_back().shifts = &shifts, plans_.back().breaks = &breaks;
    return std::uint32_t(plans_.size() - 1);
}

void UnitBoard::collectOwners() {
    for (const auto& [code, slot] : owned_)
        ++codes_[code].owners;
    std::uint32_t total = 0;
    for (Code& code : codes_)
        code.firstOwner = total, total += std::exchange(code.owners, 0);
    owners_.resize(total);
    for (const auto& [code, slot] : owned_)
        owners_[codes_[code].firstOwner + codes_[code].owners++] = slot;
    owned_ = {};
}

void UnitBoard::placeAll() {
    struct Pile {
        std::vector<NearTree::Entry> ready, others;
        std::unordered_map<std::uint32_t, std::vector<NearTree::Entry>> bySkill;
    };
    std::array<Pile, 7> piles;
    std::vector<Due> dues;
    plansDue_ = Instant::max();
    for (Plan& plan : plans_) {
        look(plan);
        plansDue_ = std::min(plansDue_, plan.due);
    }
    for (SlotIndex index = 0; index < slots_.size(); ++index) {
        UnitSlot& slot = slots_[index];
        const Stand stand = this->stand(slot, now_);
        slot.tree = treeFor(slot, stand), slot.place = where(slot, stand);
        slot.queuedFor = nextAge(slot);
        if (slot.queuedFor != Instant::max())
            dues.push_back({slot.queuedFor, index});
        Pile& pile = piles[std::size_t(slot.role)];
        if (slot.tree == UnitSlot::Tree::others)
            pile.others.push_back({slot.place, index});
        if (slot.tree != UnitSlot::Tree::ready)
            continue;
        pile.ready.push_back({slot.place, index});
        for (const auto skill : std::span(skillsOf_).subspan(slot.firstSkill, slot.skillCount))
            pile.bySkill[skill].push_back({slot.place, index});
    }
    for (std::size_t role = 0; role < piles.size(); ++role) {
        trees_[role].ready.fill(std::move(piles[role].ready));
        trees_[role].others.fill(std::move(piles[role].others));
        trees_[role].bySkill.clear();
        for (auto& [skill, entries] : piles[role].bySkill)
            trees_[role].bySkill[skill].fill(std::move(entries));
    }
    dues_ = decltype(dues_)(std::greater<>{}, std::move(dues));
    unplaced_ = false;
}

} // namespace vedette::dispatch
