// SPDX-License-Identifier: GPL-3.0-or-later
// What the passing of time does to a unit: shifts begin and end, fixes age. Each unit has at most one entry
// in a queue of the instants at which it must be looked at again, so time costs only what it changes.
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

Whereabouts UnitBoard::whereabouts(const UnitSlot& slot, Instant now) const {
    Whereabouts where;
    std::optional<layers::Point> point;
    if (slot.fix) {
        const auto age = std::max(milliseconds(0), now - slot.fixTime);
        where.age = fixAge(age, rules_);
        where.fixAge = age;
        if (where.age < FixAge::stale || !slot.declaredPoint || slot.declaredWhen <= slot.fixTime) {
            where.basis = PositionBasis::fix, where.lonLat = slot.fix->at, point = slot.fixPoint;
            where.at = *point;
            return where;
        }
    }
    if (slot.declaredPoint)
        where.basis = PositionBasis::declared, where.lonLat = *slot.declaredAt, point = slot.declaredPoint;
    else if (slot.postPoint)
        where.basis = PositionBasis::posted, where.lonLat = *slot.facts->post, point = slot.postPoint;
    else if (slot.homePoint)
        where.basis = PositionBasis::homeArea, where.lonLat = crs_.toLonLat(*slot.homePoint),
        point = slot.homePoint;
    if (point)
        where.at = *point;
    return where;
}

bool UnitBoard::basisAllowed(const Whereabouts& where) const {
    switch (where.basis) {
    case PositionBasis::fix:
        return ageAllowed_[std::size_t(where.age)];
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

bool UnitBoard::onDuty(const UnitSlot& slot, const layers::TimeZone::Local& local) const {
    if (slot.on)
        return *slot.on;
    return slot.facts->shifts.empty() || planned(slot.facts->shifts, local);
}

bool UnitBoard::mayGo(const UnitSlot& slot, const Whereabouts& where,
                      const layers::TimeZone::Local& local) const {
    return !slot.onBreak && !slot.outOfService && slot.load < slot.facts->capacity && basisAllowed(where) &&
           onDuty(slot, local);
}

Instant UnitBoard::nextDue(const UnitSlot& slot) {
    Instant due = Instant::max();
    if (!slot.on && !slot.facts->shifts.empty()) {
        const Wall& clock = wall();
        const int minute = clock.local.hour * 60 + clock.local.minute;
        int wait = 1440;
        for (const Shift& shift : slot.facts->shifts)
            for (const int turn : {shift.fromMinute, shift.tillMinute % 1440})
                wait = std::min(wait, (turn - minute + 2 * 1440 - 1) % 1440 + 1);
        // Where the clock changes, the minutes until a shift can't be counted; looking each quarter of an
        // hour is right in every zone there is.
        if (!clock.steady)
            wait = std::min(wait, 15 - minute % 15);
        due = std::chrono::floor<minutes>(now_) + minutes(wait);
    }
    if (slot.fix) {
        const std::array<milliseconds, 3> limits{rules_.fixLive, rules_.fixAgeing, rules_.fixStale};
        for (std::size_t age = 0; age < limits.size(); ++age) {
            const Instant turn = slot.fixTime + limits[age] + milliseconds(1);
            const bool matters = ageAllowed_[age] != ageAllowed_[age + 1] || (age == 1 && slot.declaredPoint);
            if (matters && turn > now_)
                due = std::min(due, turn);
        }
    }
    return due;
}

void UnitBoard::queue(SlotIndex index) {
    UnitSlot& slot = slots_[index];
    // A later due than the queued one is found out when that one comes up: a fix a second costs no entry.
    if (const Instant due = nextDue(slot); due < slot.queuedFor) {
        slot.queuedFor = due;
        dues_.push({due, index});
    }
}

Instant UnitBoard::standing(Instant now) const {
    return now < now_ && now_ - now < std::chrono::seconds(2) ? now_ : now;
}

bool UnitBoard::needs(Instant now) const {
    now = standing(now);
    return now < now_ || (!dues_.empty() && dues_.top().at <= now);
}

void UnitBoard::advance(Instant now) {
    now = standing(now);
    const bool back = now < now_;
    now_ = now;
    if (back) { // everything is looked at anew
        dues_ = {};
        packing_ = true;
        for (SlotIndex index = 0; index < slots_.size(); ++index) {
            slots_[index].queuedFor = Instant::max();
            refresh(index);
        }
    }
    std::size_t looked = 0;
    while (!dues_.empty() && dues_.top().at <= now) {
        const Due due = dues_.top();
        dues_.pop();
        if (slots_[due.slot].queuedFor != due.at)
            continue;
        slots_[due.slot].queuedFor = Instant::max();
        packing_ = packing_ || ++looked > 5000; // a change of shift: packing all is cheaper than moving each
        refresh(due.slot);
    }
    if (packing_)
        packTrees();
}

} // namespace vedette::dispatch
