// SPDX-License-Identifier: GPL-3.0-or-later
// road DIR close|slow|open|list|check: what of the roads may be used less, one command each; what is wrong with
// them.
#include "ctl/options.h"
#include "dispatch/road_closures.h"

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct RoadWords {
    std::string word, id, line, area, name, use = "both", reason, until, actor = "ctl", workstation = "ctl";
    double factor = 0.5;
};

layers::Problem usage(std::string code, std::string said) {
    return {layers::Problem::Kind::usage, {std::move(code), {{"said", std::move(said)}}}};
}

layers::Result<dispatch::Command> commandOf(const dispatch::Session& session, const RoadWords& words) {
    if (words.word == "open")
        return dispatch::Command{dispatch::RestoreRoad{words.id}};
    dispatch::RestrictRoad restrict;
    dispatch::RoadRestricted& road = restrict.road;
    road.id = words.id, road.reason = words.reason;
    road.factor = words.word == "close" ? 0 : words.factor;
    if (const auto use = dispatch::roadUse(words.use))
        road.use = *use;
    if (!words.until.empty()) {
        const auto until = layers::parseTime(words.until, session.city()->zone);
        if (!until)
            return layers::Problem{layers::Problem::Kind::usage, {"timeUnreadable", {{"text", words.until}}}};
        road.until = *until;
    }
    road.area = !words.area.empty();
    if (!words.name.empty()) {
        if (const auto& routes = *session.city()->routes)
            road.lines = dispatch::linesNamed(routes.driving->map().network, session.city()->crs, words.name);
        if (road.lines.empty())
            return layers::refused("roadNameUnknown", {{"name", words.name}});
    } else if (const auto lines = dispatch::linesFrom(road.area ? words.area : words.line)) {
        road.lines = *lines;
    } else {
        return usage("roadNeedsPlace", words.word);
    }
    return dispatch::Command{std::move(restrict)};
}

int list(const Answer& answer, const dispatch::State& state) {
    ordered_json roads = ordered_json::array();
    for (const dispatch::RoadRestricted& road : state.restrictedRoads()) {
        roads.push_back(ordered_json::parse(dispatch::encodePayload(road)));
        answer.say(road.id + "  x" + std::to_string(road.factor) + "  " + road.reason);
    }
    answer.give({{"roads", std::move(roads)}});
    return done;
}

// What was found when the roads were joined: parts that hang on nothing, turns that have no place, no roads.
int check(const Answer& answer, const dispatch::City& city) {
    std::vector<layers::Finding> findings;
    if (const auto& routes = *city.routes)
        findings = routes.driving->map().findings;
    else
        findings.push_back({layers::Finding::Severity::warning, {"roadsNone", {}}, "workspace.toml", -1, {}});
    ordered_json found = ordered_json::array();
    for (const layers::Finding& one : findings) {
        ordered_json args = ordered_json::object();
        for (const auto& [name, value] : one.message.args)
            args[name] = value;
        const std::string text = layers::word(one.message, layers::Language::english);
        found.push_back({{"code", one.message.code}, {"args", args}, {"row", one.row}, {"text", text}});
        answer.say(text + (one.row < 0 ? "" : " (" + one.file + ", " + std::to_string(one.row + 1) + ")"));
    }
    answer.give({{"findings", std::move(found)}});
    return done;
}

int execute(const Common& common, const RoadWords& words) {
    const Answer answer = common.answer();
    const auto session = openSession(common, words.actor, words.workstation);
    if (!session)
        return answer.fail(session.problem());
    if (words.word == "list")
        return list(answer, session.value()->state());
    if (words.word == "check")
        return check(answer, *session.value()->city());
    const auto command = commandOf(*session.value(), words);
    if (!command)
        return answer.fail(command.problem());
    return giveOutcome(answer, session.value()->execute(command.value()));
}

} // namespace

void addRoad(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("road", "closes a road, slows it down, opens it again");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<RoadWords>();
    verb->add_option("WORD", words->word, "close slow open list check")
        ->required()
        ->check(CLI::IsMember({"close", "slow", "open", "list", "check"}));
    verb->add_option("ID", words->id, "R1 ...; a new one when left out");
    verb->add_option("--line", words->line, "LON LAT, LON LAT, ...: along or across it");
    verb->add_option("--area", words->area, "LON LAT, LON LAT, ...: in and across it");
    verb->add_option("--name", words->name, "every section of the road that is called so");
    verb->add_option("--factor", words->factor, "share of the usual speed, with slow");
    verb->add_option("--use", words->use, "who it holds for")
        ->check(CLI::IsMember({"both", "driving", "walking"}));
    verb->add_option("--until", words->until, "when it ends by itself");
    verb->add_option("--reason", words->reason, "why");
    verb->add_option("--actor", words->actor, "who says it");
    verb->add_option("--workstation", words->workstation, "from where");
    verb->callback([=, &run = verbs.run] { run = [=] { return execute(*common, *words); }; });
}

} // namespace vedette::ctl
