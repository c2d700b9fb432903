// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"

#include <optional>

namespace vedette::console {

// The part of the recorded time that the timeline shows.
struct TimeWindow {
    dispatch::Instant from{}, till{};
    std::chrono::milliseconds wide() const { return till - from; }
    bool operator==(const TimeWindow&) const = default;
};

// `wide` of what is recorded, ten minutes at least. Live (`at` is nullopt): the newest, up to `now` where the
// journal isn't older than half a day. Else where `at` lies: `shown` stays as long as it holds it, so that a
// needle that is dragged or played moves on still ground; a jump out of it puts `at` into the middle.
TimeWindow timeWindow(const dispatch::Session::Span& recorded, dispatch::Instant now,
                      std::optional<dispatch::Instant> at, std::chrono::milliseconds wide,
                      const TimeWindow& shown);

} // namespace vedette::console
