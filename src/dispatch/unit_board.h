// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/recommend.h"
#include "near_tree.h"
#include "unit_names.h"

#include <array>
#include <map>
#include <queue>
#include <unordered_map>

namespace vedette::dispatch {

// Whether a point came out of the projection.
inline bool known(layers::Point point) {
    return std::isfinite(point.x) && std::isfinite(point.y);
}

// What is known of one unit, side by side in memory. What says whether it may go comes first, in one line of
// the cache: a search looks at dozens of them.
struct alignas(64) UnitSlot {
    enum class Tree : std::uint8_t { none, ready, others };

    const UnitFacts* facts = nullptr; // alive with the state that the board follows
    layers::Point place;              // where `tree` has it, as of the board's time
    Instant fixTime{};                // the earlier of fix and receive time
    int load = 0, capacity = 1;       // capacity and role: as the facts say
    std::uint32_t plan = 0;           // of its shifts
    std::uint32_t home = 0;           // code of the area that basePoint is the middle of; 0: the post
    std::uint32_t firstSkill = 0;
    std::uint16_t skillCount = 0;
    Tree tree = Tree::none;
    Role role = Role::officer;
    bool onBreak : 1 = false, outOfService : 1 = false, hasFix : 1 = false;
    bool hasDeclared : 1 = false, hasBase : 1 = false; // their points are known
    std::optional<bool> on;
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    std::uint32_t fix = none, declared = none; // which of the board's; only who has some has one
    Instant outUntil{}, breakLiftedTill{};
    layers::Point basePoint;            // its post, else the middle of its home area; working metres
    Instant queuedFor = Instant::max(); // its entry in the queue of dues; max: none
};
static_assert(sizeof(UnitSlot) == 128);

// Every unit with its place, kept true as facts, fixes and time change. Slots lie by unit code, so that of
// two units the lower slot has the lower code. Not thread-safe: UnitIndex locks it.
class UnitBoard {
public:
    struct RoleTrees {
        NearTree ready;  // may go now, but for skills and the ticket asked for
        NearTree others; // has a place, may not go
        std::unordered_map<std::uint32_t, NearTree> bySkill; // of those ready
    };
    // On what ground a unit is thought to be somewhere.
    struct Stand {
        PositionBasis basis = PositionBasis::none;
        FixAge age = FixAge::lost;
    };

    UnitBoard(const layers::WorkingCrs& crs, const layers::Areas& areas, const layers::Rules& rules,
              layers::TimeZone zone);

    void follow(const State& state);
    void follow(const State& state, std::span<const Event> events);
    // `point`: fix.at in working metres, which needs no lock to find.
    void fix(const Fix& fix, layers::Point point);
    // Askers on several threads differ by milliseconds: a time less than 2 s before the board's is the
    // board's.
    Instant standing(Instant now) const;
    // advance(now) would do something. Nobody may ask for trees, plans or tree places while that is so.
    bool needs(Instant now) const;
    void advance(Instant now);

    const State& followed() const { return followed_; }
    std::span<const UnitSlot> slots() const { return slots_; }
    std::optional<SlotIndex> slot(const UnitId& unit) const;
    std::span<const SlotIndex> ownersOf(std::string_view code) const; // ascending
    const RoleTrees& trees(Role role) const { return trees_[std::size_t(role)]; }
    std::optional<std::uint32_t> skill(const std::string& name) const;
    bool hasSkill(const UnitSlot& slot, std::uint32_t skill) const;

    Stand stand(const UnitSlot& slot, Instant now) const;
    layers::Point where(const UnitSlot& slot, const Stand& stand) const; // in working metres
    Whereabouts whereabouts(const UnitSlot& slot, Instant now) const;
    Fix fixOf(const UnitSlot& slot) const; // of one that has a fix
    bool basisAllowed(PositionBasis basis, FixAge age) const;
    // At the board's time:
    bool onDuty(const UnitSlot& slot) const;
    bool onPlannedBreak(const UnitSlot& slot) const;
    bool outOfService(const UnitSlot& slot) const;

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
    // Shifts and breaks that any number of units have in common.
    struct Plan {
        const std::vector<Shift>* shifts = nullptr; // in somebody's facts; null: none, on at all hours
        const std::vector<Shift>* breaks = nullptr; // beside them
        bool on = true, onBreak = false;
        Instant due = Instant::max(); // looked at again then
        std::vector<SlotIndex> units;
    };
    // An area code that somebody owns or has as home.
    struct Code {
        std::uint32_t firstOwner = 0, owners = 0;
        bool looked = false, hasMiddle = false;
        layers::Point middle;
    };

    // What only some units have lies apart. Working metres, so that only a change of fact transforms.
    struct LastFix {
        layers::Point point;
        LonLat at;
        Instant fixedAt{}, receivedAt{};
        float speed = -1, course = -1;
    };
    struct Declared {
        layers::Point point;
        LonLat at;
        Instant when{};
    };

    void fill();
    Fix fixOf(const UnitSlot& slot, const LastFix& last) const;
    bool saysTheSame(const UnitSlot& slot, const UnitRecord& record) const; // of the declared position
    void takeFacts(SlotIndex index);
    void takeFix(UnitSlot& slot, const Fix& fix, layers::Point point);
    bool takeOver(SlotIndex index, const UnitRecord& record); // true: something changed
    std::uint32_t codeOf(std::string_view text);
    const Code& home(std::uint32_t code, std::string_view text);
    std::uint32_t planOf(const std::vector<Shift>& shifts, const std::vector<Shift>& breaks);
    void collectOwners();

    UnitSlot::Tree treeFor(const UnitSlot& slot, const Stand& stand) const;
    void refresh(SlotIndex index);
    void move(SlotIndex index, UnitSlot::Tree tree, layers::Point point);
    void placeAll();
    void look(Plan& plan);
    void turnPlans();
    // So many changes that placing all anew is cheaper than moving each.
    bool manyOf(std::size_t changes) const { return changes > slots_.size() / 8 + 16; }
    void queue(SlotIndex index);
    Instant nextTurn(const std::vector<Shift>& shifts, const std::vector<Shift>& breaks);
    Instant nextAge(const UnitSlot& slot) const;
    const Wall& wall();

    layers::WorkingCrs crs_;
    layers::Areas areas_;
    layers::Rules rules_;
    layers::TimeZone zone_;
    std::array<bool, 4> ageAllowed_{};
    bool declaredAllowed_ = false, postedAllowed_ = false, homeAllowed_ = false;

    State followed_;
    std::vector<UnitSlot, HugePages<UnitSlot>> slots_;
    std::vector<LastFix> fixes_;
    std::vector<Declared> declared_;
    UnitNames names_;
    std::map<UnitId, Fix> gone_; // last fixes of units no longer listed
    // Keeps its own texts: comparing with one in somebody's facts would wait for that memory.
    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> codeByText_;
    std::vector<Code> codes_;
    std::vector<std::pair<std::uint32_t, SlotIndex>> owned_; // code and owner, slot after slot
    std::vector<SlotIndex> owners_;                          // the same by code
    std::unordered_map<std::string, std::uint32_t> skills_;
    std::vector<std::uint32_t> skillsOf_; // slot after slot
    std::vector<Plan> plans_;
    std::unordered_multimap<std::size_t, std::uint32_t> planByHash_;
    Instant plansDue_ = Instant::max();
    std::array<RoleTrees, 7> trees_;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> dues_; // fixes that age
    Instant now_{};                                                   // everything is placed as of this
    bool unplaced_ = false; // much has changed: the next advance places everybody anew
    Wall wall_;
};

} // namespace vedette::dispatch
