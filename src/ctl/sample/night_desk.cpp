// SPDX-License-Identifier: GPL-3.0-or-later
#include "night_play.h"

#include <algorithm>
#include <cstdio>

namespace vedette::ctl {

using namespace dispatch;

namespace {

double metresPerSecond(Role role) {
    return role == Role::officer || role == Role::auxiliary || role == Role::rescueTeam ? 8.5 : 3.4;
}

const std::vector<std::string>& callNotes() {
    static const std::vector<std::string> all{"回拨报警人，现场仍在持续", "报警人称对方已离开，要求到场查看",
                                              "报警人补充：在小区南门等候", "联系物业，保安已在现场",
                                              "来电人情绪稳定，愿意等候"};
    return all;
}
const std::vector<std::string>& deskNotes() {
    static const std::vector<std::string> all{"调取路口监控，未见异常", "同址本月第三次，转告责任警格",
                                              "已通知网格员先行到场", "附近有学校，注意避免鸣笛",
                                              "关联前序工单核对"};
    return all;
}
const std::vector<std::string>& overrideReasons() {
    static const std::vector<std::string> all{"该员正在附近走访，先到", "首选人员刚结束处警，需休整",
                                              "现场需要女警配合", "首选人员车辆加油"};
    return all;
}

// The civil area of that level among the codes of a place: a township has 9 digits, a county 6, the city's
// end in 00.
std::string codeOf(std::string_view level, const std::vector<std::string>& areas) {
    for (const std::string& code : areas)
        if (level == "township" ? code.size() == 9
                                : code.size() == 6 && code.ends_with("00") == (level == "city"))
            return code;
    return {};
}

} // namespace

std::string NightPlay::placeWords(Point at) const {
    double least = 1e18;
    int best = -1;
    places_.around(at, 1, 6, [&](Point p, int number) {
        if (const double d = distance(p, at); d < least)
            least = d, best = number;
        return true;
    });
    return best < 0 ? std::string() : town_.places[static_cast<std::size_t>(best)].name;
}

void NightPlay::report() {
    const auto local = zone_.local(now_);
    int duty = happening_.duty(local.hour, local.month, chance_);
    Case one;
    one.at = happening_.place(duty, local.hour, chance_);
    // Some are told twice: the second call comes from beside an open ticket.
    TicketId twice; // 0: it isn't
    if (chance_.one(0.06)) {
        for (std::uint32_t back = 1; back < 12 && twice.number == 0; ++back) {
            const TicketId id{state_.nextTicket().number - back};
            const Ticket* ticket = state_.ticket(id);
            if (ticket && isOpen(*ticket) && stage(*ticket) < Stage::handled)
                twice = id;
        }
        if (twice.number != 0) {
            const Ticket* ticket = state_.ticket(twice);
            const Point near = town_.crs.toWorking(ticket->incident.at);
            const double dx = chance_.normal() * 60;
            const Point beside{near.x + dx, near.y + chance_.normal() * 60};
            if (town_.dry(beside)) {
                one.at = beside;
                for (std::size_t d = 0; d < town_.duties.size(); ++d)
                    if (town_.duties[d].facts.category == ticket->incident.category)
                        duty = static_cast<int>(d);
            } else {
                twice = {};
            }
        }
    }
    const Duty* row = &town_.duties[static_cast<std::size_t>(duty)].facts;
    static const Draw sources({0.52, 0.18, 0.14, 0.08, 0.08});
    static const char* const names[]{"110", "12345", "gridWorker", "sensor", "desk"};
    const std::string source = names[sources(chance_)];
    OpenTicket open;
    open.incident.at = town_.lonLat(one.at);
    open.incident.category = row->category;
    open.incident.priority = row->priority;
    open.incident.source = source;
    open.incident.place = placeWords(one.at);
    if (source == "110" || source == "12345") {
        char phone[24];
        std::snprintf(phone, sizeof phone, "1390000%04d", chance_.below(10000)); // no such numbers
        open.incident.caller = phone;
    }
    open.incident.text = happening_.text(duty, one.at, chance_);
    open.incident.happenedAt = now_ - milliseconds(1000 * chance_.below(240));
    open.areas = town_.locator.codes(town_.plan, one.at);
    open.duty = dutyIn(*row, classAt(town_.plan, open.areas));
    open.desk = codeOf("county", open.areas);
    for (const std::string& level : row->escalation)
        if (const auto code = codeOf(level, open.areas); !code.empty())
            open.chain.push_back(code);
    one.id = state_.nextTicket();
    ++tickets_;
    if (source == "desk") {
        if (!desk(open))
            return;
    } else {
        char number[32];
        std::snprintf(number, sizeof number, "%s-N%07d", source.c_str(), tickets_);
        if (!say(open, "feed", "ws1", source, number))
            return;
    }
    if (twice.number != 0) {
        later(chance_.between(20, 70), [this, one, other = twice] {
            const bool apart = chance_.one(0.35);
            if (desk(JudgeDuplicate{one.id, other, apart}) && !apart)
                return;
            dispatchLead(one);
        });
        return;
    }
    if (chance_.one(0.6))
        later(chance_.between(8, 50), [this, one] { desk(VerifyTicket{one.id}); });
    if (chance_.one(0.17))
        later(chance_.between(30, 160), [this, one] { sideStep(one); });
    if (chance_.one(0.3))
        later(chance_.between(25, 200), [this, one] {
            desk(AddEntry{one.id, EntryKind::call, chance_.of(callNotes()), {}});
        });
    if (chance_.one(0.2))
        later(chance_.between(60, 500), [this, one] {
            desk(AddEntry{one.id, EntryKind::note, chance_.of(deskNotes()), {}});
        });
    later(row->priority == 1 ? chance_.between(8, 45) : chance_.between(20, 150),
          [this, one] { dispatchLead(one); });
}

void NightPlay::sideStep(const Case& one) {
    switch (sideSteps_++ % 5) { // in turn: each comes up in the shortest record
    case 0:
        desk(MoveTicket{one.id, TicketMove::escalated, codeOf("county", state_.ticket(one.id)->areas),
                        "涉及人员较多，请带班领导关注"});
        break;
    case 1:
        desk(MoveTicket{one.id, TicketMove::cancelled, {}, "报警人来电撤销"});
        break;
    case 2:
        desk(
            MoveTicket{one.id, TicketMove::transferred, "12345", "属城市管理事项，转热线", Whither::outside});
        break;
    case 3:
        desk(MoveTicket{one.id, TicketMove::returned, {}, "不属于本辖区，退回市局"});
        break;
    default:
        desk(MoveTicket{one.id, TicketMove::escalated, codeOf("county", state_.ticket(one.id)->areas),
                        "超时未到场，督办"});
    }
}

std::vector<CandidateFacts> NightPlay::candidates(const Ticket& ticket, Role role, Point at) {
    std::vector<std::pair<double, int>> ranked;
    const auto consider = [&](int number, bool owner) {
        const UnitFacts& facts = town_.units[static_cast<std::size_t>(number)];
        const UnitRecord* unit = state_.unit(facts.id);
        if (!unit || facts.role != role || unit->onBreak || outOfService(*unit, now_) ||
            onPlannedBreak(*unit, now_, zone_) || static_cast<int>(unit->tickets.size()) >= facts.capacity ||
            !onDuty(*unit, now_, zone_))
            return false;
        for (const Assignment& given : ticket.assignments)
            if (given.unit == facts.id)
                return false;
        const double seconds =
            distance(members_[static_cast<std::size_t>(number)].at, at) * 1.3 / metresPerSecond(role);
        ranked.emplace_back(seconds + (owner ? 0 : 180), number);
        return true;
    };
    for (const std::string& area : ticket.areas)
        if (const auto owners = ownersOf_.find(area); owners != ownersOf_.end())
            for (const int number : owners->second)
                consider(number, true);
    for (std::size_t turn = 0; turn < turns_.size(); ++turn)
        if (onDuty(turnRecords_[turn], now_, zone_)) // those who are off needn't be looked at one by one
            byRoleAndTurn_[static_cast<std::size_t>(role) * turns_.size() + turn].around(
                at, 6, 12, [&](Point, int number) { return consider(number, false); });
    std::sort(ranked.begin(), ranked.end());
    std::vector<CandidateFacts> out;
    for (const auto& [cost, number] : ranked) {
        const Member& member = members_[static_cast<std::size_t>(number)];
        const UnitFacts& facts = town_.units[static_cast<std::size_t>(number)];
        if (std::any_of(out.begin(), out.end(), [&](const CandidateFacts& c) { return c.unit == facts.id; }))
            continue;
        CandidateFacts shown;
        shown.unit = facts.id;
        shown.metres = static_cast<int>(distance(member.at, at));
        shown.seconds = static_cast<int>(distance(member.at, at) * 1.3 / metresPerSecond(role));
        shown.basis = recorded() && !(member.at == member.base) ? PositionBasis::fix
                      : facts.post                              ? PositionBasis::posted
                                                                : PositionBasis::homeArea;
        shown.owner = std::any_of(ticket.areas.begin(), ticket.areas.end(), [&](const std::string& area) {
            return std::find(facts.owns.begin(), facts.owns.end(), area) != facts.owns.end();
        });
        out.push_back(shown);
        if (out.size() == 3)
            break;
    }
    return out;
}

void NightPlay::dispatchLead(Case one) {
    const Ticket* ticket = state_.ticket(one.id);
    if (!ticket || !isOpen(*ticket) || over_)
        return;
    if (const Assignment* leading = lead(*ticket); leading && leading->open())
        return;
    // When nobody of the duty's role is to be had, officers and grid workers stand in.
    std::vector<CandidateFacts> shown;
    for (const Role role : {ticket->duty.lead, Role::officer, Role::gridWorker, Role::auxiliary})
        if (shown.empty())
            shown = candidates(*ticket, role, one.at);
    if (shown.empty()) {
        if (++one.tries < 12)
            later(150, [this, one] { dispatchLead(one); });
        return;
    }
    std::size_t pick = 0;
    std::string reason;
    if (shown.size() > 1 && !one.overridden && chance_.one(0.09)) {
        pick = 1, reason = chance_.of(overrideReasons()), one.overridden = true;
    }
    const int member = memberOf_.at(shown[pick].unit.text);
    AssignUnit assign{one.id,
                      shown[pick].unit,
                      Part::lead,
                      town_.lonLat(members_[static_cast<std::size_t>(member)].at),
                      shown[pick].basis,
                      shown,
                      reason};
    if (!desk(assign))
        return;
    answer(one, member, true);
    joinOthers(one, member);
}

void NightPlay::joinOthers(const Case& one, int leader) {
    const Ticket* ticket = state_.ticket(one.id);
    if (ticket->duty.joint.empty() || !chance_.one(ticket->duty.priority <= 2 ? 0.5 : 0.18))
        return;
    const Role role = ticket->duty.joint.front();
    later(chance_.between(6, 40), [this, one, role, leader] {
        const Ticket* still = state_.ticket(one.id);
        if (!still || !isOpen(*still) || over_)
            return;
        const auto shown = candidates(*still, role, one.at);
        if (shown.empty() || memberOf_.at(shown[0].unit.text) == leader)
            return;
        const int member = memberOf_.at(shown[0].unit.text);
        if (desk(AssignUnit{one.id,
                            shown[0].unit,
                            Part::joint,
                            town_.lonLat(members_[static_cast<std::size_t>(member)].at),
                            shown[0].basis,
                            shown,
                            {}}))
            answer(one, member, false);
    });
}

// After the lead has handled it: review, close; now and then somebody calls again.
void NightPlay::review(const Case& one) {
    later(chance_.between(60, 420), [this, one] {
        // Where a second person is asked for, that is always done, by one who sends nobody.
        const bool likes = chance_.one(0.8), second = state_.ticket(one.id)->duty.reviewBySecond;
        const MoveTicket reviewed{one.id, TicketMove::reviewed, {}, {}};
        if (!(second ? say(reviewed, "desk4", "ws4") : likes && desk(reviewed))) {
            desk(MoveTicket{one.id, TicketMove::closed, {}, {}});
            return;
        }
        later(chance_.between(30, 240), [this, one] {
            if (!desk(MoveTicket{one.id, TicketMove::closed, {}, {}}) || one.round > 0 ||
                !chance_.one(reopenings_ == 0 ? 0.3 : 0.05))
                return;
            later(chance_.between(200, 1500), [this, one] {
                if (over_ || till_ - now_ < std::chrono::minutes(50))
                    return;
                Case again = one;
                again.round = 1;
                if (desk(MoveTicket{one.id, TicketMove::reopened, {}, "报警人再次来电：情况反复"}) &&
                    ++reopenings_)
                    later(chance_.between(20, 90), [this, again] { dispatchLead(again); });
            });
        });
    });
}

} // namespace vedette::ctl
