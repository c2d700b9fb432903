// SPDX-License-Identifier: GPL-3.0-or-later
// patrol DIR plan|coverage|list|end: who goes round where, by risk, and what came of it by the tracks.
#include "ctl/options.h"
#include "ctl/wording.h"
#include "dispatch/patrol.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct PatrolWords {
    std::string word, id, desk, at, from, till, reason, actor = "ctl";
    std::size_t units = 0;
    double hours = 8;
    bool accept = false;
    std::vector<std::string> areas;
};

ordered_json time(layers::Instant at) {
    return layers::isoUtc(at);
}

double minutesOf(std::chrono::milliseconds span) {
    return std::round(std::chrono::duration<double, std::ratio<60>>(span).count() * 100) / 100;
}

ordered_json json(const dispatch::PatrolPlanned& patrol) {
    ordered_json units = ordered_json::array();
    for (const dispatch::UnitId& unit : patrol.units)
        units.push_back(unit.text);
    return {{"id", patrol.id},         {"tier", patrol.tier},         {"area", patrol.area},
            {"name", patrol.name},     {"risk", patrol.risk},         {"units", std::move(units)},
            {"from", time(patrol.from)}, {"till", time(patrol.till)}, {"visits", patrol.visits},
            {"minutes", patrol.minutes}};
}

ordered_json json(const dispatch::Presence& presence) {
    return {{"minutes", minutesOf(presence.present)},
            {"coveredMinutes", minutesOf(presence.covered)},
            {"unknownMinutes", minutesOf(presence.unknown)},
            {"longestGapMinutes", minutesOf(presence.longestGap)},
            {"visits", presence.visits}};
}

std::string line(const dispatch::PatrolPlanned& patrol, const layers::TimeZone& zone) {
    std::string units;
    for (const dispatch::UnitId& unit : patrol.units)
        units += " " + unit.text;
    char risk[24];
    std::snprintf(risk, sizeof risk, "%.3f", patrol.risk);
    return patrol.id + (patrol.id.empty() ? "" : "  ") + "tier " + std::to_string(patrol.tier) + "  " + patrol.area +
           "  " + patrol.name + "  " + risk + "/km2/day " + units + "  " + layers::clockLocal(patrol.from, zone) + "-" +
           layers::clockLocal(patrol.till, zone) + "  " + std::to_string(patrol.visits) + " visits, " +
           std::to_string(patrol.minutes) + " min";
}

layers::Result<layers::Instant> timeOr(const std::string& text, layers::Instant other, const layers::TimeZone& zone) {
    return text.empty() ? layers::Result<layers::Instant>(other) : instant(text, zone);
}

int plan(const Answer& answer, const PatrolWords& words, dispatch::Session& session) {
    const auto city = session.city();
    const auto from = timeOr(words.at, layers::SystemClock().now(), city->zone);
    if (!from)
        return answer.fail(from.problem());
    const layers::Instant till =
        from.value() + std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::duration<double, std::ratio<3600>>(words.hours));
    std::string desk;
    if (!words.desk.empty()) {
        const dispatch::Desk* found = session.desks().find(words.desk);
        if (!found)
            return answer.fail({layers::Problem::Kind::usage, {"deskUnknown", {{"desk", words.desk}}}});
        desk = found->code;
    }
    const auto surface = dispatch::patrolSurface(*city);
    if (!surface)
        return answer.fail(layers::refused("patrolNoHistory", {}));
    const dispatch::Scope scope(*city, desk);
    auto areas = dispatch::patrolAreas(*city, *surface, scope);
    auto units = dispatch::patrolUnits(session, scope, from.value(), till);
    const dispatch::PatrolPlan plan =
        dispatch::planPatrols(*city, std::move(areas), std::move(units), from.value(), till, words.units);
    ordered_json lines = ordered_json::array(), unserved = ordered_json::array();
    for (const dispatch::PatrolLine& one : plan.lines) {
        ordered_json made = json(one.patrol);
        made.erase("id");
        ordered_json why = ordered_json::array();
        std::string said;
        for (const layers::Message& message : one.why) {
            why.push_back(toJson(message));
            said += (said.empty() ? "" : "; ") + layers::word(message, layers::Language::english);
        }
        made["why"] = std::move(why);
        lines.push_back(std::move(made));
        answer.say(line(one.patrol, city->zone) + "  (" + said + ")");
    }
    for (const dispatch::PatrolArea& area : plan.unserved)
        unserved.push_back({{"area", area.code}, {"name", area.name}, {"tier", area.tier}, {"risk", area.risk}});
    answer.say(std::to_string(plan.areas) + " areas, " + std::to_string(plan.units) + " units may go; " +
               std::to_string(plan.lines.size()) + " patrols, " + std::to_string(plan.unserved.size()) +
               " areas without one");
    ordered_json out{{"from", time(from.value())},
                     {"till", time(till)},
                     {"areas", plan.areas},
                     {"units", plan.units},
                     {"patrols", std::move(lines)},
                     {"unserved", std::move(unserved)}};
    bool refused = false;
    if (words.accept) {
        ordered_json accepted = ordered_json::array(), not_ = ordered_json::array();
        for (const dispatch::PatrolLine& one : plan.lines) {
            if (!words.areas.empty() &&
                std::find(words.areas.begin(), words.areas.end(), one.patrol.area) == words.areas.end())
                continue;
            const dispatch::Outcome outcome = session.execute(dispatch::PlanPatrol{one.patrol});
            if (outcome.problem)
                return answer.fail(*outcome.problem);
            if (outcome.ok()) {
                accepted.push_back(std::get<dispatch::PatrolPlanned>(outcome.events.front().payload).id);
                continue;
            }
            refused = true;
            ordered_json why = ordered_json::array();
            for (const layers::Message& message : outcome.violations)
                why.push_back(toJson(message));
            not_.push_back({{"area", one.patrol.area}, {"violations", std::move(why)}});
        }
        answer.say(std::to_string(accepted.size()) + " accepted, " + std::to_string(not_.size()) + " refused");
        out["accepted"] = std::move(accepted);
        out["refused"] = std::move(not_);
    }
    answer.give(std::move(out));
    return refused ? refusedWithReasons : done;
}

int list(const Answer& answer, const dispatch::State& state, const layers::TimeZone& zone) {
    ordered_json patrols = ordered_json::array();
    for (const dispatch::PatrolPlanned& patrol : state.patrols()) {
        patrols.push_back(json(patrol));
        answer.say(line(patrol, zone));
    }
    answer.give({{"patrols", std::move(patrols)}});
    return done;
}

int coverage(const Answer& answer, const Common& common, const PatrolWords& words) {
    auto opened = openJournal(common);
    if (!opened)
        return answer.fail(opened.problem());
    const layers::TimeZone& zone = opened.value().zone;
    auto state = foldTo(*opened.value().store, {}, opened.value().store->lastSeq());
    if (!state)
        return answer.fail(state.problem());
    std::vector<dispatch::PatrolPlanned> patrols = state.value().patrols();
    layers::Instant first = layers::Instant::max(), last{};
    for (const dispatch::PatrolPlanned& patrol : patrols)
        first = std::min(first, patrol.from), last = std::max(last, patrol.till);
    const auto from = timeOr(words.from, patrols.empty() ? layers::Instant{} : first, zone);
    const auto till = timeOr(words.till, std::min(last, layers::SystemClock().now()), zone);
    if (!from)
        return answer.fail(from.problem());
    if (!till)
        return answer.fail(till.problem());
    std::erase_if(patrols, [&](const dispatch::PatrolPlanned& patrol) {
        return patrol.till <= from.value() || patrol.from >= till.value();
    });
    const auto tracks = dispatch::TrackLog::open(opened.value().workspace.folder / "tracks", true);
    if (!tracks)
        return answer.fail(tracks.problem());
    const auto measured = dispatch::patrolCoverage(*tracks.value(), patrols, from.value(), till.value(),
                                                   opened.value().workspace.patrol.gap);
    ordered_json lines = ordered_json::array();
    for (const dispatch::PatrolCoverage& one : measured) {
        ordered_json made = json(one.patrol);
        made["lookedAt"] = {{"from", time(one.from)}, {"till", time(one.till)}};
        made["planned"] = json(one.planned);
        made["anybody"] = json(one.anybody);
        made["anybody"].erase("unknownMinutes");
        made["kept"] = one.kept();
        lines.push_back(std::move(made));
        char text[160];
        std::snprintf(text, sizeof text, "  %zu of %d visits, %.1f of %d min, %.1f min unknown, longest gap %.1f min",
                      one.planned.visits, one.patrol.visits, minutesOf(one.planned.present), one.patrol.minutes,
                      minutesOf(one.planned.unknown), minutesOf(one.planned.longestGap));
        answer.say(one.patrol.id + "  tier " + std::to_string(one.patrol.tier) + "  " + one.patrol.area + "  " +
                   one.patrol.name + text + (one.kept() ? "  kept" : "  not kept"));
    }
    answer.give({{"from", time(from.value())}, {"till", time(till.value())}, {"patrols", std::move(lines)}});
    return done;
}

int patrol(const Common& common, const PatrolWords& words) {
    const Answer answer = common.answer();
    if (words.word == "coverage")
        return coverage(answer, common, words);
    const auto opened = [&]() -> layers::Result<std::unique_ptr<dispatch::Session>> {
        if (words.word != "plan")
            return openSession(common, words.actor);
        auto city = load(common, true, false, false); // the plan goes by the history
        if (!city)
            return city.problem();
        dispatch::SessionOptions options;
        options.actor = words.actor, options.workstation = "ctl";
        options.feeds = false;
        options.mode = common.mode();
        options.clock = std::make_shared<layers::SystemClock>();
        return dispatch::Session::open(std::move(city).value(), options);
    };
    const auto session = opened();
    if (!session)
        return answer.fail(session.problem());
    if (words.word == "plan")
        return plan(answer, words, *session.value());
    if (words.word == "end")
        return giveOutcome(answer, session.value()->execute(dispatch::EndPatrol{words.id, words.reason}));
    return list(answer, session.value()->state(), session.value()->city()->zone);
}

} // namespace

void addPatrol(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("patrol", "who goes round where, by risk, and what came of it");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<PatrolWords>();
    verb->add_option("WORD", words->word, "plan coverage list end")
        ->required()
        ->check(CLI::IsMember({"plan", "coverage", "list", "end"}));
    verb->add_option("ID", words->id, "P1 ..., with end");
    verb->add_option("--desk", words->desk, "areas and units of this desk only");
    verb->add_option("--at", words->at, "when the patrols begin; now unless said");
    verb->add_option("--hours", words->hours, "how long they last")->check(CLI::Range(0.1, 48.0));
    verb->add_option("--units", words->units, "at most so many units go");
    verb->add_flag("--accept", words->accept, "send them: an event a line");
    verb->add_option("--area", words->areas, "with --accept: these areas only");
    verb->add_option("--from", words->from, "coverage from this time on");
    verb->add_option("--to", words->till, "and up to this one");
    verb->add_option("--reason", words->reason, "why it ends");
    verb->add_option("--actor", words->actor, "who says it");
    verb->callback([=, &run = verbs.run] { run = [=] { return patrol(*common, *words); }; });
}

} // namespace vedette::ctl
