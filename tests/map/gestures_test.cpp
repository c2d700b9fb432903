// SPDX-License-Identifier: GPL-3.0-or-later
// Turning, gliding, two fingers, the overview, the flash: the real widget under real events.
#include "map/canvas.h"

#include "map/cartographer_client.h"
#include "map/theme.h"

#include "lattice_city.h"
#include "offscreen.h"

#include <QApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <numbers>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QApplication>); // owned by GoogleTest

class Gestures : public ::testing::Test {
protected:
    void SetUp() override {
        static const test::LatticeCity city = test::latticeCity(24, 16);
        scene = test::latticeScene(city, Theme::dark);
        canvas.resize(800, 600);
        canvas.setScene(scene);
        canvas.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas));
        waitSettled();
    }
    void waitSettled() {
        ASSERT_TRUE(QTest::qWaitFor([&] { return canvas.settled(); }, 20000));
        QCoreApplication::processEvents();
    }
    void mouse(QEvent::Type type, QPointF at, quint64 milliseconds, Qt::KeyboardModifiers modifiers = {}) {
        const bool up = type == QEvent::MouseButtonRelease;
        QMouseEvent event(type, at, canvas.mapToGlobal(at),
                          type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                          up ? Qt::NoButton : Qt::LeftButton, modifiers);
        event.setTimestamp(milliseconds);
        QCoreApplication::sendEvent(&canvas, &event);
    }
    // A drag of ten moves, 16 ms apart; let go `rest` ms after the last.
    void fling(QPointF from, QPointF to, quint64 rest = 0, Qt::KeyboardModifiers modifiers = {}) {
        mouse(QEvent::MouseButtonPress, from, 1000, modifiers);
        for (int i = 1; i <= 10; ++i)
            mouse(QEvent::MouseMove, from + (to - from) * i / 10, 1000 + 16 * quint64(i), modifiers);
        mouse(QEvent::MouseButtonRelease, to, 1160 + rest, modifiers);
    }
    void wheel(QPointF at, QPoint angle, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent event(at, canvas.mapToGlobal(at), {}, angle, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&canvas, &event);
    }
    void native(Qt::NativeGestureType type, QPointF at, double value) {
        QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, at, at,
                                  canvas.mapToGlobal(at), value, {});
        QCoreApplication::sendEvent(&canvas, &event);
    }
    void expectAt(layers::Point ground, QPointF where, double within = 1e-5) {
        const QPointF now = canvas.view().mapToView(ground);
        EXPECT_NEAR(now.x(), where.x(), within);
        EXPECT_NEAR(now.y(), where.y(), within);
    }

    std::shared_ptr<Scene> scene;
    Canvas canvas;
};

TEST_F(Gestures, shiftAndTheWheelTurnAboutThePointer) {
    const QPointF at(213, 377);
    const auto ground = canvas.view().viewToMap(at);
    wheel(at, {0, 120}, Qt::ShiftModifier);
    EXPECT_DOUBLE_EQ(canvas.view().rotation.degrees(), 5);
    expectAt(ground, at);
    wheel(at, {240, 0}, Qt::ShiftModifier); // where the system makes a turn to the side of it
    EXPECT_DOUBLE_EQ(canvas.view().rotation.degrees(), 15);
    wheel(at, {0, 120}, Qt::ShiftModifier | Qt::ControlModifier);
    EXPECT_DOUBLE_EQ(canvas.view().rotation.degrees(), 16);
    wheel(at, {0, -120}, Qt::ShiftModifier | Qt::ControlModifier);
    wheel(at, {0, -360}, Qt::ShiftModifier);
    EXPECT_TRUE(canvas.view().rotation.none());
    expectAt(ground, at);
    EXPECT_TRUE(canvas.held());
}

TEST_F(Gestures, keysTurnByWholeStepsAndNIsNorth) {
    wheel({400, 300}, {0, 120}, Qt::ShiftModifier); // 5 degrees
    QTest::keyClick(&canvas, Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_DOUBLE_EQ(canvas.view().rotation.degrees(), 15);
    QTest::keyClick(&canvas, Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_DOUBLE_EQ(canvas.view().rotation.degrees(), 30);
    QTest::keyClick(&canvas, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_DOUBLE_EQ(canvas.view().rotation.degrees(), 15);
    const View turned = canvas.view();
    QTest::keyClick(&canvas, Qt::Key_N);
    EXPECT_TRUE(canvas.view().rotation.none());
    EXPECT_EQ(canvas.view().centre, turned.centre);
    const auto middle = canvas.view().centre;
    QTest::keyClick(&canvas, Qt::Key_Backspace);
    EXPECT_NE(canvas.view().rotation, Rotation());
    EXPECT_EQ(canvas.view().centre, middle);
}

TEST_F(Gestures, homeIsNorthUpAndTheTurnedViewIsOneStepBack) {
    canvas.turnTo(Rotation(40));
    canvas.setView(canvas.view().zoomedAt({100, 100}, 3));
    const View turned = canvas.view();
    QTest::keyClick(&canvas, Qt::Key_Home);
    EXPECT_TRUE(canvas.view().rotation.none());
    const auto seen = canvas.view().extent();
    const auto& city = scene->areas.extent();
    EXPECT_TRUE(seen.contains({city.minX, city.minY}) && seen.contains({city.maxX, city.maxY}));
    QTest::keyClick(&canvas, Qt::Key_Backspace);
    EXPECT_EQ(canvas.view(), turned);
}

TEST_F(Gestures, controlAndADragTurnTheMapLikeAPlate) {
    const View before = canvas.view();
    const auto ground = before.viewToMap({600, 300}); // right of the middle
    mouse(QEvent::MouseButtonPress, {600, 300}, 1000, Qt::ControlModifier);
    mouse(QEvent::MouseMove, {541, 441}, 1100, Qt::ControlModifier);
    mouse(QEvent::MouseMove, {400, 500}, 1200, Qt::ControlModifier); // below it
    EXPECT_NEAR(canvas.view().rotation.degrees(), 90, 1e-9);
    expectAt(ground, {400, 500});
    EXPECT_EQ(canvas.view().centre, before.centre);
    mouse(QEvent::MouseMove, {599, 302}, 1300, Qt::ControlModifier); // within two degrees: north
    EXPECT_TRUE(canvas.view().rotation.none());
    mouse(QEvent::MouseMove, {400, 500}, 1400, Qt::ControlModifier);
    mouse(QEvent::MouseButtonRelease, {400, 500}, 1400, Qt::ControlModifier);
    EXPECT_FALSE(canvas.gliding());
    QTest::keyClick(&canvas, Qt::Key_Backspace);
    EXPECT_EQ(canvas.view(), before);
}

TEST_F(Gestures, aClickOnTheNorthArrowIsNorthUpAndNamesNoPlace) {
    canvas.turnTo(Rotation(70));
    QSignalSpy pointed(&canvas, &Canvas::pointed);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, {800 - 14 - 18, 52 + 18});
    EXPECT_TRUE(canvas.view().rotation.none());
    EXPECT_EQ(pointed.count(), 0);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, {800 - 14 - 18, 52 + 18}); // now there is none
    EXPECT_EQ(pointed.count(), 1);
}

TEST_F(Gestures, theRubberBandFramesWhatWasFramedOnATurnedMapToo) {
    canvas.turnTo(Rotation(-25));
    const View before = canvas.view();
    fling({200, 150}, {600, 450}, 0, Qt::ShiftModifier);
    EXPECT_EQ(canvas.view().rotation, before.rotation);
    expectAt(before.viewToMap({200, 150}), {0, 0});
    expectAt(before.viewToMap({600, 450}), {800, 600});
}

TEST_F(Gestures, aClickOnATurnedMapNamesThePlaceAndTheMarkUnderIt) {
    canvas.turnTo(Rotation(130));
    const auto at = canvas.view().viewToMap({300, 200});
    auto overlay = std::make_shared<Overlay>();
    Mark mark;
    mark.at = at, mark.colour = Qt::white, mark.id = "T7";
    overlay->marks.push_back(mark);
    canvas.setOverlay(overlay);
    QSignalSpy pointed(&canvas, &Canvas::pointed);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, {301, 199});
    ASSERT_EQ(pointed.count(), 1);
    EXPECT_EQ(pointed[0][1].toStringList(), QStringList{"T7"});
}

TEST_F(Gestures, theFrameOnATurnedMapIsTheOneDrawnForIt) {
    canvas.setView(canvas.view().zoomedAt({400, 300}, 2));
    for (int i = 1; i <= 12; ++i)
        canvas.turnTo(Rotation(i * 5));
    waitSettled();
    Canvas fresh;
    fresh.resize(canvas.size());
    fresh.setScene(scene);
    fresh.show();
    fresh.setView(canvas.view());
    ASSERT_TRUE(QTest::qWaitFor([&] { return fresh.settled(); }, 20000));
    canvas.clearFocus(), fresh.clearFocus();
    EXPECT_EQ(canvas.grab().toImage(), fresh.grab().toImage());
}

TEST_F(Gestures, aMapLetGoInMotionGoesOnAndComesToRest) {
    const auto ground = canvas.view().viewToMap({400, 300});
    fling({300, 300}, {500, 260});
    EXPECT_TRUE(canvas.gliding());
    expectAt(ground, {600, 260});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !canvas.gliding(); }, 10000));
    const QPointF now = canvas.view().mapToView(ground);
    EXPECT_GT(now.x(), 640);
    EXPECT_LT(now.y(), 256);
    EXPECT_NEAR((now.x() - 600) / (260 - now.y()), 5, 0.3) << "in the direction of the hand";
    waitSettled();
    class Paints : public QObject {
    public:
        bool eventFilter(QObject*, QEvent* event) override {
            count += event->type() == QEvent::Paint;
            return false;
        }
        int count = 0;
    } paints;
    canvas.installEventFilter(&paints);
    QTest::qWait(200);
    EXPECT_EQ(paints.count, 0) << "nothing is drawn while nothing changes";
    const View landed = canvas.view();
    QTest::keyClick(&canvas, Qt::Key_Backspace); // drag and glide are one step
    EXPECT_NE(canvas.view(), landed);
    expectAt(ground, {400, 300});
}

TEST_F(Gestures, aPressStopsTheGlideAndNamesNoPlace) {
    fling({300, 300}, {500, 260});
    ASSERT_TRUE(canvas.gliding());
    QSignalSpy pointed(&canvas, &Canvas::pointed);
    mouse(QEvent::MouseButtonPress, {200, 200}, 1300);
    EXPECT_FALSE(canvas.gliding());
    const View caught = canvas.view();
    mouse(QEvent::MouseButtonRelease, {200, 200}, 1350);
    EXPECT_EQ(pointed.count(), 0);
    EXPECT_EQ(canvas.view(), caught);
    mouse(QEvent::MouseButtonPress, {200, 200}, 2000);
    mouse(QEvent::MouseButtonRelease, {200, 200}, 2050);
    EXPECT_EQ(pointed.count(), 1);
}

TEST_F(Gestures, noGlideWhereTheHandRestedOrMotionIsReducedOrSomebodyLooksElsewhere) {
    fling({300, 300}, {500, 260}, 200);
    EXPECT_FALSE(canvas.gliding());
    canvas.setReducedMotion(true);
    fling({300, 300}, {500, 260});
    EXPECT_FALSE(canvas.gliding());
    canvas.setReducedMotion(false);
    fling({300, 300}, {500, 260});
    ASSERT_TRUE(canvas.gliding());
    canvas.centreOn({1000, 1000});
    EXPECT_FALSE(canvas.gliding());
    EXPECT_EQ(canvas.view().centre, (layers::Point{1000, 1000}));
}

TEST_F(Gestures, aWheelWithoutNotchesZoomsAsFarInTheEnd) {
    const double before = canvas.view().metresPerPixel;
    const QPointF at(600, 100);
    const auto ground = canvas.view().viewToMap(at);
    for (int i = 0; i < 80; ++i)
        wheel(at, {0, 3});
    EXPECT_NEAR(canvas.view().metresPerPixel, before / 2, 1e-9); // 240 units: two notches
    expectAt(ground, at);
}

TEST_F(Gestures, atTheEndsOfTheScaleTheMapStaysWhereItIs) {
    for (const int way : {1, -1}) {
        for (int i = 0; i < 80; ++i)
            wheel({700, 80}, {0, 120 * way});
        const View last = canvas.view();
        EXPECT_GT(last.metresPerPixel, 0);
        for (int i = 0; i < 5; ++i)
            wheel({100, 500}, {0, 120 * way});
        EXPECT_EQ(canvas.view().metresPerPixel, last.metresPerPixel);
        expectAt(last.centre, last.middle(), 1e-3);
    }
}

TEST_F(Gestures, twoFingersCarryZoomAndTurnTheMapBetweenThem) {
    auto* screen = QTest::createTouchDevice();
    const View before = canvas.view();
    const auto between = before.viewToMap({400, 300});
    QTest::touchEvent(&canvas, screen).press(0, {300, 300}).press(1, {500, 300});
    QTest::touchEvent(&canvas, screen).move(0, {200, 300}).move(1, {600, 300}); // twice as far apart
    EXPECT_NEAR(canvas.view().metresPerPixel, before.metresPerPixel / 2, 1e-9);
    EXPECT_TRUE(canvas.view().rotation.none());
    expectAt(between, {400, 300});
    QTest::touchEvent(&canvas, screen).move(0, {250, 350}).move(1, {650, 350}); // carried
    expectAt(between, {450, 350});
    // Turned by a right angle, in steps: the first dozen degrees are what the fingers turn anyway.
    for (int degrees = 5; degrees <= 90; degrees += 5) {
        const double a = degrees * std::numbers::pi / 180;
        const QPoint arm(int(std::lround(200 * std::cos(a))), int(std::lround(200 * std::sin(a))));
        QTest::touchEvent(&canvas, screen).move(0, QPoint(450, 350) - arm).move(1, QPoint(450, 350) + arm);
    }
    EXPECT_NEAR(canvas.view().rotation.degrees(), 90 - 15, 1);
    expectAt(between, {450, 350}, 1);
    QTest::touchEvent(&canvas, screen).release(0, {450, 150}).release(1, {450, 550});
    EXPECT_TRUE(canvas.held());
    QTest::keyClick(&canvas, Qt::Key_Backspace); // one step
    EXPECT_EQ(canvas.view(), before);
}

TEST_F(Gestures, oneFingerIsTheLeftButtonAndOneLeftOverIsNothing) {
    auto* screen = QTest::createTouchDevice();
    QSignalSpy pointed(&canvas, &Canvas::pointed);
    QTest::touchEvent(&canvas, screen).press(0, {300, 200});
    QTest::touchEvent(&canvas, screen).release(0, {300, 200});
    EXPECT_EQ(pointed.count(), 1);
    const auto ground = canvas.view().viewToMap({300, 200});
    QTest::touchEvent(&canvas, screen).press(0, {300, 200});
    QTest::touchEvent(&canvas, screen).move(0, {380, 240});
    expectAt(ground, {380, 240});
    QTest::touchEvent(&canvas, screen).stationary(0).press(1, {500, 240});
    QTest::touchEvent(&canvas, screen).stationary(0).release(1, {500, 240});
    const View left = canvas.view();
    QTest::touchEvent(&canvas, screen).move(0, {100, 100});
    EXPECT_EQ(canvas.view(), left);
    QTest::touchEvent(&canvas, screen).release(0, {100, 100});
    EXPECT_EQ(pointed.count(), 1);
}

TEST_F(Gestures, aTouchPadsOwnGesturesZoomAndTurn) {
    const QPointF at(250, 420);
    const auto ground = canvas.view().viewToMap(at);
    const double before = canvas.view().metresPerPixel;
    native(Qt::ZoomNativeGesture, at, 0.25);
    EXPECT_NEAR(canvas.view().metresPerPixel, before / 1.25, 1e-9);
    native(Qt::RotateNativeGesture, at, 12);
    EXPECT_NEAR(canvas.view().rotation.degrees(), 12, 1e-9);
    expectAt(ground, at);
    native(Qt::RotateNativeGesture, at, -9);
    native(Qt::EndNativeGesture, at, 0);
    EXPECT_TRUE(canvas.view().rotation.none()) << "nearly north is north";
}

TEST_F(Gestures, aTurnedBasemapCoversTheTurnedView) {
    CartographerClient client{CartographerClient::Settings{}}; // not started: only its signals are used
    canvas.setBasemap(&client);
    canvas.turnTo(Rotation(30));
    QImage image(canvas.view().size, QImage::Format_RGB32);
    image.fill(QColor(10, 60, 200));
    emit client.frameReady(image, canvas.view());
    waitSettled();
    const QImage seen = canvas.grab().toImage();
    for (const QPoint corner : {QPoint(2, 2), QPoint(797, 2), QPoint(2, 560), QPoint(797, 597)})
        EXPECT_EQ(seen.pixelColor(corner), QColor(10, 60, 200)) << corner.x() << ' ' << corner.y();
}

TEST_F(Gestures, aBentBasemapIsShownWhereItsPlacesAre) {
    // Shows everything 150 working metres too far east.
    auto shift = std::make_shared<BasemapShift>([](layers::Point p) {
        return layers::Point{p.x + 150, p.y};
    });
    CartographerClient client{CartographerClient::Settings{}};
    canvas.setBasemap(&client);
    canvas.setBasemapShift(shift);
    View view = canvas.view();
    view.metresPerPixel = 2;
    view.centre.x = scene->areas.extent().maxX + 5000; // beyond every area
    canvas.setView(view);
    const View asked = shift->asked(canvas.view());
    QImage image(asked.size, QImage::Format_RGB32);
    image.fill(QColor(10, 60, 200));
    const int edge = int(asked.mapToView({view.centre.x + 150, view.centre.y}).x());
    for (int y = 0; y < image.height(); ++y)
        for (int x = edge; x < image.width(); ++x) // the bent world's half east of the middle
            image.setPixelColor(x, y, QColor(200, 60, 10));
    emit client.frameReady(image, asked);
    waitSettled();
    const QImage seen = canvas.grab().toImage();
    EXPECT_EQ(seen.pixelColor(395, 100), QColor(10, 60, 200));
    EXPECT_EQ(seen.pixelColor(405, 100), QColor(200, 60, 10));
    EXPECT_EQ(seen.pixelColor(797, 100), QColor(200, 60, 10));
    EXPECT_EQ(seen.pixelColor(2, 100), QColor(10, 60, 200));
}

TEST_F(Gestures, theOverviewShowsTheWholeCityAndCarriesTheView) {
    QTest::keyClick(&canvas, Qt::Key_O);
    ASSERT_TRUE(canvas.overviewShown());
    auto* overview = canvas.findChild<QWidget*>("overviewMap");
    ASSERT_TRUE(overview && overview->isVisible());
    EXPECT_TRUE(canvas.rect().contains(overview->geometry()));
    canvas.setView(canvas.view().zoomedAt({400, 300}, 4));
    waitSettled();
    const View before = canvas.view();
    const layers::Box city = scene->areas.extent();
    // A click near its upper left corner looks at the north-west of the city.
    QTest::mouseClick(overview, Qt::LeftButton, {}, {overview->width() / 8, overview->height() / 8});
    EXPECT_LT(canvas.view().centre.x, city.minX + city.width() / 3);
    EXPECT_GT(canvas.view().centre.y, city.maxY - city.height() / 3);
    EXPECT_EQ(canvas.view().metresPerPixel, before.metresPerPixel);
    EXPECT_TRUE(canvas.held());
    // A hold on the frame carries it: the middle doesn't jump to the pointer.
    const View corner = canvas.view();
    const QPoint grip(overview->width() / 8 + 3, overview->height() / 8 + 2);
    QTest::mousePress(overview, Qt::LeftButton, {}, grip);
    EXPECT_NEAR(canvas.view().centre.x, corner.centre.x, 1e-6);
    QMouseEvent move(QEvent::MouseMove, QPointF(grip + QPoint(40, 0)), overview->mapToGlobal(QPointF(grip)),
                     Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(overview, &move);
    QTest::mouseRelease(overview, Qt::LeftButton, {}, grip + QPoint(40, 0));
    const double metres = city.width() / (overview->width() * 0.92);
    EXPECT_NEAR(canvas.view().centre.x, corner.centre.x + 40 * metres, 40 * metres * 0.1);
    QTest::keyClick(&canvas, Qt::Key_Backspace);
    EXPECT_EQ(canvas.view(), corner);
    QTest::keyClick(&canvas, Qt::Key_O);
    EXPECT_FALSE(canvas.overviewShown());
}

TEST_F(Gestures, aFlashIsSeenAndEnds) {
    const auto at = canvas.view().centre;
    canvas.clearFocus();
    const QImage before = canvas.grab().toImage();
    canvas.flash(at);
    EXPECT_NE(canvas.grab().toImage(), before);
    EXPECT_TRUE(QTest::qWaitFor([&] { return canvas.grab().toImage() == before; }, 10000));
}

TEST_F(Gestures, aSketchStandsOnTheMapUntilItIsTakenAway) {
    canvas.clearFocus();
    const QImage before = canvas.grab().toImage();
    Sketch sketch;
    sketch.points = {canvas.view().viewToMap({200, 200}), canvas.view().viewToMap({400, 200}),
                     canvas.view().viewToMap({400, 400})};
    sketch.area = true, sketch.open = false;
    canvas.setSketch(sketch);
    const QImage drawn = canvas.grab().toImage();
    const QColor line = palette(Theme::dark).selection;
    const auto near = [&](QPoint at) {
        const QColor c = drawn.pixelColor(at);
        return std::abs(c.red() - line.red()) + std::abs(c.green() - line.green()) +
               std::abs(c.blue() - line.blue());
    };
    EXPECT_LT(near({300, 200}), 60);
    EXPECT_LT(near({400, 300}), 60);
    EXPECT_LT(near({300, 300}), 60) << "closed by the third side";
    EXPECT_NE(drawn.pixel(370, 260), before.pixel(370, 260)) << "filled";
    canvas.setSketch(std::nullopt);
    EXPECT_EQ(canvas.grab().toImage(), before);
}

} // namespace
} // namespace vedette::map
