// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_ask.h"

#include <algorithm>
#include <chrono>

namespace vedette::ctl {

namespace {

struct Period {
    layers::Instant from{}, till{};
    double days() const {
        return std::max(1.0, std::chrono::duration<double, std::ratio<86400>>(till - from).count());
    }
};

layers::Result<Period> period(const dispatch::City& city, const HeatAsk& ask) {
    Period period;
    if (const auto& history = *city.history; !history.empty())
        period = {history.at(0), history.at(history.size() - 1) + std::chrono::milliseconds(1)};
    if (const auto read =
            instants<layers::Instant>({{&ask.from, &period.from}, {&ask.to, &period.till}}, city.zone);
        !read)
        return read.problem();
    return period;
}

} // namespace

std::vector<CLI::Option*> addHeatOptions(CLI::App& verb, HeatAsk& into) {
    return {
        verb.add_option("--bandwidth", into.bandwidth, "metres")->check(CLI::Range(1.0, 1e6)),
        verb.add_option("--kernel", into.kernel)->check(CLI::IsMember({"quartic", "gaussian"})),
        verb.add_option("--weight", into.weight, "severity: graver incidents weigh more")
            ->check(CLI::IsMember({"severity"})),
        verb.add_option("--half-life", into.halfLife, "days after which an incident counts half"),
        verb.add_option("--category", into.category, "only categories that start so"),
        verb.add_option("--hours", into.hours, "of the day, as 22-6,12; the end is left out"),
        verb.add_option("--weekdays", into.weekdays, "as mon-fri,sun or 1-5,7"),
        verb.add_option("--from", into.from, "ISO time"),
        verb.add_option("--to", into.to, "ISO time"),
    };
}

layers::Result<MadeHeat> makeHeat(const dispatch::City& city, const HeatAsk& ask, int width, int height) {
    const auto span = period(city, ask);
    if (!span)
        return span.problem();
    const auto hours = dispatch::weekHours(ask.hours, ask.weekdays);
    if (!hours)
        return layers::Problem{layers::Problem::Kind::usage,
                               {"hoursUnreadable", {{"said", ask.hours + " " + ask.weekdays}}}};
    MadeHeat out;
    out.choice = {span.value().from, span.value().till, ask.category, *hours};
    layers::HeatSettings& settings = out.settings;
    settings.bandwidthMetres = ask.bandwidth;
    settings.kernel = ask.kernel == "gaussian" ? layers::Kernel::gaussian : layers::Kernel::quartic;
    settings.halfLifeDays = ask.halfLife;
    settings.days = span.value().days();
    settings.extent = city.areas.extent();
    if (settings.extent.empty())
        for (const dispatch::PastIncident incident : *city.history)
            settings.extent.add(incident.where);
    if (settings.extent.empty())
        return layers::refused("extentEmpty");
    settings.width = width;
    settings.height = height > 0 ? height
                                 : std::max(1, static_cast<int>(width * settings.extent.height() /
                                                                std::max(settings.extent.width(), 1e-9)));
    auto points = dispatch::heatPoints(city, out.choice, !ask.weight.empty());
    std::erase_if(points,
                  [&](const layers::HeatPoint& point) { return !settings.extent.contains(point.at); });
    out.points = points.size();
    const auto begun = std::chrono::steady_clock::now();
    auto surface = layers::heat(points, settings);
    if (!surface)
        return surface.problem();
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    out.surface = std::move(surface).value();
    return out;
}

} // namespace vedette::ctl
