// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/tilted.h"

#include "layers/snapshot_builder.h"

#include "lattice_city.h"
#include "offscreen.h"

#include <QGuiApplication>
#include <QTemporaryDir>

#include <cmath>
#include <gtest/gtest.h>

using namespace vedette;
using namespace vedette::map;

namespace {

const auto* const offscreen = ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>);

std::shared_ptr<const TiltedScene> towers(const layers::Areas& areas, double value, std::size_t every) {
    std::vector<std::pair<layers::AreaIndex, double>> values;
    for (layers::AreaIndex i = 0; i < areas.size(); ++i)
        if (areas[i].kind == layers::AreaKind::grid && i % every == 0)
            values.emplace_back(i, value);
    return tiltedScene(areas, layers::AreaKind::grid, values, 1, Theme::dark);
}

TiltedView viewOf(const layers::Areas& areas) {
    TiltedView view;
    view.size = {700, 500};
    return view.fitted(areas.extent());
}

// Squares of a hundred metres: a tower of 60, a house of two storeys' worth of text, one without a height, a line.
layers::Snapshot buildings(const std::string& column, const std::vector<std::string>& heights) {
    layers::SnapshotBuilder builder("b", {{"name", layers::FieldType::text}, {column, layers::FieldType::text}});
    for (std::size_t i = 0; i < heights.size(); ++i) {
        const double x = 200.0 * double(i);
        const auto ring = test::box(x, 0, x + 100, 100, false);
        builder.add(std::int64_t(i), layers::Shape::polygon, {{ring.points, false}},
                    {"house " + std::to_string(i), heights[i]});
    }
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "s";
    EXPECT_TRUE(builder.write(file).ok());
    return layers::Snapshot::open(file).value();
}

} // namespace

TEST(TiltedBuildings, AHeightIsFoundByItsColumnAndStoreysAreThreeMetres) {
    const auto metres = heightColumn(buildings("Height", {"12.5 m", "", "x"}));
    ASSERT_TRUE(metres);
    EXPECT_EQ(metres->metres, 1);
    const auto storeys = heightColumn(buildings("building:levels", {"", "6"}));
    ASSERT_TRUE(storeys);
    EXPECT_EQ(storeys->metres, 3);
    EXPECT_FALSE(heightColumn(buildings("height", {"", "0", "tall"}))) << "nothing of it is a height";
    EXPECT_FALSE(heightColumn(buildings("level", {"3"}))) << "a grid's level is none";
    EXPECT_TRUE(heightColumn(buildings("高度", {"9"})));
}

TEST(TiltedBuildings, AreAsHighAsTheySayAndBearTheColourOfTheirArea) {
    const auto city = test::latticeCity(3, 3);
    const auto snapshot = buildings("height", {"60", "6", "", "-4", "1e999"});
    const auto scene = tiltedBuildings(
        city.areas, snapshot, *heightColumn(snapshot),
        [](layers::Point at) { return at.x < 150 ? layers::AreaIndex(0) : TiltedScene::Prism::nowhere; },
        [](layers::AreaIndex) { return 2.0; }, 2, Theme::dark);
    ASSERT_EQ(scene->prisms.size(), 5u);
    EXPECT_EQ(scene->prisms[0].value, 60) << "the highest first";
    EXPECT_EQ(scene->prisms[1].value, 6);
    for (std::size_t i = 2; i < 5; ++i)
        EXPECT_EQ(scene->prisms[i].value, 0) << "what can't be read stands flat";
    EXPECT_EQ(scene->scaleMax, 50);
    TiltedView view;
    view.size = {700, 500};
    view = view.fitted({0, 0, 900, 100});
    view.metresUp = 50; // true heights
    const QImage image = renderTilted(*scene, view, true);
    const auto warmth = [&](std::size_t i) {
        const auto& prism = scene->prisms[i];
        const QColor seen = image.pixelColor(view.toView(prism.middle, prism.value).toPoint());
        return seen.red() - seen.blue();
    };
    EXPECT_GT(warmth(0), 40) << "the full tone of its area";
    EXPECT_LT(warmth(1), 20) << "in no area: no tone, however high";
    const auto top = view.toView(scene->prisms[0].middle, 60);
    EXPECT_EQ(tiltedPrismAt(*scene, view, top), 0u);
    EXPECT_EQ(tiltedAt(*scene, view, top), layers::AreaIndex(0));
    const auto second = view.toView(scene->prisms[1].middle, 6);
    EXPECT_EQ(tiltedPrismAt(*scene, view, second), 1u);
    EXPECT_FALSE(tiltedAt(*scene, view, second)) << "it stands in no area";
    EXPECT_EQ(tiltedBuildings(city.areas, snapshot, *heightColumn(snapshot),
                              [](layers::Point) { return TiltedScene::Prism::nowhere; },
                              [](layers::AreaIndex) { return 0.0; }, 0, Theme::dark, 1)
                  ->prisms.size(),
              1u);
}

// The difference between a fine picture and the same with every value but the highest's nothing else than names.
TEST(Tilted, TheHighestBearTheirNamesWhenItRests) {
    const auto city = test::latticeCity(9, 7);
    auto scene = std::make_shared<TiltedScene>(*towers(city.areas, 0, 1));
    auto& tall = scene->prisms[scene->prisms.size() / 2];
    tall.value = 1;
    const TiltedView view = viewOf(city.areas);
    const QPointF top = view.toView(tall.middle, view.metresUp);
    const auto ink = [&](const QImage& image) {
        int bright = 0;
        for (int y = int(top.y()) - 22; y < int(top.y()) - 4; ++y)
            for (int x = int(top.x()) - 40; x < int(top.x()) + 40; ++x)
                bright += image.rect().contains(x, y) && image.pixelColor(x, y).lightness() > 190;
        return bright;
    };
    EXPECT_GT(ink(renderTilted(*scene, view)), 15);
    EXPECT_EQ(ink(renderTilted(*scene, view, true)), 0) << "while it is turned there are none";
}

TEST(TiltedView, FromStraightAboveIsTheMap) {
    TiltedView view;
    view.centre = {1000, 2000};
    view.metresPerPixel = 2, view.turn = 0, view.tilt = 0;
    EXPECT_EQ(view.toView({1000, 2000}), QPointF(400, 300));
    const QPointF at = view.toView({1200, 2100}, 500);
    EXPECT_NEAR(at.x(), 500, 1e-9);
    EXPECT_NEAR(at.y(), 250, 1e-9);
    view.turn = 90; // north to the right
    EXPECT_NEAR(view.toView({1000, 2100}).x(), 450, 1e-9);
    view.turn = 0, view.tilt = 60; // half as deep, heights by the sine
    EXPECT_NEAR(view.toView({1000, 2100}).y(), 275, 1e-9);
    EXPECT_NEAR(view.toView({1000, 2000}, 100).y(), 300 - 50 * std::sqrt(3.0) / 2, 1e-9);
}

TEST(TiltedView, AFittedCityIsSeenWhole) {
    const auto city = test::latticeCity(12, 5);
    for (const double turn : {0.0, 25.0, 130.0, -70.0}) {
        TiltedView view;
        view.size = {640, 400}, view.turn = turn;
        view = view.fitted(city.areas.extent());
        const layers::Box& box = city.areas.extent();
        for (const double x : {box.minX, box.maxX})
            for (const double y : {box.minY, box.maxY})
                EXPECT_TRUE(QRectF(0, 0, 640, 400).contains(view.toView({x, y}))) << turn;
    }
}

// Flat ground: what is seen at the middle of an area is that area. A tower hides what lies right behind it.
TEST(Tilted, AClickNamesWhatIsSeenThere) {
    const auto city = test::latticeCity(9, 7);
    const auto flat = towers(city.areas, 0, 1);
    const TiltedView view = viewOf(city.areas);
    for (const auto& prism : flat->prisms)
        EXPECT_EQ(tiltedAt(*flat, view, view.toView(prism.middle)), prism.area);
    EXPECT_FALSE(tiltedAt(*flat, view, {1, 1}));
    const auto high = towers(city.areas, 1, 5);
    std::size_t hidden = 0;
    for (const auto& prism : high->prisms) {
        const QPointF top = view.toView(prism.middle, prism.value * view.metresUp);
        const auto seen = tiltedAt(*high, view, top);
        ASSERT_TRUE(seen);
        if (prism.value > 0 && *seen != prism.area) { // only something nearer may stand before it
            ++hidden;
            EXPECT_LT(view.depth(city.areas[*seen].box.centre()), view.depth(prism.middle));
        }
        if (prism.value > 0) { // halfway up its near side, something as near is seen, never the ground behind
            const QPointF half = view.toView(prism.middle, prism.value * view.metresUp / 2);
            const auto there = tiltedAt(*high, view, half);
            ASSERT_TRUE(there);
            EXPECT_LE(view.depth(city.areas[*there].box.centre()), view.depth(prism.middle) + 1e-6);
        }
    }
    EXPECT_LT(hidden, high->prisms.size() / 5);
}

TEST(Tilted, ThePictureShowsWhatAClickNames) {
    const auto city = test::latticeCity(9, 7);
    auto scene = std::make_shared<TiltedScene>(*towers(city.areas, 1, 5));
    TiltedView view = viewOf(city.areas);
    const QImage image = renderTilted(*scene, view, true);
    ASSERT_FALSE(image.isNull());
    std::size_t looked = 0;
    for (const auto& prism : scene->prisms) {
        const QPointF top = view.toView(prism.middle, prism.value * view.metresUp);
        if (tiltedAt(*scene, view, top) != prism.area || top.y() > 380)
            continue; // hidden, or under the legend
        const QColor seen = image.pixelColor(top.toPoint());
        const int warmth = seen.red() - seen.blue();
        EXPECT_EQ(warmth > 40, prism.value > 0) << prism.area;
        ++looked;
    }
    EXPECT_GT(looked, 30u);
}

TEST(Tilted, ANameBehindSomethingNearerIsNotWritten) {
    const auto picture = [](const QString& name, double turn) {
        TiltedScene scene;
        const auto prism = [&](double y, double half, double value, const QString& of) {
            TiltedScene::Prism made;
            made.name = of, made.middle = {0, y}, made.value = value;
            made.rings = {{{-half, y - half}, {half, y - half}, {half, y + half}, {-half, y + half}}};
            scene.prisms.push_back(made);
        };
        prism(200, 50, 0.1, name);
        prism(-100, 80, 1, QStringLiteral("tower"));
        TiltedView view;
        view.size = {700, 500};
        view.metresPerPixel = 2, view.tilt = 60, view.metresUp = 400, view.turn = turn;
        return renderTilted(scene, view);
    };
    EXPECT_EQ(picture("house", 0), picture("another", 0)) << "the tower stands before it";
    EXPECT_NE(picture("house", 180), picture("another", 180)) << "from the north it is seen";
}

TEST(Tilted, NothingAndStopAreNoTrouble) {
    TiltedScene none;
    TiltedView view;
    EXPECT_FALSE(renderTilted(none, view).isNull());
    EXPECT_FALSE(tiltedAt(none, view, {10, 10}));
    EXPECT_EQ(view.fitted({}), view);
    view.size = {0, 0};
    EXPECT_TRUE(renderTilted(none, view).isNull());
    const auto city = test::latticeCity(20, 20);
    const auto scene = towers(city.areas, 1, 3);
    const std::atomic<bool> stop{true};
    EXPECT_TRUE(renderTilted(*scene, viewOf(city.areas), false, {}, &stop).isNull());
}
