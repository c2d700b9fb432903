// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"

#include <QString>

namespace vedette::console {

// Who would answer for a unit's own area once it is away: the first of the recommendation for the middle of
// that area, the unit itself left out.
struct Cover {
    std::string area; // the beat it owns, else the first area it owns
    std::optional<dispatch::UnitId> by;
    std::chrono::seconds in{0};
};

// nullopt: the unit owns no area of this city. One recommendation's time; any thread.
std::optional<Cover> coverWithout(const dispatch::Session& session, const dispatch::State& state,
                                  const dispatch::UnitId& unit, const std::string& category,
                                  dispatch::Instant now);

// "After Wang leaves, beat 12 is covered by Sun in 4:40." `away`: it has been sent already.
QString coverText(const dispatch::City& city, const dispatch::State& state, const dispatch::UnitId& unit,
                  const Cover& cover, bool away);

} // namespace vedette::console
