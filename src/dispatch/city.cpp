// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/city.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <thread>

namespace vedette::dispatch {

using layers::Finding;
using layers::Snapshot;
using layers::SourceSpec;

namespace {

class Loader {
public:
    Loader(City& city, const LoadOptions& options) : city_(city), options_(options) {
        const auto& w = city.workspace;
        total_ = w.areas.size() + w.units.size() + w.duties.size();
        if (options.history)
            total_ += w.incidents.size();
        if (options.gazetteer)
            total_ += w.gazetteer.size();
        if (options.roads)
            total_ += w.roads.size();
    }

    std::optional<Snapshot> read(const SourceSpec& spec) {
        layers::ReadOptions reading = options_.read;
        if (options_.progress) {
            const double from = double(done_) / double(std::max<std::size_t>(total_, 1));
            const Message doing{"readingSource", {{"path", spec.source}}};
            options_.progress(doing, from);
            reading.progress = [this, from, doing](double fraction) {
                options_.progress(doing, from + fraction / double(total_));
            };
        }
        ++done_;
        auto snapshot = layers::readSource(city_.workspace, spec, reading);
        if (!snapshot) {
            city_.findings.push_back(
                {Finding::Severity::error, snapshot.problem().message, spec.source, -1, {}});
            return std::nullopt;
        }
        const auto& found = snapshot.value().findings();
        city_.findings.insert(city_.findings.end(), found.begin(), found.end());
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
        city_.findings.push_back({Finding::Severity::warning, {code, {}}, "workspace.toml", -1, {}});
    }

private:
    City& city_;
    const LoadOptions& options_;
    std::size_t total_ = 0, done_ = 0;
};

int severityOf(std::string_view text) {
    int value = 3;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp(value, 1, 4);
}

// Rows without a place or a readable time are no history; how many is a finding.
void addHistory(City& city, const Snapshot& source, const SourceSpec& spec) {
    auto zone = city.zone;
    if (!spec.timeZone.empty()) {
        if (auto named = layers::TimeZone::named(spec.timeZone))
            zone = named.value();
        else
            city.findings.push_back({Finding::Severity::error, named.problem().message, spec.source, -1, {}});
    }
    const int id = source.field("id"), time = source.field("time"), category = source.field("category"),
              severity = source.field("severity"), text = source.field("text");
    const auto number = std::uint32_t(city.historySources.size());
    city.historySources.push_back(source);
    city.historySpecs.push_back(spec);
    if (time < 0 && source.size() > 0)
        city.findings.push_back({Finding::Severity::error,
                                 {"incidentsWithoutTime", {{"path", spec.source}}},
                                 spec.source,
                                 -1,
                                 {}});
    const auto fixedCategory = spec.constants.find("category");

    const unsigned threads =
        source.size() > 50000 ? std::clamp(std::thread::hardware_concurrency(), 1u, 8u) : 1u;
    struct Share {
        std::vector<PastIncident> rows;
        std::vector<std::size_t> placeless, timeless;
    };
    std::vector<Share> shares(threads);
    const auto work = [&](unsigned which) {
        Share& share = shares[which];
        const std::size_t from = source.size() * which / threads,
                          till = source.size() * (which + 1) / threads;
        share.rows.reserve(till - from);
        for (std::size_t feature = from; feature < till; ++feature) {
            if (source.shape(feature) != layers::Shape::point || source.partCount(feature) == 0 ||
                source.part(feature, 0).points.empty()) {
                share.placeless.push_back(feature);
                continue;
            }
            const auto at = layers::parseTime(source.text(feature, time), zone, spec.zulu);
            if (!at) {
                if (time >= 0)
                    share.timeless.push_back(feature);
                continue;
            }
            PastIncident row;
            row.id = source.text(feature, id);
            row.category = source.text(feature, category);
            if (row.category.empty() && fixedCategory != spec.constants.end())
                row.category = fixedCategory->second;
            row.text = source.text(feature, text);
            row.at = *at;
            row.where = source.part(feature, 0).points.front();
            row.lonLat = city.crs.toLonLat(row.where);
            row.severity = severityOf(source.text(feature, severity));
            row.source = number, row.feature = std::uint32_t(feature);
            share.rows.push_back(std::move(row));
        }
    };
    std::vector<std::thread> others;
    for (unsigned which = 1; which < threads; ++which)
        others.emplace_back(work, which);
    work(0);
    for (auto& other : others)
        other.join();

    std::size_t placeless = 0, timeless = 0;
    const auto report = [&](std::size_t feature, const char* code, std::size_t& count) {
        if (++count <= 5)
            city.findings.push_back({Finding::Severity::warning,
                                     {code,
                                      {{"path", spec.source},
                                       {"row", std::to_string(source.row(feature) + 1)},
                                       {"id", std::string(source.text(feature, id))},
                                       {"time", std::string(source.text(feature, time))}}},
                                     spec.source,
                                     source.row(feature),
                                     std::string(source.text(feature, id))});
    };
    std::size_t nowhere = 0;
    for (const Share& share : shares)
        nowhere += share.placeless.size();
    if (nowhere > 0 && nowhere == source.size()) { // not a bad row but a wrong source or a missing mapping
        bool shaped = false;
        for (std::size_t feature = 0; feature < source.size() && !shaped; ++feature)
            shaped =
                source.shape(feature) != layers::Shape::none && source.shape(feature) != layers::Shape::point;
        city.findings.push_back(
            {Finding::Severity::error,
             {shaped ? "incidentsNotPoints" : "incidentsNowhere", {{"path", spec.source}}},
             spec.source,
             -1,
             {}});
        return;
    }
    for (Share& share : shares) {
        std::move(share.rows.begin(), share.rows.end(), std::back_inserter(city.history));
        for (const auto feature : share.placeless)
            report(feature, "incidentWithoutPlace", placeless);
        for (const auto feature : share.timeless)
            report(feature, "incidentTimeUnreadable", timeless);
    }
    for (const auto& [count, code] :
         {std::pair(placeless, "incidentsWithoutPlace"), std::pair(timeless, "incidentTimesUnreadable")})
        if (count > 5)
            city.findings.push_back({Finding::Severity::warning,
                                     {code, {{"path", spec.source}, {"count", std::to_string(count)}}},
                                     spec.source,
                                     -1,
                                     {}});
}

} // namespace

layers::Result<std::shared_ptr<const City>> loadCity(const std::filesystem::path& folder,
                                                     const LoadOptions& options) {
    auto workspace = layers::loadWorkspace(folder);
    if (!workspace)
        return workspace.problem();
    auto crs = layers::WorkingCrs::named(workspace.value().crs);
    if (!crs)
        return crs.problem();
    auto zone = layers::TimeZone::named(workspace.value().timeZone);
    if (!zone)
        return zone.problem();
    auto city = std::make_shared<City>(
        City{workspace.value(), crs.value(), zone.value(), {}, {}, {}, {}, {}, {}, {}, {}, {}});
    Loader loader(*city, options);
    const layers::Workspace& w = city->workspace;

    std::vector<layers::Areas::Layer> areaLayers;
    for (const layers::AreaSource& source : w.areas) {
        const auto kind = layers::areaKind(source.kind);
        if (!kind)
            city->findings.push_back({Finding::Severity::error,
                                      {"areaKindUnknown", {{"kind", source.kind}}},
                                      source.spec.source,
                                      -1,
                                      {}});
        else if (auto snapshot = loader.read(source.spec))
            areaLayers.push_back({*kind, std::move(*snapshot)});
    }
    city->areas = layers::Areas::build(std::move(areaLayers), &city->findings);
    if (w.areas.empty())
        loader.lacks("noAreas");

    std::vector<UnitFacts> units;
    for (const Snapshot& source : loader.readAll(w.units)) {
        auto some = unitsFrom(source, w.crs, &city->findings);
        std::move(some.begin(), some.end(), std::back_inserter(units));
    }
    std::stable_sort(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < units.size(); ++i)
        if (units[i].id == units[i - 1].id)
            city->findings.push_back({Finding::Severity::error,
                                      {"unitInTwoSources", {{"unit", units[i].id.text}}},
                                      "workspace.toml",
                                      -1,
                                      units[i].id.text});
    units.erase(
        std::unique(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.id == b.id; }),
        units.end());
    city->units = std::move(units);
    if (w.units.empty())
        loader.lacks("noUnits");

    for (const Snapshot& source : loader.readAll(w.duties)) {
        auto some = dutiesFrom(source, &city->findings);
        std::move(some.begin(), some.end(), std::back_inserter(city->duties));
    }
    std::stable_sort(city->duties.begin(), city->duties.end(),
                     [](const Duty& a, const Duty& b) { return a.category < b.category; });
    if (w.duties.empty())
        loader.lacks("noDuties");

    if (options.roads)
        city->roads = layers::Roads::build(loader.readAll(w.roads));
    else
        city->roads = layers::Roads::build({});
    if (options.gazetteer)
        city->gazetteer =
            layers::Gazetteer::build(loader.readAll(w.gazetteer), city->roads, city->areas, city->crs);
    else
        city->gazetteer =
            layers::Gazetteer::build({}, layers::Roads::build({}), layers::Areas::build({}), city->crs);

    if (options.history) {
        for (const SourceSpec& spec : w.incidents)
            if (auto snapshot = loader.read(spec))
                addHistory(*city, *snapshot, spec);
        std::stable_sort(city->history.begin(), city->history.end(),
                         [](const PastIncident& a, const PastIncident& b) { return a.at < b.at; });
    }
    if (options.read.cancel && *options.read.cancel)
        return layers::refused("cancelled");
    return std::shared_ptr<const City>(std::move(city));
}

} // namespace vedette::dispatch
