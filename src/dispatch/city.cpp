// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/city.h"

#include <algorithm>
#include <future>

namespace vedette::dispatch {

using layers::Finding;
using layers::Snapshot;
using layers::SourceSpec;

namespace {

// Reads sources one after the other; what can't be read is a finding.
class Loader {
public:
    Loader(const layers::Workspace& workspace, layers::ReadOptions read)
        : w_(workspace), read_(std::move(read)) {}
    std::vector<Finding> findings;

    void tell(std::function<void(const Message&, double)> progress, std::size_t sources) {
        progress_ = std::move(progress), total_ = double(std::max<std::size_t>(sources, 1));
    }
    std::optional<Snapshot> read(const SourceSpec& spec) {
        layers::ReadOptions reading = read_;
        if (progress_) {
            const double from = double(done_) / total_;
            const Message doing{"readingSource", {{"path", spec.source}}};
            progress_(doing, from);
            reading.progress = [this, from, doing](double fraction) {
                progress_(doing, from + fraction / total_);
            };
        }
        ++done_;
        auto snapshot = layers::readSource(w_, spec, reading);
        if (!snapshot) {
            findings.push_back({Finding::Severity::error, snapshot.problem().message, spec.source, -1, {}});
            return std::nullopt;
        }
        const auto& found = snapshot.value().findings();
        findings.insert(findings.end(), found.begin(), found.end());
        return std::move(snapshot).value();
    }
    std::vector<Snapshot> readAll(const std::vector<SourceSpec>& specs) {
        std::vector<Snapshot> all;
        for (const SourceSpec& spec : specs)
            if (auto snapshot = read(spec))
                all.push_back(std::move(*snapshot));
        return all;
    }
    void lacks(const char* code) {
        findings.push_back({Finding::Severity::warning, {code, {}}, "workspace.toml", -1, {}});
    }

private:
    const layers::Workspace& w_;
    const layers::ReadOptions read_;
    std::function<void(const Message&, double)> progress_;
    std::size_t done_ = 0;
    double total_ = 1;
};

layers::Areas readAreas(Loader& loader, const layers::Workspace& w) {
    std::vector<layers::Areas::Layer> found;
    for (const layers::AreaSource& source : w.areas) {
        const auto kind = layers::areaKind(source.kind);
        if (!kind)
            loader.findings.push_back({Finding::Severity::error,
                                       {"areaKindUnknown", {{"kind", source.kind}}},
                                       source.spec.source,
                                       -1,
                                       {}});
        else if (auto snapshot = loader.read(source.spec))
            found.push_back({*kind, std::move(*snapshot)});
    }
    if (w.areas.empty())
        loader.lacks("noAreas");
    return layers::Areas::build(std::move(found), &loader.findings);
}

std::vector<UnitFacts> readUnits(Loader& loader, const layers::Workspace& w) {
    std::vector<UnitFacts> units;
    for (const Snapshot& source : loader.readAll(w.units)) {
        auto some = unitsFrom(source, w.crs, &loader.findings);
        if (units.empty())
            units = std::move(some);
        else
            std::move(some.begin(), some.end(), std::back_inserter(units));
        source.forget();
    }
    if (w.units.empty())
        loader.lacks("noUnits");
    if (w.units.size() < 2)
        return units; // sorted and each once already
    std::stable_sort(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < units.size(); ++i)
        if (units[i].id == units[i - 1].id)
            loader.findings.push_back({Finding::Severity::error,
                                       {"unitInTwoSources", {{"unit", units[i].id.text}}},
                                       "workspace.toml",
                                       -1,
                                       units[i].id.text});
    units.erase(
        std::unique(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.id == b.id; }),
        units.end());
    return units;
}

std::vector<Duty> readDuties(Loader& loader, const layers::Workspace& w) {
    std::vector<Duty> duties;
    for (const Snapshot& source : loader.readAll(w.duties)) {
        auto some = dutiesFrom(source, &loader.findings);
        std::move(some.begin(), some.end(), std::back_inserter(duties));
    }
    if (w.duties.empty())
        loader.lacks("noDuties");
    std::stable_sort(duties.begin(), duties.end(),
                     [](const Duty& a, const Duty& b) { return a.category < b.category; });
    return duties;
}

History readHistory(Loader& loader, const layers::Workspace& w, const layers::TimeZone& zone) {
    std::vector<History::Source> sources;
    for (const SourceSpec& spec : w.incidents)
        if (auto table = loader.read(spec))
            sources.push_back({std::move(*table), spec});
    return History::build(std::move(sources), zone, std::move(loader.findings));
}

} // namespace

City::City(layers::WorkingCrs workingCrs, layers::TimeZone timeZone)
    : crs(std::move(workingCrs)), zone(std::move(timeZone)), areas(layers::Areas::build({})),
      roll(std::make_shared<const Roll>(std::vector<UnitFacts>{})),
      closing(std::make_shared<std::atomic<bool>>(false)) {}

layers::Result<std::shared_ptr<const City>> loadCity(const std::filesystem::path& folder,
                                                     const LoadOptions& options) {
    auto workspace = layers::loadWorkspace(folder);
    if (!workspace)
        return workspace.problem();
    const layers::Workspace& w = workspace.value();
    // Areas and units take as long as each other: they are read side by side.
    Loader loader(w, options.read), besides(w, options.read);
    auto units = std::async(std::launch::async,
                            [&besides, &w] { return std::make_shared<const Roll>(readUnits(besides, w)); });
    auto crs = layers::WorkingCrs::named(w.crs);
    if (!crs)
        return crs.problem();
    auto zone = layers::TimeZone::named(w.timeZone);
    if (!zone)
        return zone.problem();
    auto city = std::make_shared<City>(crs.value(), zone.value());
    city->workspace = w;
    std::size_t due = w.areas.size() + w.duties.size();
    if (!options.later)
        due += (options.history ? w.incidents.size() : 0) + (options.roads ? w.roads.size() : 0) +
               (options.gazetteer ? w.gazetteer.size() : 0);
    if (options.progress)
        loader.tell(options.progress, due);

    city->areas = readAreas(loader, w);
    city->duties = readDuties(loader, w);
    if (options.progress && !w.units.empty())
        options.progress({"readingSource", {{"path", w.units.front().source}}}, 0.9);
    city->roll = units.get();
    loader.findings.insert(loader.findings.end(), besides.findings.begin(), besides.findings.end());

    // Each is made by a loader that outlives this call, or now by the one that tells of its progress.
    layers::ReadOptions quietly = options.read;
    quietly.progress = {};
    quietly.cancel = city->closing.get();
    const auto made = [&]<class Make>(bool wanted, Make make) {
        using T = decltype(make(loader));
        if (!wanted)
            return layers::Later<T>();
        if (!options.later)
            return layers::Later<T>(make(loader));
        return layers::Later<T>::madeBy([w, quietly, closing = city->closing, make] {
            Loader own(w, quietly);
            return make(own);
        });
    };
    city->roads = made(options.roads, [w](Loader& by) { return layers::Roads::build(by.readAll(w.roads)); });
    city->routes = layers::Later<layers::CityRoads>::madeBy([w, quietly, closing = city->closing] {
        Loader own(w, quietly);
        return layers::CityRoads::make(own.readAll(w.roads), layers::cacheFolderOf(w, quietly));
    });
    city->gazetteer =
        made(options.gazetteer, [w, roads = city->roads, areas = city->areas, crs = city->crs](Loader& by) {
            // Only the crossings are wanted of them: what nobody else has asked for doesn't stay.
            const layers::Roads* there = roads.ready();
            return layers::Gazetteer::build(by.readAll(w.gazetteer),
                                            there ? *there : layers::Roads::build(by.readAll(w.roads)), areas,
                                            crs);
        });
    city->findings = std::exchange(loader.findings, {});
    city->history =
        made(options.history, [w, zone = city->zone](Loader& by) { return readHistory(by, w, zone); });
    if (options.read.cancel && *options.read.cancel)
        return layers::refused("cancelled");
    return std::shared_ptr<const City>(std::move(city));
}

} // namespace vedette::dispatch
