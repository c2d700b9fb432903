// SPDX-License-Identifier: GPL-3.0-or-later
// Why a unit is proposed, and why another isn't: codes, in the order recommend.h states.
#include "recommend_search.h"

namespace vedette::dispatch {

namespace {

std::string wholeSeconds(const Whereabouts& where) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(*where.fixAge).count());
}

std::string_view basisName(const Whereabouts& where) {
    return where.basis == PositionBasis::fix ? toString(where.age) : toString(where.basis);
}

} // namespace

Message basisReason(const Whereabouts& where, const UnitFacts& facts) {
    switch (where.basis) {
    case PositionBasis::declared:
        return {"declaredAt", {}};
    case PositionBasis::posted:
        return {"postedAt", {}};
    case PositionBasis::homeArea:
        return {"atHomeArea", {{"area", facts.homeArea}}};
    default:
        break;
    }
    const char* code = where.age == FixAge::live     ? "fixFresh"
                       : where.age == FixAge::ageing ? "fixAgeing"
                                                     : "fixStale";
    return {code, {{"seconds", wholeSeconds(where)}}};
}

void RecommendSearch::explain(const Pick& pick, Part part, Role role, bool nearest, Candidate& out) const {
    const UnitSlot& slot = board_.slots()[pick.slot];
    out.unit = slot.facts->id;
    out.role = role, out.part = part;
    const Cost cost = cost_.cost(slot.place, at_, slot.role);
    out.metres = cost.metres, out.seconds = cost.seconds, out.method = cost.method;
    out.where = board_.whereabouts(slot, now_);
    out.owner = pick.owner;
    out.load = slot.load, out.capacity = slot.capacity;
    out.why.reserve(4);
    if (const Owner* own = pick.owner ? owner(pick.slot) : nullptr)
        out.why.push_back({"ownerOf", {{"area", std::string(ownCodes_[own->rank])}}});
    out.why.push_back(basisReason(out.where, *slot.facts));
    if (slot.load == 0)
        out.why.emplace_back("free");
    else
        out.why.push_back(
            {"alsoOn", {{"load", std::to_string(slot.load)}, {"capacity", std::to_string(slot.capacity)}}});
    if (nearest)
        out.why.emplace_back("nearest");
}

void RecommendSearch::explain(const Pick& pick, Unsuitable& out) const {
    const UnitSlot& slot = board_.slots()[pick.slot];
    out.unit = slot.facts->id;
    if (pick.placed)
        out.metres = cost_.cost(slot.place, at_, slot.role).metres, out.seconds = pick.seconds;
    auto& reasons = out.reasons;
    if (!board_.onDuty(slot))
        reasons.emplace_back("offShift");
    if (slot.onBreak)
        reasons.emplace_back("onBreak");
    if (board_.onPlannedBreak(slot))
        reasons.emplace_back("onPlannedBreak");
    if (board_.outOfService(slot))
        reasons.emplace_back("outOfService");
    if (slot.load >= slot.capacity) {
        const UnitRecord* record = state_.unit(slot.facts->id);
        reasons.push_back(
            {"atCapacity",
             {{"load", std::to_string(slot.load)},
              {"capacity", std::to_string(slot.capacity)},
              {"ticket", record && !record->tickets.empty() ? toString(record->tickets.front()) : ""}}});
    }
    if (isOn(pick.slot))
        reasons.push_back({"alreadyOn", {{"ticket", toString(*request_.ticket)}}});
    if (slot.role == duty_->lead)
        for (const auto& skill : duty_->skills)
            if (!hasSkill(pick.slot, skill))
                reasons.push_back({"skillMissing", {{"skill", skill}}});
    if (const auto stand = board_.stand(slot, now_); stand.basis == PositionBasis::none)
        reasons.emplace_back("noPosition");
    else if (!board_.basisAllowed(stand.basis, stand.age)) {
        const Whereabouts where = board_.whereabouts(slot, now_);
        if (where.basis == PositionBasis::fix && where.age >= FixAge::stale)
            reasons.push_back(
                {where.age == FixAge::stale ? "fixStale" : "fixLost", {{"seconds", wholeSeconds(where)}}});
        else
            reasons.push_back({"basisNotAllowed", {{"basis", std::string(basisName(where))}}});
    }
    if (reasons.empty() && pick.owner)
        reasons.push_back({"rankedLower", {{"limit", std::to_string(request_.limit)}}});
    else if (reasons.empty())
        reasons.push_back({"ownerFirst", {{"seconds", std::to_string(rules_.ownerTolerance.count())}}});
}

} // namespace vedette::dispatch
