// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"
#include "layers/crs.h"
#include "layers/workspace.h"

#include <memory>
#include <vector>

namespace vedette::dispatch {

// A position as a receiver reported it. Fix and receive time are kept apart.
struct Fix {
    UnitId unit;
    LonLat at;
    Instant fixedAt{}, receivedAt{};
    float speed = -1, course = -1; // m/s, degrees; negative: not said
};

// Where a unit is thought to be and on what ground: its fix; else the declared position, its post, the middle
// of its home area. A stale or lost fix gives way only to a position declared after it, never to post or
// home: the last thing known stays shown. A fix counts from the earlier of its fix and receive times.
struct Whereabouts {
    layers::Point at;
    LonLat lonLat;
    PositionBasis basis = PositionBasis::none;
    FixAge age = FixAge::lost; // meaningful for fix
    std::optional<std::chrono::milliseconds> fixAge;
};
// Up to and with rules.fixLive: live; fixAgeing: ageing; fixStale: stale; older: lost. Negative ages are
// live.
FixAge fixAge(std::chrono::milliseconds age, const layers::Rules& rules);


} // namespace vedette::dispatch
