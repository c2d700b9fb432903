// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/main_window.h"
#include "console/map_overlay.h"
#include "console/shapes.h"
#include "console/theme.h"
#include "console/unit_track.h"
#include "dispatch/tracks.h"
#include "fake_session.h"
#include "map/canvas.h"

#include <QApplication>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using test::FakeSession;
using test::HandClock;
using std::chrono::minutes;

const Instant noon = Instant(std::chrono::hours(24 * 20000 + 4));

class Marks : public ::testing::Test {
protected:
    void SetUp() override {
        clock = std::make_shared<HandClock>(noon);
        session = std::make_shared<FakeSession>(clock);
        clock->advance(std::chrono::seconds(1));
        ticket = session->open(1);
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
        canvas = window->findChild<map::Canvas*>(QStringLiteral("map"));
        ASSERT_NE(canvas, nullptr);
        look(400);
    }
    void look(double metresPerPixel) {
        map::View view = canvas->view();
        view.centre = session->city()->crs.toWorking({121.8, 32.0});
        view.metresPerPixel = metresPerPixel;
        canvas->setView(view);
    }
    void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.get(), static_cast<Qt::Key>(key), with);
    }
    std::optional<map::Canvas::Crowd> crowd() const {
        for (int y = 0; y < canvas->height(); y += 4)
            for (int x = 0; x < canvas->width(); x += 4)
                if (auto found = canvas->crowdAt(QPointF(x, y))) {
                    found->at = QPointF(x, y); // its middle may lie below a mark that stands alone
                    return found;
                }
        return {};
    }
    QMenu* menu() const { return window->findChild<QMenu*>(QStringLiteral("crowdList")); }

    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
    map::Canvas* canvas = nullptr;
    TicketId ticket;
};

TEST_F(Marks, AClickOnACrowdGoesNearerUntilItPartsAndBackspaceReturns) {
    const auto first = crowd();
    ASSERT_TRUE(first);
    EXPECT_GE(first->marks.size(), 4u);
    const map::View before = canvas->view();
    QTest::mouseClick(canvas, Qt::LeftButton, {}, first->at.toPoint());
    EXPECT_LT(canvas->view().metresPerPixel, before.metresPerPixel);
    EXPECT_TRUE(canvas->held());
    for (const auto i : first->marks)
        EXPECT_TRUE(canvas->view().extent().contains(canvas->overlay().marks[i].at));
    EXPECT_FALSE(window->desk().unitId()) << "nobody of the crowd was meant";
    press(Qt::Key_Backspace);
    EXPECT_EQ(canvas->view().metresPerPixel, before.metresPerPixel);
}

TEST_F(Marks, CtrlLListsWhatStandsInTheMiddleAndReturnChooses) {
    press(Qt::Key_L, Qt::ControlModifier);
    QMenu* list = menu();
    ASSERT_NE(list, nullptr);
    ASSERT_GE(list->actions().size(), 5);
    EXPECT_TRUE(list->actions().front()->text().contains(QStringLiteral("Fight")))
        << list->actions().front()->text().toStdString();
    EXPECT_FALSE(list->actions().front()->icon().isNull());
    QTest::keyClick(list, Qt::Key_Down);
    const QString meant = list->activeAction()->text();
    QTest::keyClick(list, Qt::Key_Return);
    ASSERT_TRUE(window->desk().unitId());
    EXPECT_TRUE(meant.startsWith(QString::fromStdString(window->desk().unitId()->text)));
}

TEST_F(Marks, RoleStatusAndCategoryGiveTheSign) {
    const auto& overlay = canvas->overlay();
    const auto& set = *overlay.symbols;
    int units = 0, tickets = 0;
    for (const map::Mark& mark : overlay.marks) {
        if (mark.kind == map::Mark::Kind::unit) {
            ++units;
            EXPECT_EQ(set.name(mark.symbol), "officer");
            EXPECT_EQ(mark.shape, map::MarkShape::square);
        } else {
            ++tickets;
            EXPECT_EQ(set.name(mark.symbol), "disorder");
            EXPECT_EQ(mark.shape, map::MarkShape::triangle);
            EXPECT_EQ(mark.letter, QStringLiteral("1"));
        }
    }
    EXPECT_EQ(units, 12);
    EXPECT_EQ(tickets, 1);
}

TEST_F(Marks, AHazardHasASignOfItsOwn) {
    Board board = window->desk().board();
    ASSERT_FALSE(board.queue.empty());
    board.queue[0].hazard = true;
    const map::Overlay overlay = makeOverlay(*session->city(), board, {});
    const auto& mark = overlay.marks.back();
    EXPECT_EQ(mark.shape, map::MarkShape::hexagon);
    EXPECT_EQ(overlay.symbols->name(mark.symbol), "hazard");
}

TEST_F(Marks, CtrlDGoesRoundTheThreeThemes) {
    std::vector<map::Theme> seen;
    for (int i = 0; i < 3; ++i) {
        press(Qt::Key_D, Qt::ControlModifier);
        seen.push_back(currentTheme());
    }
    EXPECT_EQ(seen, (std::vector{map::Theme::light, map::Theme::contrast, map::Theme::dark}));
}

TEST(UnitTrack, HoldsTheLastHalfHourOfOneUnit) {
    const QTemporaryDir folder;
    auto crs = layers::WorkingCrs::named("EPSG:4549");
    auto zone = layers::TimeZone::named("Asia/Shanghai");
    City city(crs.value(), zone.value());
    city.workspace.folder = folder.path().toStdString();
    const std::atomic<bool> cancel{false};
    EXPECT_TRUE(unitTrack(city, {"U1"}, noon, cancel).spots.empty()) << "no log at all";
    {
        auto log = TrackLog::open(city.workspace.folder / "tracks", false);
        ASSERT_TRUE(log.ok());
        std::vector<Fix> fixes;
        for (int ago : {50, 20, 10, 1})
            for (const char* unit : {"U1", "U2"}) {
                Fix fix;
                fix.unit = {unit};
                fix.at = {121.8 + ago * 0.001, 32.0};
                fix.fixedAt = fix.receivedAt = noon - minutes(ago);
                fixes.push_back(fix);
            }
        ASSERT_TRUE(log.value()->append(fixes).ok());
        ASSERT_TRUE(log.value()->flush().ok());
    }
    UnitTrack track = unitTrack(city, {"U1"}, noon, cancel);
    ASSERT_EQ(track.spots.size(), 3u);
    EXPECT_EQ(track.spots.front().when, noon - minutes(20));
    track.add(track.spots.back().at, noon);
    EXPECT_EQ(track.spots.size(), 3u) << "it stands where it stood";
    track.add({1, 2}, noon + minutes(12));
    ASSERT_EQ(track.spots.size(), 3u) << "what is older than half an hour goes";
    EXPECT_EQ(track.spots.front().when, noon - minutes(10));
    track.add({std::nan(""), 2}, noon + minutes(13));
    EXPECT_EQ(track.spots.size(), 3u);
}

} // namespace
} // namespace vedette::console
