// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/answer.h"
#include "ctl/verbs.h"
#include "layers/guess.h"

#include <cstdio>
#include <map>
#include <memory>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct InitWords {
    layers::InitRequest request;
    std::vector<std::string> areas; // KIND=F
    bool json = false;
};

std::string percent(double sure) {
    char text[16];
    std::snprintf(text, sizeof text, "%3.0f %%", sure * 100);
    return text;
}

int init(InitWords& words) {
    const Answer answer(words.json);
    for (const std::string& area : words.areas) {
        const auto equals = area.find('=');
        if (equals == area.npos || equals == 0 || equals + 1 == area.size())
            return answer.fail({layers::Problem::Kind::usage, {"areaNeedsKind", {{"said", area}}}});
        words.request.areas.emplace_back(area.substr(0, equals), area.substr(equals + 1));
    }
    layers::ReadOptions options;
    options.progress = [&](double fraction) {
        answer.progress("reading " + std::to_string(static_cast<int>(fraction * 100)) + " %");
    };
    const auto made = layers::initWorkspace(words.request, options);
    answer.progress("");
    if (!made)
        return answer.fail(made.problem());
    const layers::InitReport& report = made.value();
    ordered_json guesses = ordered_json::array(), findings = ordered_json::array(),
                 written = ordered_json::array();
    std::string source = "\n";
    for (const layers::Guess& guess : report.guesses) {
        if (guess.source != source)
            answer.say(guess.source.empty() ? "the workspace" : guess.source);
        source = guess.source;
        answer.say("  " + percent(guess.sure) + "  " + guess.item + " = " + guess.value + "  (" +
                   word(guess.why, layers::Language::english) + ")");
        guesses.push_back({{"source", guess.source},
                           {"item", guess.item},
                           {"value", guess.value},
                           {"sure", guess.sure},
                           {"why", toJson(guess.why)}});
    }
    std::map<std::pair<std::string, std::string>, std::size_t> alike;
    for (const layers::Finding& finding : report.findings) {
        findings.push_back(toJson(finding));
        if (const auto count = ++alike[{finding.file, finding.message.code}]; count <= 3)
            answer.say("found  " + finding.file + ": " + word(finding.message, layers::Language::english));
    }
    for (const auto& [kind, count] : alike)
        if (count > 3)
            answer.say(
                "found  " + kind.first + ": " +
                word({"moreAlike", {{"count", std::to_string(count - 3)}}}, layers::Language::english));
    for (const auto& file : report.written) {
        written.push_back(file.string());
        answer.say("wrote  " + file.string());
    }
    answer.say("Correct what is guessed wrong in workspace.toml, then run: vedettectl check " +
               report.workspace.folder.string());
    answer.give({{"mapping", std::move(guesses)},
                 {"findings", std::move(findings)},
                 {"written", std::move(written)}});
    return done;
}

} // namespace

void addInit(Verbs verbs) {
    CLI::App* verb =
        verbs.app.add_subcommand("init", "writes a workspace.toml for real files; says what it guessed");
    const auto words = std::make_shared<InitWords>();
    layers::InitRequest& request = words->request;
    verb->add_option("DIR", request.folder, "folder to make")->required();
    verb->add_flag("--json", words->json, "mapping as JSON on stdout");
    verb->add_option("--areas", words->areas,
                     "KIND=F: city county township community grid bureau station beat");
    verb->add_option("--incidents", request.incidents, "F; may be given several times");
    verb->add_option("--units", request.units, "F");
    verb->add_option("--duties", request.duties, "F");
    verb->add_option("--places", request.gazetteer, "F");
    verb->add_option("--roads", request.roads, "F; may be given several times");
    verb->add_option("--units-at", request.unitsAt, "a point layer: officers are posted there");
    verb->add_option("--per-post", request.officersPerPost, "officers posted at each point")
        ->check(CLI::Range(1, 1000));
    verb->add_option("--name", request.name, "of the city; the folder's unless said");
    verb->add_option("--crs", request.crs, "working CRS; found by place unless said");
    verb->add_option("--time-zone", request.timeZone, "IANA name; found by place unless said");
    verb->callback([=, &run = verbs.run] { run = [=] { return init(*words); }; });
}

} // namespace vedette::ctl
