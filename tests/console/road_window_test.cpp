// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/command_bar.h"
#include "console/layer_model.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/road_strip.h"
#include "console/ticket_panel.h"
#include "fake_session.h"
#include "make_snapshot.h"
#include "map/canvas.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;

constexpr LonLat middle{121.8, 32.0}; // where the session's tickets are

// A street eastwards from the tickets past the units' posts, with a way round it to the north.
layers::CityRoads streets(const layers::WorkingCrs& crs) {
    const layers::Point o = crs.toWorking(middle);
    const auto line = [&](std::string id, std::string name, std::initializer_list<layers::Point> points) {
        std::vector<layers::Point> at;
        for (const layers::Point p : points)
            at.push_back({o.x + p.x, o.y + p.y});
        return made::Row{layers::Shape::line, {{at, false}}, {id, name, "residential", "36"}};
    };
    return layers::CityRoads::make(
        {made::snapshot("roads", {"id", "name", "class", "speed"},
                        {line("a", "Renmin Rd", {{0, 0}, {100, 0}}),
                         line("b", "Renmin Rd", {{100, 0}, {3000, 0}}),
                         line("c", "Beihuan", {{100, 0}, {100, 400}, {3000, 400}, {3000, 0}})})});
}

class RoadWindow : public ::testing::Test {
protected:
    void SetUp() override {
        clock = std::make_shared<HandClock>(Instant(std::chrono::hours(24 * 20000)));
        session = std::make_shared<FakeSession>(clock);
        session->lay(streets(session->city()->crs));
        clock->advance(std::chrono::seconds(1));
        grave = session->open(1);
        clock->advance(std::chrono::seconds(1));
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
        view.centre = at(500, 100);
        view.metresPerPixel = 2;
        canvas().setView(view);
    }
    map::Canvas& canvas() { return window->mapPage().canvas(); }
    layers::Point at(double x, double y) const {
        const layers::Point o = session->city()->crs.toWorking(middle);
        return {o.x + x, o.y + y};
    }
    void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.get(), static_cast<Qt::Key>(key), with);
    }
    void click(layers::Point p) {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, canvas().view().mapToView(p).toPoint());
    }
    void say(const char* line) {
        press(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(line));
        press(Qt::Key_Return);
    }
    template <class Condition>
    ::testing::AssertionResult soon(Condition condition) {
        return QTest::qWaitFor(condition, 5000) ? ::testing::AssertionSuccess()
                                                : ::testing::AssertionFailure() << "not within 5 s";
    }
    std::vector<RoadRestricted> roads() const { return session->state().restrictedRoads(); }
    QString focus() {
        return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
    }

    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
    TicketId grave;
};

TEST_F(RoadWindow, ALineClosesAStreetThatTheMapAndTheLayersThenShow) {
    say("road close renmin rd until 23:30 burst main");
    ASSERT_TRUE(soon([&] { return roads().size() == 1; }));
    EXPECT_EQ(roads()[0].lines.size(), 2u);
    EXPECT_EQ(roads()[0].reason, "burst main");
    EXPECT_EQ(roads()[0].by, "tester");
    EXPECT_GT(roads()[0].until, clock->now());
    auto& page = window->mapPage();
    ASSERT_TRUE(soon([&] { return page.restricted().size() == 1; }));
    EXPECT_EQ(page.restricted()[0].name, QStringLiteral("Renmin Rd"));
    ASSERT_EQ(page.restrictedAt(at(700, 3)).size(), 1u);
    EXPECT_TRUE(page.restrictedAt(at(700, 400)).empty());
    auto* layers = window->findChild<LayerModel*>();
    QString tip;
    for (int i = 0; i < layers->rowCount(); ++i)
        if (layers->index(i).data(LayerModel::idRole) == QStringLiteral("closures"))
            tip = layers->index(i).data(Qt::ToolTipRole).toString();
    for (const char* part : {"R1", "Renmin Rd", "closed", "23:30", "burst main", "tester"})
        EXPECT_TRUE(tip.contains(QLatin1String(part))) << part << " in " << tip.toStdString();
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(soon([&] { return roads().empty() && page.restricted().empty(); }));
}

TEST_F(RoadWindow, AClosureEndsByItselfAndTheWindowSaysSo) {
    say("road close Renmin Rd until 23:30 burst main");
    auto& page = window->mapPage();
    ASSERT_TRUE(soon([&] { return page.restricted().size() == 1; }));
    QSignalSpy said(&window->desk(), &Desk::said);
    const std::size_t events = session->eventCount();
    clock->advance(std::chrono::hours(24));
    window->desk().refresh();
    ASSERT_TRUE(soon([&] { return page.restricted().empty(); }));
    EXPECT_EQ(session->eventCount(), events); // nobody wrote anything
    EXPECT_EQ(roads().size(), 1u);
    ASSERT_FALSE(said.isEmpty());
    EXPECT_TRUE(said.last().first().toString().contains(QStringLiteral("R1")));
}

TEST_F(RoadWindow, ARoadIsDrawnWithClicksAndClosedWithoutADialog) {
    press(Qt::Key_R, Qt::ControlModifier);
    auto& strip = window->mapPage().roadStrip();
    ASSERT_TRUE(strip.active());
    EXPECT_EQ(focus(), QStringLiteral("map"));
    click(at(200, 0));
    click(at(300, 300));
    press(Qt::Key_Backspace); // the last place back, not the last view
    click(at(900, 0));
    ASSERT_TRUE(strip.shown());
    EXPECT_EQ(strip.shown()->name, QStringLiteral("Renmin Rd"));
    press(Qt::Key_Return);
    EXPECT_EQ(focus(), QStringLiteral("roadReason"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("flood"));
    window->findChild<QLineEdit*>(QStringLiteral("roadUntil"))->setText(QStringLiteral("23:30"));
    window->findChild<QSpinBox*>(QStringLiteral("roadSpeed"))->setValue(50);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return roads().size() == 1 && !strip.active(); }));
    EXPECT_EQ(roads()[0].factor, 0.5);
    EXPECT_EQ(roads()[0].reason, "flood");
    ASSERT_EQ(roads()[0].lines.size(), 1u);
    EXPECT_EQ(roads()[0].lines[0].size(), 2u);
    EXPECT_FALSE(roads()[0].area);
}

TEST_F(RoadWindow, EscLeavesADrawingAndNothingIsClosed) {
    press(Qt::Key_R, Qt::ControlModifier);
    auto& strip = window->mapPage().roadStrip();
    click(at(200, 0));
    press(Qt::Key_Return);
    press(Qt::Key_Escape);
    EXPECT_FALSE(strip.active());
    EXPECT_TRUE(roads().empty());
    EXPECT_EQ(canvas().tool(), map::Canvas::Tool::pan);
    press(Qt::Key_R, Qt::ControlModifier);
    press(Qt::Key_Escape);
    EXPECT_FALSE(strip.active());
}

TEST_F(RoadWindow, TheWayOfWhoIsProposedStandsTurnByTurnAndATurnIsShownOnTheMap) {
    press(Qt::Key_F2);
    auto* title = window->findChild<QToolButton*>(QStringLiteral("wayTitle"));
    auto* turns = window->findChild<QListWidget*>(QStringLiteral("turns"));
    ASSERT_TRUE(soon([&] { return title->isVisible(); }));
    EXPECT_FALSE(turns->isVisible());
    title->setFocus();
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return turns->isVisible() && turns->count() >= 2; }));
    EXPECT_TRUE(turns->item(0)->text().contains(QStringLiteral("Renmin Rd")))
        << turns->item(0)->text().toStdString();
    const layers::Point before = canvas().view().centre;
    turns->setFocus();
    turns->setCurrentRow(turns->count() - 1);
    press(Qt::Key_Return);
    const layers::Point after = canvas().view().centre;
    EXPECT_NE(before.x, after.x);
    // Another desk closes the street the unit stands on: it is counted anew, without a word from anybody here.
    const QString counted = title->text();
    RestrictRoad closed;
    closed.road.lines.push_back(
        {session->city()->crs.toLonLat(at(120, 0)), session->city()->crs.toLonLat(at(2900, 0))});
    ASSERT_TRUE(session->executeAs("other", closed).ok());
    clock->advance(std::chrono::seconds(2));
    window->desk().refresh();
    EXPECT_TRUE(soon([&] { return title->text() != counted; })) << counted.toStdString();
}

// Roads are read once the window stands, also where the places are known by then: who was shown till then is shown by
// straight lines.
TEST_F(RoadWindow, WhoGoesIsAskedAgainWhenTheRoadsHaveBeenRead) {
    auto reading = std::make_shared<FakeSession>(clock);
    reading->lay(streets(reading->city()->crs), true);
    const TicketId ticket = reading->open(1);
    MainWindow::Options options;
    options.clock = clock;
    options.remember = false;
    options.cartographer = false;
    MainWindow second(reading, options);
    second.desk().selectTicket(ticket);
    ASSERT_TRUE(reading->city()->gazetteer.ready());
    ASSERT_FALSE(reading->city()->routes.ready());
    QSignalSpy asked(&second.desk(), &Desk::recommendationChanged);
    second.show();
    EXPECT_TRUE(soon([&] { return !asked.isEmpty(); })); // the clock stands still: no new board asks
    EXPECT_TRUE(reading->city()->routes.ready());
}

} // namespace
} // namespace vedette::console
