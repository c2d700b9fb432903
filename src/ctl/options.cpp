// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"

#include "dispatch/journal_url.h"

#include <charconv>

namespace vedette::ctl {

namespace {

bool numbers(const std::string& text, std::span<double> into) {
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::size_t i = 0; i < into.size(); ++i) {
        while (at < end && *at == ' ')
            ++at;
        const auto [next, error] = std::from_chars(at, end, into[i]);
        if (error != std::errc{})
            return false;
        at = next;
        if (i + 1 < into.size() && (at == end || *at++ != ','))
            return false;
    }
    return at == end;
}

bool onEarth(double lon, double lat) {
    return lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90;
}

} // namespace

std::shared_ptr<Common> addCommon(CLI::App& verb, bool journal) {
    auto common = std::make_shared<Common>();
    verb.add_option("DIR", common->folder, "the workspace folder")->required();
    verb.add_flag("--json", common->json, "result as JSON on stdout");
    if (journal)
        verb.add_flag("--training", common->training, "the training journal instead of the live one");
    return common;
}

CLI::Option* addLonLat(CLI::App& verb, const std::string& name, LonLatOption& into, const std::string& help) {
    return verb.add_option_function<std::string>(
        name,
        [&into](const std::string& text) {
            double pair[2];
            if (!numbers(text, pair) || !onEarth(pair[0], pair[1]))
                throw CLI::ValidationError("'" + text + "' is not LON,LAT in degrees (longitude first)");
            into = {pair[0], pair[1], true};
        },
        help);
}

CLI::Option* addBox(CLI::App& verb, const std::string& name, BoxOption& into, const std::string& help) {
    return verb.add_option_function<std::string>(
        name,
        [&into](const std::string& text) {
            double b[4];
            if (!numbers(text, b) || !onEarth(b[0], b[1]) || !onEarth(b[2], b[3]) || b[0] >= b[2] ||
                b[1] >= b[3])
                throw CLI::ValidationError("'" + text + "' is not MINLON,MINLAT,MAXLON,MAXLAT in degrees");
            into = {b[0], b[1], b[2], b[3], true};
        },
        help);
}

layers::Box toWorking(const BoxOption& box, const layers::WorkingCrs& crs) {
    layers::Box working;
    constexpr int steps = 16; // a straight edge in degrees is bent in metres
    for (int i = 0; i <= steps; ++i) {
        const double lon = box.minLon + (box.maxLon - box.minLon) * i / steps;
        const double lat = box.minLat + (box.maxLat - box.minLat) * i / steps;
        working.add(crs.toWorking({lon, box.minLat}));
        working.add(crs.toWorking({lon, box.maxLat}));
        working.add(crs.toWorking({box.minLon, lat}));
        working.add(crs.toWorking({box.maxLon, lat}));
    }
    return working;
}

layers::Result<std::shared_ptr<const dispatch::City>> load(const Common& common, bool history, bool gazetteer,
                                                           bool roads) {
    dispatch::LoadOptions options;
    options.history = history, options.gazetteer = gazetteer, options.roads = roads;
    options.progress = [answer = common.answer()](const layers::Message& doing, double) {
        answer.progress(word(doing, layers::Language::english));
    };
    auto city = dispatch::loadCity(common.folder, options);
    common.answer().progress("");
    return city;
}

layers::Result<std::unique_ptr<dispatch::Session>> openSession(const Common& common, const std::string& actor,
                                                               const std::string& workstation) {
    auto city = load(common, false, false, false);
    if (!city)
        return city.problem();
    dispatch::SessionOptions options;
    options.actor = actor, options.workstation = workstation;
    options.feeds = false;
    options.mode = common.mode();
    options.clock = std::make_shared<layers::SystemClock>();
    return dispatch::Session::open(std::move(city).value(), options);
}

layers::Result<OpenJournal> openJournal(const Common& common, bool readOnly) {
    auto workspace = layers::loadWorkspace(common.folder);
    if (!workspace)
        return workspace.problem();
    auto zone = layers::TimeZone::named(workspace.value().timeZone);
    if (!zone)
        return zone.problem();
    dispatch::StoreOptions options;
    options.create = false;
    options.readOnly = readOnly;
    auto store =
        dispatch::openStore(dispatch::journalUrl(workspace.value(), common.mode()), workspace.value().folder,
                            std::make_shared<layers::SystemClock>(), options);
    if (!store)
        return store.problem();
    return OpenJournal{std::move(workspace).value(), std::move(zone).value(), std::move(store).value()};
}

layers::Result<layers::Instant> instant(const std::string& text, const layers::TimeZone& zone) {
    if (const auto at = layers::parseTime(text, zone))
        return *at;
    return layers::Problem{layers::Problem::Kind::usage, {"timeUnreadable", {{"text", text}}}};
}

} // namespace vedette::ctl
