// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/desks.h"

namespace vedette::dispatch {

// Who is asked when somebody calls the roll of `said`: "329901501001" (any area, desk), "beat 12", "team A",
// "desk NAME", "city" (everybody). A word for the kind may stand before it. A number after "beat" or "grid"
// means the one whose serial that is; where several have it, the one under `within` (a desk's code), else it
// is refused. Everybody on duty there is asked who isn't out of service; of an area whoever owns or has as
// home it or what lies under it. Problems: rollScopeUnknown {scope}, rollScopeAmbiguous {scope,one,other}.
// That nobody is on duty there, decide() says.
layers::Result<RollCalled> rollOf(const City& city, const State& state, std::string_view said, Instant now,
                                  std::string_view within = {});

// "beat 12 in 5" -> "beat 12" and five minutes; without it `otherwise`.
std::pair<std::string, std::chrono::minutes> rollWords(std::string_view text, std::chrono::minutes otherwise);

// Open roll calls whose deadline is over.
std::vector<std::string> rollsDue(const State& state, Instant now);

} // namespace vedette::dispatch
