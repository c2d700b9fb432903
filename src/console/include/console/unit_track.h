// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/positions.h"

#include <atomic>

namespace vedette::console {

// Where a unit was lately, oldest first, in working metres.
struct UnitTrack {
    struct Spot {
        layers::Point at;
        dispatch::Instant when;
    };
    static constexpr std::chrono::minutes shown{30};
    std::vector<Spot> spots;
    // A newer spot, unless the unit hasn't moved; those older than `shown` are dropped.
    void add(layers::Point at, dispatch::Instant when);
};

// The fixes of the last half hour before `now`, from the track log; by fix time. Reads files and may take seconds in
// a large city: on a worker. Cut short by `cancel`.
UnitTrack unitTrack(const dispatch::City& city, const dispatch::UnitId& unit, dispatch::Instant now,
                    const std::atomic<bool>& cancel);

} // namespace vedette::console
