// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/instant.h"

#include <charconv>
#include <cmath>

namespace vedette::layers {

namespace {

using namespace std::chrono;

// Reads left to right; every take() either consumes what it says or leaves the text alone.
struct Cursor {
    std::string_view rest;

    bool done() const { return rest.empty(); }
    bool take(char c) {
        if (rest.empty() || rest.front() != c)
            return false;
        rest.remove_prefix(1);
        return true;
    }
    bool take(std::string_view word) {
        if (!rest.starts_with(word))
            return false;
        rest.remove_prefix(word.size());
        return true;
    }
    void blanks() {
        while (take(' ') || take('\t')) {
        }
    }
    // Between `least` and `most` digits.
    std::optional<int> digits(std::size_t least, std::size_t most) {
        std::size_t n = 0;
        while (n < rest.size() && n < most && rest[n] >= '0' && rest[n] <= '9')
            ++n;
        if (n < least)
            return {};
        int value = 0;
        std::from_chars(rest.data(), rest.data() + n, value);
        rest.remove_prefix(n);
        return value;
    }
    std::size_t leadingDigits() const {
        std::size_t n = 0;
        while (n < rest.size() && rest[n] >= '0' && rest[n] <= '9')
            ++n;
        return n;
    }
};

bool readDate(Cursor& in, TimeZone::Local& out) {
    std::optional<int> year, month, day;
    const std::size_t lead = in.leadingDigits();
    if (lead == 8 || lead == 14) { // 20160805, 20160805193607
        year = in.digits(4, 4), month = in.digits(2, 2), day = in.digits(2, 2);
        if (*year < 1900 || *year > 2100) // a number of eight digits is as likely an id
            return false;
    } else if (lead == 4) {
        year = in.digits(4, 4);
        const std::string_view separator = in.take('-')    ? "-"
                                           : in.take('/')  ? "/"
                                           : in.take('.')  ? "."
                                           : in.take("年") ? "月"
                                                           : "";
        if (separator.empty() || !(month = in.digits(1, 2)) || !in.take(separator) ||
            !(day = in.digits(1, 2)))
            return false;
        if (separator == "月" && !in.take("日"))
            return false;
    } else if (lead == 1 || lead == 2) { // 08/05/2016 is month first, 05.08.2016 day first
        const auto first = in.digits(1, 2);
        const char separator = in.take('/') ? '/' : in.take('.') ? '.' : '\0';
        if (separator == '\0')
            return false;
        const auto second = in.digits(1, 2);
        if (!second || !in.take(separator) || !(year = in.digits(4, 4)))
            return false;
        month = separator == '/' ? first : second;
        day = separator == '/' ? second : first;
    }
    if (!year || !month || !day)
        return false;
    out.year = *year, out.month = *month, out.day = *day;
    return year_month_day(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                          std::chrono::day(static_cast<unsigned>(*day)))
        .ok();
}

bool readClock(Cursor& in, TimeZone::Local& out) {
    const bool compact = in.leadingDigits() == 6 || in.leadingDigits() == 4;
    const auto hour = in.digits(compact ? 2 : 1, 2);
    if (!hour)
        return false;
    std::optional<int> minute = 0, second = 0;
    if (in.take("时")) {
        minute = in.digits(1, 2);
        if (!minute || !in.take("分"))
            return false;
        if (!in.done() && (!(second = in.digits(1, 2)) || !in.take("秒")))
            return false;
    } else {
        if ((!compact && !in.take(':')) || !(minute = in.digits(2, 2)))
            return false;
        if ((compact && in.leadingDigits() >= 2) || in.take(':')) {
            if (!(second = in.digits(2, 2)))
                return false;
            if (in.take('.') || in.take(',')) {
                const std::size_t n = in.leadingDigits();
                if (n == 0)
                    return false;
                for (std::size_t i = 0; i < 3; ++i)
                    out.millisecond = out.millisecond * 10 + (i < n ? in.rest[i] - '0' : 0);
                in.rest.remove_prefix(n);
            }
        }
    }
    out.hour = *hour, out.minute = *minute, out.second = *second;
    const bool midnight = out.hour == 24 && out.minute == 0 && out.second == 0;
    return (out.hour < 24 || midnight) && out.minute < 60 && out.second <= 60;
}

bool readHalf(Cursor& in, TimeZone::Local& out) {
    const bool am = in.take("AM") || in.take("am") || in.take("a.m.");
    const bool pm = !am && (in.take("PM") || in.take("pm") || in.take("p.m."));
    if (!am && !pm)
        return true;
    if (out.hour < 1 || out.hour > 12)
        return false;
    out.hour = out.hour % 12 + (pm ? 12 : 0);
    return true;
}

// `given` stays false where the text names no offset.
bool readOffset(Cursor& in, ZuluMeans zulu, bool& given, minutes& offset) {
    given = false;
    if (in.take('Z') || in.take('z') || in.take("UTC") || in.take("GMT")) {
        given = zulu == ZuluMeans::utc;
        offset = minutes(0);
        return true;
    }
    const int sign = in.take('+') ? 1 : in.take('-') ? -1 : 0;
    if (sign == 0)
        return true;
    const auto hour = in.digits(2, 2);
    in.take(':');
    const auto minute = in.done() ? std::optional(0) : in.digits(2, 2);
    if (!hour || !minute || *hour > 15 || *minute > 59)
        return false;
    given = true;
    offset = sign * (hours(*hour) + minutes(*minute));
    return true;
}

// Ten digits of seconds or thirteen of milliseconds; shorter numbers are ids and years, not times.
std::optional<Instant> readEpoch(std::string_view text) {
    double value = 0;
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    if (error != std::errc() || stop != end || !(value >= 1e8) || value >= 1e14)
        return {};
    return Instant(milliseconds(std::llround(value < 1e11 ? value * 1000 : value)));
}

} // namespace

std::optional<Instant> parseTime(std::string_view text, const TimeZone& zone, ZuluMeans zulu) {
    Cursor in{text};
    in.blanks();
    while (!in.rest.empty() && (in.rest.back() == ' ' || in.rest.back() == '\t' || in.rest.back() == '\r'))
        in.rest.remove_suffix(1);
    const std::size_t lead = in.leadingDigits();
    if (lead >= 9 && lead != 14)
        return readEpoch(in.rest);

    TimeZone::Local local{};
    if (!readDate(in, local))
        return {};
    bool given = false;
    minutes offset{0};
    if (!in.done()) {
        const bool glued = lead == 14;
        const bool separated = in.take('T') || in.take('t') || in.take(' ');
        in.blanks();
        if ((!separated && !glued && in.rest.size() == text.size()) || !readClock(in, local))
            return {};
        in.blanks();
        if (!readHalf(in, local))
            return {};
        in.blanks();
        if (!readOffset(in, zulu, given, offset) || !in.done())
            return {};
    }
    if (given)
        return TimeZone::utc().instant(local) - offset;
    return zone.instant(local);
}

} // namespace vedette::layers
