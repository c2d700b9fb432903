// SPDX-License-Identifier: GPL-3.0-or-later
#include "names_give_way.h"

#include "map/canvas.h"
#include "map/renderer.h"
#include "map/theme.h"

#include "lattice_city.h"
#include "offscreen.h"

#include <QApplication>
#include <QTest>

#include <rapidcheck/gtest.h>

#include <algorithm>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QApplication>); // owned by GoogleTest

// One named area about (0, 0), 400 metres wide, in a view of one metre a pixel.
Scene oneArea(double metresHigh) {
    Scene scene;
    std::vector<layers::Areas::Layer> parts;
    parts.push_back({layers::AreaKind::beat,
                     test::polygons({{"A", "海滨警格", "", {test::box(-200, -metresHigh / 2, 200, metresHigh / 2)}}})});
    scene.areas = layers::Areas::build(std::move(parts));
    scene.areaLayers = {{"beats", layers::AreaKind::beat, false, {Qt::transparent, QColor(90, 90, 90), 1, 50}}};
    return scene;
}

View near() {
    View view;
    view.size = {600, 400};
    view.metresPerPixel = 1;
    return view;
}

Overlay marksAt(const std::vector<layers::Point>& places, const QString& label = {}) {
    Overlay overlay;
    for (const layers::Point at : places) {
        Mark mark;
        mark.at = at;
        mark.shape = MarkShape::square;
        mark.colour = unitColour(UnitLook::free);
        mark.id = QStringLiteral("U%1").arg(overlay.marks.size());
        mark.label = label;
        mark.cluster = false;
        overlay.marks.push_back(mark);
    }
    return overlay;
}

std::vector<GivenWay> givenOf(const Scene& scene, const Overlay& overlay, const View& view = near()) {
    Renderer renderer;
    renderer.render(scene, view);
    const auto names = renderer.names();
    EXPECT_TRUE(names && !names->names().empty());
    return givenWay(*names, layOut(overlay, view), overlay.trails, {});
}

using Given = std::vector<GivenWay>;

TEST(NamesGiveWay, aNameUnderAMarkMovesBelowItOrAboveOrIsLeftOut) {
    const Scene roomy = oneArea(300);
    EXPECT_EQ(givenOf(roomy, {}), Given{});
    EXPECT_EQ(givenOf(roomy, marksAt({{120, 0}})), Given{}) << "beside it there is no need";
    EXPECT_EQ(givenOf(roomy, marksAt({{0, 0}})), (Given{{0, UnderNames::aside}}));
    EXPECT_EQ(givenOf(roomy, marksAt({{0, 0}, {0, -30}})), (Given{{0, -UnderNames::aside}})) << "one stands below";
    EXPECT_EQ(givenOf(roomy, marksAt({{0, 0}, {0, -30}, {0, 30}})), (Given{{0, std::nullopt}}));
    EXPECT_EQ(givenOf(oneArea(30), marksAt({{0, 0}})), (Given{{0, std::nullopt}})) << "it would stand in a neighbour";
}

TEST(NamesGiveWay, aNameUnderAMarksLabelGivesWayToo) {
    // The mark itself stands clear of the name, its label reaches into it.
    const Scene scene = oneArea(300);
    EXPECT_EQ(givenOf(scene, marksAt({{-48, 0}})), Given{});
    EXPECT_EQ(givenOf(scene, marksAt({{-48, 0}}, QStringLiteral("U0322 王五"))), (Given{{0, UnderNames::aside}}));
}

TEST(NamesGiveWay, aNameThatALineCrossesMovesWhereItIsClearOrStays) {
    const Scene roomy = oneArea(300);
    const auto line = [](double fromX, double fromY, double toX, double toY) {
        Overlay overlay;
        overlay.trails.push_back({{{fromX, fromY}, {toX, toY}}, Qt::white});
        return overlay;
    };
    EXPECT_EQ(givenOf(roomy, line(-400, 60, 400, 60)), Given{}) << "it runs by";
    EXPECT_EQ(givenOf(roomy, line(120, -300, 120, 300)), Given{}) << "and so does one beside it";
    EXPECT_EQ(givenOf(roomy, line(-4000, 0, 4000, 0)), (Given{{0, UnderNames::aside}}));
    EXPECT_EQ(givenOf(roomy, line(0, -300, 0, 300)), Given{}) << "crossed everywhere: it is read where it is";
    EXPECT_EQ(givenOf(oneArea(30), line(-400, 0, 400, 0)), Given{}) << "it would stand in a neighbour";
    Overlay both = marksAt({{0, 0}});
    both.trails = line(-400, -UnderNames::aside, 400, -UnderNames::aside).trails;
    EXPECT_EQ(givenOf(roomy, both), (Given{{0, -UnderNames::aside}})) << "the line runs below";
    both.trails.push_back(line(-400, UnderNames::aside, 400, UnderNames::aside).trails[0]);
    EXPECT_EQ(givenOf(roomy, both), (Given{{0, UnderNames::aside}})) << "under a line rather than not at all";
    both.trails = line(std::nan(""), 0, 0, 0).trails;
    EXPECT_EQ(givenOf(roomy, both), (Given{{0, UnderNames::aside}}));
}

TEST(NamesGiveWay, atItsOldPlaceTheGroundIsSeenAndItIsReadAtTheNew) {
    const Scene scene = oneArea(300);
    Scene nameless = scene;
    nameless.areaLayers[0].style.labelFromMetresPerPixel = 0;
    const Overlay overlay = marksAt({{0, 0}});
    const QImage with = renderToImage(scene, overlay, near()), without = renderToImage(nameless, overlay, near());
    const auto inked = [&](const QRect& rect) {
        int n = 0;
        for (int y = rect.top(); y <= rect.bottom(); ++y)
            for (int x = rect.left(); x <= rect.right(); ++x)
                n += with.pixel(x, y) != without.pixel(x, y);
        return n;
    };
    EXPECT_EQ(inked({200, 180, 200, 30}), 0);
    EXPECT_GT(inked({250, 212, 100, 20}), 150);
    EXPECT_EQ(inked({0, 0, 600, 180}) + inked({0, 236, 600, 160}), 0);
}

TEST(NamesGiveWay, onTheCanvasTheNameComesBackWhenTheMarkGoes) {
    Canvas canvas;
    canvas.resize(600, 400);
    auto scene = std::make_shared<Scene>(oneArea(300));
    canvas.setScene(scene);
    canvas.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas));
    canvas.setView(near());
    const auto seen = [&] {
        EXPECT_TRUE(QTest::qWaitFor([&] { return canvas.settled(); }, 20000));
        return canvas.grab().toImage();
    };
    const QImage alone = seen();
    const auto overlay = std::make_shared<Overlay>(marksAt({{0, 0}}));
    canvas.setOverlay(overlay);
    const QImage marked = seen();
    EXPECT_NE(marked.copy(250, 212, 100, 20), alone.copy(250, 212, 100, 20)) << "it is read below the mark";
    canvas.setOverlay(std::make_shared<Overlay>());
    EXPECT_EQ(seen(), alone) << "no frame was drawn for it, and none was harmed";
}

Overlay scattered(int count) {
    Overlay overlay;
    for (int i = 0; i < count; ++i) {
        Mark mark;
        mark.at = {*rc::gen::inRange(0, 6400) * 1.0, *rc::gen::inRange(0, 4800) * 1.0};
        mark.shape = i % 2 ? MarkShape::triangle : MarkShape::square;
        mark.colour = Qt::white;
        mark.id = QStringLiteral("U%1").arg(i);
        mark.label = i % 3 ? QString() : QStringLiteral("U%1 王").arg(i);
        overlay.marks.push_back(mark);
    }
    const auto somewhere = [] {
        return layers::Point{*rc::gen::inRange(0, 6400) * 1.0, *rc::gen::inRange(0, 4800) * 1.0};
    };
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
        overlay.trails.push_back({{somewhere(), somewhere(), somewhere()}, Qt::white});
    return overlay;
}

RC_GTEST_PROP(NamesGiveWayLaw, noNameThatIsLeftTouchesAMarkALabelOrAnotherName, ()) {
    static const auto city = test::latticeCity(16, 12);
    static const auto scene = test::latticeScene(city, Theme::dark);
    View view = near();
    view.size = {1000, 700};
    view.centre = city.areas.extent().centre();
    view.metresPerPixel = *rc::gen::element(2.5, 4.0, 9.0);
    const Overlay overlay = scattered(*rc::gen::inRange(0, 120));
    Renderer renderer;
    renderer.render(*scene, view);
    const auto names = renderer.names();
    const OverlayLayout layout = layOut(overlay, view);
    const auto given = givenWay(*names, layout, overlay.trails, {});
    std::vector<QRectF> left;
    for (std::size_t i = 0; i < names->names().size(); ++i) {
        const auto found = std::find_if(given.begin(), given.end(), [&](const GivenWay& one) { return one.name == i; });
        const double by = found == given.end() ? 0 : found->by.value_or(1e6);
        if (by < 1e6)
            left.push_back(names->names()[i].rect.translated(0, by).adjusted(2, 3, -2, -3));
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        for (const auto& placed : layout.placed)
            RC_ASSERT(!left[i].intersects(placed.box().adjusted(1, 1, -1, -1)));
        for (const auto& label : layout.labels)
            RC_ASSERT(!left[i].intersects(QRectF(label.topLeft, label.size).adjusted(2, 3, -2, -3)));
        for (std::size_t j = 0; j < i; ++j)
            RC_ASSERT(!left[i].intersects(left[j]));
    }
    // Carried with the map, each keeps its place.
    const QPointF by(*rc::gen::inRange(-90, 90), *rc::gen::inRange(-90, 90));
    OverlayLayout moved = layout;
    for (auto& placed : moved.placed)
        placed.at += by;
    for (auto& label : moved.labels)
        label.topLeft += by;
    moved.view = view.pannedBy(by);
    RC_ASSERT(givenWay(*names, moved, overlay.trails, QTransform::fromTranslate(by.x(), by.y())) == given);
}

} // namespace
} // namespace vedette::map
