// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/positions.h"

#include <filesystem>
#include <functional>
#include <span>

namespace vedette::dispatch {

// The second stream: fixes in hourly columnar segment files under <workspace>/tracks, by receive time. Kept
// to 1e-7 degrees, 0.01 m/s, 0.1 degrees of course. A torn tail is cut at the last whole block on opening; a
// block whose checksum is wrong ends its segment. Each writing process has files of its own (the first free
// "lane"); readers open their own log and see what was flushed. Receive times that go back within a process
// are taken as the last one. An object belongs to one thread at a time.
// Problems: folderMissing {path}, readOnly {path}, diskFull {path}, trackUnwritable {path,cause}.
class TrackLog {
public:
    static layers::Result<std::unique_ptr<TrackLog>> open(const std::filesystem::path& folder, bool readOnly);
    virtual ~TrackLog() = default;
    virtual layers::Status append(std::span<const Fix> fixes) = 0; // buffered; flush() makes them readable
    virtual layers::Status flush() = 0;
    // Fixes received in (from, till], in receive order.
    virtual void read(Instant from, Instant till, const std::function<void(const Fix&)>& visit) const = 0;
    // The newest fix of every unit received at or before `at`, looking back at most `back`.
    virtual std::vector<std::pair<UnitId, Fix>> lastKnown(Instant at, std::chrono::minutes back) const = 0;
    virtual std::size_t ageOut(Instant before) = 0; // removes whole segments; how many
};

} // namespace vedette::dispatch
