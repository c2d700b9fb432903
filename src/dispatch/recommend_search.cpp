// SPDX-License-Identifier: GPL-3.0-or-later
#include "recommend_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace vedette::dispatch {

namespace {

constexpr std::size_t mostUnsuitable = 20;
constexpr double endless = std::numeric_limits<double>::infinity();

// Keeps the `most` first of what it is given, in order.
template <class T, class Less>
void keepFirst(std::vector<T>& kept, T item, std::size_t most, const Less& less) {
    if (kept.size() >= most && (most == 0 || !less(item, kept.back())))
        return;
    kept.insert(std::upper_bound(kept.begin(), kept.end(), item, less), std::move(item));
    if (kept.size() > most)
        kept.pop_back();
}

// Walks a tree outwards until `visit` says false. It asks for `first` and starts anew with four times as many
// when they don't suffice (`restart`): Boost's incremental query re-sorts at every leaf.
template <class Restart, class Visit>
void outwards(const UnitBoard::Tree& tree, layers::Point at, std::size_t first, const Restart& restart,
              const Visit& visit) {
    namespace index = boost::geometry::index;
    std::vector<std::pair<double, SlotIndex>> near;
    std::vector<UnitBoard::Value> found;
    found.reserve(first), near.reserve(first);
    for (std::size_t most = first;; most *= 4) {
        found.clear(), near.clear();
        tree.query(index::nearest(UnitBoard::TreePoint(at.x, at.y), unsigned(std::min(most, tree.size()))),
                   std::back_inserter(found));
        for (const auto& [point, slot] : found)
            near.emplace_back(std::hypot(point.x() - at.x, point.y() - at.y), slot);
        std::sort(near.begin(), near.end());
        restart();
        for (const auto& [straight, slot] : near)
            if (!visit(straight, slot))
                return;
        if (most >= tree.size())
            return;
    }
}

} // namespace

RecommendSearch::RecommendSearch(const UnitBoard& board, const layers::WorkingCrs& crs,
                                 const layers::Areas& areas, const layers::Rules& rules, const State& state,
                                 const Request& request, const CostModel& cost)
    : board_(board), crs_(crs), areas_(areas), rules_(rules), state_(state), request_(request), cost_(cost),
      now_(board.standing(request.now)), at_(crs.toWorking(request.at)) {}

void RecommendSearch::resolve(Recommendation& out) {
    const auto& duties = state_.duties();
    const auto row = std::find_if(duties.begin(), duties.end(),
                                  [&](const Duty& duty) { return duty.category == request_.category; });
    if (row == duties.end())
        out.flags.push_back({"dutyMissing", {{"category", request_.category}}});
    out.duty = row == duties.end() ? defaultDuty(request_.category) : *row;
    duty_ = &out.duty;

    std::vector<std::string> beats;
    if (std::isfinite(at_.x) && std::isfinite(at_.y))
        for (const auto index : areas_.at(at_)) {
            const layers::Area& area = areas_[index];
            out.areas.push_back(area.code);
            if (area.kind == layers::AreaKind::grid && !area.beat.empty())
                beats.push_back(area.beat);
        }
    if (out.areas.empty())
        out.flags.push_back({"outsideEveryArea", {}});
    ownCodes_ = out.areas;
    for (auto& beat : beats)
        if (std::find(ownCodes_.begin(), ownCodes_.end(), beat) == ownCodes_.end())
            ownCodes_.push_back(std::move(beat));
    for (const auto& code : ownCodes_)
        for (const SlotIndex slot : board_.ownersOf(code))
            owners_.push_back({slot, &code});
    // Stable: of several owned areas the most responsible stays.
    std::stable_sort(owners_.begin(), owners_.end(),
                     [](const Owner& a, const Owner& b) { return a.slot < b.slot; });
    owners_.erase(std::unique(owners_.begin(), owners_.end(),
                              [](const Owner& a, const Owner& b) { return a.slot == b.slot; }),
                  owners_.end());

    if (request_.ticket)
        if (const Ticket* ticket = state_.ticket(*request_.ticket))
            for (const Assignment& assignment : ticket->assignments)
                if (const auto slot = board_.slot(assignment.unit); slot && assignment.open())
                    alreadyOn_.push_back(*slot);
}

const RecommendSearch::Owner* RecommendSearch::owner(SlotIndex slot) const {
    const auto found =
        std::lower_bound(owners_.begin(), owners_.end(), slot,
                         [](const Owner& owner, SlotIndex wanted) { return owner.slot < wanted; });
    return found != owners_.end() && found->slot == slot ? &*found : nullptr;
}

bool RecommendSearch::hasSkill(SlotIndex slot, const std::string& skill) const {
    const auto known = board_.skill(skill);
    const auto& skills = board_.slots()[slot].skills;
    return known && std::binary_search(skills.begin(), skills.end(), *known);
}

bool RecommendSearch::maySend(SlotIndex slot, const std::vector<std::string>& skills) const {
    return board_.slots()[slot].tree == UnitSlot::Tree::ready &&
           std::find(alreadyOn_.begin(), alreadyOn_.end(), slot) == alreadyOn_.end() &&
           std::all_of(skills.begin(), skills.end(),
                       [&](const auto& skill) { return hasSkill(slot, skill); });
}

RecommendSearch::Pick RecommendSearch::pick(SlotIndex index, bool owner) const {
    const UnitSlot& slot = board_.slots()[index];
    Pick pick{index, 0, 0, 0, {}, owner, slot.tree != UnitSlot::Tree::none};
    if (pick.placed) {
        const Cost cost = cost_.cost(slot.treePoint, at_, slot.facts->role);
        pick.metres = cost.metres, pick.seconds = cost.seconds, pick.method = cost.method;
        pick.score = cost.seconds + (owner ? 0.0 : double(rules_.ownerTolerance.count()));
    }
    return pick;
}

bool RecommendSearch::before(const Pick& a, const Pick& b) const {
    const UnitSlot &first = board_.slots()[a.slot], &second = board_.slots()[b.slot];
    return std::tie(a.score, first.load, a.seconds, first.facts->id) <
           std::tie(b.score, second.load, b.seconds, second.facts->id);
}

bool RecommendSearch::nearer(const Pick& a, const Pick& b) const {
    if (a.placed != b.placed)
        return a.placed;
    return std::tie(a.seconds, board_.slots()[a.slot].facts->id) <
           std::tie(b.seconds, board_.slots()[b.slot].facts->id);
}

std::vector<RecommendSearch::Pick> RecommendSearch::best(Role role,
                                                         const std::vector<std::string>& skills) const {
    std::vector<Pick> kept;
    const auto less = [this](const Pick& a, const Pick& b) { return before(a, b); };
    for (const Owner& own : owners_)
        if (board_.slots()[own.slot].facts->role == role && maySend(own.slot, skills))
            keepFirst(kept, pick(own.slot, true), request_.limit, less);

    const UnitBoard::RoleTrees& trees = board_.trees(role);
    const UnitBoard::Tree* tree = &trees.ready;
    for (const auto& name : skills) {
        const auto skill = board_.skill(name);
        const auto found = skill ? trees.bySkill.find(*skill) : trees.bySkill.end();
        if (found == trees.bySkill.end())
            return kept;
        if (found->second.size() < tree->size())
            tree = &found->second;
    }
    if (request_.limit == 0 || tree->empty() || !std::isfinite(at_.x))
        return kept;
    const double tolerance = double(rules_.ownerTolerance.count());
    const auto owners = kept;
    // One beyond the limit ends the walk, when all of the tree may go.
    const std::size_t first = request_.limit + 3;
    outwards(
        *tree, at_, first, [&] { kept = owners; },
        [&](double straight, SlotIndex slot) {
            if (kept.size() >= request_.limit &&
                cost_.minSeconds(straight, role) + tolerance > kept.back().score + 1e-6)
                return false;
            if (!owner(slot) && maySend(slot, skills))
                keepFirst(kept, pick(slot, false), request_.limit, less);
            return true;
        });
    return kept;
}

std::vector<RecommendSearch::Pick> RecommendSearch::ownersNotTaken(Role role,
                                                                   const std::vector<Pick>& taken) const {
    std::vector<Pick> left;
    for (const Owner& own : owners_)
        if (board_.slots()[own.slot].facts->role == role &&
            std::none_of(taken.begin(), taken.end(), [&](const Pick& p) { return p.slot == own.slot; }))
            left.push_back(pick(own.slot, true));
    return left;
}

std::vector<RecommendSearch::Pick> RecommendSearch::nearerNotTaken(Role role,
                                                                   const std::vector<Pick>& taken) const {
    double horizon = taken.size() < request_.limit ? endless : 0;
    for (const Pick& one : taken)
        horizon = std::max(horizon, one.seconds);
    std::vector<Pick> kept;
    const auto less = [this](const Pick& a, const Pick& b) { return nearer(a, b); };
    if (!std::isfinite(at_.x))
        return kept;
    const UnitBoard::RoleTrees& trees = board_.trees(role);
    // Where nothing but time ranked them, all who may go and are nearer were taken.
    const bool byTimeAlone = duty_->skills.empty() && alreadyOn_.empty() &&
                             std::none_of(taken.begin(), taken.end(), [](const Pick& p) { return p.owner; });
    for (const UnitBoard::Tree* tree : {&trees.others, &trees.ready}) {
        if (tree->empty() || horizon <= 0 || (byTimeAlone && tree == &trees.ready))
            continue;
        const auto before = kept;
        outwards(
            *tree, at_, mostUnsuitable + 4, [&] { kept = before; },
            [&](double straight, SlotIndex slot) {
                const double least = cost_.minSeconds(straight, role);
                if (least >= horizon + 1e-6 ||
                    (kept.size() >= mostUnsuitable && least > kept.back().seconds + 1e-6))
                    return false;
                if (owner(slot) || std::any_of(taken.begin(), taken.end(),
                                               [&](const Pick& one) { return one.slot == slot; }))
                    return true;
                if (Pick one = pick(slot, false); one.seconds < horizon)
                    keepFirst(kept, one, mostUnsuitable, less);
                return true;
            });
    }
    return kept;
}

Recommendation RecommendSearch::run() {
    Recommendation out;
    resolve(out);

    const auto take = [&](Role role, Part part, const std::vector<Pick>& picks) {
        const auto nearest = std::min_element(
            picks.begin(), picks.end(), [](const Pick& a, const Pick& b) { return a.seconds < b.seconds; });
        for (auto it = picks.begin(); it != picks.end(); ++it) {
            out.candidates.push_back(candidate(*it, part));
            out.candidates.back().role = role;
            if (it == nearest)
                out.candidates.back().why.push_back({"nearest", {}});
        }
    };
    const auto lead = best(duty_->lead, duty_->skills);
    take(duty_->lead, Part::lead, lead);
    if (lead.empty())
        out.flags.push_back({"nobodyEligible", {{"role", std::string(toString(duty_->lead))}}});
    std::vector<Pick> left = ownersNotTaken(duty_->lead, lead);
    std::vector<Role> done{duty_->lead};
    for (const Role role : duty_->joint) {
        if (std::find(done.begin(), done.end(), role) != done.end())
            continue;
        done.push_back(role);
        const auto joint = best(role, {});
        take(role, Part::joint, joint);
        const auto owners = ownersNotTaken(role, joint);
        left.insert(left.end(), owners.begin(), owners.end());
    }

    const auto less = [this](const Pick& a, const Pick& b) { return nearer(a, b); };
    std::sort(left.begin(), left.end(), less);
    left.resize(std::min(left.size(), mostUnsuitable));
    for (const Pick& one : nearerNotTaken(duty_->lead, lead))
        if (left.size() < mostUnsuitable)
            left.push_back(one);
    std::sort(left.begin(), left.end(), less);
    if (!left.empty())
        local_ = board_.local(now_);
    out.unsuitable.reserve(left.size());
    for (const Pick& one : left)
        out.unsuitable.push_back(unsuitable(one, board_.slots()[one.slot].facts->role == duty_->lead));
    return out;
}

} // namespace vedette::dispatch
