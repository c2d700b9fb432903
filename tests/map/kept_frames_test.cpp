// SPDX-License-Identifier: GPL-3.0-or-later
#include "kept_frames.h"

#include <gtest/gtest.h>

#include <cmath>

namespace vedette::map {
namespace {

const auto scene = std::make_shared<const Scene>();

RenderWorker::Frame frame(double metresPerPixel, layers::Point centre = {1000, 2000}, QSize size = {400, 300}) {
    RenderWorker::Frame frame;
    frame.of.scene = scene;
    frame.of.view.centre = centre;
    frame.of.view.metresPerPixel = metresPerPixel;
    frame.of.view.size = size;
    frame.image = QImage(size, QImage::Format_RGB32);
    frame.image.fill(QColor(40, 80, 120));
    return frame;
}

TEST(KeptFrames, haveHalfThePixelsAndTheMeanOfTheColours) {
    auto one = frame(10);
    for (int y = 0; y < 300; y += 2)
        for (int x = 0; x < 400; ++x)
            one.image.setPixelColor(x, y, QColor(200, 80, 0));
    KeptFrames kept;
    kept.keep(one);
    const auto* held = kept.best(one.of.view, scene);
    ASSERT_TRUE(held);
    EXPECT_EQ(held->image.size(), QSize(200, 150));
    EXPECT_EQ(held->image.pixelColor(99, 99), QColor(120, 80, 60));
    EXPECT_EQ(held->of.view, one.of.view);
}

TEST(KeptFrames, neverHoldMoreThanTheirBytes) {
    KeptFrames kept;
    for (int i = 0; i < 8; ++i)
        kept.keep(frame(std::exp2(2 * i), {1e6 * i, 0}, {7680, 4321}));
    int held = 0;
    for (int i = 0; i < 8; ++i)
        if (const auto* one = kept.best(frame(std::exp2(2 * i), {1e6 * i, 0}, {7680, 4321}).of.view, scene);
            one && one->of.view.centre.x == 1e6 * i) {
            ++held;
            EXPECT_LE(one->image.sizeInBytes(), KeptFrames::mostBytes);
        }
    EXPECT_EQ(held, int(KeptFrames::most));
}

TEST(KeptFrames, theWiderOfTwoAlikeStays) {
    KeptFrames kept;
    const auto wide = frame(10), narrow = frame(7);
    kept.keep(wide);
    kept.keep(narrow);
    EXPECT_EQ(kept.best(narrow.of.view, scene)->of.view, wide.of.view);
    KeptFrames turned;
    turned.keep(narrow);
    turned.keep(wide);
    EXPECT_EQ(turned.best(narrow.of.view, scene)->of.view, wide.of.view);
}

TEST(KeptFrames, theOneThatShowsMostOfSeveralTheFinest) {
    KeptFrames kept;
    const auto whole = frame(80), part = frame(20), elsewhere = frame(5, {1e6, 0});
    kept.keep(part);
    kept.keep(whole);
    kept.keep(elsewhere);
    EXPECT_EQ(kept.best(frame(60).of.view, scene)->of.view, whole.of.view);
    EXPECT_EQ(kept.best(frame(15).of.view, scene)->of.view, part.of.view);
    EXPECT_EQ(kept.best(frame(60, {-1e7, 0}).of.view, scene), nullptr);
}

TEST(KeptFrames, neverOfAnotherSceneOrAngle) {
    KeptFrames kept;
    kept.keep(frame(10));
    EXPECT_EQ(kept.best(frame(10).of.view, std::make_shared<const Scene>()), nullptr);
    View turned = frame(10).of.view;
    turned.rotation = Rotation(20);
    EXPECT_EQ(kept.best(turned, scene), nullptr);
}

} // namespace
} // namespace vedette::map
