// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/past_choice.h"

#include <gtest/gtest.h>

using namespace vedette::dispatch;

namespace {
std::size_t many(const char* hours, const char* days) {
    const auto read = weekHours(hours, days);
    return read ? read->count() : 999;
}
} // namespace

TEST(WeekHours, NothingSaidIsTheWholeWeek) {
    EXPECT_EQ(weekHours("", ""), allWeek());
}

TEST(WeekHours, ASpanGoesRoundMidnightAndLeavesItsEndOut) {
    const auto night = weekHours("22-6", "");
    ASSERT_TRUE(night);
    EXPECT_EQ(night->count(), 7u * 8);
    EXPECT_TRUE(night->test(22) && night->test(23) && night->test(0) && night->test(5));
    EXPECT_FALSE(night->test(6) || night->test(21));
    EXPECT_EQ(many("0-24", ""), 168u);
    EXPECT_EQ(many("12", "mon"), 1u);
    EXPECT_EQ(many("24", "mon"), 1u); // the midnight that ends a day is the one that begins it
}

TEST(WeekHours, DaysGoRoundTheWeekAndTheLastBelongs) {
    const auto span = weekHours("", "sat-mon");
    ASSERT_TRUE(span);
    EXPECT_EQ(span->count(), 72u);
    EXPECT_TRUE(span->test(0) && span->test(5 * 24) && span->test(6 * 24 + 23));
    EXPECT_FALSE(span->test(24));
    EXPECT_EQ(weekHours("", "6-1"), span);
    EXPECT_EQ(many("8-10", "mon-fri,sun"), 12u);
}

TEST(WeekHours, WhatCantBeReadIsNoHours) {
    for (const char* hours : {"25", "x", "1-", "-3", "1,,2", "1.5"})
        EXPECT_FALSE(weekHours(hours, "")) << hours;
    for (const char* days : {"0", "8", "monday", "mon-", ","})
        EXPECT_FALSE(weekHours("", days)) << days;
}
