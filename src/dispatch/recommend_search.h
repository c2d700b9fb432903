// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "unit_board.h"

#include <algorithm>

namespace vedette::dispatch {

// On what ground somebody is thought to be there: fixFresh .. atHomeArea.
Message basisReason(const Whereabouts& where, const UnitFacts& facts);

// One question to the board: searches what is near, ranks it, and says why and why not.
class RecommendSearch {
public:
    RecommendSearch(const UnitBoard& board, const layers::WorkingCrs& crs, const layers::Areas& areas,
                    const layers::Rules& rules, const State& state, const Request& request,
                    const CostModel& cost);
    Recommendation run();

private:
    // Small, for it is moved about in sorted rows; metres and method are asked for again in the end.
    struct Pick {
        double seconds = 0;
        SlotIndex slot = 0;
        bool owner = false, placed = true;
    };
    struct Team {
        Role role;
        Part part;
        std::vector<Pick> picks;
    };
    struct Owner {
        SlotIndex slot;
        std::uint32_t rank; // of the most responsible area it owns, in ownCodes_
    };

    void resolve(Recommendation& out);
    void findOwners(const Recommendation& out);
    std::vector<Pick> best(Role role, std::span<const std::string> skills) const;
    void ownersNotTaken(Role role, const std::vector<Pick>& taken, std::vector<Pick>& left) const;
    std::vector<Pick> nearerNotTaken(Role role, const std::vector<Pick>& taken) const;
    Pick pickOwner(SlotIndex slot) const;
    bool isOwner(SlotIndex slot) const { return !owners_.empty() && owner(slot); }
    bool isOn(SlotIndex slot) const { // the ticket asked for
        return std::find(alreadyOn_.begin(), alreadyOn_.end(), slot) != alreadyOn_.end();
    }
    bool hasSkills(SlotIndex slot, std::span<const std::string> skills) const;
    bool hasSkill(SlotIndex slot, const std::string& skill) const;
    const Owner* owner(SlotIndex slot) const; // null: it owns nothing here
    std::vector<Pick> notTaken(const std::vector<Team>& teams) const;
    void take(const Team& team, Recommendation& out) const;
    void explain(const Pick& pick, Part part, Role role, bool nearest, Candidate& out) const;
    void explain(const Pick& pick, Unsuitable& out) const;
    double score(const Pick& pick) const;
    bool before(const Pick& a, const Pick& b) const;
    bool nearer(const Pick& a, const Pick& b) const;

    const UnitBoard& board_;
    const layers::WorkingCrs& crs_;
    const layers::Areas& areas_;
    const layers::Rules& rules_;
    const State& state_;
    const Request& request_;
    const CostModel& cost_;
    Instant now_;
    layers::Point at_;
    double tolerance_; // seconds of head start that an owner has
    const Duty* duty_ = nullptr;
    std::vector<Owner> owners_;
    std::vector<std::string_view> ownCodes_; // of the areas at the point, most responsible first, and beats
    std::vector<SlotIndex> alreadyOn_;
};

} // namespace vedette::dispatch
