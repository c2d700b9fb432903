// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/sample.h"

#include "night.h"
#include "writing.h"

#include <fstream>

namespace vedette::ctl {

namespace {

namespace fs = std::filesystem;

layers::Message doing(const char* code) {
    return {code, {}};
}

// An earlier sample may be written over; anything else is somebody's work.
layers::Status prepare(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
        std::ifstream toml(folder / "workspace.toml");
        std::string first;
        std::getline(toml, first);
        if (error || !first.starts_with(sampleMark))
            return layers::refused("folderNotEmpty", {{"path", folder.string()}});
        for (const char* name : {"workspace.toml", "areas.gpkg", "roads.gpkg", "base.gpkg", "base.qgz",
                                 "base-light.qgz", "units.csv", "points.toml", "duties.csv", "places.csv",
                                 "incidents.csv", "journal.sqlite", "journal.sqlite-wal",
                                 "journal.sqlite-shm", "feed.ndjson", "orders.ndjson", "tracks", ".vedette"})
            fs::remove_all(folder / name, error);
    }
    fs::create_directories(folder, error);
    if (error)
        return layers::environment("fileUnwritable", {{"path", folder.string()}, {"cause", error.message()}});
    return layers::Nothing{};
}

} // namespace

layers::Result<SampleCounts> makeSample(const fs::path& folder, const SampleSettings& settings) {
    if (settings.grids < 60)
        return layers::refused("sampleTooSmall", {{"what", "grids"}, {"least", "60"}});
    if (settings.units < 40)
        return layers::refused("sampleTooSmall", {{"what", "units"}, {"least", "40"}});
    if (settings.incidents < 0 || settings.events < 0)
        return layers::refused("sampleTooSmall",
                               {{"what", settings.incidents < 0 ? "incidents" : "events"}, {"least", "0"}});
    const auto at = [&](const char* code, double fraction) {
        if (settings.progress)
            settings.progress(doing(code), fraction);
        return !settings.cancel || !*settings.cancel;
    };
    const layers::Problem cancelled = layers::refused("cancelled");
    if (auto ready = prepare(folder); !ready)
        return ready.problem();
    auto crs = layers::WorkingCrs::named("EPSG:4549");
    if (!crs)
        return crs.problem();

    if (!at("samplePlanning", 0))
        return cancelled;
    Plan plan = planCity(settings.grids, settings.seed);
    Chance chance(settings.seed, "ground");
    Ground ground = layGround(plan, chance);
    Locator locator(plan);
    Town town{
        std::move(plan), std::move(ground), std::move(locator), crs.value(), dutyCatalogue(), {}, {}, {}, {}};
    Chance forPlaces(settings.seed, "places"), forUnits(settings.seed, "units"),
        forPast(settings.seed, "past");
    settlePlaces(town, forPlaces);
    raiseUnits(town, settings.units, forUnits);

    if (!at("sampleWriting", 0.1))
        return cancelled;
    // The workspace file first: it marks the folder as a sample, should the rest be broken off.
    for (auto* write : {+[](const Town&, const fs::path& f) { return writeWorkspace(f); }, &writeAreas,
                        &writeRoads, &writeBase, &writeTables, &writeBasemaps})
        if (auto status = write(town, folder); !status)
            return status.problem();

    if (!at("sampleHistory", 0.2))
        return cancelled;
    const Happening happening(town, settings.seed);
    {
        using namespace std::chrono;
        const layers::Instant till = nightEnd() - hours(8), from = till - days(3 * 365 + 1);
        const auto records = pastRecords(happening, settings.incidents, from, till, forPast);
        if (auto status = writeIncidents(town, records, folder); !status)
            return status.problem();
    }

    SampleCounts counts;
    counts.counties = static_cast<int>(town.plan.counties.size());
    counts.townships = static_cast<int>(town.plan.townships.size());
    counts.communities = static_cast<int>(town.plan.communities.size());
    counts.exclusiveGrids = static_cast<int>(town.plan.exclusives.size());
    counts.grids =
        static_cast<int>(town.plan.level1.size() + town.plan.level2.size() + town.plan.level3.size()) +
        counts.exclusiveGrids;
    counts.bureaus = counts.counties;
    counts.stations = static_cast<int>(town.plan.stations.size());
    counts.beats = static_cast<int>(town.plan.beats.size());
    counts.roads = static_cast<int>(town.ground.roads.size());
    counts.bridges = town.ground.bridges;
    counts.places = static_cast<int>(town.places.size());
    counts.units = static_cast<int>(town.units.size());
    counts.duties = static_cast<int>(town.duties.size());
    counts.classes = 47;
    counts.incidents = settings.incidents;
    if (!at("sampleNight", 0.4))
        return cancelled;
    if (auto status = recordNight(town, happening, settings, folder, counts); !status)
        return status.problem();
    at("sampleDone", 1);
    return counts;
}

} // namespace vedette::ctl
