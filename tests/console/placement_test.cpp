// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/placement.h"

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

const QMargins frame(4, 30, 4, 4);
const QSize wish(1920, 1080);
const QRect desk(0, 0, 1920, 1080), laptop(0, 0, 1366, 768), wall(0, 0, 3840, 2160);

QRect framed(const Placement& placement) {
    return placement.inside.marginsAdded(frame);
}

TEST(Placement, TakesTheWholeScreenWhereTheWishIsNotSmaller) {
    for (const QRect& screen : {desk, laptop, QRect(0, 27, 1920, 1053), QRect(0, 0, 3840, 1080)}) {
        const Placement placed = placedOn({screen}, frame, wish, {});
        EXPECT_TRUE(placed.maximised);
        EXPECT_TRUE(screen.contains(framed(placed)));
    }
}

TEST(Placement, StandsInTheMiddleOfALargerScreen) {
    const Placement placed = placedOn({wall}, frame, wish, {});
    EXPECT_FALSE(placed.maximised);
    EXPECT_EQ(placed.inside.size(), wish);
    EXPECT_TRUE(wall.contains(framed(placed)));
}

TEST(Placement, WhatIsRememberedStaysWhereItFits) {
    const QRect kept(200, 150, 1300, 800);
    EXPECT_EQ(placedOn({desk}, frame, wish, kept), (Placement{kept, false}));
    const QRect second(1920, 0, 1920, 1080), there(2000, 100, 1200, 700);
    EXPECT_EQ(placedOn({desk, second}, frame, wish, there), (Placement{there, false}));
}

TEST(Placement, WhatIsRememberedOfAScreenThatIsGoneComesBack) {
    const Placement placed = placedOn({desk}, frame, wish, QRect(2500, -300, 1200, 700));
    EXPECT_FALSE(placed.maximised);
    EXPECT_EQ(placed.inside.size(), QSize(1200, 700));
    EXPECT_TRUE(desk.contains(framed(placed)));
}

TEST(Placement, WhatIsRememberedOfALargerScreenIsCutToSize) {
    const Placement tall = placedOn({laptop}, frame, wish, QRect(0, 0, 1000, 1400));
    EXPECT_EQ(tall.inside.width(), 1000);
    EXPECT_TRUE(laptop.contains(framed(tall)));
    EXPECT_TRUE(placedOn({laptop}, frame, wish, QRect(0, 0, 2560, 1400)).maximised);
}

} // namespace
} // namespace vedette::console
