// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"
#include "ctl/wording.h"
#include "dispatch/storm.h"

#include <cmath>
#include <cstdio>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

std::string words(const std::vector<layers::Message>& messages) {
    std::string out;
    for (const layers::Message& message : messages)
        out += (out.empty() ? "" : ", ") + word(message, layers::Language::english);
    return out;
}

ordered_json list(const std::vector<layers::Message>& messages) {
    ordered_json json = ordered_json::array();
    for (const layers::Message& message : messages)
        json.push_back(toJson(message));
    return json;
}

double tenths(double value) {
    return std::round(value * 10) / 10;
}

std::string headline(const dispatch::Plan& plan) {
    char gap[40] = "gap not known";
    if (const auto share = plan.gap())
        std::snprintf(gap, sizeof gap, "gap %.2f %%", 100 * *share);
    return std::to_string(plan.tickets) + " tickets, " + std::to_string(plan.lines.size()) + " served, " +
           gap + (plan.proven ? ", proven, " : ", not proven, ") + std::to_string(plan.took.count()) + " ms";
}

ordered_json toJson(const dispatch::Proposal& line) {
    const dispatch::Candidate& unit = line.unit;
    return {{"ticket", toString(line.ticket)},
            {"priority", line.priority},
            {"unit", unit.unit.text},
            {"role", toString(unit.role)},
            {"metres", tenths(unit.metres)},
            {"seconds", tenths(unit.seconds)},
            {"method", unit.method},
            {"basis", wording(unit.where.basis)},
            {"owner", unit.owner},
            {"late_s", line.late ? ordered_json(line.late->count()) : ordered_json(nullptr)},
            {"why", list(unit.why)}};
}

struct Accepted {
    ordered_json lines = ordered_json::array(), refused = ordered_json::array();
    std::optional<layers::Problem> problem;
};

// Line by line, each held against the newest state and decided on it: a line that somebody else was faster
// for is refused, the others go on.
Accepted accept(dispatch::Session& session, const dispatch::Plan& plan, const Answer& answer) {
    Accepted out;
    const layers::TimeZone& zone = session.city()->zone;
    for (const dispatch::Proposal& line : plan.lines) {
        const dispatch::State seen = session.state();
        auto violations = violationsOf(line, seen, layers::SystemClock().now(), zone);
        if (violations.empty()) {
            const dispatch::Outcome outcome = session.executeOn(seen, commandOf(line));
            if (outcome.problem) {
                out.problem = outcome.problem;
                return out;
            }
            violations = outcome.violations;
        }
        const std::string whom = toString(line.ticket) + "  " + line.unit.unit.text;
        if (violations.empty()) {
            out.lines.push_back({{"ticket", toString(line.ticket)}, {"unit", line.unit.unit.text}});
            continue;
        }
        answer.say("refused: " + whom + "  " + words(violations));
        out.refused.push_back({{"ticket", toString(line.ticket)},
                               {"unit", line.unit.unit.text},
                               {"violations", list(violations)}});
    }
    answer.say(std::to_string(out.lines.size()) + " accepted, " + std::to_string(out.refused.size()) +
               " refused");
    return out;
}

int storm(const Common& common, std::size_t limit, bool accepting, const std::string& actor) {
    const Answer answer = common.answer();
    const auto session = openSession(common, actor);
    if (!session)
        return answer.fail(session.problem());
    dispatch::StormRequest request;
    request.now = layers::SystemClock().now();
    request.limit = limit;
    dispatch::StormWatch watch;
    watch.first = [&](const dispatch::Plan& first) { answer.say("first plan: " + headline(first)); };
    const dispatch::Plan plan = session.value()->planStorm(request, watch);

    ordered_json lines = ordered_json::array(), unserved = ordered_json::array();
    for (const dispatch::Proposal& line : plan.lines) {
        lines.push_back(toJson(line));
        answer.say(toString(line.ticket) + "  P" + std::to_string(line.priority) + "  " +
                   line.unit.unit.text + "  " + minutes(line.unit.seconds) + "  " +
                   std::to_string(std::lround(line.unit.metres)) + " m  " + words(line.unit.why) +
                   (line.late ? ", " + minutes(double(line.late->count())) + " late" : ""));
    }
    for (const dispatch::Unserved& out : plan.unserved) {
        unserved.push_back(
            {{"ticket", toString(out.ticket)}, {"priority", out.priority}, {"reasons", list(out.reasons)}});
        answer.say(toString(out.ticket) + "  P" + std::to_string(out.priority) + "  -  " +
                   words(out.reasons));
    }
    answer.say(headline(plan));
    ordered_json json{
        {"tickets", plan.tickets},
        {"served", plan.lines.size()},
        {"objective", plan.objective},
        {"lower_bound", plan.lowerBound ? ordered_json(*plan.lowerBound) : ordered_json(nullptr)},
        {"gap", plan.gap() ? ordered_json(*plan.gap()) : ordered_json(nullptr)},
        {"proven", plan.proven},
        {"ms", plan.took.count()},
        {"assignments", std::move(lines)},
        {"unserved", std::move(unserved)}};
    if (!accepting) {
        answer.give(std::move(json));
        return done;
    }
    Accepted accepted = accept(*session.value(), plan, answer);
    if (accepted.problem)
        return answer.fail(*accepted.problem);
    const bool refused = !accepted.refused.empty();
    json["accepted"] = std::move(accepted.lines);
    json["refused"] = std::move(accepted.refused);
    answer.give(std::move(json));
    return refused ? refusedWithReasons : done;
}

} // namespace

void addStorm(Verbs verbs) {
    CLI::App* verb =
        verbs.app.add_subcommand("storm", "who leads which of all open tickets, decided jointly");
    const auto common = addCommon(*verb, true);
    const auto limit = std::make_shared<std::size_t>(0);
    const auto accepting = std::make_shared<bool>(false);
    const auto actor = std::make_shared<std::string>("ctl");
    verb->add_option("--limit", *limit, "only the gravest, then oldest so many tickets")
        ->check(CLI::Range(1, 1'000'000));
    verb->add_flag("--accept", *accepting, "send them: a command a line");
    verb->add_option("--actor", *actor, "who says it");
    verb->callback(
        [=, &run = verbs.run] { run = [=] { return storm(*common, *limit, *accepting, *actor); }; });
}

} // namespace vedette::ctl
