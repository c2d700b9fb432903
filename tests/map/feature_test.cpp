// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/renderer.h"

#include "under_names.h"

#include "lattice_city.h"
#include "offscreen.h"

#include <QGuiApplication>

#include <cmath>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>); // owned by GoogleTest

using layers::Point;
using layers::Shape;
using layers::SnapshotBuilder;

struct Feature {
    Shape shape;
    std::vector<SnapshotBuilder::Ring> rings;
    std::string name = "x";
};

layers::Snapshot snapshotOf(const std::vector<Feature>& features) {
    SnapshotBuilder builder("added", {{"name", layers::FieldType::text}});
    std::int64_t row = 0;
    for (const Feature& feature : features)
        builder.add(row++, feature.shape, feature.rings, {feature.name});
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "s";
    EXPECT_TRUE(builder.write(file).ok());
    auto opened = layers::Snapshot::open(file);
    EXPECT_TRUE(opened.ok());
    return opened.value();
}

SnapshotBuilder::Ring box(double minX, double minY, double maxX, double maxY, bool hole = false) {
    const auto ring = test::box(minX, minY, maxX, maxY, hole);
    return {ring.points, hole};
}

FeatureLayer layerOf(const std::vector<Feature>& features, layers::Argb fill = 0xff00c800,
                     std::vector<std::uint16_t> classOf = {}) {
    auto look = std::make_shared<FeatureLook>();
    look->snapshot = snapshotOf(features);
    look->style.classes.front().fill = fill;
    look->style.classes.front().outline = 0;
    look->classOf = classOf.empty() ? std::vector<std::uint16_t>(features.size(), 0) : std::move(classOf);
    FeatureLayer layer;
    layer.look = std::move(look);
    layer.seen = layer.look->snapshot.extent();
    return layer;
}

View view(double metresPerPixel = 1) {
    View view;
    view.size = {200, 100};
    view.centre = {100, 50};
    view.metresPerPixel = metresPerPixel;
    return view;
}

QImage drawn(std::vector<FeatureLayer> layers, std::vector<Piece> order = {}, View looked = view()) {
    Scene scene;
    scene.features = std::move(layers);
    scene.order = std::move(order);
    Renderer renderer;
    return renderer.render(scene, looked);
}

const QColor ground = groundColour(Theme::dark), green(0, 200, 0), red(200, 0, 0);

TEST(Features, aPolygonIsFilledAndItsHoleStaysOpen) {
    const QImage image =
        drawn({layerOf({{Shape::polygon, {box(20, 10, 180, 90), box(80, 40, 120, 60, true)}}})});
    EXPECT_EQ(image.pixelColor(40, 50), green);
    EXPECT_EQ(image.pixelColor(100, 50), ground);
    EXPECT_EQ(image.pixelColor(5, 5), ground);
}

TEST(Features, whatNoClassTakesIsNotDrawn) {
    const std::vector<Feature> two{{Shape::polygon, {box(0, 0, 80, 100)}},
                                   {Shape::polygon, {box(120, 0, 200, 100)}}};
    const QImage image = drawn({layerOf(two, 0xff00c800, {layers::noClass, 0})});
    EXPECT_EQ(image.pixelColor(40, 50), ground);
    EXPECT_EQ(image.pixelColor(160, 50), green);
}

TEST(Features, theOrderSaysWhatLiesAbove) {
    const std::vector<Feature> one{{Shape::polygon, {box(0, 0, 200, 100)}}};
    const auto a = layerOf(one, 0xff00c800), b = layerOf(one, 0xffc80000);
    using Kind = Piece::Kind;
    EXPECT_EQ(drawn({a, b}).pixelColor(50, 50), red) << "without an order the last lies above";
    EXPECT_EQ(drawn({a, b}, {{Kind::feature, 1}, {Kind::feature, 0}}).pixelColor(50, 50), green);
    EXPECT_EQ(drawn({a, b}, {{Kind::feature, 7}, {Kind::feature, 0}}).pixelColor(50, 50), green)
        << "what is not in the scene is passed over";
}

TEST(Features, anAreasLinesLieWhereTheOrderPutsThem) {
    Scene scene;
    std::vector<layers::Areas::Layer> parts;
    parts.push_back({layers::AreaKind::beat, test::polygons({{"A", "", "", {test::box(20, 10, 180, 90)}}})});
    scene.areas = layers::Areas::build(std::move(parts));
    scene.areaLayers = {{"beats", layers::AreaKind::beat, false, {Qt::transparent, QColor(250, 0, 0), 3, 0}}};
    scene.features = {layerOf({{Shape::polygon, {box(0, 0, 200, 100)}}})};
    const auto at = [&](std::vector<Piece> order) {
        scene.order = std::move(order);
        Renderer renderer;
        return renderer.render(scene, view()).pixelColor(100, 10);
    };
    using Kind = Piece::Kind;
    EXPECT_GT(at({{Kind::feature, 0}, {Kind::area, 0}}).red(), 200);
    EXPECT_EQ(at({{Kind::area, 0}, {Kind::feature, 0}}), green);
    scene.areaLayers[0].range = {2, 0}; // only from 2 metres a pixel on
    EXPECT_EQ(at({{Kind::feature, 0}, {Kind::area, 0}}), green);
}

TEST(Features, aScaleRangeAndOpacityAreKept) {
    auto layer = layerOf({{Shape::polygon, {box(-1000, -1000, 1000, 1000)}}});
    layer.range = {0.5, 2};
    EXPECT_EQ(drawn({layer}, {}, view(0.4)).pixelColor(50, 50), ground);
    EXPECT_EQ(drawn({layer}, {}, view(0.5)).pixelColor(50, 50), green);
    EXPECT_EQ(drawn({layer}, {}, view(2)).pixelColor(50, 50), green);
    EXPECT_EQ(drawn({layer}, {}, view(2.1)).pixelColor(50, 50), ground);
    EXPECT_NEAR(metresPerPixelAt(96 / 0.0254), 1, 1e-12);
    layer.range = {};
    layer.opacity = 0;
    EXPECT_EQ(drawn({layer}).pixelColor(50, 50), ground);
    layer.opacity = 0.5;
    const QColor half = drawn({layer}).pixelColor(50, 50);
    EXPECT_NEAR(half.green(), (ground.green() + green.green()) / 2, 2);
    layer.visible = false, layer.opacity = 1;
    EXPECT_EQ(drawn({layer}).pixelColor(50, 50), ground);
}

TEST(Features, aPointHasItsMarkerAndALineItsColour) {
    auto points = layerOf({{Shape::point, {{{{60, 50}}, false}}}});
    auto lines =
        std::make_shared<FeatureLook>(*layerOf({{Shape::line, {{{{0, 20}, {200, 20}}, false}}}}).look);
    lines->style.classes.front().outline = 0xffc80000, lines->style.classes.front().width = 3;
    FeatureLayer line;
    line.look = lines;
    const QImage image = drawn({points, line});
    EXPECT_EQ(image.pixelColor(60, 50), green);
    EXPECT_EQ(image.pixelColor(60, 40), ground);
    EXPECT_EQ(image.pixelColor(100, 79), red);
}

TEST(Features, whatIsSelectedIsOutlinedOverEverything) {
    auto below = layerOf({{Shape::polygon, {box(50, 20, 150, 80)}}});
    below.selected = std::make_shared<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{0, 99});
    const auto above = layerOf({{Shape::polygon, {box(0, 0, 200, 100)}}}, 0xffc80000);
    EXPECT_EQ(drawn({below, above}).pixelColor(100, 20), palette(Theme::dark).selection);
    below.selected.reset();
    EXPECT_EQ(drawn({below, above}).pixelColor(100, 20), red);
}

TEST(Features, aLayerThatCannotBeReadIsHatchedWhereItLay) {
    FeatureLayer lost;
    lost.name = QStringLiteral("Hydrants"), lost.problem = QStringLiteral("no file");
    const QImage note = drawn({lost});
    EXPECT_NE(note, drawn({})) << "a line says so even when it never lay anywhere";
    lost.seen = {20, 10, 180, 90};
    const QImage hatched = drawn({lost});
    int touched = 0;
    for (int x = 30; x < 170; ++x)
        touched += hatched.pixelColor(x, 80) != ground;
    EXPECT_GT(touched, 10);
    lost.visible = false;
    EXPECT_EQ(drawn({lost}), drawn({}));
}

TEST(Features, onATurnedMapTheHatchingLiesWhereTheLayerLay) {
    FeatureLayer lost;
    lost.problem = QStringLiteral("no file");
    View looked = view();
    looked.size = {300, 300};
    for (const double degrees : {0.0, 30.0, 90.0, 225.0}) {
        looked.rotation = Rotation(degrees);
        lost.seen = {};
        const QImage note = drawn({lost}, {}, looked);
        lost.seen = {20, 20, 180, 80};
        const QImage hatched = drawn({lost}, {}, looked);
        int inside = 0;
        const layers::Box near{18, 18, 182, 82};
        for (int y = 0; y < 300; ++y)
            for (int x = 0; x < 300; ++x)
                if (hatched.pixel(x, y) != note.pixel(x, y)) {
                    EXPECT_TRUE(near.contains(looked.viewToMap({x + 0.5, y + 0.5}))) << degrees << " " << x << " " << y;
                    ++inside;
                }
        EXPECT_GT(inside, 160 * 60 / 20) << degrees;
    }
}

TEST(Features, farAwayAndBrokenCoordinatesAreSurvived) {
    constexpr double far = 1e13;
    const auto none = std::numeric_limits<double>::quiet_NaN(),
               ever = std::numeric_limits<double>::infinity();
    auto layer = layerOf({{Shape::polygon, {box(-far, -far, far, far)}},
                          {Shape::line, {{{{-far, 10}, {far, 30}}, false}}},
                          {Shape::point, {{{{far, far}}, false}}},
                          {Shape::none, {}}});
    EXPECT_EQ(drawn({layer}).pixelColor(50, 50), green);
    // The reader lets none of these through; a snapshot that holds them all the same must not end the shift.
    layer = layerOf({{Shape::polygon, {{{{0, 0}, {none, 10}, {10, ever}, {0, 0}}, false}}},
                     {Shape::point, {{{{none, none}}, false}}},
                     {Shape::line, {{{{ever, -ever}, {none, 0}}, false}}}});
    EXPECT_EQ(drawn({layer}).size(), QSize(200, 100));
    EXPECT_EQ(drawn({layerOf({})}).pixelColor(50, 50), ground) << "an empty layer";
}

TEST(Features, aPolygonOfTenMillionVerticesIsDrawn) {
    std::vector<Point> ring;
    constexpr int many = 10'000'000;
    for (int i = 0; i < many; ++i) {
        const double angle = 2 * M_PI * i / many, r = 40 + std::sin(angle * 900);
        ring.push_back({100 + r * std::cos(angle), 50 + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    const QImage image = drawn({layerOf({{Shape::polygon, {{std::move(ring), false}}}})});
    EXPECT_EQ(image.pixelColor(100, 50), green);
    EXPECT_EQ(image.pixelColor(5, 5), ground);
}

TEST(Features, cancellingGivesNoPicture) {
    Scene scene;
    scene.features = {layerOf({{Shape::polygon, {box(0, 0, 200, 100)}}})};
    const std::atomic<bool> cancel{true};
    Renderer renderer;
    EXPECT_TRUE(renderer.render(scene, view(), {}, &cancel).isNull());
    EXPECT_EQ(renderer.render(scene, view()).pixelColor(50, 50), green)
        << "and what was cut short is made again";
}

TEST(Features, namesAreWrittenAndNotOverEachOther) {
    const auto named = [](bool on) {
        auto look = std::make_shared<FeatureLook>(*layerOf({{Shape::point, {{{{60, 50}}, false}}, "Alpha"},
                                                            {Shape::point, {{{{61, 50}}, false}}, "Bravo"}})
                                                       .look);
        if (on)
            look->style.label.column = "name";
        FeatureLayer layer;
        layer.look = look;
        return layer;
    };
    const QImage with = drawn({named(true)}), without = drawn({named(false)});
    EXPECT_NE(with, without);
    auto gone = named(true);
    gone.range = {5, 0};
    EXPECT_EQ(drawn({gone}), drawn({}));
}

TEST(Features, namesInSightAreWrittenHoweverTheMapIsTurned) {
    for (int degrees = -180; degrees < 180; degrees += 13) {
        View turned = view();
        turned.rotation = Rotation(degrees);
        const Point left = turned.viewToMap({40, 50}), right = turned.viewToMap({150, 50});
        auto look = std::make_shared<FeatureLook>(
            *layerOf({{Shape::point, {{{left}, false}}, "Al"}, {Shape::point, {{{right}, false}}, "Be"}}).look);
        look->style.label.column = "name";
        Scene scene;
        scene.features.resize(1);
        scene.features[0].look = look;
        Renderer renderer;
        renderer.render(scene, turned);
        EXPECT_EQ(renderer.names()->names().size(), 2u) << degrees;
    }
}

TEST(Features, anAddedLayersNameLeavesAnAreasNameInPeace) {
    Scene scene;
    std::vector<layers::Areas::Layer> parts;
    parts.push_back({layers::AreaKind::beat, test::polygons({{"A", "Beat", "", {test::box(0, 0, 200, 100)}}})});
    scene.areas = layers::Areas::build(std::move(parts));
    scene.areaLayers = {{"beats", layers::AreaKind::beat, false, {Qt::transparent, QColor(250, 0, 0), 1, 50}}};
    auto look = std::make_shared<FeatureLook>(*layerOf({{Shape::polygon, {box(50, 20, 150, 80)}, "Park"}}).look);
    look->style.label.column = "name";
    scene.features.resize(1);
    scene.features[0].look = look;
    Renderer renderer;
    renderer.render(scene, view());
    EXPECT_EQ(renderer.names()->names().size(), 1u) << "one over the other could not be read";
}

// Each tooth is the farthest from the line between the last tip and the end: split there, a comb is quadratic.
// Two million vertices would keep the map waiting for an hour.
TEST(Features, aCombOfTwoMillionVerticesIsDrawn) {
    SnapshotBuilder::Ring comb;
    constexpr int teeth = 1'000'000;
    comb.points = {{0, 0}};
    for (int i = 0; i < teeth; ++i) {
        const double x = 200.0 * i / teeth;
        comb.points.push_back({x, 90 - 10 * x / 200});
        comb.points.push_back({x + 100.0 / teeth, 70});
    }
    comb.points.push_back({200, 0});
    comb.points.push_back({0, 0});
    const QImage image = drawn({layerOf({{Shape::polygon, {std::move(comb)}}})});
    EXPECT_EQ(image.pixelColor(100, 80), green);
    EXPECT_EQ(image.pixelColor(100, 5), ground);
}

} // namespace
} // namespace vedette::map
