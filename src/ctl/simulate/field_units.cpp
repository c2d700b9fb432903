// SPDX-License-Identifier: GPL-3.0-or-later
#include "field_play.h"

#include "dispatch/state.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace vedette::ctl {

using dispatch::Role;
using nlohmann::ordered_json;

namespace {

bool drives(Role role) {
    return role == Role::officer || role == Role::auxiliary || role == Role::rescueTeam;
}

// What the field reports, in the language that the city is likely to speak.
const std::vector<std::string>& results(const dispatch::City& city) {
    static const std::vector<std::string> chinese{"现场已处置，双方和解", "已劝离，秩序恢复",
                                                  "隐患已消除",           "人员已送医",
                                                  "经核实无异常",         "车辆已移走，道路畅通"};
    static const std::vector<std::string> english{"settled on the spot", "asked to leave, quiet again",
                                                  "hazard removed",      "taken to hospital",
                                                  "nothing found",       "vehicle moved, road clear"};
    return city.zone.name() == "Asia/Shanghai" ? chinese : english;
}

} // namespace

FieldPlay::Unit& FieldPlay::unit(const std::string& id, Point nearby) {
    if (const auto found = units_.find(id); found != units_.end())
        return *found->second;
    dispatch::UnitFacts facts;
    facts.id.text = id;
    Unit& made = raise(facts);
    made.base = made.at = {nearby.x + 700, nearby.y + 400}; // in no list, sent though: comes from near by
    return made;
}

FieldPlay::Unit& FieldPlay::raise(const dispatch::UnitFacts& facts) {
    auto made = std::make_unique<Unit>();
    made->facts = facts;
    const std::string& home =
        facts.homeArea.empty() && !facts.owns.empty() ? facts.owns.front() : facts.homeArea;
    if (facts.post)
        made->base = city_->crs.toWorking(*facts.post);
    else if (const auto area = city_->areas.byCode(home))
        made->base = city_->areas[*area].box.centre();
    else if (!city_->areas.extent().empty())
        made->base = city_->areas.extent().centre();
    made->at = made->base;
    std::unique_ptr<Unit>& kept = units_[facts.id.text];
    kept = std::move(made);
    return *kept;
}

double FieldPlay::pace(const Unit& who) const {
    return drives(who.facts.role) ? 11.5 : 4.2; // m/s; a grid worker rides an e-bike
}

bool FieldPlay::current(const Unit& who, std::uint64_t task) const {
    return std::any_of(who.tasks.begin(), who.tasks.end(), [&](const Task& t) { return t.number == task; });
}

std::vector<Point> FieldPlay::way(Point from, Point to) const {
    std::vector<Point> line =
        city_->roads->nodeCount() > 0 ? city_->roads->path(from, to) : std::vector<Point>{};
    line.insert(line.begin(), from);
    line.push_back(to);
    return line;
}

void FieldPlay::answer(Unit& who, const Task& task) {
    for (const Task& known : who.tasks)
        if (known.ticket == task.ticket)
            return;
    who.tasks.push_back(task);
    if (settings_.patrol && !who.reporting) {
        who.reporting = true;
        later(0, [this, &who] { keepReporting(who); });
    }
    later(4 + std::min(60.0, chance_.exponential(16)), [this, &who, task] {
        if (!current(who, task.number))
            return;
        const bool declines = settings_.incidents && chance_.one(0.02);
        say({{"type", "ack"},
             {"id", newId('a')},
             {"ticket", task.ticket},
             {"unit", who.facts.id.text},
             {"time", layers::isoUtc(wall_)},
             {"status", declines ? "declined" : "accepted"}});
        ++counts.acks;
        if (declines)
            std::erase_if(who.tasks, [&](const Task& t) { return t.number == task.number; });
        else if (who.tasks.front().number == task.number)
            setOut(who);
    });
}

void FieldPlay::setOut(Unit& who) {
    const Task task = who.tasks.front();
    later(chance_.between(4, 25), [this, &who, task] {
        if (!current(who, task.number) || who.tasks.front().number != task.number)
            return;
        say({{"type", "ack"},
             {"id", newId('a')},
             {"ticket", task.ticket},
             {"unit", who.facts.id.text},
             {"time", layers::isoUtc(wall_)},
             {"status", "enroute"}});
        ++counts.acks;
        if (who.facts.role == Role::departmentDesk) { // sends its own people
            later(chance_.between(120, 400), [this, &who, task] { arrive(who, task.number); });
            return;
        }
        who.at = who.journey.none() ? who.at : who.journey.at(now_);
        who.journey = Journey(way(who.at, task.at), pace(who) * chance_.between(0.85, 1.15), now_);
        if (!who.reporting) {
            who.reporting = true;
            keepReporting(who);
        }
        later(std::max(1.0, who.journey.endsAt() - now_), [this, &who, task] { arrive(who, task.number); });
    });
}

void FieldPlay::arrive(Unit& who, std::uint64_t number) {
    if (!current(who, number))
        return;
    const Task task = who.tasks.front();
    if (who.facts.role != Role::departmentDesk) {
        who.at = task.at;
        who.journey = {};
        whereabouts(who);
    }
    say({{"type", "ack"},
         {"id", newId('a')},
         {"ticket", task.ticket},
         {"unit", who.facts.id.text},
         {"time", layers::isoUtc(wall_)},
         {"status", "onscene"}});
    ++counts.acks;
    later(90 + std::min(1500.0, chance_.exponential(300)), [this, &who, task] {
        if (!current(who, task.number))
            return;
        const std::string result = chance_.of(results(*city_));
        nlohmann::ordered_json line{{"type", "feedback"},
                                    {"id", newId('f')},
                                    {"ticket", task.ticket},
                                    {"unit", who.facts.id.text},
                                    {"time", layers::isoUtc(wall_)},
                                    {"text", result},
                                    {"status", "handled"}};
        for (const std::string& name : task.asked)
            line["fields"][name] = name == "result" ? result : name == "persons_moved" ? "0" : "yes";
        say(std::move(line));
        ++counts.feedbacks;
        std::erase_if(who.tasks, [&](const Task& t) { return t.number == task.number; });
        if (!who.tasks.empty())
            setOut(who);
    });
}

void FieldPlay::withdraw(const std::string& ticket, const std::string& unitId) {
    const auto drop = [&](Unit& who) {
        const bool wasFirst = !who.tasks.empty() && who.tasks.front().ticket == ticket;
        if (std::erase_if(who.tasks, [&](const Task& t) { return t.ticket == ticket; }) == 0 || !wasFirst)
            return;
        who.at = who.journey.none() ? who.at : who.journey.at(now_); // stops where it is
        who.journey = {};
        if (!who.tasks.empty())
            setOut(who);
    };
    if (const auto found = units_.find(unitId); found != units_.end())
        return drop(*found->second);
    if (unitId.empty())
        for (const dispatch::UnitFacts& facts : city_->units()) // in the city's order, not the map's
            drop(unit(facts.id.text, {}));
}

// Often while it drives to a ticket, now and then else; never so often that the wall clock is swamped.
void FieldPlay::keepReporting(Unit& who) {
    const bool moving = !who.journey.over(now_);
    if (!moving && who.tasks.empty() && !settings_.patrol) {
        who.reporting = false;
        return;
    }
    if (!moving && who.tasks.empty())
        wander(who);
    whereabouts(who);
    const double wallSeconds = settings_.speed;
    later(who.tasks.empty() ? std::max(12.0, 15 * wallSeconds) : std::max(4.0, 0.7 * wallSeconds),
          [this, &who] { keepReporting(who); });
}

void FieldPlay::beginPatrols() {
    std::vector<Unit*> on;
    for (const dispatch::UnitFacts& facts : city_->units()) {
        dispatch::UnitRecord record;
        record.facts = std::make_shared<const dispatch::UnitFacts>(facts);
        if (facts.role != Role::departmentDesk && dispatch::onDuty(record, start_, city_->zone))
            on.push_back(&unit(facts.id.text, {}));
    }
    for (std::size_t i = on.size(); i > 1; --i)
        std::swap(on[i - 1], on[static_cast<std::size_t>(chance_.below(static_cast<int>(i)))]);
    on.resize(std::min(on.size(), static_cast<std::size_t>(std::max(0, settings_.patrolUnits))));
    for (Unit* who : on) {
        who->reporting = true;
        later(chance_.between(0, 4 * settings_.speed), [this, who] { keepReporting(*who); });
    }
}

void FieldPlay::whereabouts(Unit& who) {
    const bool moving = !who.journey.over(now_);
    who.at = who.journey.none() ? who.at : who.journey.at(now_); // one that is over stands at its end
    const LonLat at = city_->crs.toLonLat(who.at);
    ordered_json line{{"type", "position"},
                      {"unit", who.facts.id.text},
                      {"time", layers::isoUtc(wall_)},
                      {"lon", std::round(at.lon * 1e6) / 1e6},
                      {"lat", std::round(at.lat * 1e6) / 1e6},
                      {"speed", moving ? std::round(who.journey.pace() * 10) / 10 : 0.0}};
    if (moving)
        line["course"] = std::round(who.journey.course(now_));
    ++counts.positions;
    say(std::move(line));
}

void FieldPlay::wander(Unit& who) {
    if (who.facts.role == Role::rescueTeam || who.facts.role == Role::mediator)
        return; // wait at their station
    const double reach = drives(who.facts.role) ? 900 : 250;
    const double dx = chance_.normal() * reach;
    const Point goal{who.base.x + dx, who.base.y + chance_.normal() * reach};
    std::vector<Point> line =
        city_->roads->nodeCount() > 0 ? city_->roads->path(who.at, goal) : std::vector<Point>{};
    if (line.size() < 2)
        line = {who.at, goal};
    else
        line.insert(line.begin(), who.at);
    who.journey = Journey(std::move(line), drives(who.facts.role) ? 5.5 : 1.3, now_);
}

} // namespace vedette::ctl
