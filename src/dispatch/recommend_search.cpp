// SPDX-License-Identifier: GPL-3.0-or-later
#include "recommend_search.h"

#include "fetch.h"

#include <limits>

namespace vedette::dispatch {

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr double hair = 1e-6; // seconds; what rounding may do to a bound

// The `most` first of what it is given, in order.
template <class T, class Less>
class FirstFew {
public:
    // `atMost`: as many as may ever be added.
    FirstFew(std::size_t most, std::size_t atMost, Less less) : kept_(std::min(most, atMost)), less_(less) {}
    bool full() const { return count_ == kept_.size(); }
    const T& last() const { return kept_[count_ - 1]; }
    void add(const T& item) {
        if (full() && (count_ == 0 || !less_(item, last())))
            return;
        std::size_t place = full() ? count_ - 1 : count_++;
        for (; place > 0 && less_(item, kept_[place - 1]); --place)
            kept_[place] = kept_[place - 1];
        kept_[place] = item;
    }
    std::vector<T> take() {
        kept_.resize(count_);
        return std::move(kept_);
    }

private:
    std::vector<T> kept_;
    std::size_t count_ = 0;
    Less less_;
};

template <class T, class Less>
FirstFew<T, Less> firstFew(std::size_t most, std::size_t atMost, Less less) {
    return {most, atMost, less};
}

constexpr std::size_t standing = 64, everything = sizeof(UnitSlot); // of a slot
template <class Picks>
[[gnu::always_inline]] inline void fetchAll(const UnitBoard& board, const Picks& picks, std::size_t ofSlot) {
    for (const auto& pick : picks)
        fetch(&board.slots()[pick.slot], ofSlot);
    for (const auto& pick : picks)
        fetch(board.slots()[pick.slot].facts, ofSlot == standing ? sizeof(UnitId) : sizeof(UnitFacts));
}

template <class Picks>
bool among(const Picks& picks, SlotIndex slot) {
    return std::any_of(picks.begin(), picks.end(), [&](const auto& pick) { return pick.slot == slot; });
}

} // namespace

RecommendSearch::RecommendSearch(const UnitBoard& board, const layers::WorkingCrs& crs,
                                 const layers::Areas& areas, const layers::Rules& rules, const State& state,
                                 const Request& request, const CostModel& cost)
    : board_(board), crs_(crs), areas_(areas), rules_(rules), state_(state), request_(request), cost_(cost),
      now_(board.standing(request.now)), at_(crs.toWorking(request.at)),
      tolerance_(double(rules.ownerTolerance.count())) {}

void RecommendSearch::resolve(Recommendation& out) {
    const auto& duties = state_.duties();
    const auto row = std::find_if(duties.begin(), duties.end(),
                                  [&](const Duty& duty) { return duty.category == request_.category; });
    if (row == duties.end())
        out.flags.push_back({"dutyMissing", {{"category", request_.category}}});
    out.duty = row == duties.end() ? defaultDuty(request_.category) : *row;
    duty_ = &out.duty;

    const auto at = known(at_) ? areas_.at(at_) : std::vector<layers::AreaIndex>();
    if (at.empty())
        out.flags.push_back({"outsideEveryArea", {}});
    out.areas.reserve(at.size());
    ownCodes_.reserve(2 * at.size());
    for (const auto index : at) {
        out.areas.push_back(areas_[index].code);
        ownCodes_.push_back(areas_[index].code);
    }
    for (const auto index : at) {
        const layers::Area& area = areas_[index];
        if (area.kind == layers::AreaKind::grid && !area.beat.empty() &&
            std::find(ownCodes_.begin(), ownCodes_.end(), area.beat) == ownCodes_.end())
            ownCodes_.push_back(area.beat);
    }
    for (std::uint32_t rank = 0; rank < ownCodes_.size(); ++rank)
        for (const SlotIndex slot : board_.ownersOf(ownCodes_[rank]))
            owners_.push_back({slot, rank});
    // Of several owned areas the most responsible stays.
    std::sort(owners_.begin(), owners_.end(), [](const Owner& a, const Owner& b) {
        return a.slot != b.slot ? a.slot < b.slot : a.rank < b.rank;
    });
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
    return known && board_.hasSkill(board_.slots()[slot], *known);
}

bool RecommendSearch::hasSkills(SlotIndex slot, std::span<const std::string> skills) const {
    return std::all_of(skills.begin(), skills.end(),
                       [&](const auto& skill) { return hasSkill(slot, skill); });
}

RecommendSearch::Pick RecommendSearch::pickOwner(SlotIndex index) const {
    const UnitSlot& slot = board_.slots()[index];
    if (slot.tree == UnitSlot::Tree::none)
        return {0, index, true, false};
    return {cost_.seconds(slot.place, at_, slot.role), index, true, true};
}

double RecommendSearch::score(const Pick& pick) const {
    return pick.seconds + (pick.owner ? 0.0 : tolerance_);
}

// Slots lie by unit code.
bool RecommendSearch::before(const Pick& a, const Pick& b) const {
    if (const double first = score(a), second = score(b); first != second)
        return first < second;
    const int load = board_.slots()[a.slot].load, other = board_.slots()[b.slot].load;
    if (load != other)
        return load < other;
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.slot < b.slot;
}

bool RecommendSearch::nearer(const Pick& a, const Pick& b) const {
    if (a.placed != b.placed)
        return a.placed;
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.slot < b.slot;
}

std::vector<RecommendSearch::Pick> RecommendSearch::best(Role role,
                                                         std::span<const std::string> skills) const {
    const UnitBoard::RoleTrees& trees = board_.trees(role);
    // Full only with the limit: all there is may be fewer.
    const std::size_t limit = request_.limit, most = trees.ready.size() + owners_.size() + 1;
    auto kept = firstFew<Pick>(limit, most, [this](const Pick& a, const Pick& b) { return before(a, b); });
    for (const Owner& own : owners_) {
        const UnitSlot& slot = board_.slots()[own.slot];
        if (slot.role == role && slot.tree == UnitSlot::Tree::ready && !isOn(own.slot) &&
            hasSkills(own.slot, skills))
            kept.add(pickOwner(own.slot));
    }

    const NearTree* tree = &trees.ready;
    for (const auto& name : skills) {
        const auto skill = board_.skill(name);
        const auto found = skill ? trees.bySkill.find(*skill) : trees.bySkill.end();
        if (found == trees.bySkill.end())
            return kept.take();
        if (found->second.size() < tree->size())
            tree = &found->second;
    }
    if (limit == 0 || !known(at_))
        return kept.take();
    // Of one skill its own tree holds nobody else.
    const bool skilled = skills.empty() || (skills.size() == 1 && tree != &trees.ready);
    tree->outwards(at_, [&](double straight, layers::Point place, SlotIndex slot) {
        if (kept.full() && cost_.minSeconds(at_, straight, role) + tolerance_ > score(kept.last()) + hair)
            return false;
        fetch(&board_.slots()[slot], standing);
        if (!isOwner(slot) && !isOn(slot) && (skilled || hasSkills(slot, skills)))
            kept.add({cost_.seconds(place, at_, role), slot, false, true});
        return true;
    });
    return kept.take();
}

void RecommendSearch::ownersNotTaken(Role role, const std::vector<Pick>& taken,
                                     std::vector<Pick>& left) const {
    for (const Owner& own : owners_)
        if (board_.slots()[own.slot].role == role && !among(taken, own.slot))
            left.push_back(pickOwner(own.slot));
}

std::vector<RecommendSearch::Pick> RecommendSearch::nearerNotTaken(Role role,
                                                                   const std::vector<Pick>& taken) const {
    double horizon = taken.size() < request_.limit ? endless : 0;
    for (const Pick& one : taken)
        horizon = std::max(horizon, one.seconds);
    if (horizon <= 0 || !known(at_))
        return {};
    const UnitBoard::RoleTrees& trees = board_.trees(role);
    auto kept = firstFew<Pick>(request_.notTaken, trees.ready.size() + trees.others.size(),
                               [this](const Pick& a, const Pick& b) { return nearer(a, b); });
    const auto outwards = [&](const NearTree& tree, const std::vector<Pick>& but) {
        tree.outwards(at_, [&](double straight, layers::Point place, SlotIndex slot) {
            const double least = cost_.minSeconds(at_, straight, role);
            if (least >= horizon + hair || (kept.full() && least > kept.last().seconds + hair))
                return false;
            if (isOwner(slot) || among(but, slot))
                return true;
            fetch(&board_.slots()[slot], standing);
            if (const double seconds = cost_.seconds(place, at_, role); seconds < horizon)
                kept.add({seconds, slot, false, true});
            return true;
        });
    };
    outwards(trees.others, {});
    // Where nothing but time ranked them, all who may go and are nearer were taken.
    if (!duty_->skills.empty() || !alreadyOn_.empty() ||
        std::any_of(taken.begin(), taken.end(), [](const Pick& one) { return one.owner; }))
        outwards(trees.ready, taken);
    return kept.take();
}

void RecommendSearch::take(const Team& team, Recommendation& out) const {
    const auto nearest = std::min_element(team.picks.begin(), team.picks.end(),
                                          [](const Pick& a, const Pick& b) { return a.seconds < b.seconds; });
    for (auto it = team.picks.begin(); it != team.picks.end(); ++it)
        explain(*it, team.part, team.role, it == nearest, out.candidates.emplace_back());
}

Recommendation RecommendSearch::run() {
    Recommendation out;
    resolve(out);

    std::vector<Team> teams;
    teams.reserve(1 + duty_->joint.size());
    teams.push_back({duty_->lead, Part::lead, best(duty_->lead, duty_->skills)});
    for (auto role = duty_->joint.begin(); role != duty_->joint.end(); ++role)
        if (*role != duty_->lead && std::find(duty_->joint.begin(), role, *role) == role)
            teams.push_back({*role, Part::joint, best(*role, {})});
    const auto left = notTaken(teams);

    // Explaining waits for memory; what is explained last is asked for first.
    fetchAll(board_, left, standing);
    std::size_t candidates = 0;
    for (const Team& team : teams) {
        fetchAll(board_, team.picks, everything);
        candidates += team.picks.size();
    }
    if (teams.front().picks.empty())
        out.flags.push_back({"nobodyEligible", {{"role", std::string(toString(duty_->lead))}}});
    out.candidates.reserve(candidates);
    for (const Team& team : teams)
        take(team, out);
    out.unsuitable.reserve(left.size());
    for (const Pick& one : left)
        explain(one, out.unsuitable.emplace_back());
    return out;
}

// Owners of any team first, then the nearer ones, as long as there is room; then all by distance.
std::vector<RecommendSearch::Pick> RecommendSearch::notTaken(const std::vector<Team>& teams) const {
    std::vector<Pick> left;
    if (request_.notTaken == 0)
        return left;
    for (const Team& team : teams)
        ownersNotTaken(team.role, team.picks, left);
    const auto less = [this](const Pick& a, const Pick& b) { return nearer(a, b); };
    std::sort(left.begin(), left.end(), less);
    left.resize(std::min(left.size(), request_.notTaken));
    auto others = nearerNotTaken(teams.front().role, teams.front().picks);
    if (left.empty())
        return others;
    const auto owners = std::ptrdiff_t(left.size());
    others.resize(std::min(others.size(), request_.notTaken - left.size()));
    left.insert(left.end(), others.begin(), others.end());
    std::inplace_merge(left.begin(), left.begin() + owners, left.end(), less);
    return left;
}

} // namespace vedette::dispatch
