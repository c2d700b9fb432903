// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/time_window.h"

#include <algorithm>

namespace vedette::console {

using dispatch::Instant;

TimeWindow timeWindow(const dispatch::Session::Span& recorded, Instant now, std::optional<Instant> at,
                      std::chrono::milliseconds wide, const TimeWindow& shown) {
    using std::chrono::milliseconds;
    constexpr milliseconds least = std::chrono::minutes(10);
    Instant end = std::max(recorded.till, recorded.from);
    if (now > end && now - end < std::chrono::hours(12))
        end = now;
    wide = std::clamp<milliseconds>(wide, least, std::max<milliseconds>(least, end - recorded.from));
    if (!at)
        return {end - wide, end};
    if (shown.wide() > milliseconds(0) && shown.from <= *at && *at <= shown.till)
        return shown;
    const Instant first = std::min(recorded.from, end - wide);
    const Instant from = std::clamp(*at - wide / 2, first, end - wide);
    return {from, from + wide};
}

} // namespace vedette::console
