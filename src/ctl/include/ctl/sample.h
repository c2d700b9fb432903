// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>

namespace vedette::ctl {

// How large a synthetic city shall be. The defaults make one that is committed (under 3 MB).
struct SampleSettings {
    int grids = 349;      // all levels and exclusive ones together; from 60 on
    int units = 412;      // from 40 on
    int incidents = 5000; // rows of the history
    int events = 1000;    // at least so many events in the journal; the last stage of a ticket may add a few
    std::uint64_t seed = 1;
    std::function<void(const layers::Message& doing, double fraction)> progress{}; // on the calling thread
    const std::atomic<bool>* cancel = nullptr;
};

struct SampleCounts {
    int counties = 0, townships = 0, communities = 0, grids = 0, exclusiveGrids = 0;
    int bureaus = 0, stations = 0, beats = 0;
    int roads = 0, bridges = 0, places = 0, units = 0, duties = 0, classes = 0, incidents = 0;
    int events = 0, tickets = 0, fixes = 0;
};

// Writes the synthetic coastal city Binhai as a whole workspace: ground, reference data, history, a recorded
// night in the journal and tracks, a QGIS basemap. Same settings and package versions: same bytes. `folder`
// is made; a folder that holds anything but an earlier sample is refused. Blocks; no exception leaves.
// Problems: sampleTooSmall {what,least}, folderNotEmpty {path}, fileUnwritable {path,cause}, cancelled, and
// the store's.
layers::Result<SampleCounts> makeSample(const std::filesystem::path& folder, const SampleSettings& settings);

} // namespace vedette::ctl
