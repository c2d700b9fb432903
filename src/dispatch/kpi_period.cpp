// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/kpi_groups.h"

#include <algorithm>
#include <charconv>

namespace vedette::dispatch {

namespace {

using layers::TimeZone;
using std::chrono::hours;

Instant midnight(Instant at, const TimeZone& zone, bool ofTheMonth = false) {
    TimeZone::Local local = zone.local(at);
    local.hour = local.minute = local.second = local.millisecond = 0;
    if (ofTheMonth)
        local.day = 1;
    return zone.instant(local);
}

// The midnight after that of `at`; by the calendar, as a day may have 23 hours.
Instant nextMidnight(Instant at, const TimeZone& zone) {
    return midnight(midnight(at, zone) + hours(30), zone);
}

std::optional<hours> span(std::string_view text) {
    const char unit = text.empty() ? '\0' : text.back();
    int many = 0;
    const char* const end = text.data() + text.size() - (text.empty() ? 0 : 1);
    const auto [ptr, error] = std::from_chars(text.data(), end, many);
    if (error != std::errc{} || ptr != end || many < 1 || many > 100'000 || (unit != 'h' && unit != 'd'))
        return std::nullopt;
    return hours(unit == 'd' ? 24 * many : many);
}

bool isDate(std::string_view text) {
    return text.size() == 10 && text.find(':') == text.npos;
}

} // namespace

layers::Result<KpiPeriod> kpiPeriod(std::string_view text, Instant now, const TimeZone& zone) {
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    KpiPeriod period{std::string(text), now, now + std::chrono::seconds(1)};
    const auto unreadable = [&](const char* code) {
        return layers::Problem{layers::Problem::Kind::usage, {code, {{"text", std::string(text)}}}};
    };
    if (text.empty() || text == "shift") {
        period.said = "shift";
        period.from = now - hours(8);
    } else if (text == "today") {
        period.from = midnight(now, zone);
    } else if (text == "month") {
        period.from = midnight(now, zone, true);
    } else if (const auto back = span(text)) {
        period.from = now - *back;
    } else {
        // One or two times, each one or two words: "2026-11-22 06:00 2026-11-23".
        std::vector<std::string> times;
        std::string_view rest = text;
        while (!rest.empty()) {
            const auto end = std::min(rest.find(' '), rest.size());
            const std::string word(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (word.empty())
                continue;
            if (word.find(':') != word.npos && word.size() < 10 && !times.empty() && isDate(times.back()))
                times.back() += " " + word;
            else
                times.push_back(word);
        }
        if (times.empty() || times.size() > 2)
            return unreadable("periodUnreadable");
        const auto first = layers::parseTime(times.front(), zone);
        const auto last = layers::parseTime(times.back(), zone);
        if (!first || !last)
            return unreadable("periodUnreadable");
        period.from = *first;
        period.till = isDate(times.back()) ? nextMidnight(*last, zone) : *last;
        if (times.size() == 1 && !isDate(times.front()))
            period.till = now + std::chrono::seconds(1); // since then
    }
    if (period.till <= period.from)
        return unreadable("periodReversed");
    return period;
}

} // namespace vedette::dispatch
