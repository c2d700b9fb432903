// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"
#include "ctl/wording.h"

#include <cmath>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

ordered_json toJson(const std::vector<layers::Message>& messages) {
    ordered_json json = ordered_json::array();
    for (const layers::Message& message : messages)
        json.push_back(ctl::toJson(message));
    return json;
}

std::string words(const std::vector<layers::Message>& messages) {
    std::string out;
    for (const layers::Message& message : messages)
        out += (out.empty() ? "" : ", ") + word(message, layers::Language::english);
    return out;
}

double tenths(double value) {
    return std::round(value * 10) / 10;
}

ordered_json toJson(const dispatch::Candidate& candidate) {
    return {{"unit", candidate.unit.text},
            {"role", toString(candidate.role)},
            {"part", candidate.part == dispatch::Part::lead ? "lead" : "joint"},
            {"metres", tenths(candidate.metres)},
            {"seconds", tenths(candidate.seconds)},
            {"method", candidate.method},
            {"basis", wording(candidate.where.basis)},
            {"owner", candidate.owner},
            {"load", candidate.load},
            {"capacity", candidate.capacity},
            {"fix_age_s", candidate.where.fixAge
                              ? ordered_json(static_cast<double>(candidate.where.fixAge->count()) / 1000)
                              : ordered_json(nullptr)},
            {"why", toJson(candidate.why)}};
}

int recommend(const Common& common, const LonLatOption& at, const std::string& category, std::size_t limit) {
    const Answer answer = common.answer();
    const auto session = openSession(common);
    if (!session)
        return answer.fail(session.problem());
    dispatch::Request request;
    request.at = {at.lon, at.lat};
    request.category = category;
    request.limit = limit;
    request.now = layers::SystemClock().now();
    (void)*session.value()->city()->routes;
    const dispatch::Recommendation result = session.value()->recommend(request);

    ordered_json candidates = ordered_json::array(), unsuitable = ordered_json::array();
    int place = 0;
    for (const dispatch::Candidate& candidate : result.candidates) {
        candidates.push_back(toJson(candidate));
        answer.say(std::to_string(++place) + "  " + candidate.unit.text + "  " + minutes(candidate.seconds) +
                   "  " + std::to_string(std::lround(candidate.metres)) +
                   (candidate.method == "road" ? " m by road  " : " m straight  ") + words(candidate.why));
    }
    for (const dispatch::Unsuitable& unit : result.unsuitable) {
        unsuitable.push_back({{"unit", unit.unit.text},
                              {"metres", tenths(unit.metres)},
                              {"seconds", tenths(unit.seconds)},
                              {"reasons", toJson(unit.reasons)}});
        answer.say("-  " + unit.unit.text + "  " + minutes(unit.seconds) + "  " + words(unit.reasons));
    }
    if (result.candidates.empty())
        answer.say("nobody can be recommended: " + words(result.flags));
    answer.give({{"candidates", std::move(candidates)},
                 {"unsuitable", std::move(unsuitable)},
                 {"flags", toJson(result.flags)},
                 {"areas", result.areas},
                 {"duty", result.duty.category}});
    return done;
}

} // namespace

void addRecommend(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("recommend", "who should go, ranked, and who not and why");
    const auto common = addCommon(*verb, true);
    const auto at = std::make_shared<LonLatOption>();
    const auto category = std::make_shared<std::string>();
    const auto limit = std::make_shared<std::size_t>(5);
    addLonLat(*verb, "--at", *at, "LON,LAT in degrees")->required();
    verb->add_option("--category", *category, "category of the incident")->required();
    verb->add_option("--limit", *limit, "how many lead candidates")->check(CLI::Range(1, 1000));
    verb->callback(
        [=, &run = verbs.run] { run = [=] { return recommend(*common, *at, *category, *limit); }; });
}

} // namespace vedette::ctl
