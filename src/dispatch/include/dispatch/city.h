// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/reference.h"
#include "layers/areas.h"
#include "layers/gazetteer.h"
#include "layers/reader.h"
#include "layers/roads.h"
#include "layers/workspace.h"

namespace vedette::dispatch {

// One incident of the history file.
struct PastIncident {
    std::string id, category, text;
    layers::Instant at{};
    layers::Point where;
    LonLat lonLat;
    int severity = 3;
    std::uint32_t source = 0, feature = 0; // City::historySources[source], its feature
};

// A workspace read into memory: the ground and the reference data. Immutable once loaded; any thread.
struct City {
    layers::Workspace workspace;
    layers::WorkingCrs crs;
    layers::TimeZone zone;
    layers::Areas areas;
    layers::Roads roads;
    layers::Gazetteer gazetteer;
    std::vector<PastIncident> history; // by time
    std::vector<layers::Snapshot> historySources;
    std::vector<layers::SourceSpec> historySpecs; // one for each of historySources
    std::vector<UnitFacts> units;
    std::vector<Duty> duties;
    std::vector<layers::Finding> findings;
};

struct LoadOptions {
    layers::ReadOptions read;
    bool history = true, gazetteer = true, roads = true; // leave out what a verb doesn't need
    std::function<void(const Message& doing, double fraction)> progress{}; // readingSource {path}
};
// A missing or broken source is a finding, not a failure; only a workspace that cannot be understood is a
// problem.
layers::Result<std::shared_ptr<const City>> loadCity(const std::filesystem::path& folder,
                                                     const LoadOptions& options = {});

// Everything `vedettectl check` says: City's findings, and what only shows across files (times that claim UTC
// but are local, records whose own area differs from the polygon they lie in, swapped lon/lat, points outside
// the city, duplicate ids, code columns of two types, overlaps and gaps within a level). Of many alike it names
// the count and the first five.
std::vector<layers::Finding> checkCity(const City& city);

} // namespace vedette::dispatch
