// SPDX-License-Identifier: GPL-3.0-or-later
// roll DIR call|answer|list|close: a roll call from the command line.
#include "ctl/options.h"
#include "dispatch/roll_call.h"

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct RollWords {
    std::string word, roll, actor = "ctl", workstation = "ctl";
    std::vector<std::string> rest;
    LonLatOption at;
    int minutes = 0;
};

std::string restOf(const RollWords& words) {
    std::string text;
    for (const std::string& word : words.rest)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

int list(const Answer& answer, const dispatch::State& state, const layers::TimeZone& zone) {
    ordered_json rolls = ordered_json::array();
    for (const dispatch::RollCall& roll : state.rollCalls()) {
        ordered_json answers = ordered_json::array();
        for (const auto& one : roll.answers) {
            ordered_json json{
                {"unit", one.unit.text}, {"time", layers::isoUtc(one.at)}, {"basis", toString(one.basis)}};
            if (one.placed)
                json["lon"] = one.where.lon, json["lat"] = one.where.lat;
            if (one.late)
                json["late"] = true;
            answers.push_back(std::move(json));
        }
        const auto waiting = roll.waitingFor();
        rolls.push_back({{"id", roll.called.id},
                         {"kind", roll.called.kind},
                         {"scope", roll.called.scope},
                         {"name", roll.called.name},
                         {"asked", roll.called.units.size()},
                         {"called", layers::isoUtc(roll.at)},
                         {"by", roll.by},
                         {"deadline", layers::isoUtc(roll.called.deadline)},
                         {"closed", roll.closed},
                         {"answers", std::move(answers)},
                         {"missing", waiting}});
        answer.say(roll.called.id + "  " + (roll.called.name.empty() ? roll.called.scope : roll.called.name) +
                   "  " + std::to_string(roll.answers.size()) + " of " +
                   std::to_string(roll.called.units.size()) + (roll.closed ? ", closed" : ", till ") +
                   (roll.closed ? "" : layers::clockLocal(roll.called.deadline, zone)));
        for (const std::string& unit : waiting)
            answer.say("  no answer: " + unit);
    }
    answer.give({{"rolls", std::move(rolls)}});
    return done;
}

layers::Result<dispatch::Command> commandOf(const dispatch::Session& session, const RollWords& words) {
    if (words.word == "call") {
        const auto now = layers::SystemClock().now();
        const auto [text, minutes] = dispatch::rollWords(
            restOf(words),
            std::chrono::minutes(words.minutes > 0 ? words.minutes
                                                   : session.city()->workspace.rules.rollMinutes));
        auto roll = dispatch::rollOf(*session.city(), session.state(), text, now);
        if (!roll)
            return roll.problem();
        dispatch::CallRoll call{std::move(roll).value()};
        call.roll.deadline = now + minutes;
        return dispatch::Command{std::move(call)};
    }
    if (words.word == "close")
        return dispatch::Command{dispatch::CloseRoll{words.rest.empty() ? words.roll : words.rest.front()}};
    if (words.rest.empty())
        return layers::Problem{layers::Problem::Kind::usage, {"unitNotNamed", {{"said", words.word}}}};
    dispatch::AnswerRoll answer{words.roll, {words.rest.front()}, words.at.given, {}, {}};
    if (words.at.given)
        answer.at = {words.at.lon, words.at.lat}, answer.basis = dispatch::PositionBasis::declared;
    else
        answer.basis = session.whereabouts(answer.unit, layers::SystemClock().now()).basis;
    return dispatch::Command{std::move(answer)};
}

int execute(const Common& common, const RollWords& words) {
    const Answer answer = common.answer();
    const auto session = openSession(common, words.actor, words.workstation);
    if (!session)
        return answer.fail(session.problem());
    if (words.word == "list")
        return list(answer, session.value()->state(), session.value()->city()->zone);
    const auto command = commandOf(*session.value(), words);
    if (!command)
        return answer.fail(command.problem());
    return giveOutcome(answer, session.value()->execute(command.value(), {}));
}

} // namespace

void addRoll(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("roll", "asks everybody on duty somewhere to answer");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<RollWords>();
    verb->add_option("WORD", words->word, "call answer list close")
        ->required()
        ->check(CLI::IsMember({"call", "answer", "list", "close"}));
    verb->add_option("ARGS", words->rest,
                     "call: beat 12, a code, team A, desk D, city; answer: UNIT; close: RC1");
    verb->add_option("--roll", words->roll, "which one; else every open one that waits for the unit");
    verb->add_option("--minutes", words->minutes, "until when; else the rule's");
    addLonLat(*verb, "--place", words->at, "LON,LAT where the unit says it is");
    verb->add_option("--actor", words->actor, "who says it");
    verb->add_option("--workstation", words->workstation, "from where");
    verb->callback([=, &run = verbs.run] { run = [=] { return execute(*common, *words); }; });
}

} // namespace vedette::ctl
