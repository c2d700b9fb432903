// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/time_window.h"

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using dispatch::Instant;
using namespace std::chrono_literals;

Instant hour(double h) {
    return Instant(std::chrono::milliseconds(static_cast<long long>(h * 3'600'000)));
}
// A night was recorded at hours 10 to 20; events come again from hour 100.
constexpr auto day = std::chrono::hours(24);

TEST(TimeWindow, LiveItEndsNowUnlessNothingWasRecordedForHalfADay) {
    EXPECT_EQ(timeWindow({hour(10), hour(100)}, hour(101), {}, day, {}), (TimeWindow{hour(77), hour(101)}));
    EXPECT_EQ(timeWindow({hour(10), hour(20)}, hour(100), {}, day, {}), (TimeWindow{hour(10), hour(20)}));
    EXPECT_EQ(timeWindow({hour(10), hour(10)}, hour(100), {}, day, {}).wide(), 10min);
}

TEST(TimeWindow, AJumpOutOfItTakesItThere) {
    const TimeWindow live{hour(77), hour(101)};
    const TimeWindow night = timeWindow({hour(10), hour(100)}, hour(101), hour(40), day, live);
    EXPECT_EQ(night, (TimeWindow{hour(28), hour(52)}));
    EXPECT_EQ(timeWindow({hour(10), hour(100)}, hour(101), hour(12), day, live),
              (TimeWindow{hour(10), hour(34)}))
        << "not before the first event";
}

TEST(TimeWindow, StaysWhileItHoldsTheMoment) {
    const TimeWindow shown{hour(28), hour(52)};
    for (const double at : {28.0, 30.0, 52.0})
        EXPECT_EQ(timeWindow({hour(10), hour(100)}, hour(101), hour(at), day, shown), shown) << at;
    EXPECT_NE(timeWindow({hour(10), hour(100)}, hour(101), hour(52.1), day, shown), shown);
}

TEST(TimeWindow, IsNoWiderThanWhatIsRecorded) {
    EXPECT_EQ(timeWindow({hour(10), hour(100)}, hour(101), hour(50), 1000h, {}),
              (TimeWindow{hour(10), hour(101)}));
    EXPECT_EQ(timeWindow({hour(10), hour(100)}, hour(101), hour(50), 1s, {}).wide(), 10min);
}

} // namespace
} // namespace vedette::console
