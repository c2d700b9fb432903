// SPDX-License-Identifier: GPL-3.0-or-later
// What the passing of time does to a unit: shifts begin and end, fixes age. Units with the same shifts turn
// together; for its fix each has at most one entry in a queue of the instants at which it must be looked at
// again. So time costs only what it changes.
#include "unit_board.h"

#include <algorithm>

namespace vedette::dispatch {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

minutes offset(const layers::TimeZone::Local& local, Instant at) {
    using namespace std::chrono;
    const sys_days day =
        year(local.year) / month(unsigned(local.month)) / std::chrono::day(unsigned(local.day));
    return duration_cast<minutes>(day + hours(local.hour) + minutes(local.minute) - floor<minutes>(at));
}

} // namespace

const UnitBoard::Wall& UnitBoard::wall() {
    if (const Instant minute = std::chrono::floor<minutes>(now_); wall_.at != minute) {
        const Instant tomorrow = now_ + std::chrono::hours(25);
        wall_.at = minute;
        wall_.local = zone_.local(now_);
        wall_.steady = offset(wall_.local, now_) == offset(zone_.local(tomorrow), tomorrow);
    }
    return wall_;
}

UnitBoard::Stand UnitBoard::stand(const UnitSlot& slot, Instant now) const {
    Stand stand;
    if (slot.hasFix) {
        stand.age = fixAge(std::max(milliseconds(0), now - slot.fixTime), rules_);
        if (stand.age < FixAge::stale || !slot.hasDeclared || declared_[slot.declared].when <= slot.fixTime) {
            stand.basis = PositionBasis::fix;
            return stand;
        }
    }
    if (slot.hasDeclared)
        stand.basis = PositionBasis::declared;
    else if (slot.hasBase)
        stand.basis = slot.home ? PositionBasis::homeArea : PositionBasis::posted;
    return stand;
}

layers::Point UnitBoard::where(const UnitSlot& slot, const Stand& stand) const {
    switch (stand.basis) {
    case PositionBasis::fix:
        return fixes_[slot.fix].point;
    case PositionBasis::declared:
        return declared_[slot.declared].point;
    case PositionBasis::posted:
    case PositionBasis::homeArea:
        return slot.basePoint;
    case PositionBasis::none:
        break;
    }
    return {};
}

Whereabouts UnitBoard::whereabouts(const UnitSlot& slot, Instant now) const {
    const Stand stand = this->stand(slot, now);
    Whereabouts where;
    where.at = this->where(slot, stand), where.basis = stand.basis, where.age = stand.age;
    if (slot.hasFix)
        where.fixAge = std::max(milliseconds(0), now - slot.fixTime);
    if (stand.basis == PositionBasis::fix)
        where.lonLat = fixes_[slot.fix].at;
    else if (stand.basis == PositionBasis::declared)
        where.lonLat = declared_[slot.declared].at;
    else if (stand.basis == PositionBasis::posted)
        where.lonLat = *slot.facts->post;
    else if (stand.basis == PositionBasis::homeArea)
        where.lonLat = crs_.toLonLat(slot.basePoint);
    return where;
}

bool UnitBoard::basisAllowed(PositionBasis basis, FixAge age) const {
    switch (basis) {
    case PositionBasis::fix:
        return ageAllowed_[std::size_t(age)];
    case PositionBasis::declared:
        return declaredAllowed_;
    case PositionBasis::posted:
        return postedAllowed_;
    case PositionBasis::homeArea:
        return homeAllowed_;
    case PositionBasis::none:
        break;
    }
    return false;
}

bool UnitBoard::onDuty(const UnitSlot& slot) const {
    return slot.on ? *slot.on : plans_[slot.plan].on;
}

bool UnitBoard::onPlannedBreak(const UnitSlot& slot) const {
    return plans_[slot.plan].onBreak && !slot.onBreak && now_ >= slot.breakLiftedTill && onDuty(slot);
}

bool UnitBoard::outOfService(const UnitSlot& slot) const {
    return slot.outOfService && (slot.outUntil == Instant{} || now_ < slot.outUntil);
}

Instant UnitBoard::nextTurn(const std::vector<Shift>& shifts, const std::vector<Shift>& breaks) {
    const Wall& clock = wall();
    const int minute = clock.local.hour * 60 + clock.local.minute;
    int wait = 1440;
    for (const auto* turns : {&shifts, &breaks})
        for (const Shift& shift : *turns)
            for (const int turn : {shift.fromMinute, shift.tillMinute % 1440})
                wait = std::min(wait, (turn - minute + 2 * 1440 - 1) % 1440 + 1);
    // Where the clock changes, the minutes until a shift can't be counted; looking each quarter of an hour is
    // right in every zone there is.
    if (!clock.steady)
        wait = std::min(wait, 15 - minute % 15);
    return std::chrono::floor<minutes>(now_) + minutes(wait);
}

Instant UnitBoard::nextAge(const UnitSlot& slot) const {
    Instant due = Instant::max();
    // Time alone also brings somebody back into service, or back to a break that was lifted.
    for (const Instant turn : {slot.outUntil, slot.breakLiftedTill})
        if (turn > now_)
            due = std::min(due, turn);
    if (!slot.hasFix)
        return due;
    const std::array<milliseconds, 3> limits{rules_.fixLive, rules_.fixAgeing, rules_.fixStale};
    for (std::size_t age = 0; age < limits.size(); ++age) {
        const Instant turn = slot.fixTime + limits[age] + milliseconds(1);
        const bool matters = ageAllowed_[age] != ageAllowed_[age + 1] || (age == 1 && slot.hasDeclared);
        if (matters && turn > now_)
            due = std::min(due, turn);
    }
    return due;
}

void UnitBoard::queue(SlotIndex index) {
    UnitSlot& slot = slots_[index];
    // A later due than the queued one is found out when that one comes up: a fix a second costs no entry.
    if (const Instant due = nextAge(slot); due < slot.queuedFor) {
        slot.queuedFor = due;
        dues_.push({due, index});
    }
}

Instant UnitBoard::standing(Instant now) const {
    return now < now_ && now_ - now < std::chrono::seconds(2) ? now_ : now;
}

bool UnitBoard::needs(Instant now) const {
    now = standing(now);
    return unplaced_ || now < now_ || plansDue_ <= now || (!dues_.empty() && dues_.top().at <= now);
}

void UnitBoard::look(Plan& plan) {
    if (!plan.shifts)
        return;
    plan.on = planned(*plan.shifts, wall().local);
    plan.onBreak = !plan.breaks->empty() && planned(*plan.breaks, wall().local);
    plan.due = nextTurn(*plan.shifts, *plan.breaks);
}

void UnitBoard::turnPlans() {
    std::vector<const Plan*> turned;
    std::size_t units = 0;
    plansDue_ = Instant::max();
    for (Plan& plan : plans_) {
        if (plan.due <= now_) {
            const bool was = plan.on, rested = plan.onBreak;
            look(plan);
            if (plan.on != was || plan.onBreak != rested)
                turned.push_back(&plan), units += plan.units.size();
        }
        plansDue_ = std::min(plansDue_, plan.due);
    }
    unplaced_ = unplaced_ || manyOf(units);
    for (const Plan* plan : turned)
        for (const SlotIndex index : plan->units)
            refresh(index);
}

void UnitBoard::advance(Instant now) {
    now = standing(now);
    unplaced_ = unplaced_ || now < now_;
    now_ = now;
    if (!unplaced_ && plansDue_ <= now)
        turnPlans();
    for (std::size_t aged = 0; !unplaced_ && !dues_.empty() && dues_.top().at <= now;) {
        const Due due = dues_.top();
        dues_.pop();
        if (slots_[due.slot].queuedFor != due.at)
            continue;
        slots_[due.slot].queuedFor = Instant::max();
        refresh(due.slot);
        unplaced_ = manyOf(++aged);
    }
    if (unplaced_)
        placeAll();
}

} // namespace vedette::dispatch
