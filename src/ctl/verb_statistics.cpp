// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"
#include "dispatch/area_statistics.h"
#include "layers/number_text.h"

#include <algorithm>
#include <cmath>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t mostSaid = 10;

struct StatisticsWords {
    std::string by = "beat", from, to, beforeFrom, beforeTo, hours, weekdays;
    std::filesystem::path out;
    dispatch::StatisticsAsk ask;
};

ordered_json orNull(double value) {
    return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
}

ordered_json toJson(const dispatch::City& city, const dispatch::AreaStatistics& statistics) {
    ordered_json areas = ordered_json::array();
    for (const auto& row : statistics.rows) {
        ordered_json one{{"code", city.areas[row.area].code},
                         {"name", city.areas[row.area].name},
                         {"count", row.count},
                         {"km2", row.km2},
                         {"rate", orNull(row.rate)},
                         {"shrunk", orNull(row.shrunk)},
                         {"gi_z", row.z},
                         {"gi_p", row.chance},
                         {"gi_q", row.q},
                         {"spot", dispatch::toString(row.spot)}};
        if (statistics.daysBefore > 0)
            one.update({{"before", row.before},
                        {"change", row.change.ratio ? ordered_json(*row.change.ratio) : ordered_json(nullptr)},
                        {"change_p", row.change.chance}});
        areas.push_back(std::move(one));
    }
    return {{"incidents", statistics.incidents},
            {"outside", statistics.outside},
            {"days", statistics.days},
            {"days_before", statistics.daysBefore},
            {"mean_rate", statistics.meanRate},
            {"reach_m", statistics.reachMetres},
            {"units", "events/km2/day"},
            {"hour_of_week", statistics.clock},
            {"areas", std::move(areas)}};
}

void sayHottest(const Answer& answer, const dispatch::City& city, const dispatch::AreaStatistics& statistics) {
    std::vector<const dispatch::AreaStatistics::Row*> hot;
    for (const auto& row : statistics.rows)
        if (row.spot == dispatch::Spot::hot)
            hot.push_back(&row);
    std::ranges::sort(hot, std::greater{}, &dispatch::AreaStatistics::Row::z);
    answer.say(std::to_string(statistics.incidents) + " incidents, " + std::to_string(statistics.rows.size()) +
               " areas, " + std::to_string(hot.size()) + " hot");
    for (std::size_t i = 0; i < std::min(hot.size(), mostSaid); ++i) {
        const auto& area = city.areas[hot[i]->area];
        answer.say("hot  " + area.code + " " + area.name + "  " + std::to_string(hot[i]->count) +
                   " incidents, z " + layers::fixedText(hot[i]->z, 2));
    }
}

int statistics(const Common& common, StatisticsWords words) {
    const Answer answer = common.answer();
    words.ask.kind = layers::areaKind(words.by).value_or(layers::AreaKind::beat); // checked when it was read
    const auto hours = dispatch::weekHours(words.hours, words.weekdays);
    if (!hours)
        return answer.fail({layers::Problem::Kind::usage,
                            {"hoursUnreadable", {{"said", words.hours + " " + words.weekdays}}}});
    words.ask.hours = *hours;
    const auto loaded = load(common, true, false, false);
    if (!loaded)
        return answer.fail(loaded.problem());
    const dispatch::City& city = *loaded.value();
    if (const auto& history = *city.history; !history.empty())
        words.ask.from = history.at(0),
        words.ask.till = history.at(history.size() - 1) + std::chrono::milliseconds(1);
    const auto read = instants<layers::Instant>({{&words.from, &words.ask.from},
                                                 {&words.to, &words.ask.till},
                                                 {&words.beforeFrom, &words.ask.beforeFrom},
                                                 {&words.beforeTo, &words.ask.beforeTill}},
                                                city.zone);
    if (!read)
        return answer.fail(read.problem());
    if (words.ask.till <= words.ask.from)
        return answer.fail(layers::refused("periodEmpty"));
    const auto found = dispatch::areaStatistics(city, words.ask);
    if (!words.out.empty()) {
        layers::ExportSettings settings;
        settings.workingCrs = city.workspace.crs;
        const auto report =
            layers::exportTable(dispatch::statisticsTable(city, words.ask.kind, found), settings, words.out);
        if (!report)
            return answer.fail(report.problem());
        answer.say(std::to_string(report.value().features) + " areas written to " + words.out.string());
    }
    sayHottest(answer, city, found);
    answer.give(toJson(city, found));
    return done;
}

} // namespace

void addStatistics(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand(
        "statistics", "rates per area, hot and cold spots, change between two periods, hours of the week");
    const auto common = addCommon(*verb);
    const auto words = std::make_shared<StatisticsWords>();
    verb->add_option("--by", words->by, "the kind of area; beat unless said")
        ->check(CLI::IsMember({"city", "county", "township", "community", "grid", "bureau", "station", "beat"}));
    verb->add_option("--from", words->from, "ISO time; the history's first unless said");
    verb->add_option("--to", words->to, "ISO time; the history's last unless said");
    const auto from = verb->add_option("--before-from", words->beforeFrom, "the period to compare with");
    const auto to = verb->add_option("--before-to", words->beforeTo);
    from->needs(to);
    to->needs(from);
    verb->add_option("--category", words->ask.category, "only categories that start so");
    verb->add_option("--hours", words->hours, "of the day, as 22-6,12; the end is left out");
    verb->add_option("--weekdays", words->weekdays, "as mon-fri,sun or 1-5,7");
    verb->add_option("--reach", words->ask.reachMetres, "areas whose middles are so near, in metres, are neighbours")
        ->check(CLI::Range(1.0, 1e6));
    verb->add_option("--false-share", words->ask.falseShare, "how many of the spots may be false; 0.05 unless said")
        ->check(CLI::Range(1e-6, 0.5));
    verb->add_option("--out", words->out, "the table as a layer, in any OGR format");
    verb->callback([=, &run = verbs.run] { run = [=] { return statistics(*common, *words); }; });
}

} // namespace vedette::ctl
