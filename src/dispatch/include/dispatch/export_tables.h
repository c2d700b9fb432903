// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/state.h"
#include "layers/writer.h"

#include <atomic>

namespace vedette::dispatch {

// Which rows of a layer go out. Empty parts don't narrow.
struct ExportFilter {
    // "column op value [and|or ...]"; op: = != < <= > >= ~ (contains); values bare or in '...'; `and` binds
    // closer than `or`. Numbers compare as numbers, `null` as absence.
    std::string where;
    std::optional<layers::Box> bbox;    // working metres; a row stays when its box meets it
    std::optional<Instant> from, to;    // incidents, tickets, counts: happened in [from, to)
    std::vector<std::string> selection; // codes or ids: values of the first column
    const std::atomic<bool>* cancel = nullptr;
};

// "minLon,minLat,maxLon,maxLat" as a box in working metres. Problem: bboxUnreadable {text}.
layers::Result<layers::Box> boxFromLonLat(const City& city, std::string_view text);

// "incidents tickets units grids exclusiveGrids beats stations bureaus communities townships counties cities
// counts"; "counts:KIND" counts per area of that kind (grids unless said).
const std::vector<std::string>& exportLayers();

// The rows of a layer as they will be written, geometry in working metres, times as ISO UTC. Incidents are
// the history, with the grid and beat they lie in; tickets and units need `state` (units do without: then
// only what the file says). Callers' names and free texts of tickets are private and stay out. Problems:
// exportLayerUnknown {layer,known}, exportNeedsJournal {layer}, whereUnreadable {where,at}, columnUnknown
// {column,known}, cancelled. Blocks; any thread.
layers::Result<layers::ExportTable> exportLayer(const City& city, const State* state, std::string_view layer,
                                                const ExportFilter& filter = {});

} // namespace vedette::dispatch
