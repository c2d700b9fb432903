// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "unit_board.h"

namespace vedette::dispatch {

// One question to the board: searches what is near, ranks it, and says why and why not.
class RecommendSearch {
public:
    RecommendSearch(const UnitBoard& board, const layers::WorkingCrs& crs, const layers::Areas& areas,
                    const layers::Rules& rules, const State& state, const Request& request,
                    const CostModel& cost);
    Recommendation run();

private:
    struct Pick {
        SlotIndex slot;
        double metres = 0, seconds = 0, score = 0;
        std::string_view method;
        bool owner = false, placed = true;
    };
    struct Owner {
        SlotIndex slot;
        const std::string* area; // the most responsible one it owns
    };

    void resolve(Recommendation& out);
    void findOwners(const Recommendation& out);
    std::vector<Pick> best(Role role, const std::vector<std::string>& skills) const;
    std::vector<Pick> ownersNotTaken(Role role, const std::vector<Pick>& taken) const;
    std::vector<Pick> nearerNotTaken(Role role, const std::vector<Pick>& taken) const;
    Pick pick(SlotIndex slot, bool owner) const;
    bool maySend(SlotIndex slot, const std::vector<std::string>& skills) const;
    bool hasSkill(SlotIndex slot, const std::string& skill) const;
    const Owner* owner(SlotIndex slot) const;
    Candidate candidate(const Pick& pick, Part part) const;
    Unsuitable unsuitable(const Pick& pick, bool lead) const;
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
    layers::TimeZone::Local local_{}; // set before anybody's reasons are given
    layers::Point at_;
    const Duty* duty_ = nullptr;
    std::vector<Owner> owners_;
    std::vector<std::string> ownCodes_;
    std::vector<SlotIndex> alreadyOn_;
};

} // namespace vedette::dispatch
