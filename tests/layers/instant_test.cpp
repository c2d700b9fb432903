// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/instant.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace vedette::layers;

namespace {

TimeZone zone(const char* name) {
    return TimeZone::named(name).value();
}

std::string utc(std::string_view text, const TimeZone& where, ZuluMeans zulu = ZuluMeans::utc) {
    const auto at = parseTime(text, where, zulu);
    return at ? isoUtc(*at) : "none";
}

} // namespace

TEST(TimeZone, UnknownNameIsAProblemThatNamesIt) {
    for (const char* name : {"", "Asia/Nantong", "CST8CDTX", "China"}) {
        const auto found = TimeZone::named(name);
        ASSERT_FALSE(found) << name;
        EXPECT_EQ(found.problem().message.code, "timeZoneUnknown");
    }
    EXPECT_EQ(zone("Asia/Shanghai").name(), "Asia/Shanghai");
}

TEST(TimeZone, LocalPartsAndWeekday) {
    const auto local = zone("Asia/Shanghai").local(*parseTime("2026-11-22T23:47:38.250Z", TimeZone::utc()));
    EXPECT_EQ(local.year, 2026);
    EXPECT_EQ(local.month, 11);
    EXPECT_EQ(local.day, 23);
    EXPECT_EQ(local.hour, 7);
    EXPECT_EQ(local.minute, 47);
    EXPECT_EQ(local.second, 38);
    EXPECT_EQ(local.millisecond, 250);
    EXPECT_EQ(local.weekday, 0); // a Monday
}

TEST(TimeZone, BeforeNineteenSeventy) {
    EXPECT_EQ(utc("1969-12-31T23:59:59.999Z", TimeZone::utc()), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(isoLocal(*parseTime("1969-12-31 23:00:00", zone("Europe/Berlin")), zone("Europe/Berlin")),
              "1969-12-31 23:00:00");
}

TEST(TimeZone, SkippedLocalTimeGivesTheEarlierInstant) {
    const auto newYork = zone("America/New_York"); // 2016-03-13 02:00 EST -> 03:00 EDT
    EXPECT_EQ(utc("2016-03-13 02:30:00", newYork), "2016-03-13T06:30:00.000Z");
    EXPECT_EQ(utc("2016-03-13 01:59:59", newYork), "2016-03-13T06:59:59.000Z");
    EXPECT_EQ(utc("2016-03-13 03:00:00", newYork), "2016-03-13T07:00:00.000Z");
}

TEST(TimeZone, RepeatedLocalTimeGivesTheEarlierInstant) {
    const auto newYork = zone("America/New_York"); // 2016-11-06 02:00 EDT -> 01:00 EST
    EXPECT_EQ(utc("2016-11-06 01:30:00", newYork), "2016-11-06T05:30:00.000Z");
    EXPECT_EQ(utc("2016-11-06 00:59:59", newYork), "2016-11-06T04:59:59.000Z");
    EXPECT_EQ(utc("2016-11-06 02:00:00", newYork), "2016-11-06T07:00:00.000Z");
    const auto berlin = zone("Europe/Berlin");
    EXPECT_EQ(utc("2020-10-25 02:30:00", berlin), "2020-10-25T00:30:00.000Z");
    EXPECT_EQ(utc("2020-03-29 02:30:00", berlin), "2020-03-29T00:30:00.000Z");
    const auto lordHowe = zone("Australia/Lord_Howe"); // a half-hour change
    EXPECT_EQ(utc("2020-04-05 01:45:00", lordHowe), "2020-04-04T14:45:00.000Z");
}

RC_GTEST_PROP(TimeZone, InstantOfLocalIsTheSameWallClock, ()) {
    static const std::vector<TimeZone> zones{zone("America/New_York"), zone("Asia/Shanghai"),
                                             zone("Asia/Kathmandu"), zone("Australia/Lord_Howe"),
                                             TimeZone::utc()};
    const auto& where = *rc::gen::elementOf(zones);
    const Instant at{
        std::chrono::milliseconds(*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 4'000'000'000'000))};
    const auto back = where.instant(where.local(at));
    RC_ASSERT(isoLocal(back, where) == isoLocal(at, where));
    RC_ASSERT(back <= at);
    RC_ASSERT(at - back <= std::chrono::hours(1));
    RC_ASSERT(parseTime(isoUtc(at), where) == at);
}

TEST(ParseTime, IsoForms) {
    const auto shanghai = zone("Asia/Shanghai");
    EXPECT_EQ(utc("2026-11-22T23:47:38Z", shanghai), "2026-11-22T23:47:38.000Z");
    EXPECT_EQ(utc("2026-11-22T23:47:38.5Z", shanghai), "2026-11-22T23:47:38.500Z");
    EXPECT_EQ(utc("2026-11-22 23:47:38,123456", TimeZone::utc()), "2026-11-22T23:47:38.123Z");
    EXPECT_EQ(utc("2026-11-22T23:47", shanghai), "2026-11-22T15:47:00.000Z");
    EXPECT_EQ(utc("2026-11-22", shanghai), "2026-11-21T16:00:00.000Z");
    EXPECT_EQ(utc("2026-11-22T23:47:38+08:00", TimeZone::utc()), "2026-11-22T15:47:38.000Z");
    EXPECT_EQ(utc("2026-11-22T23:47:38-0330", shanghai), "2026-11-23T03:17:38.000Z");
    EXPECT_EQ(utc("2016/08/05 19:36:07+00", shanghai), "2016-08-05T19:36:07.000Z");
    EXPECT_EQ(utc("20260805T193607Z", shanghai), "2026-08-05T19:36:07.000Z");
    EXPECT_EQ(utc("20260805193607", TimeZone::utc()), "2026-08-05T19:36:07.000Z");
    EXPECT_EQ(utc("  2026-11-22 23:47:38 \r", TimeZone::utc()), "2026-11-22T23:47:38.000Z");
    EXPECT_EQ(utc("2026-11-22T24:00:00", TimeZone::utc()), "2026-11-23T00:00:00.000Z");
}

TEST(ParseTime, TrailingZuluMayBeLocalTimeMislabelled) {
    const auto newYork = zone("America/New_York");
    EXPECT_EQ(utc("2016-08-05T19:36:07.000Z", newYork, ZuluMeans::utc), "2016-08-05T19:36:07.000Z");
    EXPECT_EQ(utc("2016-08-05T19:36:07.000Z", newYork, ZuluMeans::local), "2016-08-05T23:36:07.000Z");
    EXPECT_EQ(utc("2016-08-05T19:36:07-04:00", newYork, ZuluMeans::local), "2016-08-05T23:36:07.000Z");
}

TEST(ParseTime, SlashesAndHalfDays) {
    EXPECT_EQ(utc("2016/8/5", TimeZone::utc()), "2016-08-05T00:00:00.000Z");
    EXPECT_EQ(utc("2016/08/05 19:36", TimeZone::utc()), "2016-08-05T19:36:00.000Z");
    EXPECT_EQ(utc("01/11/2002 01:51:44 AM", TimeZone::utc()), "2002-01-11T01:51:44.000Z");
    EXPECT_EQ(utc("01/11/2002 01:51:44 PM", TimeZone::utc()), "2002-01-11T13:51:44.000Z");
    EXPECT_EQ(utc("1/11/2002 12:00:00 AM", TimeZone::utc()), "2002-01-11T00:00:00.000Z");
    EXPECT_EQ(utc("1/11/2002 12:00 PM", TimeZone::utc()), "2002-01-11T12:00:00.000Z");
    EXPECT_EQ(utc("01/11/2002 13:51:44", TimeZone::utc()), "2002-01-11T13:51:44.000Z");
    EXPECT_EQ(utc("05.08.2016 19:36", TimeZone::utc()), "2016-08-05T19:36:00.000Z");
    EXPECT_EQ(utc("2016年8月5日 19时36分07秒", zone("Asia/Shanghai")), "2016-08-05T11:36:07.000Z");
}

TEST(ParseTime, Epoch) {
    EXPECT_EQ(utc("1470425767", TimeZone::utc()), "2016-08-05T19:36:07.000Z");
    EXPECT_EQ(utc("1470425767.25", TimeZone::utc()), "2016-08-05T19:36:07.250Z");
    EXPECT_EQ(utc("1470425767250", TimeZone::utc()), "2016-08-05T19:36:07.250Z");
}

TEST(ParseTime, WhatIsNoTimeIsNone) {
    const auto shanghai = zone("Asia/Shanghai");
    for (const char* text : {"",
                             " ",
                             "null",
                             "2016",
                             "16130703",
                             "2016-13-01",
                             "2016-02-30",
                             "2015-02-29",
                             "13/13/2016",
                             "2016-08-05T25:00:00",
                             "2016-08-05T10:61:00",
                             "01/11/2002 13:51:44 PM",
                             "01/11/2002 00:10 AM",
                             "2016-08-05T10:00:00 later",
                             "2016-08-05x",
                             "2016-08/05",
                             "10:00:00",
                             "2016-08-05T",
                             "2016-08-05T10:00:00+99",
                             "99999999999999999999",
                             "1e10",
                             "nan",
                             "2016-8-5-1"})
        EXPECT_EQ(utc(text, shanghai), "none") << text;
    EXPECT_EQ(utc("2016-02-29", TimeZone::utc()), "2016-02-29T00:00:00.000Z");
}
