// SPDX-License-Identifier: GPL-3.0-or-later
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
    const double filled = std::max(box.width() / seen.width(), box.height() / seen.height());
    RC_ASSERT(std::abs(filled - 0.9) < 1e-6);
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
