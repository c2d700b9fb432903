// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"
#include "ctl/simulate.h"

#include <csignal>
#include <cstdio>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

std::atomic<bool> stop{false};

struct SimulateWords {
    std::filesystem::path folder;
    SimulateSettings settings;
    bool json = false, answerOnly = false, still = false;
    double seconds = 0, perHour = -1;
};

int play(SimulateWords& words) {
    const Answer answer(words.json);
    SimulateSettings& settings = words.settings;
    if (words.seconds > 0)
        settings.seconds = words.seconds;
    if (words.perHour >= 0)
        settings.incidentsPerHour = words.perHour;
    settings.incidents = !words.answerOnly;
    settings.patrol = !words.still;
    settings.stop = &stop;
    settings.line = [](std::string_view line) {
        std::fwrite(line.data(), 1, line.size(), stdout);
        std::fputc('\n', stdout);
        return std::fflush(stdout) == 0;
    };
    settings.progress = [&](const layers::Message& doing) {
        answer.say(word(doing, layers::Language::english));
    };
    std::signal(SIGINT, [](int) { stop = true; });
    std::signal(SIGTERM, [](int) { stop = true; });
    std::signal(SIGPIPE, SIG_IGN);
    const auto played = simulate(words.folder, settings);
    if (!played)
        return answer.fail(played.problem());
    const SimulateCounts& counts = played.value();
    const ordered_json json{{"incidents", counts.incidents}, {"positions", counts.positions},
                            {"acks", counts.acks},           {"feedbacks", counts.feedbacks},
                            {"orders", counts.orders},       {"unreadableOrders", counts.unreadableOrders},
                            {"seconds", counts.seconds}};
    if (settings.intoFeed)
        answer.give(json); // stdout is free: the messages went to the feed
    answer.say(json.dump());
    return done;
}

} // namespace

void addSimulate(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("simulate", "plays the field: a live feed as NDJSON on stdout");
    const auto words = std::make_shared<SimulateWords>();
    SimulateSettings& settings = words->settings;
    verb->add_option("DIR", words->folder, "the workspace folder")->required();
    verb->add_flag("--json", words->json, "counts as JSON at the end (with --into-feed)");
    verb->add_flag("--into-feed", settings.intoFeed, "append to the workspace's feed file instead");
    verb->add_option("--speed", settings.speed, "field time per wall time")
        ->check(CLI::Range(0.01, 10'000.0));
    verb->add_option("--seed", settings.seed);
    verb->add_option("--for", words->seconds, "wall seconds; until stopped unless said")
        ->check(CLI::PositiveNumber);
    verb->add_option("--per-hour", words->perHour,
                     "incidents per hour of field time; as the history unless said")
        ->check(CLI::NonNegativeNumber);
    verb->add_flag("--answer-only", words->answerOnly, "no new incidents, only answers to orders");
    verb->add_flag("--no-patrol", words->still, "idle units stay where they are");
    verb->add_option("--patrol-units", settings.patrolUnits, "at most so many units move about idly");
    verb->add_flag("--from-start", settings.fromStart, "answer orders older than this run too");
    verb->callback([=, &run = verbs.run] { run = [=] { return play(*words); }; });
}

} // namespace vedette::ctl
