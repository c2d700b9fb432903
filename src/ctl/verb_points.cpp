// SPDX-License-Identifier: GPL-3.0-or-later
// points DIR --month YYYY-MM: what the units' work of a month is worth by the city's rule file, line by line.
#include "ctl/options.h"
#include "dispatch/points.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct PointsWords {
    std::string month, desk;
    std::filesystem::path out, rules;
};

std::string cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == text.npos)
        return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

// One row a line of points; a unit's rows add up to its points.
std::string csvOf(const std::vector<dispatch::PointsOfUnit>& units, const layers::TimeZone& zone) {
    std::string csv = "unit,name,role,desk,team,kind,of,time,minutes,points\n";
    for (const auto& unit : units)
        for (const auto& line : unit.lines)
            csv += cell(unit.unit.text) + ',' + cell(unit.name) + ',' + std::string(toString(unit.role)) +
                   ',' + cell(unit.desk) + ',' + cell(unit.team) + ',' + line.kind + ',' + cell(line.of) +
                   ',' + layers::isoLocal(line.at, zone) + ',' +
                   (line.minutes ? std::to_string(line.minutes) : std::string()) + ',' +
                   dispatch::pointsText(line.points) + '\n';
    return csv;
}

ordered_json jsonOf(const std::vector<dispatch::PointsOfUnit>& units) {
    ordered_json all = ordered_json::array();
    for (const auto& unit : units) {
        ordered_json lines = ordered_json::array();
        for (const auto& line : unit.lines) {
            ordered_json json{{"kind", line.kind},
                              {"of", line.of},
                              {"time", layers::isoUtc(line.at)},
                              {"points", static_cast<double>(line.points) / 100}};
            if (line.minutes)
                json["minutes"] = line.minutes;
            lines.push_back(std::move(json));
        }
        all.push_back({{"unit", unit.unit.text},
                       {"name", unit.name},
                       {"role", toString(unit.role)},
                       {"desk", unit.desk},
                       {"team", unit.team},
                       {"points", static_cast<double>(unit.points) / 100},
                       {"lines", std::move(lines)}});
    }
    return all;
}

int points(const Common& common, const PointsWords& words) {
    const Answer answer = common.answer();
    const auto session = openSession(common);
    if (!session)
        return answer.fail(session.problem());
    const dispatch::City& city = *session.value()->city();
    const layers::Workspace& workspace = city.workspace;
    if (words.rules.empty() && workspace.pointsRules.empty())
        return answer.fail(layers::refused("pointsRulesMissing", {{"path", workspace.folder.string()}}));
    const auto rules =
        layers::readPoints(words.rules.empty() ? workspace.folder / workspace.pointsRules : words.rules);
    if (!rules)
        return answer.fail(rules.problem());
    int year = 0, month = 0;
    if (std::sscanf(words.month.c_str(), "%4d-%2d", &year, &month) != 2 || month < 1 || month > 12)
        return answer.fail({layers::Problem::Kind::usage, {"timeUnreadable", {{"text", words.month}}}});
    const auto first = [&](int y, int m) {
        return city.zone.instant({m > 12 ? y + 1 : y, m > 12 ? 1 : m, 1, 0, 0, 0, 0, 0});
    };
    const layers::Instant from = first(year, month), till = first(year, month + 1);
    const dispatch::Desk* desk = words.desk.empty() ? nullptr : session.value()->desks().find(words.desk);
    if (!desk && !words.desk.empty())
        return answer.fail(layers::refused("deskUnknown", {{"desk", words.desk}}));
    auto store = session.value()->openReader();
    if (!store)
        return answer.fail(store.problem());
    const auto state =
        foldTo(*store.value(), dispatch::State{}, store.value()->seqAt(till - std::chrono::milliseconds(1)));
    if (!state)
        return answer.fail(state.problem());
    dispatch::PointsWork work;
    auto rolls = dispatch::rollsClosed(*store.value(), from, till);
    if (!rolls)
        return answer.fail(rolls.problem());
    work.rolls = std::move(rolls).value();
    if (rules.value().patrolHour != 0)
        if (const auto tracks = dispatch::TrackLog::open(workspace.folder / "tracks", true))
            work.patrolMinutes = dispatch::patrolMinutes(*tracks.value(), state.value(), from, till,
                                                         workspace.rules.fixAgeing, city.zone);
    const auto units = pointsOf(state.value(), rules.value(), from, till, work, city.zone,
                                desk ? dispatch::Scope(city, desk->code) : dispatch::Scope());
    const ordered_json json{{"month", words.month}, {"units", jsonOf(units)}};
    if (!words.out.empty()) {
        std::ofstream file(words.out, std::ios::binary);
        file << (words.out.extension() == ".json" ? json.dump(1) + "\n" : csvOf(units, city.zone));
        file.close();
        if (!file)
            return answer.fail(layers::environment(
                "fileUnwritable", {{"path", words.out.string()}, {"cause", std::strerror(errno)}}));
    }
    for (const auto& unit : units)
        if (!unit.lines.empty())
            answer.say(unit.unit.text + "  " + unit.name + "  " + dispatch::pointsText(unit.points) + "  (" +
                       std::to_string(unit.lines.size()) + " lines)");
    answer.give(json);
    return done;
}

} // namespace

void addPoints(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("points", "points of a month by the city's rule file");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<PointsWords>();
    verb->add_option("--month", words->month, "YYYY-MM")->required();
    verb->add_option("--desk", words->desk, "units of one desk");
    verb->add_option("--rules", words->rules, "another rule file than the workspace's");
    verb->add_option("--out", words->out, "F.csv or F.json");
    verb->callback([=, &run = verbs.run] { run = [=] { return points(*common, *words); }; });
}

} // namespace vedette::ctl
