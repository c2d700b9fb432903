// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/history.h"
#include "dispatch/reference.h"
#include "layers/areas.h"
#include "layers/gazetteer.h"
#include "layers/later.h"
#include "layers/reader.h"
#include "layers/road_routes.h"
#include "layers/roads.h"
#include "layers/workspace.h"

namespace vedette::dispatch {

// A workspace read into memory: the ground and the reference data. Immutable once loaded; any thread. What
// only some questions need is made when it is first asked for.
struct City {
    layers::Workspace workspace;
    layers::WorkingCrs crs;
    layers::TimeZone zone;
    layers::Areas areas;
    std::shared_ptr<const Roll> roll; // never null
    std::vector<Duty> duties;
    std::vector<layers::Finding> findings; // history has its own
    layers::Later<layers::Roads> roads;
    layers::Later<layers::CityRoads> routes; // always later: nobody waits for it who doesn't ask
    layers::Later<layers::Gazetteer> gazetteer;
    layers::Later<History> history;
    // Set by whoever closes the city: what is still being read then is given up.
    std::shared_ptr<std::atomic<bool>> closing;

    City(layers::WorkingCrs workingCrs, layers::TimeZone timeZone);
    const std::vector<UnitFacts>& units() const { return roll->facts; }
};

struct LoadOptions {
    layers::ReadOptions read;
    bool history = true, gazetteer = true, roads = true; // leave out what a verb doesn't need
    bool later = false;                                  // these three are read when they are first asked for
    std::function<void(const Message& doing, double fraction)> progress{}; // readingSource {path}
};
// A missing or broken source is a finding, not a failure; only a workspace that cannot be understood is a
// problem.
layers::Result<std::shared_ptr<const City>> loadCity(const std::filesystem::path& folder,
                                                     const LoadOptions& options = {});

// Everything `vedettectl check` says: City's and History's findings, and what only shows across files (times
// that claim UTC but are local, records whose own area differs from the polygon they lie in, swapped lon/lat,
// points outside the city, duplicate ids, code columns of two types, overlaps and gaps within a level). Of
// many alike it names the count and the first five.
std::vector<layers::Finding> checkCity(const City& city);

} // namespace vedette::dispatch
