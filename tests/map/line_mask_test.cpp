// SPDX-License-Identifier: GPL-3.0-or-later
#include "line_mask.h"

#include "line_stroke.h"
#include "pixel_rows.h"

#include <QColor>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace vedette::map {
namespace {

QImage black(int width = 200, int height = 160) {
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::black);
    return image;
}

QImage drawn(const std::vector<std::vector<QPointF>>& lines, double width, QColor colour = Qt::white) {
    LineMask mask;
    QImage image = black();
    mask.begin(image.width(), image.height(), width);
    for (const auto& line : lines)
        mask.add(line);
    mask.lay(image, colour);
    return image;
}

double ink(const QImage& image) {
    double sum = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            sum += qGreen(image.pixel(x, y)) / 255.0;
    return sum;
}

TEST(LineMask, aLineCoversItsLengthTimesItsWidth) {
    for (const double width : {0.3, 0.7, 1.0})
        for (int degrees = 0; degrees < 360; degrees += 7) {
            const double turn = degrees * std::numbers::pi / 180;
            const QPointF middle(100.3, 80.1), half(60 * std::cos(turn), 60 * std::sin(turn));
            EXPECT_NEAR(ink(drawn({{middle - half, middle + half}}, width)), 120 * width, 120 * width * 0.03)
                << width << " at " << degrees;
        }
}

TEST(LineMask, aWideLineHasSquareEnds) {
    EXPECT_NEAR(ink(drawn({{{40.25, 30}, {40.25, 90}}}, 2)), 62 * 2, 0.6);
    EXPECT_NEAR(ink(drawn({{{40, 30.75}, {90, 30.75}}}, 3)), 53 * 3, 0.6);
}

TEST(LineMask, piecesOfALineAreTheLine) {
    const QPointF a(10.2, 20.9), b(150.7, 111.3);
    std::vector<QPointF> pieces;
    for (int i = 0; i <= 97; ++i)
        pieces.push_back(a + (b - a) * (i / 97.0));
    for (const double width : {0.7, 2.0}) {
        const QImage whole = drawn({{a, b}}, width), cut = drawn({pieces}, width);
        for (int y = 0; y < whole.height(); ++y)
            for (int x = 0; x < whole.width(); ++x)
                ASSERT_NEAR(qGreen(whole.pixel(x, y)), qGreen(cut.pixel(x, y)), 16) << x << ' ' << y;
    }
}

TEST(LineMask, whereTranslucentLinesCrossTheyAreNoDarker) {
    const QImage image =
        drawn({{{20, 80.5}, {180, 80.5}}, {{100.5, 20}, {100.5, 140}}}, 1, QColor(255, 255, 255, 128));
    EXPECT_NEAR(qGreen(image.pixel(100, 80)), 128, 3); // places are told apart by 1/32 pixel
    EXPECT_NEAR(qGreen(image.pixel(60, 80)), 128, 3);  // places are told apart by 1/32 pixel
    EXPECT_EQ(qGreen(image.pixel(60, 90)), 0);
}

TEST(LineMask, whatLiesOutsideLeavesNoMarkAndWhatCrossesIsCut) {
    EXPECT_EQ(ink(drawn({{{-500, -9}, {900, -9}}, {{-9, 0}, {-9, 1e7}}, {{300, 0}, {300, 160}}}, 3)), 0);
    EXPECT_NEAR(ink(drawn({{{-1e6, 80.5}, {1e6, 80.5}}}, 1)), 200, 0.5);
    EXPECT_NEAR(ink(drawn({{{100.5, -1e6}, {100.5, 1e6}}}, 1)), 160, 0.5);
    EXPECT_GT(ink(drawn({{{-1e6, -1e6}, {1e6, 1e6}}}, 1)), 150);
}

TEST(LineMask, isEmptyAfterItWasLaid) {
    LineMask mask;
    QImage first = black(), second = black();
    mask.begin(first.width(), first.height(), 1);
    mask.add(std::vector<QPointF>{{10, 10}, {190, 150}});
    mask.lay(first, Qt::white);
    mask.begin(second.width(), second.height(), 2);
    mask.lay(second, Qt::white);
    EXPECT_GT(ink(first), 100);
    EXPECT_EQ(ink(second), 0);
}

TEST(FillMask, coversTheAreaOfItsRingsHolesLeftOutAndOverlapsOnce) {
    const auto filled = [](std::vector<std::vector<QPointF>> rings, QColor colour = Qt::white) {
        FillMask mask;
        QImage image = black();
        for (int twice = 0; twice < 2; ++twice) { // empty again after it was laid
            image = black();
            mask.begin(image.width(), image.height());
            for (const auto& ring : rings)
                mask.add(ring);
            mask.lay(image, colour);
        }
        return image;
    };
    const auto box = [](double x, double y, double right, double bottom, bool hole = false) {
        std::vector<QPointF> ring{{x, y}, {right, y}, {right, bottom}, {x, bottom}};
        if (hole)
            std::reverse(ring.begin(), ring.end());
        return ring;
    };
    EXPECT_NEAR(ink(filled({box(20.3, 10.6, 150.9, 91.2)})), 130.6 * 80.6, 1);
    EXPECT_NEAR(ink(filled({box(20.3, 10.6, 150.9, 91.2, true)})), 130.6 * 80.6, 1); // whichever way round
    EXPECT_NEAR(ink(filled({box(20, 10, 150, 90), box(40.5, 20.5, 100.5, 50.5, true)})), 130 * 80 - 60 * 30, 1);
    EXPECT_NEAR(ink(filled({box(20, 10, 100, 90), box(60, 30, 150, 70)})), 80 * 80 + 50 * 40, 1);
    EXPECT_NEAR(ink(filled({{{30.2, 20}, {170.7, 60.4}, {90.1, 140.9}}})), 7283.2, 1);
    EXPECT_NEAR(ink(filled({{{10, 80}, {190, 80.3}, {190, 80.9}, {10, 80.5}}})), 99, 1); // a splinter
    EXPECT_EQ(ink(filled({box(-50, -900, 250, 900)})), 200 * 160);
    EXPECT_EQ(ink(filled({box(20, -50, 90, -3), box(20, 163, 90, 1e6)})), 0);
    EXPECT_EQ(qGreen(filled({box(20, 10, 150, 90)}, QColor(255, 255, 255, 128)).pixel(60, 60)), 128);
}

TEST(LineStroke, aWideLineIsItsLengthTimesItsWidthWithRoundEndsAndNoDarkerWhereItCrosses) {
    const auto drawnWide = [](const std::vector<QPolygonF>& lines, double width, QColor colour = Qt::white) {
        Masks masks;
        QImage image = black();
        {
            LineStroke stroke(image, masks, colour, width);
            for (const auto& line : lines)
                stroke.draw(line);
        }
        return image;
    };
    for (const double width : {4.0, 9.0})
        for (int degrees = 0; degrees < 360; degrees += 17) {
            const double turn = degrees * std::numbers::pi / 180, round = std::numbers::pi * width * width / 4;
            const QPointF middle(100.3, 80.1), half(50 * std::cos(turn), 50 * std::sin(turn));
            EXPECT_NEAR(ink(drawnWide({{middle - half, middle + half}}, width)), 100 * width + round, 0.1 * round + 2) << degrees;
            // Bent and whole it covers the same but for the bend itself.
            const QPointF aside(-half.y() / 40, half.x() / 40);
            EXPECT_NEAR(ink(drawnWide({{middle - half, middle + aside, middle + half}}, width)), 100 * width + round,
                        0.1 * round + 2) << degrees;
        }
    const QImage crossing =
        drawnWide({{{20, 80}, {180, 80}, {180, 30}, {100, 30}, {100, 140}}}, 8, QColor(255, 255, 255, 128));
    for (const QPoint at : {QPoint(100, 80), QPoint(60, 80), QPoint(180, 80), QPoint(178, 79), QPoint(100, 110)})
        EXPECT_EQ(qGreen(crossing.pixel(at)), 128) << at.x() << ' ' << at.y();
    EXPECT_EQ(ink(drawnWide({{{-500, -9}, {900, -9}}, {{-9, 0}, {-9, 1e7}}}, 8)), 0);
    EXPECT_NEAR(ink(drawnWide({{{-1e6, 80}, {1e6, 80}}}, 8)), 200 * 8, 1);
    EXPECT_NEAR(ink(drawnWide({{{100, -1e6}, {100, 1e6}}}, 20)), 160 * 20, 1);
}

TEST(PixelRows, everyKindOfProcessorLaysTheSamePixels) {
    const PixelRows* wide = PixelRows::wide();
    if (!wide)
        GTEST_SKIP() << "this processor has no wide vectors";
    std::mt19937 random(9);
    const auto colour = [&] { return QRgb(random()); };
    for (int count = 0; count < 200; ++count) {
        std::vector<QRgb> ground(std::size_t(count) + 3), a(ground.size()), b(ground.size());
        std::vector<std::uint8_t> coverage(256);
        for (std::size_t i = 0; i < ground.size(); ++i)
            ground[i] = colour() | 0xff000000u, a[i] = qPremultiply(colour()), b[i] = i % 5 ? qPremultiply(colour()) : 0;
        for (auto& c : coverage)
            c = random() % 3 ? 0 : std::uint8_t(random());
        const QRgb top = count % 2 ? colour() : colour() | 0xff000000u;
        for (const bool lines : {true, false}) {
            auto one = ground, other = ground;
            if (lines)
                PixelRows::plain().layColour(one.data(), coverage.data(), count, top),
                    wide->layColour(other.data(), coverage.data(), count, top);
            else
                PixelRows::plain().layMiddle(one.data(), a.data(), b.data(), count),
                    wide->layMiddle(other.data(), a.data(), b.data(), count);
            EXPECT_EQ(one, other) << count << lines;
            EXPECT_EQ(one[std::size_t(count)], ground[std::size_t(count)]) << "beyond the end";
        }
    }
}

} // namespace
} // namespace vedette::map
