// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_ask.h"
#include "layers/number_text.h"
#include "layers/statistics.h"
#include "map/renderer.h"

#include <QImage>

#include <algorithm>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct HeatWords {
    HeatAsk ask;
    double share = 0.05;
    std::string size, until;
    std::filesystem::path out;
};

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

int giveHeat(const Common& common, const HeatWords& words) {
    const Answer answer = common.answer();
    const auto loaded = load(common, true, false, false);
    if (!loaded)
        return answer.fail(loaded.problem());
    const dispatch::City& city = *loaded.value();
    int width = 1024, height = 0;
    if (!words.size.empty() && !readSize(words.size, width, height))
        return answer.fail({layers::Problem::Kind::usage, {"sizeUnreadable", {{"said", words.size}}}});
    const auto made = makeHeat(city, words.ask, width, height);
    if (!made)
        return answer.fail(made.problem());
    const MadeHeat& heat = made.value();
    const std::string end = words.out.extension().string();
    const auto written = end == ".png" || end == ".PNG"
                             ? writePng(heat.surface, heat.surface.max, words.out)
                             : layers::writeGeoTiff(heat.surface, city.workspace.crs, heat.settings, words.out);
    if (!written)
        return answer.fail(written.problem());
    std::optional<layers::BackTest> test;
    if (!words.until.empty()) {
        const auto until = instant(words.until, city.zone);
        if (!until)
            return answer.fail(until.problem());
        dispatch::PastChoice later = heat.choice;
        later.from = heat.choice.till, later.till = until.value();
        test = layers::backTest(heat.surface, laterPlaces(city, later), words.share);
    }
    answer.say(std::to_string(heat.points) + " points over " + std::to_string(heat.settings.days) +
               " days, highest " + std::to_string(heat.surface.max) + " events/km2/day");
    ordered_json given{{"points", heat.points},
                       {"days", heat.settings.days},
                       {"seconds", heat.seconds},
                       {"max", heat.surface.max},
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
    addHeatOptions(*verb, words->ask).front()->required();
    verb->add_option("--out", words->out, "F.tif or F.png")->required();
    verb->add_option("--size", words->size, "WxH in pixels; 1024 wide unless said");
    const auto to = verb->get_option("--to");
    verb->add_option("--until", words->until, "ISO time: tests the surface on what happened from --to until then")
        ->needs(to);
    verb->add_option("--share", words->share, "of the ground that the test may point at; 0.05 unless said")
        ->check(CLI::Range(1e-6, 1.0));
    verb->callback([=, &run = verbs.run] { run = [=] { return giveHeat(*common, *words); }; });
}

} // namespace vedette::ctl
