// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/instant.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <cassert>
#include <cstdio>

namespace vedette::layers {

using namespace std::chrono;

Instant SystemClock::now() const {
    return floor<milliseconds>(system_clock::now());
}

struct TimeZone::Impl {
    std::string name;
    std::unique_ptr<icu::TimeZone> zone;

    milliseconds offset(milliseconds sinceEpoch) const {
        std::int32_t raw = 0, daylight = 0;
        UErrorCode error = U_ZERO_ERROR;
        zone->getOffset(static_cast<UDate>(sinceEpoch.count()), false, raw, daylight, error);
        return milliseconds(raw + daylight);
    }
};

Result<TimeZone> TimeZone::named(std::string_view name) {
    const auto text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(text));
    if (!zone || name.empty() || *zone == icu::TimeZone::getUnknown())
        return refused("timeZoneUnknown", {{"name", std::string(name)}});
    auto impl = std::make_shared<Impl>();
    impl->name = name;
    impl->zone = std::move(zone);
    TimeZone out;
    out.impl_ = std::move(impl);
    return out;
}

TimeZone TimeZone::utc() {
    static const TimeZone zone = named("Etc/UTC").value();
    return zone;
}

TimeZone::Local TimeZone::local(Instant at) const {
    assert(impl_);
    const milliseconds shifted = at.time_since_epoch() + impl_->offset(at.time_since_epoch());
    const auto day = floor<days>(sys_time<milliseconds>(shifted));
    const year_month_day date(day);
    const hh_mm_ss<milliseconds> time(sys_time<milliseconds>(shifted) - day);
    Local out{};
    out.year = static_cast<int>(date.year());
    out.month = static_cast<int>(static_cast<unsigned>(date.month()));
    out.day = static_cast<int>(static_cast<unsigned>(date.day()));
    out.hour = static_cast<int>(time.hours().count());
    out.minute = static_cast<int>(time.minutes().count());
    out.second = static_cast<int>(time.seconds().count());
    out.millisecond = static_cast<int>(time.subseconds().count());
    out.weekday = static_cast<int>(weekday(day).iso_encoding()) - 1;
    return out;
}

Instant TimeZone::instant(const Local& local) const {
    assert(impl_);
    const auto month0 = local.month - 1;
    const int years = local.year + (month0 >= 0 ? month0 / 12 : (month0 - 11) / 12);
    const unsigned month = static_cast<unsigned>((month0 % 12 + 12) % 12 + 1);
    const sys_days first = year(years) / static_cast<int>(month) / 1;
    const milliseconds wall = first.time_since_epoch() + days(local.day - 1) + hours(local.hour) +
                              minutes(local.minute) + seconds(local.second) + milliseconds(local.millisecond);
    const milliseconds before = wall - impl_->offset(wall - hours(24));
    const milliseconds after = wall - impl_->offset(wall + hours(24));
    if (before == after)
        return Instant(before);
    const auto real = [&](milliseconds at) { return at + impl_->offset(at) == wall; };
    if (real(before) != real(after))
        return Instant(real(before) ? before : after);
    return Instant(std::min(before, after));
}

const std::string& TimeZone::name() const {
    assert(impl_);
    return impl_->name;
}

std::string isoUtc(Instant at) {
    const auto l = TimeZone::utc().local(at);
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", l.year, l.month, l.day, l.hour,
                  l.minute, l.second, l.millisecond);
    return text;
}

std::string isoLocal(Instant at, const TimeZone& zone) {
    const auto l = zone.local(at);
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", l.year, l.month, l.day, l.hour,
                  l.minute, l.second);
    return text;
}

std::string clockLocal(Instant at, const TimeZone& zone) {
    const auto l = zone.local(at);
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d", l.hour, l.minute, l.second);
    return text;
}

} // namespace vedette::layers
