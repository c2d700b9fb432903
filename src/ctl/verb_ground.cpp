// SPDX-License-Identifier: GPL-3.0-or-later
// Verbs about the ground: check, locate.
#include "ctl/options.h"

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

int check(const Common& common) {
    const Answer answer = common.answer();
    const auto city = load(common, true, true, true);
    if (!city)
        return answer.fail(city.problem());
    const dispatch::City& loaded = *city.value();
    const auto findings = dispatch::checkCity(loaded);
    ordered_json errors = ordered_json::array(), warnings = ordered_json::array(),
                 notes = ordered_json::array();
    for (const layers::Finding& finding : findings) {
        std::string words = finding.file;
        if (finding.row >= 0)
            words += ", row " + std::to_string(finding.row + 1);
        words += ": " + word(finding.message, layers::Language::english);
        switch (finding.severity) {
        case layers::Finding::Severity::error:
            errors.push_back(toJson(finding));
            answer.say("error    " + words);
            break;
        case layers::Finding::Severity::warning:
            warnings.push_back(toJson(finding));
            answer.say("warning  " + words);
            break;
        case layers::Finding::Severity::note:
            notes.push_back(toJson(finding));
            answer.say("note     " + words);
            break;
        }
    }
    ordered_json counts{{"areas", loaded.areas.size()},       {"incidents", loaded.history->size()},
                        {"units", loaded.units().size()},     {"duties", loaded.duties.size()},
                        {"places", loaded.gazetteer->size()}, {"roadNodes", loaded.roads->nodeCount()}};
    answer.say(std::to_string(errors.size()) + " errors, " + std::to_string(warnings.size()) + " warnings; " +
               std::to_string(loaded.areas.size()) + " areas, " + std::to_string(loaded.history->size()) +
               " incidents, " + std::to_string(loaded.units().size()) + " units");
    const bool refused = !errors.empty();
    answer.give({{"errors", std::move(errors)},
                 {"warnings", std::move(warnings)},
                 {"notes", std::move(notes)},
                 {"counts", std::move(counts)}});
    return refused ? refusedWithReasons : done;
}

int locate(const Common& common, const LonLatOption& at) {
    const Answer answer = common.answer();
    const auto city = load(common, false, false, false);
    if (!city)
        return answer.fail(city.problem());
    const dispatch::City& loaded = *city.value();
    ordered_json areas = ordered_json::array();
    for (const layers::AreaIndex index : loaded.areas.at(loaded.crs.toWorking({at.lon, at.lat}))) {
        const layers::Area& area = loaded.areas[index];
        ordered_json one{{"kind", toString(area.kind)}, {"code", area.code}, {"name", area.name}};
        if (area.kind == layers::AreaKind::grid) {
            one["level"] = area.exclusive ? ordered_json("exclusive") : ordered_json(area.level);
            one["beat"] = area.beat;
        }
        answer.say(std::string(toString(area.kind)) + "  " + area.code + "  " + area.name);
        areas.push_back(std::move(one));
    }
    if (areas.empty())
        answer.say("no area contains that point");
    answer.give({{"areas", std::move(areas)}});
    return done;
}

} // namespace

void addCheck(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("check", "validate everything; names file, row and cause");
    const auto common = addCommon(*verb);
    verb->callback([common, &run = verbs.run] { run = [common] { return check(*common); }; });
}

void addLocate(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("locate", "areas that contain a point, most responsible first");
    const auto common = addCommon(*verb);
    const auto at = std::make_shared<LonLatOption>();
    addLonLat(*verb, "--at", *at, "LON,LAT in degrees")->required();
    verb->callback([=, &run = verbs.run] { run = [=] { return locate(*common, *at); }; });
}

} // namespace vedette::ctl
