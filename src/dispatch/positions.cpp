// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/positions.h"

namespace vedette::dispatch {

FixAge fixAge(std::chrono::milliseconds age, const layers::Rules& rules) {
    if (age <= rules.fixLive)
        return FixAge::live;
    if (age <= rules.fixAgeing)
        return FixAge::ageing;
    return age <= rules.fixStale ? FixAge::stale : FixAge::lost;
}

} // namespace vedette::dispatch
