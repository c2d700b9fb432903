// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"
#include "dispatch/past_choice.h"
#include "layers/number_text.h"
#include "layers/statistics.h"
#include "map/renderer.h"

#include <QImage>

#include <chrono>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct HeatWords {
    double bandwidth = 800, halfLife = 0;
    double share = 0.05;
    std::string size, kernel = "quartic", weight, category, hours, weekdays, from, to, until;
    std::filesystem::path out;
};

struct Period {
    layers::Instant from{}, till{};
    double days() const {
        return std::max(1.0, std::chrono::duration<double, std::ratio<86400>>(till - from).count());
    }
};

layers::Result<Period> period(const dispatch::City& city, const HeatWords& words) {
    Period period;
    if (const auto& history = *city.history; !history.empty())
        period = {history.at(0), history.at(history.size() - 1) + std::chrono::milliseconds(1)};
    for (const auto& [text, into] :
         {std::pair{&words.from, &period.from}, std::pair{&words.to, &period.till}}) {
        if (text->empty())
            continue;
        const auto at = instant(*text, city.zone);
        if (!at)
            return at.problem();
        *into = at.value();
    }
    return period;
}

// What happened after the period: what the surface should have pointed at.
std::vector<layers::Point> laterPlaces(const dispatch::City& city, const dispatch::PastChoice& later) {
    std::vector<layers::Point> places;
    dispatch::eachPast(city, later, [&](const dispatch::PastIncident& past) { places.push_back(past.where); });
    return places;
}

bool readSize(const std::string& text, int& width, int& height) {
    return std::sscanf(text.c_str(), "%dx%d", &width, &height) == 2 && width > 0 && height > 0 &&
           width <= 20'000 && height <= 20'000;
}

layers::Status writePng(const layers::HeatSurface& surface, double scaleMax,
                        const std::filesystem::path& file) {
    QImage image(surface.width, surface.height, QImage::Format_ARGB32);
    for (int row = 0; row < surface.height; ++row)
        for (int column = 0; column < surface.width; ++column) {
            const auto value = surface.values[static_cast<std::size_t>(row) * surface.width + column];
            const double fraction = scaleMax > 0 ? std::clamp(value / scaleMax, 0.0, 1.0) : 0;
            image.setPixelColor(column, row, map::heatColour(fraction, map::Theme::dark));
        }
    if (image.save(QString::fromStdString(file.string())))
        return layers::Nothing{};
    return layers::environment("fileNotWritten", {{"path", file.string()}});
}

int heat(const Common& common, const HeatWords& words) {
    const Answer answer = common.answer();
    const auto loaded = load(common, true, false, false);
    if (!loaded)
        return answer.fail(loaded.problem());
    const dispatch::City& city = *loaded.value();
    const auto span = period(city, words);
    if (!span)
        return answer.fail(span.problem());
    const auto hours = dispatch::weekHours(words.hours, words.weekdays);
    if (!hours)
        return answer.fail({layers::Problem::Kind::usage,
                            {"hoursUnreadable", {{"said", words.hours + " " + words.weekdays}}}});
    dispatch::PastChoice choice{span.value().from, span.value().till, words.category, *hours};
    layers::HeatSettings settings;
    settings.bandwidthMetres = words.bandwidth;
    settings.kernel = words.kernel == "gaussian" ? layers::Kernel::gaussian : layers::Kernel::quartic;
    settings.halfLifeDays = words.halfLife;
    settings.days = span.value().days();
    settings.extent = city.areas.extent();
    if (settings.extent.empty())
        for (const dispatch::PastIncident incident : *city.history)
            settings.extent.add(incident.where);
    if (settings.extent.empty())
        return answer.fail(layers::refused("extentEmpty"));
    settings.width = 1024;
    settings.height = std::max(
        1, static_cast<int>(1024 * settings.extent.height() / std::max(settings.extent.width(), 1e-9)));
    if (!words.size.empty() && !readSize(words.size, settings.width, settings.height))
        return answer.fail({layers::Problem::Kind::usage, {"sizeUnreadable", {{"said", words.size}}}});
    auto input = dispatch::heatPoints(city, choice, !words.weight.empty());
    std::erase_if(input, [&](const layers::HeatPoint& point) { return !city.areas.extent().contains(point.at); });
    const auto begun = std::chrono::steady_clock::now();
    const auto surface = layers::heat(input, settings);
    if (!surface)
        return answer.fail(surface.problem());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    const std::string end = words.out.extension().string();
    const auto written = end == ".png" || end == ".PNG"
                             ? writePng(surface.value(), surface.value().max, words.out)
                             : layers::writeGeoTiff(surface.value(), city.workspace.crs, settings, words.out);
    if (!written)
        return answer.fail(written.problem());
    std::optional<layers::BackTest> test;
    if (!words.until.empty()) {
        const auto until = instant(words.until, city.zone);
        if (!until)
            return answer.fail(until.problem());
        choice.from = span.value().till, choice.till = until.value();
        test = layers::backTest(surface.value(), laterPlaces(city, choice), words.share);
    }
    answer.say(std::to_string(input.size()) + " points over " + std::to_string(settings.days) +
               " days, highest " + std::to_string(surface.value().max) + " events/km2/day");
    ordered_json given{{"points", input.size()},
                       {"days", settings.days},
                       {"seconds", took.count()},
                       {"max", surface.value().max},
                       {"units", "events/km2/day"},
                       {"out", words.out.string()}};
    if (test) {
        answer.say(layers::fixedText(test->areaShare * 100, 1) + " % of the ground held " +
                   layers::fixedText(test->hitShare * 100, 1) + " % of " + std::to_string(test->events) +
                   " later incidents: PAI " + layers::fixedText(test->pai, 2) + ", PEI " +
                   layers::fixedText(test->pei, 2));
        given["back_test"] = {{"area_share", test->areaShare}, {"hit_share", test->hitShare},
                              {"pai", test->pai},              {"pei", test->pei},
                              {"events", test->events},        {"outside", test->outside}};
    }
    answer.give(given);
    return done;
}

} // namespace

void addHeat(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("heat", "risk surface as GeoTIFF or PNG, events/km2/day");
    const auto common = addCommon(*verb);
    const auto words = std::make_shared<HeatWords>();
    verb->add_option("--bandwidth", words->bandwidth, "metres")->required()->check(CLI::Range(1.0, 1e6));
    verb->add_option("--out", words->out, "F.tif or F.png")->required();
    verb->add_option("--size", words->size, "WxH in pixels; 1024 wide unless said");
    verb->add_option("--kernel", words->kernel)->check(CLI::IsMember({"quartic", "gaussian"}));
    verb->add_option("--weight", words->weight, "severity: graver incidents weigh more")
        ->check(CLI::IsMember({"severity"}));
    verb->add_option("--half-life", words->halfLife, "days after which an incident counts half");
    verb->add_option("--category", words->category, "only categories that start so");
    verb->add_option("--hours", words->hours, "of the day, as 22-6,12; the end is left out");
    verb->add_option("--weekdays", words->weekdays, "as mon-fri,sun or 1-5,7");
    verb->add_option("--from", words->from, "ISO time");
    verb->add_option("--to", words->to, "ISO time");
    const auto to = verb->get_option("--to");
    verb->add_option("--until", words->until, "ISO time: tests the surface on what happened from --to until then")
        ->needs(to);
    verb->add_option("--share", words->share, "of the ground that the test may point at; 0.05 unless said")
        ->check(CLI::Range(1e-6, 1.0));
    verb->callback([=, &run = verbs.run] { run = [=] { return heat(*common, *words); }; });
}

} // namespace vedette::ctl
