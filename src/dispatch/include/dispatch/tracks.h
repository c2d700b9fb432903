// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/positions.h"

#include <filesystem>
#include <functional>

namespace vedette::dispatch {

// The second stream: fixes in hourly columnar segment files under <workspace>/tracks, by receive time. A torn
// tail is cut at the last whole block on opening. One writer; readers open their own.
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
