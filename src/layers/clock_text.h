// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/instant.h"

namespace vedette::layers {

// A time of day in a column of its own, as tables have it: 14:30, 14:30:05, 14.30, 14h30, 14 Uhr 30,
// 14时30分, 1430, 930, 2:30 PM, 2 PM, 下午2:30, 14, and the day that spreadsheets put before it
// (1899-12-30T14:30:00) or make it a part of (0.604167).
enum class BareNumber {
    hour,  // 14 is two in the afternoon
    clock, // 14 is fourteen minutes past midnight, as in 0014 with its zeros lost
};
// Milliseconds since midnight, under a day; 24:00 is 0:00. nullopt: none of these.
std::optional<std::chrono::milliseconds> readClockText(std::string_view text, BareNumber bare);

// What the bare numbers of a column must be, from one look at each of its values: `clock` once any of them
// is no hour.
class BareNumbers {
public:
    void look(std::string_view text);
    BareNumber kind() const { return clock_ ? BareNumber::clock : BareNumber::hour; }

private:
    bool clock_ = false;
};

// The day of `date` in `zone` at `clock`, as text without an offset (2016-08-05T14:30:00); nullopt: `date`
// can't be read. A date that says UTC is a day in `zone`, as `zulu` has it.
std::optional<std::string> joinDateAndClock(std::string_view date, std::chrono::milliseconds clock,
                                            const TimeZone& zone, ZuluMeans zulu);

} // namespace vedette::layers
