// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/answer.h"
#include "ctl/sample.h"
#include "ctl/verbs.h"

#include <filesystem>
#include <memory>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct SampleWords {
    std::filesystem::path folder;
    SampleSettings settings;
    bool json = false;
};

int sample(SampleWords& words) {
    const Answer answer(words.json);
    words.settings.progress = [&answer](const layers::Message& doing, double fraction) {
        answer.progress(word(doing, layers::Language::english) + " " +
                        std::to_string(static_cast<int>(fraction * 100)) + " %");
    };
    const auto made = makeSample(words.folder, words.settings);
    answer.progress("");
    if (!made)
        return answer.fail(made.problem());
    const SampleCounts& counts = made.value();
    const ordered_json json{{"counties", counts.counties},
                            {"townships", counts.townships},
                            {"communities", counts.communities},
                            {"grids", counts.grids},
                            {"exclusiveGrids", counts.exclusiveGrids},
                            {"bureaus", counts.bureaus},
                            {"stations", counts.stations},
                            {"beats", counts.beats},
                            {"roads", counts.roads},
                            {"bridges", counts.bridges},
                            {"places", counts.places},
                            {"units", counts.units},
                            {"duties", counts.duties},
                            {"classes", counts.classes},
                            {"incidents", counts.incidents},
                            {"events", counts.events},
                            {"tickets", counts.tickets},
                            {"fixes", counts.fixes}};
    std::string list;
    for (const auto& [name, count] : json.items())
        list += (list.empty() ? "" : ", ") + count.dump() + " " + name;
    answer.say(words.folder.string() + ": " + list);
    answer.give(json);
    return done;
}

} // namespace

void addSample(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("sample", "writes a synthetic city with a recorded night");
    const auto words = std::make_shared<SampleWords>();
    verb->add_option("DIR", words->folder, "folder to make")->required();
    verb->add_flag("--json", words->json, "counts as JSON on stdout");
    verb->add_option("--grids", words->settings.grids)->check(CLI::Range(1, 100'000));
    verb->add_option("--units", words->settings.units)->check(CLI::Range(1, 1'000'000));
    verb->add_option("--incidents", words->settings.incidents)->check(CLI::Range(0, 20'000'000));
    verb->add_option("--events", words->settings.events)->check(CLI::Range(0, 20'000'000));
    verb->add_option("--seed", words->settings.seed, "same seed and package versions, same bytes");
    verb->callback([=, &run = verbs.run] { run = [=] { return sample(*words); }; });
}

} // namespace vedette::ctl
