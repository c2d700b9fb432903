// SPDX-License-Identifier: GPL-3.0-or-later
// sweep DIR open|list|close: joint operations, one command each.
#include "ctl/options.h"

#include "dispatch/sweep.h"

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct SweepWords {
    std::string word, category, area, name, id, reason, commandId, actor = "ctl", workstation = "ctl";
};

int list(const Answer& answer, const dispatch::State& state) {
    ordered_json sweeps = ordered_json::array();
    for (const dispatch::Sweep& sweep : state.sweeps()) {
        const auto progress = progressOf(state, sweep);
        ordered_json tickets = ordered_json::array();
        for (const dispatch::TicketId id : sweep.tickets)
            tickets.push_back(toString(id));
        sweeps.push_back({{"id", sweep.id},
                          {"name", sweep.name},
                          {"category", sweep.category},
                          {"area", sweep.area},
                          {"openedAt", layers::isoUtc(sweep.openedAt)},
                          {"closed", sweep.closed},
                          {"done", progress.done},
                          {"all", progress.all},
                          {"tickets", std::move(tickets)}});
        answer.say(sweep.id + "  " + sweep.name + "  " + std::to_string(progress.done) + "/" +
                   std::to_string(progress.all) + (sweep.closed ? "  closed" : ""));
    }
    answer.give({{"sweeps", std::move(sweeps)}});
    return done;
}

layers::Problem usage(std::string said) {
    return {layers::Problem::Kind::usage, {"sweepNeeds", {{"said", std::move(said)}}}};
}

int execute(const Common& common, const SweepWords& words) {
    const Answer answer = common.answer();
    if (words.word == "open" && (words.category.empty() || words.area.empty()))
        return answer.fail(usage("sweep open --category --area"));
    if (words.word == "close" && (words.id.empty() || words.reason.empty()))
        return answer.fail(usage("sweep close S1 --reason"));
    const auto session = openSession(common, words.actor, words.workstation);
    if (!session)
        return answer.fail(session.problem());
    if (words.word == "list")
        return list(answer, session.value()->state());
    if (words.word == "close")
        return giveOutcome(answer, session.value()->execute(dispatch::CloseSweep{words.id, words.reason},
                                                            words.commandId));
    auto sweep = dispatch::sweepOf(*session.value(), words.category, words.area, words.name,
                                   layers::SystemClock().now());
    if (!sweep)
        return answer.fail(sweep.problem());
    return giveOutcome(answer, session.value()->execute(std::move(sweep).value(), words.commandId));
}

} // namespace

void addSweep(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("sweep", "joint operations: one ticket in each area below another");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<SweepWords>();
    verb->add_option("WORD", words->word, "open list close")
        ->required()
        ->check(CLI::IsMember({"open", "list", "close"}));
    verb->add_option("ID", words->id, "S1, with close");
    verb->add_option("--category", words->category, "category of the tickets, with open");
    verb->add_option("--area", words->area, "code or name of the area whose parts get a ticket each, with open");
    verb->add_option("--name", words->name, "what it is called; else as the area");
    verb->add_option("--reason", words->reason, "why it is closed");
    verb->add_option("--command-id", words->commandId, "makes a retry harmless");
    verb->add_option("--actor", words->actor, "who says it");
    verb->add_option("--workstation", words->workstation, "from where");
    verb->callback([=, &run = verbs.run] { run = [=] { return execute(*common, *words); }; });
}

} // namespace vedette::ctl
