// SPDX-License-Identifier: GPL-3.0-or-later
#include "night_play.h"

#include <algorithm>

namespace vedette::ctl {

using namespace dispatch;
using std::chrono::seconds;

namespace {

const std::vector<std::string>& results() {
    static const std::vector<std::string> all{
        "现场已劝离，双方和解", "已口头警告，噪音停止", "车辆已拖移，道路恢复通行", "人员送医，家属到场",
        "隐患已消除，拍照留存", "经核实无异常",         "移交责任部门处理",         "双方签订调解协议"};
    return all;
}
const std::vector<std::string>& fieldWords() {
    static const std::vector<std::string> all{"已到路口，正在找人",
                                              "现场人多，请求增援一组",
                                              "报警人不在现场，联系中",
                                              "伤者意识清醒",
                                              "火势已控制",
                                              "已拍照上传"};
    return all;
}

double courseOf(Point a, Point b) {
    const double degrees = std::atan2(b.x - a.x, b.y - a.y) * 180 / std::numbers::pi;
    return degrees < 0 ? degrees + 360 : degrees;
}

} // namespace

void NightPlay::fix(int member, Point at, Instant when, double speed, double course) {
    if (when >= till_)
        return;
    Fix fix;
    fix.unit = town_.units[static_cast<std::size_t>(member)].id;
    fix.at = town_.lonLat(at);
    fix.fixedAt = when;
    fix.receivedAt = when + milliseconds(300 + chance_.below(2500));
    fix.speed = static_cast<float>(std::round(speed * 10) / 10),
    fix.course = static_cast<float>(std::round(course));
    fixes_.push_back(std::move(fix));
}

// Moves the member there; how many seconds it takes. On record: along the roads, a fix every twenty seconds.
double NightPlay::drive(int member, Point to, bool onRecord) {
    Member& who = members_[static_cast<std::size_t>(member)];
    const UnitFacts& facts = town_.units[static_cast<std::size_t>(member)];
    const bool car =
        facts.role == Role::officer || facts.role == Role::auxiliary || facts.role == Role::rescueTeam;
    const double pace = car ? 1.05 : 2.6; // beside a car at the limit
    const double straight = std::max(20.0, distance(who.at, to) * 1.35 / (car ? 9.5 : 3.8));
    if (!onRecord) {
        who.at = to;
        return straight;
    }
    const auto route = net_.path(net_.nearest(who.at), net_.nearest(to));
    if (route.size() < 2) {
        fix(member, to, now_ + seconds(static_cast<long>(straight)), 0, 0);
        who.at = to;
        return straight;
    }
    double at = 0, next = 20;
    for (std::size_t i = 1; i < route.size(); ++i) {
        const Point a = net_.point(route[i - 1]), b = net_.point(route[i]);
        const double step = net_.secondsTo(route[i - 1], route[i]) * pace;
        for (; next < at + step; next += 20) {
            const double t = (next - at) / step;
            fix(member, {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t},
                now_ + milliseconds(static_cast<long>(next * 1000)), distance(a, b) / step, courseOf(a, b));
        }
        at += step;
    }
    fix(member, to, now_ + milliseconds(static_cast<long>((at + 8) * 1000)), 0, 0);
    who.at = to;
    return at + 10;
}

void NightPlay::answer(Case one, int member, bool leads) {
    const UnitId unit = town_.units[static_cast<std::size_t>(member)].id;
    const bool desk = town_.units[static_cast<std::size_t>(member)].role == Role::departmentDesk;
    const bool willDecline = chance_.one(leads ? 0.04 : 0.02);
    later(4 + chance_.exponential(35), [this, one, member, leads, unit, desk, willDecline] {
        if (willDecline) {
            if (field(unit, MoveAssignment{one.id, unit, AssignmentStatus::declined, "手头任务未结束"}) &&
                leads)
                later(chance_.between(5, 30), [this, one] { dispatchLead(one); });
            return;
        }
        if (!field(unit, MoveAssignment{one.id, unit, AssignmentStatus::accepted, {}}))
            return;
        later(chance_.between(8, 70), [this, one, member, leads, unit, desk] {
            if (!field(unit, MoveAssignment{one.id, unit, AssignmentStatus::enroute, {}}))
                return;
            const double travel = desk ? chance_.between(200, 900) : drive(member, one.at, recorded());
            later(travel, [this, one, member, leads, unit, desk] {
                if (!field(unit, MoveAssignment{one.id, unit, AssignmentStatus::onscene, {}}))
                    return;
                if (chance_.one(0.25))
                    later(chance_.between(20, 150), [this, one, unit] {
                        field(unit, AddEntry{one.id, EntryKind::note, chance_.of(fieldWords()), unit});
                    });
                const double work = std::min(2400.0, 150 + chance_.exponential(leads ? 600 : 420));
                if (recorded())
                    for (double t = 90; t < work; t += 240)
                        fix(member, members_[static_cast<std::size_t>(member)].at,
                            now_ + milliseconds(static_cast<long>(t * 1000)), 0, 0);
                later(work, [this, one, member, leads, unit, desk] {
                    const std::string& result = chance_.of(results());
                    field(unit, AddEntry{one.id, EntryKind::feedback, result, unit});
                    MoveAssignment handled{one.id, unit, AssignmentStatus::handled, result};
                    for (const std::string& name : state_.ticket(one.id)->duty.feedback)
                        handled.fields.push_back({name, name == "result"          ? result
                                                        : name == "persons_moved" ? "0"
                                                                                  : "是"});
                    if (field(unit, handled) && leads)
                        review(one);
                    if (desk)
                        return;
                    later(chance_.between(30, 200), [this, member] {
                        const Member& who = members_[static_cast<std::size_t>(member)];
                        const UnitRecord* record =
                            state_.unit(town_.units[static_cast<std::size_t>(member)].id);
                        if (record && record->tickets.empty() && !(who.at == who.base))
                            drive(member, who.base, recorded());
                    });
                });
            });
        });
    });
}

// A slow round through the neighbourhood, a fix a minute, broken off while there is a ticket.
void NightPlay::patrol(int member, std::vector<RoadNet::Node> route, std::size_t step) {
    const UnitRecord* record = state_.unit(town_.units[static_cast<std::size_t>(member)].id);
    if (!record || !onDuty(*record, now_, zone_))
        return;
    Member& who = members_[static_cast<std::size_t>(member)];
    if (!record->tickets.empty() || record->onBreak) {
        later(90, [this, member] { patrol(member, {}, 0); });
        return;
    }
    if (step + 1 >= route.size()) {
        const double dx = chance_.normal() * 900;
        const Point goal{who.base.x + dx, who.base.y + chance_.normal() * 900};
        route = net_.path(net_.nearest(who.at), net_.nearest(goal), 8000);
        step = 0;
        if (route.size() < 2) {
            later(120, [this, member] { patrol(member, {}, 0); });
            return;
        }
    }
    double driven = 0;
    const std::size_t from = step;
    while (step + 1 < route.size() && driven < 330) // 20 km/h for a minute
        driven += distance(net_.point(route[step]), net_.point(route[step + 1])), ++step;
    who.at = net_.point(route[step]);
    fix(member, who.at, now_, driven / 60, courseOf(net_.point(route[from]), who.at));
    later(60, [this, member, route = std::move(route), step] { patrol(member, route, step); });
}

// Breaks, cars out of service, somebody called in from home, positions told by radio.
void NightPlay::rosterOfTheNight() {
    std::vector<int> onNow, off;
    for (std::size_t i = 0; i < town_.units.size(); ++i) {
        const UnitFacts& facts = town_.units[i];
        const UnitRecord* unit = state_.unit(facts.id);
        if (!unit || facts.role == Role::departmentDesk)
            continue;
        const bool police = facts.role == Role::officer || facts.role == Role::auxiliary;
        (onDuty(*unit, now_ + std::chrono::hours(1), zone_) ? onNow : off).push_back(static_cast<int>(i));
        if (police && onDuty(*unit, now_ + std::chrono::hours(1), zone_) && onNow.size() < 26)
            later(chance_.between(5, 60), [this, i] { patrol(static_cast<int>(i), {}, 0); });
    }
    const auto unitOf = [&](const std::vector<int>& list) {
        return town_.units[static_cast<std::size_t>(chance_.of(list))].id;
    };
    for (int i = 0; i < 10 && !onNow.empty(); ++i) {
        const UnitId unit = unitOf(onNow);
        const double when = chance_.between(3600, 6.2 * 3600);
        later(when, [this, unit] { field(unit, ChangeRoster{unit, RosterChange::breakStarted, {}}); });
        later(when + chance_.between(900, 2400), [this, unit] {
            field(unit, ChangeRoster{unit, RosterChange::breakEnded, {}});
        });
    }
    for (int i = 0; i < 3 && !onNow.empty(); ++i) {
        const UnitId unit = unitOf(onNow);
        const double when = chance_.between(1800, 5 * 3600);
        later(when, [this, unit] { desk(ChangeRoster{unit, RosterChange::outOfService, "车辆故障"}); });
        later(when + chance_.between(1800, 5400), [this, unit] {
            desk(ChangeRoster{unit, RosterChange::inService, {}});
        });
    }
    for (int i = 0; i < 3 && !off.empty(); ++i) {
        const UnitId unit = unitOf(off);
        const double when = chance_.between(600, 3 * 3600);
        later(when, [this, unit] { desk(ChangeRoster{unit, RosterChange::on, "临时增援"}); });
        later(when + chance_.between(5400, 3.5 * 3600), [this, unit] {
            desk(ChangeRoster{unit, RosterChange::off, "增援结束"});
        });
    }
    for (int i = 0; i < 8 && !onNow.empty(); ++i) {
        const int member = chance_.of(onNow);
        later(chance_.between(300, 6 * 3600), [this, member] {
            Point at = members_[static_cast<std::size_t>(member)].base;
            const double dx = chance_.normal() * 350;
            at.x += dx, at.y += chance_.normal() * 350;
            const UnitId unit = town_.units[static_cast<std::size_t>(member)].id;
            desk(DeclarePosition{unit, town_.lonLat(at)});
        });
    }
}

} // namespace vedette::ctl
