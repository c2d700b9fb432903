// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"

#include <chrono>
#include <optional>
#include <vector>

namespace vedette::dispatch {

// The operating figures of a period, in the buckets a city's bulletin uses. Every figure is over the lead
// assignments of tickets opened in [from, till); a step that was not reached is in no bucket.
struct Kpi {
    std::size_t opened = 0, closed = 0, open = 0,
                overdue = 0;          // overdue: open, running deadline over at `now`
    std::size_t onTime = 0, late = 0; // closed with / without every deadline kept
    std::size_t cancelled = 0, merged = 0, returned = 0, transferred = 0, reopened = 0, escalated = 0;
    std::size_t overrides = 0; // assignments with an override reason

    struct Buckets {
        std::vector<std::chrono::seconds> bounds; // upper bounds; the last bucket is open
        std::vector<std::size_t> counts;          // bounds.size() + 1
        std::optional<std::chrono::seconds> median;
    };
    Buckets signFor;  // sent -> accepted: 30 60 120 180 s
    Buckets turnOut;  // accepted -> on scene: 5 10 15 30 min
    Buckets feedback; // on scene -> handled: 30 60 120 240 min
    struct Slow {
        std::string station; // code of the station or community
        std::chrono::seconds median{0};
    };
    std::optional<Slow> slowest; // by median turn-out, of those with at least three
};

// Whether every deadline that stood was kept by the lead assignment.
bool keptDeadlines(const Ticket& ticket);

// `stationOf` words a ticket's station (from its area codes); empty: the ticket counts for
// none. Without the function nobody is the slowest. `counts`: which tickets; without it all.
Kpi kpi(const State& state, Instant from, Instant till, Instant now,
        const std::function<std::string(const Ticket&)>& stationOf,
        const std::function<bool(const Ticket&)>& counts = {});

} // namespace vedette::dispatch
