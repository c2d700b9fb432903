// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/recommend.h"

#include <boost/geometry.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <array>
#include <queue>
#include <unordered_map>

namespace vedette::dispatch {

using SlotIndex = std::uint32_t;

// What the search needs to know of one unit, side by side in memory.
struct UnitSlot {
    std::shared_ptr<const UnitFacts> facts; // null: no longer in the reference
    std::optional<bool> on;
    bool onBreak = false, outOfService = false;
    std::optional<LonLat> declaredAt;
    Instant declaredWhen{};
    int load = 0;
    std::vector<std::uint32_t> skills; // interned
    std::optional<Fix> fix;
    Instant fixTime{}; // the earlier of fix and receive time

    // Known places in working metres, so that only a change of fact transforms.
    std::optional<layers::Point> fixPoint, declaredPoint, postPoint, homePoint;

    // As of the board's time.
    enum class Tree : std::uint8_t { none, ready, others } tree = Tree::none;
    layers::Point treePoint;
    Instant queuedFor = Instant::max(); // its entry in the queue of dues; max: none
};

// Every unit with its place, kept true as facts, fixes and time change. Not thread-safe: UnitIndex locks it.
class UnitBoard {
public:
    using TreePoint = boost::geometry::model::d2::point_xy<double>;
    using Value = std::pair<TreePoint, SlotIndex>;
    using Tree = boost::geometry::index::rtree<Value, boost::geometry::index::quadratic<16>>;
    struct RoleTrees {
        Tree ready;  // may go now, but for skills and the ticket asked for
        Tree others; // has a place, may not go
        std::unordered_map<std::uint32_t, Tree> bySkill; // of those ready
    };

    UnitBoard(const layers::WorkingCrs& crs, const layers::Areas& areas, const layers::Rules& rules,
              layers::TimeZone zone);

    void follow(const State& state);
    void follow(const State& state, std::span<const Event> events);
    void fix(const Fix& fix);
    // Askers on several threads differ by milliseconds: a time less than 2 s before the board's is the
    // board's.
    Instant standing(Instant now) const;
    bool needs(Instant now) const; // advance(now) would do something
    void advance(Instant now);

    const State& followed() const { return followed_; }
    const std::vector<UnitSlot>& slots() const { return slots_; }
    std::optional<SlotIndex> slot(const UnitId& unit) const;
    std::span<const SlotIndex> ownersOf(const std::string& code) const;
    const RoleTrees& trees(Role role) const { return trees_[std::size_t(role)]; }
    std::optional<std::uint32_t> skill(const std::string& name) const;

    Whereabouts whereabouts(const UnitSlot& slot, Instant now) const;
    bool basisAllowed(const Whereabouts& where) const;
    bool onDuty(const UnitSlot& slot, const layers::TimeZone::Local& local) const;
    bool mayGo(const UnitSlot& slot, const Whereabouts& where, const layers::TimeZone::Local& local) const;
    layers::TimeZone::Local local(Instant now) const { return zone_.local(now); }

private:
    struct Due {
        Instant at;
        SlotIndex slot;
        friend bool operator>(const Due& a, const Due& b) { return a.at > b.at; }
    };
    // Wall clock of the board's minute, so that ICU is asked once and not once a unit.
    struct Wall {
        Instant at = Instant::min();
        layers::TimeZone::Local local{};
        bool steady = true; // no clock change within a day
    };

    bool takeOver(const UnitRecord& record); // true: something changed
    void takeFacts(SlotIndex index, std::shared_ptr<const UnitFacts> facts);
    void refresh(SlotIndex index);
    void place(SlotIndex index, UnitSlot::Tree tree, layers::Point point);
    void packTrees();
    void queue(SlotIndex index);
    Instant nextDue(const UnitSlot& slot);
    const Wall& wall();
    std::optional<layers::Point> toPoint(const std::optional<LonLat>& at) const;
    std::optional<layers::Point> middleOf(const std::string& area);

    layers::WorkingCrs crs_;
    layers::Areas areas_;
    layers::Rules rules_;
    layers::TimeZone zone_;
    std::array<bool, 4> ageAllowed_{};
    bool declaredAllowed_ = false, postedAllowed_ = false, homeAllowed_ = false;

    State followed_;
    std::vector<UnitSlot> slots_;
    std::unordered_map<std::string, SlotIndex> byUnit_;
    std::unordered_map<std::string, std::vector<SlotIndex>> owners_;
    std::unordered_map<std::string, std::uint32_t> skills_;
    std::unordered_map<std::string, std::optional<layers::Point>> middles_;
    std::array<RoleTrees, 7> trees_;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> dues_;
    Instant now_{};        // everything is placed as of this
    bool packing_ = false; // many changes: trees are rebuilt at the end
    Wall wall_;
};

} // namespace vedette::dispatch
