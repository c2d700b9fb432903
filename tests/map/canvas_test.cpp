// SPDX-License-Identifier: GPL-3.0-or-later
// The real widget under real events, without a screen.
#include "map/canvas.h"

#include "map/cartographer_client.h"
#include "map/theme.h"

#include "lattice_city.h"
#include "offscreen.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QPaintEvent>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>

#include <ctime>
#include <random>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QApplication>); // owned by GoogleTest

class CanvasTest : public ::testing::Test {
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
    void wheel(QPointF at, int notches, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas, &event);
    }
    void move(QPoint at, Qt::MouseButtons buttons = Qt::NoButton) {
        QMouseEvent event(QEvent::MouseMove, QPointF(at), canvas.mapToGlobal(QPointF(at)), Qt::NoButton,
                          buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(&canvas, &event);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(&canvas, Qt::LeftButton, modifiers, from);
        for (int i = 1; i <= 10; ++i)
            move(from + (to - from) * i / 10, Qt::LeftButton);
        QTest::mouseRelease(&canvas, Qt::LeftButton, modifiers, to);
    }
    std::shared_ptr<Overlay> oneMark(layers::Point at, bool pulsing = false) {
        auto overlay = std::make_shared<Overlay>();
        Mark mark;
        mark.at = at;
        mark.colour = Qt::white;
        mark.id = "T1042";
        mark.pulsing = pulsing;
        overlay->marks.push_back(mark);
        return overlay;
    }

    std::shared_ptr<Scene> scene;
    Canvas canvas;
};

// Paint events that reach the widget, and those of them that are of some rows only.
class PaintCount : public QObject {
public:
    explicit PaintCount(QWidget& widget) { widget.installEventFilter(this); }
    bool eventFilter(QObject* widget, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            ++count;
            parts += static_cast<QPaintEvent*>(event)->rect().height() < static_cast<QWidget*>(widget)->height();
        }
        return false;
    }
    int count = 0, parts = 0;
};

// Keeps the worker's frames from the canvas, to which they come as queued calls.
class NoFrames : public QObject {
public:
    explicit NoFrames(QWidget& widget) { widget.installEventFilter(this); }
    bool eventFilter(QObject*, QEvent* event) override { return event->type() == QEvent::MetaCall; }
};

TEST_F(CanvasTest, aPanIsPaintedOnceWithItsFrame) {
    canvas.setFramePatience(std::chrono::minutes(1));
    PaintCount paints(canvas);
    for (int i = 0; i < 5; ++i) {
        canvas.setView(canvas.view().pannedBy({8, 5}));
        waitSettled();
    }
    EXPECT_EQ(paints.count, 5);
    Canvas fresh;
    fresh.resize(canvas.size());
    fresh.setScene(scene);
    fresh.show();
    fresh.setView(canvas.view());
    ASSERT_TRUE(QTest::qWaitFor([&] { return fresh.settled(); }, 20000));
    canvas.clearFocus(), fresh.clearFocus();
    EXPECT_EQ(canvas.grab().toImage(), fresh.grab().toImage());
}

TEST_F(CanvasTest, aFrameThatTakesLongIsShownAsFarAsItIs) {
    canvas.setFramePatience(std::chrono::milliseconds(0));
    PaintCount paints(canvas);
    scene = test::latticeScene(test::latticeCity(90, 60, 200, 9), Theme::dark); // longer to draw than to paint
    canvas.setScene(scene);
    canvas.resize(1600, 1200);
    canvas.fit(scene->areas.extent());
    waitSettled();
    paints.parts = 0;
    for (int i = 0; i < 50 && paints.parts == 0; ++i) { // both may come in one turn of the loop
        canvas.setView(canvas.view().zoomedAt({300, 200}, i % 2 ? 2 : 0.5));
        waitSettled();
    }
    EXPECT_GT(paints.parts, 0);
    const QImage whole = canvas.grab().toImage();
    auto again = std::make_shared<Scene>(*scene);
    ++again->revision;
    canvas.setScene(again);
    waitSettled();
    EXPECT_EQ(canvas.grab().toImage(), whole); // no strip outlives its frame
}

TEST_F(CanvasTest, aPanWhoseFrameIsLateIsPaintedWithoutIt) {
    PaintCount paints(canvas);
    NoFrames none(canvas);
    canvas.setView(canvas.view().pannedBy({8, 5}));
    EXPECT_TRUE(QTest::qWaitFor([&] { return paints.count == 1; }, 20000));
    // From then on nothing waits until a frame is in time again.
    canvas.setFramePatience(std::chrono::minutes(1));
    canvas.setView(canvas.view().pannedBy({8, 5}));
    EXPECT_TRUE(QTest::qWaitFor([&] { return paints.count == 2; }, 20000));
}

TEST_F(CanvasTest, aDragWhoseFramesAreLateIsPaintedWhileItGoesOn) {
    PaintCount paints(canvas);
    NoFrames none(canvas);
    QTest::mousePress(&canvas, Qt::LeftButton, {}, {300, 300});
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; paints.count < 4 && clock.elapsed() < 20000; ++i) {
        move({300 + 20 + i % 20, 300}, Qt::LeftButton);
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    }
    EXPECT_GE(paints.count, 4);
}

TEST_F(CanvasTest, noPartIsPaintedAheadOfAPanThatWaits) {
    canvas.setFramePatience(std::chrono::minutes(1));
    canvas.setReadout([](layers::Point) { return QString("here"); });
    waitSettled();
    PaintCount paints(canvas);
    NoFrames none(canvas);
    canvas.setView(canvas.view().pannedBy({8, 5}));
    move({100, 100});
    canvas.flash(canvas.view().centre);
    QTest::qWait(150);
    EXPECT_EQ(paints.count, 0);
    canvas.update(QRect(0, 0, 10, 10)); // by somebody else
    EXPECT_TRUE(QTest::qWaitFor([&] { return paints.count == 2; }, 20000)) << "the part, then the rest";
}

TEST_F(CanvasTest, whoTurnsTheWheelBackSeesWhatLiesAroundBeforeItIsDrawn) {
    for (int i = 0; i < 6; ++i)
        wheel({400, 300}, 1);
    waitSettled();
    for (int i = 0; i < 6; ++i)
        wheel({400, 300}, -1);
    const QImage back = canvas.grab().toImage();
    for (const QPoint at : {QPoint(100, 60), QPoint(700, 60), QPoint(100, 500), QPoint(700, 500)}) {
        int drawn = 0;
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 40; ++x)
                drawn += back.pixelColor(at + QPoint(x, y)) != groundColour(Theme::dark);
        EXPECT_GT(drawn, 200) << at.x() << ' ' << at.y();
    }
}

TEST_F(CanvasTest, startsWithTheWholeCity) {
    const auto seen = canvas.view().extent();
    const auto& city = scene->areas.extent();
    EXPECT_TRUE(seen.contains({city.minX, city.minY}) && seen.contains({city.maxX, city.maxY}));
    EXPECT_FALSE(canvas.held());
}

TEST_F(CanvasTest, wheelKeepsTheMapPointUnderThePointer) {
    const QPointF at(213, 377);
    const auto ground = canvas.view().viewToMap(at);
    const double before = canvas.view().metresPerPixel;
    wheel(at, 2);
    EXPECT_NEAR(canvas.view().metresPerPixel, before / 2, 1e-9);
    EXPECT_NEAR(canvas.view().mapToView(ground).x(), at.x(), 1e-6);
    EXPECT_NEAR(canvas.view().mapToView(ground).y(), at.y(), 1e-6);
    wheel(at, -2);
    EXPECT_NEAR(canvas.view().metresPerPixel, before, 1e-9);
}

TEST_F(CanvasTest, aNotchOfTheWheelIsShownAtOnceAndDrawnWhenTheWheelRests) {
    waitSettled();
    QSignalSpy frames(&canvas, &Canvas::frameShown);
    PaintCount paints(canvas);
    QElapsedTimer since;
    since.start();
    wheel({400, 300}, 1);
    EXPECT_FALSE(canvas.settled());
    ASSERT_TRUE(QTest::qWaitFor([&] { return paints.count > 0; }, 20000));
    ASSERT_TRUE(frames.count() > 0 || frames.wait(20000));
    EXPECT_GE(since.elapsed(), 70);
    waitSettled();
    Canvas fresh;
    fresh.resize(canvas.size());
    fresh.setScene(scene);
    fresh.show();
    fresh.setView(canvas.view());
    ASSERT_TRUE(QTest::qWaitFor([&] { return fresh.settled(); }, 20000));
    canvas.clearFocus(), fresh.clearFocus(), canvas.followAgain();
    EXPECT_EQ(canvas.grab().toImage(), fresh.grab().toImage());
}

TEST_F(CanvasTest, aWheelThatNeverRestsShowsItsProgress) {
    waitSettled();
    QSignalSpy frames(&canvas, &Canvas::frameShown);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; frames.count() < 3 && clock.elapsed() < 20000; ++i) {
        wheel({400, 300}, i / 20 % 2 ? -1 : 1);
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    }
    EXPECT_GE(frames.count(), 3);
}

TEST_F(CanvasTest, dragCarriesTheMapAndHoldsTheView) {
    QSignalSpy held(&canvas, &Canvas::heldChanged);
    const auto ground = canvas.view().viewToMap({400, 300});
    drag({400, 300}, {500, 260});
    EXPECT_NEAR(canvas.view().mapToView(ground).x(), 500, 1e-6);
    EXPECT_NEAR(canvas.view().mapToView(ground).y(), 260, 1e-6);
    EXPECT_TRUE(canvas.held());
    EXPECT_EQ(held.count(), 1);
}

TEST_F(CanvasTest, aClickIsNotADrag) {
    QSignalSpy pointed(&canvas, &Canvas::pointed);
    const View before = canvas.view();
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, {300, 200});
    EXPECT_EQ(canvas.view(), before);
    EXPECT_FALSE(canvas.held());
    ASSERT_EQ(pointed.count(), 1);
    EXPECT_TRUE(pointed[0][1].toStringList().isEmpty());
}

TEST_F(CanvasTest, backspaceGivesBackTheExactViewWhateverCameBetween) {
    std::vector<View> views{canvas.view()};
    const auto remember = [&] { views.push_back(canvas.view()); };
    drag({400, 300}, {333, 277}), remember();
    wheel({111, 99}, 3), remember();
    QTest::keyClick(&canvas, Qt::Key_Right), remember();
    drag({200, 200}, {450, 390}, Qt::ShiftModifier), remember();
    canvas.setView(canvas.view().zoomedAt({3, 5}, 1.7)), remember();
    QTest::keyClick(&canvas, Qt::Key_Home), remember();
    for (std::size_t i = views.size() - 1; i-- > 0;) {
        QTest::keyClick(&canvas, Qt::Key_Backspace);
        EXPECT_EQ(canvas.view(), views[i]) << i;
    }
    for (std::size_t i = 1; i < views.size(); ++i) {
        QTest::keyClick(&canvas, Qt::Key_Backspace, Qt::ShiftModifier);
        EXPECT_EQ(canvas.view(), views[i]) << i;
    }
}

TEST_F(CanvasTest, rubberBandShowsWhatWasFramed) {
    const auto corner = canvas.view().viewToMap({200, 150}), other = canvas.view().viewToMap({400, 300});
    drag({200, 150}, {400, 300}, Qt::ShiftModifier);
    const auto seen = canvas.view().extent();
    EXPECT_NEAR(seen.minX, corner.x, 1e-6);
    EXPECT_NEAR(seen.maxX, other.x, 1e-6);
    const View before = canvas.view();
    drag({200, 150}, {203, 152}, Qt::ShiftModifier); // a slip of the hand
    EXPECT_EQ(canvas.view(), before);
}

TEST_F(CanvasTest, escapePutsTheMapBackInTheMiddleOfADrag) {
    const View before = canvas.view();
    QTest::mousePress(&canvas, Qt::LeftButton, {}, {300, 300});
    move({350, 380}, Qt::LeftButton);
    EXPECT_NE(canvas.view(), before);
    QTest::keyClick(&canvas, Qt::Key_Escape);
    EXPECT_EQ(canvas.view(), before);
    move({390, 400}, Qt::LeftButton);
    EXPECT_EQ(canvas.view(), before);
}

TEST_F(CanvasTest, aHeldViewDoesNotJumpUntilFollowedAgain) {
    canvas.centreOn({1000, 1000}, true);
    EXPECT_EQ(canvas.view().centre, (layers::Point{1000, 1000}));
    wheel({100, 100}, 1);
    const View held = canvas.view();
    canvas.centreOn({3000, 3000}, true);
    canvas.fit({0, 0, 100, 100}, true);
    EXPECT_EQ(canvas.view(), held);
    canvas.centreOn({3000, 3000}); // asked for by the operator
    EXPECT_EQ(canvas.view().centre, (layers::Point{3000, 3000}));
    QTest::keyClick(&canvas, Qt::Key_Home);
    EXPECT_FALSE(canvas.held());
    canvas.centreOn({2000, 2000}, true);
    EXPECT_EQ(canvas.view().centre, (layers::Point{2000, 2000}));
}

TEST_F(CanvasTest, followingForMinutesIsOneStepBack) {
    const View before = canvas.view();
    for (int i = 0; i < 300; ++i)
        canvas.centreOn({1000.0 + i, 1000}, true);
    QTest::keyClick(&canvas, Qt::Key_Backspace);
    EXPECT_EQ(canvas.view(), before);
}

TEST_F(CanvasTest, clickNamesTheMarksUnderIt) {
    const auto at = canvas.view().viewToMap({300, 200});
    canvas.setOverlay(oneMark(at));
    QSignalSpy pointed(&canvas, &Canvas::pointed), hovered(&canvas, &Canvas::hovered);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, {303, 198});
    ASSERT_EQ(pointed.count(), 1);
    EXPECT_EQ(pointed[0][1].toStringList(), QStringList{"T1042"});
    move({299, 201});
    ASSERT_GE(hovered.count(), 1);
    EXPECT_EQ(hovered.last()[1].toStringList(), QStringList{"T1042"});
}

TEST_F(CanvasTest, contextMenuIsAskedForByMouseAndByKey) {
    QSignalSpy wanted(&canvas, &Canvas::contextWanted);
    QContextMenuEvent mouse(QContextMenuEvent::Mouse, {40, 50}, canvas.mapToGlobal(QPoint(40, 50)));
    QCoreApplication::sendEvent(&canvas, &mouse);
    QContextMenuEvent key(QContextMenuEvent::Keyboard, {0, 0}, canvas.mapToGlobal(QPoint(0, 0)));
    QCoreApplication::sendEvent(&canvas, &key);
    ASSERT_EQ(wanted.count(), 2);
    EXPECT_EQ(wanted[0][1].toPoint(), canvas.mapToGlobal(QPoint(40, 50)));
    EXPECT_EQ(wanted[1][1].toPoint(), canvas.mapToGlobal(canvas.rect().center()));
}

TEST_F(CanvasTest, theFrameOnScreenIsTheNewestNotTheLastToArrive) {
    for (int i = 0; i < 30; ++i)
        canvas.setView(canvas.view().zoomedAt({400, 300}, i % 2 ? 1.9 : 0.55));
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

TEST_F(CanvasTest, aNewSceneIsDrawnAndSettles) {
    auto light = std::make_shared<Scene>(*scene);
    light->theme = Theme::light;
    light->areaLayers = areaLayers(light->areas, Theme::light);
    canvas.setScene(light);
    EXPECT_FALSE(canvas.settled());
    waitSettled();
    EXPECT_GT(qGray(canvas.grab().toImage().pixel(400, 300)), 120);
}

TEST_F(CanvasTest, dataFasterThanTheDrawingStillReachTheScreen) {
    // New scenes as fast as the event loop turns: each frame that is finished must be shown.
    QSignalSpy frames(&canvas, &Canvas::frameShown);
    QElapsedTimer clock;
    clock.start();
    while (frames.count() < 3 && clock.elapsed() < 20000) {
        canvas.setScene(std::make_shared<Scene>(*scene));
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    }
    EXPECT_GE(frames.count(), 3);
}

TEST_F(CanvasTest, nothingIsPaintedWhileNothingChanges) {
    canvas.setOverlay(oneMark({3000, 3000}));
    waitSettled();
    PaintCount paints(canvas);
    QTest::qWait(300);
    EXPECT_EQ(paints.count, 0);
    canvas.setOverlay(oneMark({3000, 3000}, true));
    EXPECT_TRUE(QTest::qWaitFor([&] { return paints.count >= 4; }, 5000)); // pulses move
    canvas.setView(canvas.view().pannedBy({9000, 0}));                     // out of sight
    waitSettled();
    QCoreApplication::processEvents();
    paints.count = 0;
    QTest::qWait(300);
    EXPECT_EQ(paints.count, 0);
}

TEST_F(CanvasTest, theBasemapFollowsTheViewUntilANewOneComes) {
    CartographerClient client{CartographerClient::Settings{}}; // not started: only its signals are used
    canvas.setBasemap(&client);
    QImage image(canvas.size(), QImage::Format_RGB32);
    image.fill(QColor(10, 60, 200));
    emit client.frameReady(image, canvas.view());
    waitSettled();
    const QColor ground = groundColour(Theme::dark);
    EXPECT_EQ(canvas.grab().toImage().pixelColor(790, 12), QColor(10, 60, 200));
    canvas.setView(canvas.view().pannedBy({-300, 0}));
    waitSettled();
    EXPECT_EQ(canvas.grab().toImage().pixelColor(790, 12), ground);
    EXPECT_EQ(canvas.grab().toImage().pixelColor(440, 12), QColor(10, 60, 200));
    emit client.frameReady(image, canvas.view());
    waitSettled();
    EXPECT_EQ(canvas.grab().toImage().pixelColor(790, 12), QColor(10, 60, 200));
    canvas.setBasemap(nullptr);
    waitSettled();
    EXPECT_EQ(canvas.grab().toImage().pixelColor(790, 12), ground);
}

TEST_F(CanvasTest, theReadOutIsWordedByTheConsole) {
    layers::Point asked;
    canvas.setReadout([&](layers::Point at) { return asked = at, QString("320602 003 017"); });
    move({123, 45});
    QCoreApplication::processEvents();
    (void)canvas.grab();
    EXPECT_EQ(asked, canvas.view().viewToMap({123, 45}));
}

TEST_F(CanvasTest, hasANameForScreenReadersAndTakesTheFocus) {
    EXPECT_FALSE(canvas.accessibleName().isEmpty());
    EXPECT_EQ(canvas.focusPolicy(), Qt::StrongFocus);
}

TEST_F(CanvasTest, resizingKeepsCentreAndScaleOfAViewThatWasChosen) {
    canvas.setView(canvas.view().zoomedAt({10, 20}, 2));
    const View before = canvas.view();
    canvas.resize(640, 480);
    waitSettled();
    EXPECT_EQ(canvas.view().size, QSize(640, 480));
    EXPECT_EQ(canvas.view().centre, before.centre);
    EXPECT_EQ(canvas.view().metresPerPixel, before.metresPerPixel);
}

TEST_F(CanvasTest, resizingKeepsTheWholeCityInSight) {
    canvas.goHome();
    const layers::Box city = scene->areas.extent();
    canvas.resize(300, 700);
    waitSettled();
    EXPECT_TRUE(canvas.view().extent().contains({city.minX, city.minY}));
    EXPECT_TRUE(canvas.view().extent().contains({city.maxX, city.maxY}));
    canvas.resize(900, 700);
    waitSettled();
    const double filled = std::max(city.width() / canvas.view().extent().width(),
                                   city.height() / canvas.view().extent().height());
    EXPECT_GT(filled, 0.85);
}

TEST_F(CanvasTest, canBeDestroyedWhileItDraws) {
    for (int i = 0; i < 20; ++i) {
        Canvas brief;
        brief.resize(400, 300);
        brief.setScene(scene);
        brief.show();
        brief.setView(brief.view().zoomedAt({1, 1}, 1.5));
    }
    QCoreApplication::processEvents();
}

TEST_F(CanvasTest, theEventLoopBreathesWhileAGreatCityIsDrawn) {
    const auto city = test::latticeCity(117, 117);
    auto great = test::latticeScene(city, Theme::dark);
    auto overlay = std::make_shared<Overlay>();
    std::mt19937 random(5);
    for (int i = 0; i < 15000; ++i) {
        Mark mark;
        mark.at = {double(random() % 46800), double(random() % 46800)};
        mark.shape = i % 3 ? MarkShape::triangle : MarkShape::square;
        mark.colour = i % 3 ? priorityColour(1 + i % 3) : unitColour(UnitLook::free);
        mark.label = i % 7 ? QString() : QString("Li 李 %1").arg(i);
        mark.pulsing = i % 100 == 1;
        overlay->marks.push_back(mark);
    }
    canvas.resize(1920, 1080);
    canvas.setScene(great);
    canvas.setOverlay(overlay);
    canvas.fit(city.areas.extent());
    QElapsedTimer gap;
    // Beside the wall's clock the thread's own: on a busy machine the first counts other people's work too.
    const auto worked = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    };
    qint64 longest = 0;
    double longestWork = 0, before = worked();
    int turns = 0;
    QTimer beat;
    beat.setInterval(0);
    QObject::connect(&beat, &QTimer::timeout, [&] {
        const qint64 here = gap.nsecsElapsed();
        longest = std::max(longest, here), ++turns;
        longestWork = std::max(longestWork, worked() - before);
        before = worked();
        gap.restart();
    });
    gap.start();
    beat.start();
    const auto play = [&](const char* what, auto step) {
        longest = 0, longestWork = 0, turns = 0;
        for (int i = 0; i < 40; ++i) {
            step(i);
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        }
        RecordProperty(what, std::to_string(longest / 1000000.0));
        std::printf("%s: longest gap of the event loop %.1f ms, of it our work %.1f ms, frame %.0f ms\n",
                    what, double(longest) / 1e6, longestWork, canvas.lastFrameMilliseconds());
    };
    play("pan", [&](int i) { canvas.setView(canvas.view().pannedBy({i % 2 ? 7.0 : -9.0, 5.0})); });
    play("wheel", [&](int i) { wheel({700, 500}, i % 10 < 5 ? 1 : -1); });
    play("turn", [&](int i) { canvas.setView(canvas.view().turnedAt({700, 500}, Rotation(i * 1.5))); });
    play("live", [&](int) { canvas.setOverlay(std::make_shared<Overlay>(*overlay)); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return canvas.settled(); }, 60000));
    EXPECT_GT(turns, 0);
}

} // namespace
} // namespace vedette::map
