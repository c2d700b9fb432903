// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/time_ahead.h"

#include <charconv>

namespace vedette::dispatch {

std::optional<layers::Instant> timeAhead(std::string_view text, const layers::TimeZone& zone,
                                         layers::Instant now) {
    int hour = -1, minute = -1;
    const char* const end = text.data() + text.size();
    const auto [colon, error] = std::from_chars(text.data(), end, hour);
    if (error == std::errc{} && colon != end && *colon == ':' && end - colon == 3) {
        const auto [last, wrong] = std::from_chars(colon + 1, end, minute);
        if (wrong != std::errc{} || last != end || hour < 0 || hour > 23 || minute < 0 || minute > 59)
            return std::nullopt;
        layers::TimeZone::Local local = zone.local(now);
        local.hour = hour, local.minute = minute, local.second = local.millisecond = 0;
        const layers::Instant today = zone.instant(local);
        if (today > now)
            return today;
        local = zone.local(now + std::chrono::hours(24)); // the wall clock's day, whatever its length
        local.hour = hour, local.minute = minute, local.second = local.millisecond = 0;
        return zone.instant(local);
    }
    if (text.find(':') == text.npos || text.find('-') == text.npos) // no bare number is a moment here
        return std::nullopt;
    return layers::parseTime(text, zone);
}

} // namespace vedette::dispatch
