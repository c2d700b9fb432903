// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/command_bar.h"
#include "console/coordinate_words.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/map_tools.h"
#include "console/measure_strip.h"
#include "console/window_settings.h"
#include "fake_session.h"
#include "layers/coordinates.h"
#include "map/canvas.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <cmath>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;

// The real window, its map and the keyboard.
class MapToolsWindow : public ::testing::Test {
protected:
    void SetUp() override {
        clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000)));
        session = std::make_shared<FakeSession>(clock);
        ticket = session->open(1);
        MainWindow::Options options;
        options.clock = clock;
        options.actor = QStringLiteral("tester");
        options.remember = false;
        options.cartographer = false;
        window = std::make_unique<MainWindow>(session, options);
        window->resize(1600, 900);
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
        map::View view = canvas().view();
        view.centre = crs().toWorking({121.8, 32.0});
        view.metresPerPixel = 5;
        canvas().setView(view);
        QApplication::clipboard()->clear();
    }
    map::Canvas& canvas() { return window->mapPage().canvas(); }
    MeasureStrip& strip() { return window->mapPage().measureStrip(); }
    const layers::WorkingCrs& crs() { return session->city()->crs; }
    void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.get(), static_cast<Qt::Key>(key), with);
    }
    void say(const QString& line) {
        press(Qt::Key_K, Qt::ControlModifier);
        auto* edit = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        ASSERT_TRUE(edit);
        edit->setText(line); // pasted
        press(Qt::Key_Return);
    }
    void expectLookedAt(layers::LonLat at, double metres = 1) {
        const layers::Point there = crs().toWorking(at), now = canvas().view().centre;
        EXPECT_LT(std::hypot(now.x - there.x, now.y - there.y), metres);
    }
    QString focus() {
        return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
    }

    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
    TicketId ticket;
};

TEST_F(MapToolsWindow, APlaceIsShownInWhateverFormItIsPasted) {
    for (const char* line :
         {"go 121.81,32.01", "go 121.81, 32.01", "go 32.01N 121.81E", "121.81,32.01",
          "go 32°00'36\"N 121°48'36\"E", "32°00'36\"N 121°48'36\"E", "go 32 00 36 N 121 48 36 E"}) {
        canvas().centreOn(crs().toWorking({121.7, 31.9}));
        const map::View before = canvas().view();
        say(QString::fromUtf8(line));
        SCOPED_TRACE(line);
        expectLookedAt({121.81, 32.01});
        press(Qt::Key_Backspace);
        EXPECT_EQ(canvas().view(), before) << "the exact view before is one key away";
    }
    const layers::Point there = crs().toWorking({121.81, 32.01});
    say(QStringLiteral("go ") + QString::fromStdString(layers::workingText(there)));
    expectLookedAt({121.81, 32.01});
}

TEST_F(MapToolsWindow, GoAlsoShowsATicketAndAUnit) {
    canvas().centreOn({0, 0});
    say(QStringLiteral("go ") + QString::fromStdString(toString(ticket)));
    expectLookedAt({121.8, 32.0});
    EXPECT_EQ(window->desk().ticketId(), ticket);
    say(QStringLiteral("go U0301"));
    expectLookedAt({121.802, 32.0});
}

TEST_F(MapToolsWindow, WhatIsNoPlaceIsSaidAndTheViewStays) {
    const map::View before = canvas().view();
    say(QStringLiteral("go 95N 200E"));
    EXPECT_EQ(canvas().view(), before);
}

TEST_F(MapToolsWindow, ControlGAsksWhereToGo) {
    press(Qt::Key_G, Qt::ControlModifier);
    auto* edit = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    ASSERT_TRUE(edit);
    EXPECT_EQ(edit->text(), QStringLiteral("go "));
    press(Qt::Key_Escape);
    press(Qt::Key_F6);
    press(Qt::Key_G); // on the map the letter alone
    EXPECT_TRUE(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
}

TEST_F(MapToolsWindow, CopiesTheMiddleOrThePlaceUnderThePointerInEachForm) {
    press(Qt::Key_F6);
    ASSERT_EQ(focus(), QStringLiteral("map"));
    const auto copied = [] { return QApplication::clipboard()->text(); };
    press(Qt::Key_C);
    EXPECT_EQ(copied(), QStringLiteral("121.800000,32.000000"));
    press(Qt::Key_C, Qt::ShiftModifier);
    press(Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(copied(), QString::fromUtf8("32°00'00.0\"N 121°48'00.0\"E"));
    press(Qt::Key_C, Qt::ShiftModifier);
    press(Qt::Key_C);
    EXPECT_EQ(copied(), QString::fromStdString(layers::workingText(canvas().view().centre)));
    const QString kept = copied();
    press(Qt::Key_C, Qt::ShiftModifier); // the area's code: this city has none
    press(Qt::Key_C);
    EXPECT_EQ(copied(), kept);
    press(Qt::Key_C, Qt::ShiftModifier);
    QTest::mouseMove(&canvas(), QPoint(100, 80));
    const layers::LonLat there = crs().toLonLat(canvas().view().viewToMap(QPointF(100, 80)));
    press(Qt::Key_C);
    EXPECT_EQ(copied(), QString::fromStdString(layers::decimalText(there)));
    // What was copied can be pasted into `go`.
    say(copied());
    expectLookedAt(there);
}

TEST_F(MapToolsWindow, TheReadOutFollowsTheFormAndSaysTruePlacesOnATurnedMap) {
    canvas().turnTo(map::Rotation(77));
    QTest::mouseMove(&canvas(), QPoint(300, 200));
    auto* where = window->findChild<QLabel*>(QStringLiteral("mapWhere"));
    ASSERT_TRUE(where);
    const layers::Point at = canvas().view().viewToMap(QPointF(300, 200));
    for (const CoordinateForm form : coordinateForms) {
        window->mapPage().setCoordinateForm(form);
        EXPECT_EQ(where->text(), coordinateWords(*session->city(), form, at)) << toText(form).toStdString();
    }
    EXPECT_EQ(coordinateWords(*session->city(), CoordinateForm::degrees, {1e12, 1e12}),
              QString::fromUtf8("—"));
    EXPECT_EQ(coordinatePaste(*session->city(), CoordinateForm::minutes, {1e12, 1e12}), QString());
}

TEST_F(MapToolsWindow, MeasuresAWayByKeysAlone) {
    press(Qt::Key_F6);
    press(Qt::Key_M);
    ASSERT_TRUE(strip().active());
    press(Qt::Key_Space);
    press(Qt::Key_Right); // a fifth of the map to the right
    const double metres = canvas().view().size.width() * 0.2 * 5;
    ASSERT_EQ(strip().measured().legs.size(), 1U) << "the middle of the map is the next place";
    // Grid metres of EPSG:4549 nearly two degrees from its meridian are a few parts in ten thousand long.
    EXPECT_NEAR(strip().measured().metres, metres, metres * 1e-3);
    EXPECT_NEAR(strip().measured().legs[0].bearing, 90, 1.5);
    press(Qt::Key_Space);
    press(Qt::Key_Down);
    press(Qt::Key_Space);
    EXPECT_EQ(strip().measured().legs.size(), 2U);
    press(Qt::Key_Backspace);
    press(Qt::Key_Return);
    ASSERT_TRUE(strip().active());
    const QString said = strip().words();
    press(Qt::Key_Up);
    EXPECT_EQ(strip().words(), said) << "what was ended stands";
    press(Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), said);
    press(Qt::Key_Escape);
    EXPECT_FALSE(strip().active());
    EXPECT_EQ(focus(), QStringLiteral("map"));
}

TEST_F(MapToolsWindow, MeasuresAnAreaByClicksAndSelectsNothingMeanwhile) {
    press(Qt::Key_F6);
    press(Qt::Key_M, Qt::ShiftModifier);
    ASSERT_TRUE(strip().active() && strip().area());
    const QPoint middle = canvas().view().middle().toPoint();
    for (const QPoint by : {QPoint(0, 0), QPoint(100, 0), QPoint(100, 100), QPoint(0, 100)})
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, middle + by);
    EXPECT_EQ(window->desk().ticketId(), std::nullopt) << "the first click was on the ticket";
    EXPECT_NEAR(strip().measured().squareMetres, 500.0 * 500, 500 * 500 * 2e-3);
    press(Qt::Key_A);
    EXPECT_FALSE(strip().area());
    EXPECT_NEAR(strip().measured().metres, 1500, 5);
    press(Qt::Key_M, Qt::ShiftModifier);
    EXPECT_TRUE(strip().area()) << "begins anew";
    press(Qt::Key_M, Qt::ShiftModifier);
    EXPECT_FALSE(strip().active()) << "again: leaves";
    EXPECT_FALSE(window->desk().ticketId());
}

TEST_F(MapToolsWindow, ACallThatIsTakenEndsTheMeasuring) {
    press(Qt::Key_F6);
    press(Qt::Key_M);
    ASSERT_TRUE(strip().active());
    press(Qt::Key_F3);
    EXPECT_FALSE(strip().active());
    EXPECT_EQ(canvas().tool(), map::Canvas::Tool::pickPoint);
    press(Qt::Key_F6);
    press(Qt::Key_M); // while the call waits
    press(Qt::Key_Escape);
    EXPECT_EQ(canvas().tool(), map::Canvas::Tool::pickPoint) << "the next click names the call's place again";
}

TEST_F(MapToolsWindow, TheContextMenuOffersWhatTheKeysDo) {
    emit window->mapPage().contextWanted(canvas().view().centre, QPoint(10, 10));
    auto* copies = window->findChild<QMenu*>(QStringLiteral("copyCoordinates"));
    ASSERT_TRUE(copies);
    ASSERT_GE(copies->actions().size(), 3);
    copies->actions().front()->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("121.800000,32.000000"));
}

TEST(MapSettings, TurnFormOverviewAndMotionAreKept) {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    WindowSettings settings;
    settings.view = WindowSettings::Looked{1, 2, 3, -42.5};
    settings.coordinates = toText(CoordinateForm::working);
    settings.overview = settings.reducedMotion = true;
    settings.save(path);
    const WindowSettings back = WindowSettings::load(path);
    ASSERT_TRUE(back.view);
    EXPECT_EQ(back.view->rotation, -42.5);
    EXPECT_EQ(coordinateForm(back.coordinates), CoordinateForm::working);
    EXPECT_TRUE(back.overview && back.reducedMotion);
    EXPECT_EQ(coordinateForm(QStringLiteral("whatever")), CoordinateForm::degrees);
}

TEST(Measured, IsWrittenWithAUnitThatFits) {
    EXPECT_EQ(metresText(12.34), QStringLiteral("12.3 m"));
    EXPECT_EQ(metresText(1234.4), QStringLiteral("1.234 km"));
    EXPECT_EQ(metresText(250000), QStringLiteral("250.0 km"));
    EXPECT_EQ(squareMetresText(5234), QString::fromUtf8("5234 m²"));
    EXPECT_EQ(squareMetresText(2500000), QString::fromUtf8("2.500 km²"));
}

} // namespace
} // namespace vedette::console
