// SPDX-License-Identifier: GPL-3.0-or-later
#include "glide.h"
#include "map/furniture.h"
#include "map/view.h"
#include "view_history.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace vedette::map {
namespace {

View anyView() {
    View view;
    view.centre = {*rc::gen::inRange(-5'000'000, 5'000'000) / 7.0, *rc::gen::inRange(0, 50'000'000) / 7.0};
    view.metresPerPixel = std::exp2(*rc::gen::inRange(-40, 100) / 10.0);
    view.size = {*rc::gen::inRange(1, 4000), *rc::gen::inRange(1, 3000)};
    if (*rc::gen::inRange(0, 3)) // a third of them north up
        view.rotation = Rotation(
            *rc::gen::oneOf(rc::gen::inRange(-7200, 7200), rc::gen::element(900, 1800, -900)) / 10.0);
    return view;
}

QPointF anyPixel() {
    return {*rc::gen::inRange(-1000, 5000) / 3.0, *rc::gen::inRange(-1000, 5000) / 3.0};
}

RC_GTEST_PROP(View, viewToMapUndoesMapToView, ()) {
    const View view = anyView();
    const QPointF at = anyPixel(), back = view.mapToView(view.viewToMap(at));
    // A double carries 16 digits; coordinates of ten million metres leave a nanometre or so.
    const double tolerance = 1e-6 + 1e-8 / view.metresPerPixel;
    RC_ASSERT(std::abs(back.x() - at.x()) < tolerance);
    RC_ASSERT(std::abs(back.y() - at.y()) < tolerance);
}

RC_GTEST_PROP(View, zoomingKeepsThePointUnderThePointer, ()) {
    const View view = anyView();
    const QPointF at = anyPixel();
    const layers::Point held = view.viewToMap(at);
    const View next = view.zoomedAt(at, std::exp2(*rc::gen::inRange(-30, 30) / 10.0));
    const QPointF now = next.mapToView(held);
    const double tolerance = 1e-5 + 1e-7 / next.metresPerPixel;
    RC_ASSERT(std::abs(now.x() - at.x()) < tolerance);
    RC_ASSERT(std::abs(now.y() - at.y()) < tolerance);
}

RC_GTEST_PROP(View, panningCarriesTheMapWithThePointer, ()) {
    const View view = anyView();
    const QPointF from = anyPixel(), to = anyPixel();
    const QPointF now = view.pannedBy(to - from).mapToView(view.viewToMap(from));
    const double tolerance = 1e-5 + 1e-7 / view.metresPerPixel;
    RC_ASSERT(std::abs(now.x() - to.x()) < tolerance);
    RC_ASSERT(std::abs(now.y() - to.y()) < tolerance);
}

RC_GTEST_PROP(View, fittedShowsTheWholeBoxAndNoMoreThanNeeded, ()) {
    const View view = anyView();
    layers::Box box;
    box.add(view.viewToMap(anyPixel()));
    box.add(view.viewToMap(anyPixel()));
    RC_PRE(box.width() > 0 && box.height() > 0);
    const View fitted = view.fitted(box, 0.05);
    const layers::Box seen = fitted.extent();
    RC_ASSERT(seen.width() >= box.width() && seen.height() >= box.height());
    // In the view: of a turned one the extent is larger than what is seen.
    double wide = 0, high = 0;
    for (const layers::Point corner :
         {layers::Point{box.minX, box.minY}, layers::Point{box.minX, box.maxY},
          layers::Point{box.maxX, box.minY}, layers::Point{box.maxX, box.maxY}}) {
        const QPointF at = fitted.mapToView(corner) - fitted.middle();
        wide = std::max(wide, std::abs(at.x())), high = std::max(high, std::abs(at.y()));
    }
    const double filled = std::max(2 * wide / fitted.size.width(), 2 * high / fitted.size.height());
    RC_ASSERT(std::abs(filled - 0.9) < 1e-6);
}

RC_GTEST_PROP(View, turningKeepsThePointUnderThePointer, ()) {
    const View view = anyView();
    const QPointF at = anyPixel();
    const View next = view.turnedAt(at, Rotation(*rc::gen::inRange(-1800, 1800) / 10.0));
    const QPointF now = next.mapToView(view.viewToMap(at));
    const double tolerance = 1e-5 + 1e-7 / view.metresPerPixel;
    RC_ASSERT(std::abs(now.x() - at.x()) < tolerance);
    RC_ASSERT(std::abs(now.y() - at.y()) < tolerance);
}

RC_GTEST_PROP(View, itsExtentHoldsAllThatIsSeenAndTouchesIt, ()) {
    const View view = anyView();
    const layers::Box box = view.extent();
    const double slack = 1e-6 * (1 + std::abs(box.maxX) + std::abs(box.maxY));
    const double right = view.size.width(), bottom = view.size.height();
    layers::Box corners;
    for (const QPointF corner :
         {QPointF(0, 0), QPointF(right, 0), QPointF(0, bottom), QPointF(right, bottom)})
        corners.add(view.viewToMap(corner));
    RC_ASSERT(std::abs(box.minX - corners.minX) < slack && std::abs(box.maxX - corners.maxX) < slack);
    RC_ASSERT(std::abs(box.minY - corners.minY) < slack && std::abs(box.maxY - corners.maxY) < slack);
}

RC_GTEST_PROP(View, aPictureOfAnotherViewIsPlacedWhereItsPlacesAre, ()) {
    View view = anyView(), from = anyView();
    from.centre = view.viewToMap(anyPixel());
    const QPointF at = anyPixel();
    const QPointF placed = view.placing(from).map(at), truly = view.mapToView(from.viewToMap(at));
    const double tolerance =
        1e-4 + 1e-7 * (std::abs(truly.x()) + std::abs(truly.y())) + 1e-6 / view.metresPerPixel;
    RC_ASSERT(std::abs(placed.x() - truly.x()) < tolerance);
    RC_ASSERT(std::abs(placed.y() - truly.y()) < tolerance);
}

TEST(Rotation, staysInOneTurnAndIsExactAtQuarters) {
    EXPECT_EQ(Rotation(370).degrees(), 10);
    EXPECT_EQ(Rotation(-180).degrees(), 180);
    EXPECT_EQ(Rotation(540).degrees(), 180);
    EXPECT_TRUE(Rotation(-360).none());
    EXPECT_TRUE(Rotation(std::nan("")).none());
    EXPECT_TRUE(Rotation(INFINITY).none());
    EXPECT_EQ(Rotation(90).turn({1, 0}), QPointF(0, 1)); // clockwise on a screen
    EXPECT_EQ(Rotation(180).turn({3, 4}), QPointF(-3, -4));
    EXPECT_EQ(Rotation(-90).turn({1, 0}), QPointF(0, -1));
    EXPECT_EQ(Rotation(170).apart(Rotation(-170)), 20);
}

TEST(View, turnedByNinetyNorthPointsToTheRight) {
    View view;
    view.centre = {100, 200};
    view.rotation = Rotation(90);
    EXPECT_EQ(view.mapToView({100, 210}), QPointF(401, 300));
    EXPECT_TRUE(view.sees({100, 200 + 3990}));
    EXPECT_FALSE(view.sees({100, 200 + 4010}));
    EXPECT_FALSE(view.sees({100, 200 + 3990}, 20));
}

TEST(View, whatIsFramedFillsTheNextViewAtTheSameAngle) {
    View view;
    view.rotation = Rotation(33);
    const View next = view.framed(QRectF(200, 150, 400, 300));
    EXPECT_EQ(next.rotation, view.rotation);
    EXPECT_NEAR(next.metresPerPixel, view.metresPerPixel / 2, 1e-12);
    const QPointF corner = next.mapToView(view.viewToMap({200, 150}));
    EXPECT_NEAR(corner.x(), 0, 1e-6);
    EXPECT_NEAR(corner.y(), 0, 1e-6);
}

TEST(View, northIsUp) {
    View view;
    view.centre = {100, 200};
    EXPECT_GT(view.viewToMap({400, 0}).y, view.viewToMap({400, 600}).y);
    EXPECT_EQ(view.mapToView({100, 200}), QPointF(400, 300));
}

TEST(View, fittingAnEmptyBoxOrAPointKeepsTheScale) {
    View view;
    EXPECT_EQ(view.fitted({}), view);
    layers::Box point;
    point.add(layers::Point{5, 6});
    EXPECT_EQ(view.fitted(point).metresPerPixel, view.metresPerPixel);
    EXPECT_EQ(view.fitted(point).centre, (layers::Point{5, 6}));
}

RC_GTEST_PROP(ScaleBar, isRoundAndNotLongerThanWanted, ()) {
    const double metresPerPixel = std::exp2(*rc::gen::inRange(-60, 150) / 10.0);
    const ScaleBar bar = scaleBar(metresPerPixel, 120);
    RC_ASSERT(bar.pixels <= 120.001 && bar.pixels >= 120 / 2.6);
    const double mantissa = bar.metres / std::pow(10, std::floor(std::log10(bar.metres * 1.0000001)));
    RC_ASSERT(std::abs(mantissa - 1) < 1e-6 || std::abs(mantissa - 2) < 1e-6 ||
              std::abs(mantissa - 5) < 1e-6);
}

TEST(ScaleBar, saysMetresAndKilometres) {
    EXPECT_EQ(scaleBar(5).label, "500 m");
    EXPECT_EQ(scaleBar(50).label, "5 km");
}

TEST(Glide, aMapSetDownDoesNotGlide) {
    Glide hand;
    EXPECT_TRUE(hand.velocity(5).isNull());
    hand.begin({0, 0}, 1000);
    EXPECT_TRUE(hand.velocity(1000).isNull());
    for (int i = 1; i <= 10; ++i)
        hand.moved({40.0 * i, 0}, 1000 + 16 * quint64(i));
    EXPECT_TRUE(hand.velocity(1160 + 200).isNull()) << "it had come to rest";
    Glide slow;
    slow.begin({0, 0}, 1000);
    slow.moved({5, 0}, 1100);
    EXPECT_TRUE(slow.velocity(1101).isNull());
    Glide timeless; // events that don't say when they were
    timeless.begin({0, 0}, 0);
    timeless.moved({400, 0}, 0);
    EXPECT_TRUE(timeless.velocity(0).isNull());
}

TEST(Glide, goesOnAsFastAsTheHandWasAndComesToRest) {
    Glide hand;
    hand.begin({0, 0}, 1000);
    for (int i = 1; i <= 30; ++i)
        hand.moved({16.0 * i, -8.0 * i}, 1000 + 16 * quint64(i));
    const QPointF speed = hand.velocity(1490);
    EXPECT_NEAR(speed.x(), 1000, 1);
    EXPECT_NEAR(speed.y(), -500, 1);
    const double early = 1e-4;
    EXPECT_NEAR(Glide::travelled(speed, early).x() / early, speed.x(), 1);
    EXPECT_FALSE(Glide::over(speed, 0));
    EXPECT_TRUE(Glide::over(speed, 5));
    EXPECT_LT(std::abs(Glide::travelled(speed, 60).x()), 400);
    EXPECT_GT(Glide::travelled(speed, 1).x(), Glide::travelled(speed, 0.5).x());
}

TEST(Glide, aFlickIsNotTheEndOfTheWorld) {
    Glide hand;
    hand.begin({0, 0}, 1000);
    hand.moved({900, 0}, 1001);
    EXPECT_LE(hand.velocity(1001).x(), 5000);
}

using Step = ViewHistory::Step;

View at(double x) {
    View view;
    view.centre.x = x;
    return view;
}

TEST(ViewHistory, givesBackExactlyWhatWasLeft) {
    ViewHistory history;
    const auto now = ViewHistory::Clock::now();
    history.leave(at(0.1), Step::jump, now);
    history.leave(at(1.0 / 3), Step::jump, now);
    EXPECT_EQ(history.previous(at(7)), at(1.0 / 3));
    EXPECT_EQ(history.previous(at(1.0 / 3)), at(0.1));
    EXPECT_EQ(history.previous(at(0.1)), std::nullopt);
    EXPECT_EQ(history.next(at(0.1)), at(1.0 / 3));
    EXPECT_EQ(history.next(at(1.0 / 3)), at(7));
    EXPECT_EQ(history.next(at(7)), std::nullopt);
}

TEST(ViewHistory, oneTurnOfTheWheelIsOneStep) {
    ViewHistory history;
    const auto now = ViewHistory::Clock::now();
    history.leave(at(0), Step::wheel, now);
    history.leave(at(1), Step::wheel, now + std::chrono::milliseconds(100));
    history.leave(at(2), Step::wheel, now + std::chrono::milliseconds(200));
    EXPECT_EQ(history.previous(at(3)), at(0));
    history.leave(at(0), Step::wheel, now + std::chrono::milliseconds(300));
    history.leave(at(4), Step::wheel, now + std::chrono::seconds(20));
    EXPECT_EQ(history.previous(at(5)), at(4));
}

TEST(ViewHistory, aNewWayForgetsTheOldOne) {
    ViewHistory history;
    const auto now = ViewHistory::Clock::now();
    history.leave(at(0), Step::jump, now);
    (void)history.previous(at(1));
    history.leave(at(0), Step::jump, now);
    EXPECT_EQ(history.next(at(2)), std::nullopt);
}

} // namespace
} // namespace vedette::map
