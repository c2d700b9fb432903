// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::layers {

// A moment, UTC, milliseconds since 1970. The workspace's zone appears only where a person reads or a file is
// read.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// Everything that needs the time is handed one of these.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0; // thread-safe
};
class SystemClock final : public Clock {
public:
    Instant now() const override;
};

// An IANA zone ("Asia/Shanghai"). Immutable, cheap to copy, thread-safe.
class TimeZone {
public:
    static Result<TimeZone> named(std::string_view name); // problem: timeZoneUnknown {name}
    static TimeZone utc();

    struct Local {
        int year, month, day, hour, minute, second, millisecond;
        int weekday; // 0 Monday .. 6 Sunday
    };
    Local local(Instant at) const;
    // A local time that the clock change skips or repeats gives the earlier instant.
    Instant instant(const Local& local) const;
    const std::string& name() const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

std::string isoUtc(Instant at);                           // 2026-11-22T23:47:38.000Z
std::string isoLocal(Instant at, const TimeZone& zone);   // 2026-11-22 23:47:38
std::string clockLocal(Instant at, const TimeZone& zone); // 23:47:38

// What a trailing Z in a source's times means: UTC as it says, or local time mislabelled.
enum class ZuluMeans { utc, local };

// Reads ISO 8601 (T or blank, with or without fraction and offset), YYYY/MM/DD[ hh:mm[:ss]], MM/DD/YYYY[
// hh:mm:ss AM|PM], epoch seconds or milliseconds. nullopt when it is none of these or no real date.
std::optional<Instant> parseTime(std::string_view text, const TimeZone& zone,
                                 ZuluMeans zulu = ZuluMeans::utc);

} // namespace vedette::layers
