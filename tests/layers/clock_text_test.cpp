// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace vedette::layers;
using namespace std::chrono;

namespace {

std::string said(std::string_view text, BareNumber bare = BareNumber::hour) {
    const auto clock = readClockText(text, bare);
    if (!clock)
        return "none";
    char out[32];
    std::snprintf(out, sizeof out, "%02d:%02d:%02d", int(clock->count() / 3600000),
                  int(clock->count() / 60000 % 60), int(clock->count() / 1000 % 60));
    return out;
}

} // namespace

TEST(ClockText, IsReadAsPeopleWriteIt) {
    const struct {
        const char *text, *clock;
    } ones[] = {
        {"14:30", "14:30:00"},
        {"14:30:05", "14:30:05"},
        {"14:30:05.250", "14:30:05"},
        {"4:07", "04:07:00"},
        {"1430", "14:30:00"},
        {"930", "09:30:00"},
        {"0005", "00:05:00"},
        {"143005", "14:30:05"},
        {"2:30 PM", "14:30:00"},
        {"2:30pm", "14:30:00"},
        {"12:05 a.m.", "00:05:00"},
        {"12 PM", "12:00:00"},
        {"2 p.m.", "14:00:00"},
        {"11:59:59 PM", "23:59:59"},
        {"14", "14:00:00"},
        {"0", "00:00:00"},
        {"24:00", "00:00:00"},
        {"2400", "00:00:00"},
        {"14h30", "14:30:00"},
        {"14h", "14:00:00"},
        {"14 Uhr", "14:00:00"},
        {"14 Uhr 30", "14:30:00"},
        {"14:30 Uhr", "14:30:00"},
        {"14.30", "14:30:00"},
        {"14.30.05", "14:30:05"},
        {"14时30分", "14:30:00"},
        {"14时30分05秒", "14:30:05"},
        {"14点", "14:00:00"},
        {"下午2:30", "14:30:00"},
        {"上午 9:05", "09:05:00"},
        {"14：30", "14:30:00"},
        {"14時30分", "14:30:00"},
        {"14:30hrs", "14:30:00"},
        {"14.0", "14:00:00"},
        {"1430.0", "14:30:00"},
        {"0.604167", "14:30:00"},
        {"1899-12-30T14:30:00", "14:30:00"},
        {"14:30:00Z", "14:30:00"},
        {" 14:30 ", "14:30:00"},
    };
    for (const auto& [text, clock] : ones)
        EXPECT_EQ(said(text), clock) << text;
}

TEST(ClockText, WhatIsNoTimeOfDayIsRefused) {
    for (const char* text :
         {"", " ", "25", "24:01", "14:60", "14:5:70", "1460", "noon", "14:30 or so", "-3", "1e1", "14.5",
          "2016-08-05", "12345678", "14:", "14::30", "13 o'clock", "0 PM", "unbekannt"})
        EXPECT_EQ(said(text), "none") << text;
}

TEST(ClockText, BareNumbersAreWhatTheirColumnShowsThemToBe) {
    BareNumbers hours, clocks;
    for (const char* text : {"0", "7", "14", "23", "9.0"})
        hours.look(text);
    for (const char* text : {"5", "930", "1430"})
        clocks.look(text);
    EXPECT_EQ(hours.kind(), BareNumber::hour);
    EXPECT_EQ(clocks.kind(), BareNumber::clock);
    EXPECT_EQ(said("5", clocks.kind()), "00:05:00"); // 0005, its zeros lost in a number
    EXPECT_EQ(said("5", hours.kind()), "05:00:00");
}

TEST(ClockText, ADateThatSaysUtcIsADayInTheZone) {
    const auto east = TimeZone::named("Asia/Shanghai").value(),
               west = TimeZone::named("America/New_York").value();
    const auto at = hours(14) + minutes(30);
    EXPECT_EQ(joinDateAndClock("2016-08-05", at, east, ZuluMeans::utc), "2016-08-05T14:30:00");
    EXPECT_EQ(joinDateAndClock("2016-08-04T16:00:00Z", at, east, ZuluMeans::utc), "2016-08-05T14:30:00");
    EXPECT_EQ(joinDateAndClock("2016-08-05T04:00:00Z", at, west, ZuluMeans::utc), "2016-08-05T14:30:00");
    EXPECT_EQ(joinDateAndClock("2016-08-05T00:00:00Z", at, west, ZuluMeans::local), "2016-08-05T14:30:00");
    EXPECT_EQ(joinDateAndClock("soon", at, east, ZuluMeans::utc), std::nullopt);
}

RC_GTEST_PROP(ClockText, EveryMinuteReadsBackInEverySpelling, ()) {
    const int minute = *rc::gen::inRange(0, 1440);
    const int h = minute / 60, m = minute % 60, twelve = h % 12 ? h % 12 : 12;
    const auto at = minutes(minute);
    const auto text = [](const char* form, int a, int b) {
        char out[48];
        std::snprintf(out, sizeof out, form, a, b);
        return std::string(out);
    };
    RC_ASSERT(readClockText(text("%02d:%02d", h, m), BareNumber::hour) == at);
    RC_ASSERT(readClockText(text("%02d%02d", h, m), BareNumber::hour) == at);
    RC_ASSERT(readClockText(std::to_string(h * 100 + m), BareNumber::clock) == at);
    RC_ASSERT(readClockText(text(h < 12 ? "%d:%02d AM" : "%d:%02d PM", twelve, m), BareNumber::hour) == at);
    RC_ASSERT(readClockText(text("%dh%02d", h, m), BareNumber::hour) == at);
}
