// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"

#include <chrono>
#include <optional>
#include <vector>

namespace vedette::dispatch {

// The operating figures of a period, in the buckets a city's bulletin uses. Every figure is over the lead
// assignments of tickets opened in [from, till); a step that was not reached is in no bucket. Nor is one that
// stands before the step it follows, because a clock was set back between them: such an interval is in no
// bucket and no median, and is counted in `clockBack`, so that what is missing is said.
struct Kpi {
    std::size_t opened = 0, closed = 0, open = 0,
                overdue = 0;          // overdue: open, running deadline over at `now`
    std::size_t onTime = 0, late = 0; // closed with / without every deadline kept
    std::size_t cancelled = 0, merged = 0, returned = 0;
    std::size_t transferred = 0, reopened = 0, escalated = 0; // at least once, whatever became of it
    std::size_t overrides = 0; // assignments with an override reason
    std::size_t clockBack = 0; // intervals (not tickets) that would be negative

    struct Buckets {
        std::vector<std::chrono::seconds> bounds; // upper bounds; the last bucket is open
        std::vector<std::size_t> counts;          // bounds.size() + 1
        std::optional<std::chrono::seconds> median; // the lower one of an even number
    };
    Buckets signFor;  // sent -> accepted: 30 60 120 180 s
    Buckets turnOut;  // accepted -> on scene: 5 10 15 30 min
    Buckets feedback; // on scene -> handled: 30 60 120 240 min
    struct Slow {
        std::string station; // code of the station or community; of the desk or category it is asked of
        std::chrono::seconds median{0};
        std::size_t of = 0; // how many turn-outs that is of
    };
    static constexpr std::size_t slowestOf = 3; // fewer turn-outs than these name nobody
    std::optional<Slow> slowest;                // by median turn-out, of those with at least that many
};

// One ticket as the figures see it: what never depends on the moment, and `due` for what does.
struct KpiFacts {
    enum class End : std::uint8_t { open, closed, cancelled, merged, returned, transferred };
    static constexpr std::int32_t unreached = -1, setBack = -2;
    End end = End::open;
    bool kept = false; // closed with every deadline kept
    bool transferred = false, reopened = false, escalated = false;
    std::uint16_t overrides = 0;
    std::int32_t took[3] = {unreached, unreached, unreached}; // seconds: sign-for, turn-out, feedback
    Instant openedAt{}, closedAt{}; // closedAt: zero unless closed
    Instant due{};                  // the running deadline of an open one; zero: none
};
KpiFacts kpiFacts(const Ticket& ticket);
// The bounds of the three intervals, in the order of KpiFacts::took, and where a span falls.
const std::vector<std::chrono::seconds>& kpiBounds(std::size_t interval);
std::size_t kpiBucket(std::size_t interval, std::int32_t seconds);
// Counts one ticket into everything but the medians, whose buckets must stand (emptyKpi).
void count(Kpi& into, const KpiFacts& ticket, Instant now);
Kpi emptyKpi();
Kpi::Buckets& bucketsOf(Kpi& kpi, std::size_t interval);
const Kpi::Buckets& bucketsOf(const Kpi& kpi, std::size_t interval);

// Whether every deadline that stood was kept, in each round (until a reopening, and from it on) by the lead that went
// furthest in it.
bool keptDeadlines(const Ticket& ticket);

// `stationOf` words a ticket's station (from its area codes); empty: the ticket counts for
// none. Without the function nobody is the slowest. `counts`: which tickets; without it all.
Kpi kpi(const State& state, Instant from, Instant till, Instant now,
        const std::function<std::string(const Ticket&)>& stationOf,
        const std::function<bool(const Ticket&)>& counts = {});

} // namespace vedette::dispatch
