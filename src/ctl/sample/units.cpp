// SPDX-License-Identifier: GPL-3.0-or-later
#include "names.h"
#include "people.h"

#include <algorithm>
#include <cstdio>

namespace vedette::ctl {

using dispatch::Role;
using dispatch::UnitFacts;

namespace {

constexpr unsigned everyDay = 0x7F, workDays = 0x1F, weekend = 0x60;

struct Turn {
    const char* text;
    std::vector<dispatch::Shift> shifts;
    const char* team = "";   // who works this turn together
    const char* breaks = ""; // by day; at night a break is taken when there is time for one
};
dispatch::Shift shift(int from, int till, unsigned days = everyDay) {
    return {from * 60, till * 60, days};
}
const std::vector<Turn>& policeTurns() {
    static const std::vector<Turn> turns{{"06:00-14:00", {shift(6, 14)}, "A", "10:00-10:30"},
                                         {"14:00-22:00", {shift(14, 22)}, "B", "18:00-18:30"},
                                         {"22:00-06:00", {shift(22, 6)}, "C", ""}};
    return turns;
}
const std::vector<Turn>& longTurns() {
    static const std::vector<Turn> turns{{"08:00-20:00", {shift(8, 20)}, "D", "12:00-13:00"},
                                         {"20:00-08:00", {shift(20, 8)}, "E", ""}};
    return turns;
}
const Turn officeTurn{"Mon-Fri 08:00-18:00", {shift(8, 18, workDays)}, "", "12:00-13:00"};
const Turn always{"", {}, "", ""};
const Turn volunteerTurn{
    "Mon-Fri 18:00-21:00,Sat-Sun 09:00-17:00", {shift(18, 21, workDays), shift(9, 17, weekend)}, "", ""};

class Muster {
public:
    Muster(Town& town, Chance& chance) : town_(town), plan_(town.plan), chance_(chance), names_(chance) {}

    UnitFacts& add(char letter, int number, int width, Role role, const Turn& turn) {
        char id[24];
        std::snprintf(id, sizeof id, "%c%0*d", letter, width, number);
        UnitFacts unit;
        unit.id.text = id;
        unit.name = names_.person();
        unit.role = role;
        unit.shifts = turn.shifts;
        unit.team = turn.team;
        auto breaks = dispatch::parseShifts(turn.breaks).value_or(std::vector<dispatch::Shift>{});
        // Every other one a break later: never is a whole turn at table.
        for (dispatch::Shift& pause : breaks)
            if (const int length = pause.tillMinute - pause.fromMinute; town_.units.size() % 2)
                pause.fromMinute += length, pause.tillMinute += length;
        unit.breaks = std::move(breaks);
        town_.units.push_back(std::move(unit));
        town_.shiftTexts.emplace_back(turn.text);
        return town_.units.back();
    }

    void police(int officers, int auxiliaries, int width) {
        const int beats = static_cast<int>(plan_.beats.size());
        for (int i = 0; i < officers + auxiliaries; ++i) {
            const bool officer = i < officers;
            const int beat = (officer ? i : i - officers) % beats,
                      round = (officer ? i : i - officers) / beats;
            const District& own = plan_.beats[static_cast<std::size_t>(beat)];
            const Turn& turn = officer ? policeTurns()[static_cast<std::size_t>((round + beat) % 3)]
                                       : longTurns()[static_cast<std::size_t>((round + beat) % 2)];
            UnitFacts& unit = add('U', i + 1, width, officer ? Role::officer : Role::auxiliary, turn);
            unit.employment = "full";
            unit.desk = plan_.stations[static_cast<std::size_t>(own.parent)].code;
            unit.owns = {own.code};
            unit.homeArea = own.code;
            unit.post = town_.lonLat(town_.stationPosts[static_cast<std::size_t>(own.parent)]);
            unit.capacity = officer ? 2 : 1;
            static const std::vector<std::string> skills{"traffic", "criminal", "negotiation", "juvenile",
                                                         "english"};
            std::vector<std::string> has;
            if (officer && chance_.one(0.6))
                has.push_back(chance_.of(skills));
            if (officer)
                has.push_back("armed");
            unit.skills = std::move(has);
        }
    }

    void gridWorkers(int count, int width) {
        const int grids = static_cast<int>(plan_.level3.size());
        std::vector<std::vector<int>> special(plan_.level3.size());
        for (std::size_t e = 0; e < plan_.exclusives.size(); ++e)
            special[static_cast<std::size_t>(plan_.exclusives[e].grid)].push_back(static_cast<int>(e));
        const int full = std::min(count, grids);
        for (int i = 0; i < count; ++i) {
            const int from = i < full ? static_cast<int>(static_cast<long>(i) * grids / full) : i % grids;
            const int till = i < full ? static_cast<int>(static_cast<long>(i + 1) * grids / full) : from + 1;
            const int kind = i < full ? 0 : 1 + chance_.below(3); // 1: part-time, 2-3: volunteers
            const Turn& turn = kind == 0   ? (i % 5 < 2 ? officeTurn : longTurns()[i % 5 == 4 ? 1 : 0])
                               : kind == 1 ? longTurns()[static_cast<std::size_t>(i % 2)]
                                           : volunteerTurn;
            UnitFacts& unit = add('G', i + 1, width, Role::gridWorker, turn);
            unit.employment = kind == 0 ? "full" : kind == 1 ? "part" : "volunteer";
            for (int g = from; g < till; ++g) {
                unit.owns.push_back(plan_.level3[static_cast<std::size_t>(g)].code);
                if (kind == 0)
                    for (const int e : special[static_cast<std::size_t>(g)])
                        unit.owns.push_back(plan_.exclusives[static_cast<std::size_t>(e)].code);
            }
            const Face& grid = plan_.level3[static_cast<std::size_t>(from)];
            unit.homeArea = grid.code;
            unit.desk = grid.code.substr(0, 9);
            if (chance_.one(0.3)) // the others are thought to be somewhere in their grid
                unit.post = town_.lonLat(innerPoint(plan_.mesh.points(grid.ring)));
            unit.capacity = 3;
            if (chance_.one(0.25))
                unit.skills = std::vector<std::string>{chance_.one(0.5) ? "firstAid" : "mediation"};
        }
    }

    void others(int guards, int mediators, int rescuers, int desks, int width) {
        for (int i = 0; i < guards; ++i) {
            const ExclusiveGrid& grid =
                plan_.exclusives[static_cast<std::size_t>(i) % plan_.exclusives.size()];
            UnitFacts& unit =
                add('B', i + 1, width, Role::guard, longTurns()[static_cast<std::size_t>(i % 2)]);
            unit.employment = "full";
            unit.owns = {grid.code};
            unit.homeArea = grid.code;
            unit.desk = grid.code.substr(0, 9);
            unit.post = town_.lonLat(innerPoint(plan_.mesh.points(grid.ring)));
        }
        for (int i = 0; i < mediators; ++i) {
            const Face& community = plan_.communities[static_cast<std::size_t>(i) % plan_.communities.size()];
            UnitFacts& unit = add('M', i + 1, width, Role::mediator, i % 3 ? officeTurn : longTurns()[0]);
            unit.employment = i % 3 ? "full" : "part";
            unit.homeArea = community.code;
            unit.desk = community.code.substr(0, 9);
            unit.post = town_.lonLat(innerPoint(plan_.mesh.points(community.ring)));
            unit.skills = std::vector<std::string>{"mediation"};
            unit.capacity = 2;
        }
        for (int i = 0; i < rescuers; ++i) {
            const Face& township = plan_.townships[static_cast<std::size_t>(i) % plan_.townships.size()];
            UnitFacts& unit = add('R', i + 1, width, Role::rescueTeam, always);
            unit.name = names_.community(true) + (i % 3 == 2 ? "医疗救护组" : "消防救援站");
            unit.employment = "full";
            unit.homeArea = township.code;
            unit.desk = township.code.substr(0, 6);
            unit.post = town_.lonLat(innerPoint(plan_.mesh.points(township.ring)));
            unit.skills = i % 3 == 2 ? std::vector<std::string>{"firstAid", "ambulance"}
                                     : std::vector<std::string>{"fire", "water"};
        }
        static const std::vector<std::string> departments{
            "城管局", "住建局", "水务局", "电力公司", "市场监管局", "卫健局", "环保局",
            "交通局", "应急局", "人社局", "民政局",   "燃气公司",   "园林处"};
        for (int i = 0; i < desks; ++i) {
            const auto d = static_cast<std::size_t>(i) % departments.size();
            const Face& county =
                plan_.counties[static_cast<std::size_t>(i) / departments.size() % plan_.counties.size()];
            UnitFacts& unit = add('D', i + 1, width, Role::departmentDesk, d % 2 ? always : officeTurn);
            unit.name = (plan_.counties.size() > 1 ? county.name : std::string()) + departments[d];
            unit.employment = "full";
            unit.homeArea = county.code;
            unit.desk = county.code;
            const Point centre =
                plan_.counties.size() > 1 ? innerPoint(plan_.mesh.points(county.ring)) : plan_.centres[0];
            Point at = centre;
            for (int tries = 0; tries < 20; ++tries) {
                const double dx = chance_.normal() * 600;
                at = {centre.x + dx, centre.y + chance_.normal() * 600};
                if (town_.dry(at))
                    break;
            }
            unit.post = town_.lonLat(at);
            unit.capacity = 20;
        }
    }

private:
    Town& town_;
    const Plan& plan_;
    Chance& chance_;
    Names names_;
};

} // namespace

void raiseUnits(Town& town, int count, Chance& chance) {
    const auto share = [&](double part, std::size_t most) {
        return std::clamp(static_cast<int>(std::lround(count * part)), 2,
                          std::max(2, static_cast<int>(most)));
    };
    const Plan& plan = town.plan;
    const int officers = share(0.22, plan.beats.size() * 6), auxiliaries = share(0.17, plan.beats.size() * 6),
              guards = share(0.07, plan.exclusives.size() * 2),
              mediators = share(0.04, plan.communities.size() * 2),
              rescuers = share(0.03, plan.townships.size() * 4),
              desks = share(0.03, plan.counties.size() * 13);
    const int rest = count - officers - auxiliaries - guards - mediators - rescuers - desks;
    const int width = count < 10000 ? 4 : 5;
    Muster muster(town, chance);
    muster.police(officers, auxiliaries, width);
    muster.gridWorkers(rest, width);
    muster.others(guards, mediators, rescuers, desks, width);
}

} // namespace vedette::ctl
