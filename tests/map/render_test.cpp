// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/renderer.h"

#include "under_names.h"

#include "lattice_city.h"
#include "offscreen.h"

#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>); // owned by GoogleTest

using test::box;

View square(double metresPerPixel = 1, double ratio = 1) {
    View view;
    view.size = {200, 100};
    view.centre = {100, 50};
    view.metresPerPixel = metresPerPixel;
    view.devicePixelRatio = ratio;
    return view;
}

Scene sceneOf(const std::vector<test::Row>& rows) {
    Scene scene;
    std::vector<layers::Areas::Layer> parts;
    parts.push_back({layers::AreaKind::beat, test::polygons(rows)});
    scene.areas = layers::Areas::build(std::move(parts));
    scene.areaLayers = {
        {"beats", layers::AreaKind::beat, false, {QColor(0, 200, 0), QColor(255, 0, 0), 1, 0}}};
    return scene;
}

bool close(QColor a, QColor b, int tolerance = 3) {
    return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
           std::abs(a.blue() - b.blue()) <= tolerance;
}

TEST(Renderer, anEmptySceneIsGround) {
    Renderer renderer;
    const QImage image = renderer.render(Scene{}, square());
    ASSERT_EQ(image.size(), QSize(200, 100));
    for (const QPoint at : {QPoint(0, 0), QPoint(199, 99), QPoint(100, 50)})
        EXPECT_EQ(image.pixelColor(at), groundColour(Theme::dark));
}

TEST(Renderer, aHoleStaysAHole) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 180, 90), box(80, 40, 120, 60, true)}}});
    Renderer renderer;
    const QImage image = renderer.render(scene, square());
    EXPECT_EQ(image.pixelColor(40, 50), QColor(0, 200, 0));
    EXPECT_EQ(image.pixelColor(100, 50), groundColour(Theme::dark));
    EXPECT_EQ(image.pixelColor(5, 5), groundColour(Theme::dark));
}

TEST(Renderer, fillHasNoSeamBetweenNeighboursAndCoversOverlaps) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 100.5, 90)}},
                          {"B", "", "", {box(100.5, 10, 180, 90)}},
                          {"C", "", "", {box(60, 30, 90, 70)}}});
    scene.areaLayers[0].style.outline = QColor(0, 0, 0, 0);
    Renderer renderer;
    const QImage image = renderer.render(scene, square());
    for (int x = 25; x < 175; ++x)
        EXPECT_EQ(image.pixelColor(x, 50), QColor(0, 200, 0)) << x;
}

TEST(Renderer, aTintColoursItsAreaAloneAndMeetsItsNeighbourWithoutASeam) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 100.5, 90), box(40, 30, 60, 70, true)}},
                          {"B", "", "", {box(100.5, 10, 180, 90)}},
                          {"C", "", "", {box(181, 10, 199, 90)}}});
    scene.areaLayers[0].style = {Qt::transparent, Qt::transparent, 1, 0};
    const QColor warm(250, 10, 10), cool(10, 10, 250);
    scene.tints = std::make_shared<AreaTints>(AreaTints{{{0, warm}, {1, cool}}});
    Renderer renderer;
    const QImage image = renderer.render(scene, square());
    for (int x = 21; x < 179; ++x) {
        const QColor seen = image.pixelColor(x, 20);
        EXPECT_TRUE(seen == warm || seen == cool) << x;
    }
    EXPECT_EQ(image.pixelColor(50, 50), groundColour(Theme::dark)) << "a hole";
    EXPECT_EQ(image.pixelColor(190, 50), groundColour(Theme::dark)) << "nothing is said of it";
    scene.tints = nullptr;
    EXPECT_EQ(renderer.render(scene, square()).pixelColor(30, 20), groundColour(Theme::dark));
}

TEST(Renderer, aSharedBorderIsDrawnOnce) {
    // Half transparent: drawn twice it would be darker than the outer border.
    auto scene = sceneOf(
        {{"A", "", "", {box(20.5, 10.5, 100.5, 90.5)}}, {"B", "", "", {box(100.5, 10.5, 180.5, 90.5)}}});
    scene.areaLayers[0].style.fill = QColor(0, 0, 0, 0);
    scene.areaLayers[0].style.outline = QColor(255, 255, 255, 128);
    Renderer renderer;
    const QImage image = renderer.render(scene, square());
    const auto brightest = [&](int from, int to) {
        int most = 0;
        for (int x = from; x <= to; ++x)
            most = std::max(most, image.pixelColor(x, 40).red());
        return most;
    };
    EXPECT_GT(brightest(98, 103), groundColour(Theme::dark).red() + 60);
    EXPECT_NEAR(brightest(98, 103), brightest(18, 23), 2);
    EXPECT_NEAR(brightest(98, 103), brightest(178, 183), 2);
}

TEST(Renderer, hiddenAndTransparentLayersLeaveNoMark) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 180, 90)}}});
    Renderer renderer;
    scene.areaLayers[0].visible = false;
    EXPECT_EQ(renderer.render(scene, square()).pixelColor(100, 50), groundColour(Theme::dark));
    scene.areaLayers[0].visible = true;
    scene.areaLayers[0].opacity = 0;
    EXPECT_EQ(renderer.render(scene, square()).pixelColor(100, 50), groundColour(Theme::dark));
    scene.areaLayers[0].opacity = 0.5;
    const QColor ground = groundColour(Theme::dark);
    EXPECT_TRUE(close(renderer.render(scene, square()).pixelColor(100, 50),
                      QColor(ground.red() / 2, (ground.green() + 200) / 2, ground.blue() / 2)));
}

TEST(Renderer, twiceThePixelsShowTheSamePlace) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 100, 90)}}});
    scene.areaLayers[0].style.outline = QColor(0, 0, 0, 0);
    Renderer renderer;
    const QImage image = renderer.render(scene, square(1, 2));
    EXPECT_EQ(image.size(), QSize(400, 200));
    EXPECT_EQ(image.devicePixelRatio(), 2);
    EXPECT_EQ(image.pixelColor(198, 100), QColor(0, 200, 0));
    EXPECT_EQ(image.pixelColor(202, 100), groundColour(Theme::dark));
    EXPECT_EQ(image.pixelColor(100, 18), groundColour(Theme::dark));
    EXPECT_EQ(image.pixelColor(100, 22), QColor(0, 200, 0));
}

TEST(Renderer, stripsMeetWithoutASeam) {
    auto scene = sceneOf({{"A", "", "", {box(-50, -50, 250, 150)}}});
    Renderer renderer;
    for (const int height : {99, 100, 101}) {
        View view = square();
        view.size.setHeight(height);
        const QImage image = renderer.render(scene, view);
        for (int y = 0; y < height; ++y)
            EXPECT_EQ(image.pixelColor(77, y), QColor(0, 200, 0)) << y;
    }
}

TEST(Renderer, aCancelledFrameIsNoFrame) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 180, 90)}}});
    Renderer renderer;
    const std::atomic<bool> cancel{true};
    EXPECT_TRUE(renderer.render(scene, square(), {}, &cancel).isNull());
    EXPECT_FALSE(renderer.render(scene, square()).isNull());
}

TEST(Renderer, aRoughPictureHasHalfThePixelsAndLeavesTheLastOneAlone) {
    const auto city = test::latticeCity(24, 16, 200, 7);
    const auto scene = test::latticeScene(city, Theme::dark);
    const View view{city.areas.extent().centre(), 9, {400, 300}};
    Renderer renderer;
    const QImage exact = renderer.render(*scene, view);
    const QImage rough = renderer.renderRough(*scene, view.zoomedAt({100, 100}, 1.7));
    EXPECT_EQ(rough.size(), QSize(200, 150));
    EXPECT_EQ(rough.devicePixelRatio(), 0.5);
    EXPECT_EQ(renderer.render(*scene, view).cacheKey(), exact.cacheKey());
    const std::atomic<bool> cancel{true};
    EXPECT_TRUE(renderer.renderRough(*scene, view, {}, &cancel).isNull());
    // The same places: on the whole as bright.
    const QImage same = renderer.renderRough(*scene, view);
    double roughSum = 0, exactSum = 0;
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 400; ++x)
            exactSum += qGreen(exact.pixel(x, y)), roughSum += qGreen(same.pixel(x / 2, y / 2));
    EXPECT_NEAR(roughSum / exactSum, 1, 0.15);
}

TEST(Renderer, aPannedPictureIsTheOneThatWouldBeDrawn) {
    const auto city = test::latticeCity(24, 16, 200, 7);
    const auto scene = test::latticeScene(city, Theme::dark);
    View view{city.areas.extent().centre(), 9, {400, 300}};
    Renderer renderer;
    renderer.render(*scene, view);
    for (const QPointF step :
         {QPointF(13, 0), QPointF(0, -7), QPointF(-31, 22), QPointF(250, 120), QPointF(3, 3)}) {
        view = view.pannedBy(step);
        const QImage panned = renderer.render(*scene, view), fresh = Renderer().render(*scene, view);
        int most = 0;
        for (int y = 0; y < fresh.height(); ++y)
            for (int x = 0; x < fresh.width(); ++x)
                most = std::max(most, std::abs(qGreen(panned.pixel(x, y)) - qGreen(fresh.pixel(x, y))));
        EXPECT_LE(most, 12) << step.x() << ' ' << step.y();
    }
}

// The memory of the picture before the last is used again as soon as nobody shows it, and not before.
TEST(Renderer, aLongPanStaysTheDrawnPictureWhoeverHoldsWhichFrame) {
    const auto city = test::latticeCity(24, 16, 200, 7);
    auto scene = test::latticeScene(city, Theme::dark);
    for (auto& layer : scene->areaLayers)
        layer.style.labelFromMetresPerPixel = 50;
    View view{city.areas.extent().centre(), 6, {400, 300}};
    Renderer renderer;
    std::mt19937 random(3);
    std::uniform_int_distribution<int> step(-40, 40), one(0, 9);
    struct Shown {
        QImage frame, copy;
    };
    std::vector<Shown> shown; // as a canvas holds the last, and a slow one more
    for (int i = 0; i < 120; ++i) {
        if (const int what = one(random); what == 0)
            view.metresPerPixel = view.metresPerPixel == 6 ? 7 : 6;
        else if (what == 1)
            renderer.rest();
        else if (what == 2)
            view = view.pannedBy({350.0 * step(random) / 40, 0}); // hardly anything is left
        else
            view = view.pannedBy({double(step(random)), double(step(random))});
        const QImage frame = renderer.render(*scene, view);
        shown.push_back({frame, frame.copy()});
        const std::size_t held = i % 6 < 3 ? 1 : 3;
        if (shown.size() > held)
            shown.erase(shown.begin(), shown.end() - std::ptrdiff_t(held));
        for (const Shown& still : shown)
            ASSERT_EQ(still.frame, still.copy) << "in frame " << i;
        if (i % 4 && i > 20)
            continue;
        // Without names, whose places depend on what stood before: where they stand is another test's.
        const auto under = renderer.names();
        QImage bare = frame.copy();
        under->putBack(bare, {});
        auto nameless = *scene;
        for (auto& layer : nameless.areaLayers)
            layer.style.labelFromMetresPerPixel = 0;
        const QImage fresh = Renderer().render(nameless, view);
        int most = 0;
        for (int y = 0; y < fresh.height(); ++y)
            for (int x = 0; x < fresh.width(); ++x)
                most = std::max(most, std::abs(qGreen(bare.pixel(x, y)) - qGreen(fresh.pixel(x, y))));
        ASSERT_LE(most, 12) << "frame " << i;
    }
}

TEST(Renderer, whatTakesLongIsShownInStripsOfTheLaterPicture) {
    const auto city = test::latticeCity(24, 16, 200, 7);
    const auto scene = test::latticeScene(city, Theme::dark);
    for (auto& layer : scene->areaLayers)
        layer.style.labelFromMetresPerPixel = 0; // names come last
    const View view{city.areas.extent().centre(), 3, {1200, 900}};
    Renderer renderer;
    std::vector<FrameStrip> strips;
    EarlyStrips early;
    early.every = std::chrono::milliseconds(0);
    early.show = [&](std::vector<FrameStrip> more) { strips.insert(strips.end(), more.begin(), more.end()); };
    const QImage whole = renderer.render(*scene, view, {}, nullptr, early);
    ASSERT_FALSE(strips.empty());
    std::vector<int> seen(900, 0);
    for (const FrameStrip& strip : strips) {
        ASSERT_EQ(strip.image.width(), 1200);
        for (int y = 0; y < strip.image.height(); ++y)
            ++seen[std::size_t(strip.top + y)];
        EXPECT_EQ(strip.image, whole.copy(0, strip.top, 1200, strip.image.height()));
    }
    EXPECT_EQ(*std::max_element(seen.begin(), seen.end()), 1);
    // Only moved: it is there at once.
    strips.clear();
    renderer.render(*scene, view.pannedBy({0, 400}), {}, nullptr, early);
    EXPECT_TRUE(strips.empty());
    // Nobody who doesn't look any more is shown anything.
    std::atomic<bool> cancel{false};
    int times = 0; // however many strips are done by then
    early.show = [&](auto) { ++times, cancel = true; };
    const bool givenUp = renderer.render(*scene, view.zoomedAt({10, 10}, 2), {}, &cancel, early).isNull();
    EXPECT_LE(times, 1);
    EXPECT_EQ(givenUp, times == 1) << "but for a second thread that did all before the first showed any";
}

TEST(Renderer, whatDidNotChangeIsNotDrawnAgain) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 180, 90)}}});
    Renderer renderer;
    const QImage first = renderer.render(scene, square());
    scene.revision = 7;
    EXPECT_EQ(renderer.render(scene, square()).cacheKey(), first.cacheKey());
    scene.areaLayers[0].style.fill = QColor(0, 0, 200);
    EXPECT_EQ(renderer.render(scene, square()).pixelColor(100, 50), QColor(0, 0, 200));
    scene.theme = Theme::light;
    EXPECT_EQ(renderer.render(scene, square()).pixelColor(2, 2), groundColour(Theme::light));
}

HeatLayer halves(float left, float right, double scaleMax) {
    auto surface = std::make_shared<layers::HeatSurface>();
    surface->extent = {0, 0, 200, 100};
    surface->width = 20, surface->height = 10;
    for (int y = 0; y < 10; ++y)
        for (int x = 0; x < 20; ++x)
            surface->values.push_back(x < 10 ? left : right);
    surface->max = std::max(left, right);
    return {surface, scaleMax, 1.0, true};
}

TEST(Heat, colourDependsOnTheValueAndTheScaleAlone) {
    Renderer renderer;
    Scene scene;
    const auto colourAt = [&](float value, float other, double metresPerPixel) {
        scene.heat = halves(value, other, 6);
        return renderer.render(scene, square(metresPerPixel)).pixelColor(75, 50);
    };
    const QColor three = colourAt(3, 0, 1);
    EXPECT_EQ(colourAt(3, 6000, 1), three); // whatever else is in the picture
    EXPECT_EQ(colourAt(3, 0, 0.5), three);  // and however near
    EXPECT_NE(colourAt(4, 0, 1), three);
    EXPECT_EQ(colourAt(6, 0, 1), colourAt(600, 0, 1)); // the scale ends
    EXPECT_EQ(colourAt(0, 6, 1), groundColour(Theme::dark));
}

TEST(Heat, theMapShowsTheLegendsColour) {
    for (const Theme theme : {Theme::dark, Theme::light}) {
        Scene scene;
        scene.theme = theme;
        scene.heat = halves(3, 3, 6);
        Renderer renderer;
        const QColor over = heatColour(0.5, theme), ground = groundColour(theme);
        const auto mix = [&](int a, int b) {
            return int(std::lround(a * over.alphaF() + b * (1 - over.alphaF())));
        };
        const QColor expected(mix(over.red(), ground.red()), mix(over.green(), ground.green()),
                              mix(over.blue(), ground.blue()));
        EXPECT_TRUE(close(renderer.render(scene, square()).pixelColor(30, 30), expected, 2));
    }
}

// What each pixel is by itself: the values of the cells around it, interpolated, then coloured.
int farthestFromTheValues(const QImage& image, const HeatLayer& heat, const View& view) {
    const auto& s = *heat.surface;
    const QColor ground = groundColour(Theme::dark);
    int most = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const layers::Point p = view.viewToMap(QPointF(x + 0.5, y + 0.5) / view.devicePixelRatio);
            const double u = (p.x - s.extent.minX) / s.extent.width() * s.width,
                         v = (s.extent.maxY - p.y) / s.extent.height() * s.height;
            double value = 0;
            if (u >= 0 && v >= 0 && u < s.width && v < s.height) {
                const double column = std::clamp(u - 0.5, 0.0, s.width - 1.0), row = std::clamp(v - 0.5, 0.0, s.height - 1.0);
                for (int i = 0; i < 4; ++i) {
                    const int cellX = std::min(int(column) + i % 2, s.width - 1), cellY = std::min(int(row) + i / 2, s.height - 1);
                    const double across = column - int(column), down = row - int(row);
                    value += (i % 2 ? across : 1 - across) * (i / 2 ? down : 1 - down) *
                             double(s.values[std::size_t(cellY * s.width + cellX)]);
                }
            }
            const QColor over = heatColour(value / heat.scaleMax, Theme::dark), seen = image.pixelColor(x, y);
            const auto mix = [&](int a, int b) { return int(std::lround(a * over.alphaF() + b * (1 - over.alphaF()))); };
            most = std::max({most, std::abs(seen.red() - mix(over.red(), ground.red())),
                             std::abs(seen.green() - mix(over.green(), ground.green())),
                             std::abs(seen.blue() - mix(over.blue(), ground.blue()))});
        }
    return most;
}

TEST(Heat, everyPixelIsWhatTheValuesAroundItSaySmoothOrRough) {
    std::mt19937 random(3);
    for (const bool smooth : {true, false}) {
        auto surface = std::make_shared<layers::HeatSurface>();
        surface->extent = {20, 10, 180, 90};
        surface->width = 80, surface->height = 40;
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 80; ++x)
                surface->values.push_back(smooth ? float(7 * std::exp(-(std::pow(x - 41.3, 2) + std::pow(y - 17.1, 2)) / 300))
                                                 : float(random() % 1000) / 200);
        Scene scene;
        scene.heat = {surface, 6, 1, true};
        for (const double metresPerPixel : {2.0, 1.0, 0.3, 0.06})
            for (const double degrees : {0.0, 30.0}) {
                View view = square(metresPerPixel);
                view.centre = {99.7, 50.2};
                view.rotation = Rotation(degrees);
                Renderer renderer;
                EXPECT_LE(farthestFromTheValues(renderer.render(scene, view), scene.heat, view), 3)
                    << smooth << ' ' << metresPerPixel << ' ' << degrees;
            }
    }
}

TEST(Heat, theRampRunsOneWayAndNanIsNothing) {
    for (const Theme theme : {Theme::dark, Theme::light}) {
        double before = -1;
        for (int i = 0; i <= 100; ++i) {
            EXPECT_GE(heatColour(i / 100.0, theme).alphaF(), before);
            before = heatColour(i / 100.0, theme).alphaF();
        }
        EXPECT_EQ(heatColour(std::nan(""), theme).alpha(), 0);
        EXPECT_EQ(heatColour(-3, theme).alpha(), 0);
        EXPECT_EQ(heatColour(9, theme), heatColour(1, theme));
    }
}

TEST(Basemap, isPutWhereItsViewWas) {
    Renderer::Basemap basemap{QImage(200, 100, QImage::Format_RGB32), square()};
    basemap.image.fill(Qt::blue);
    for (int y = 40; y < 60; ++y)
        for (int x = 40; x < 60; ++x)
            basemap.image.setPixelColor(x, y, Qt::yellow);
    Renderer renderer;
    EXPECT_EQ(renderer.render({}, square(), basemap).pixelColor(50, 50), QColor(Qt::yellow));
    View moved = square().pannedBy({30, -20});
    EXPECT_EQ(renderer.render({}, moved, basemap).pixelColor(80, 30), QColor(Qt::yellow));
    EXPECT_EQ(renderer.render({}, moved, basemap).pixelColor(50, 50), QColor(Qt::blue));
    EXPECT_EQ(renderer.render({}, moved, basemap).pixelColor(10, 50), groundColour(Theme::dark));
    const View nearer = square().zoomedAt({50, 50}, 2);
    EXPECT_EQ(renderer.render({}, nearer, basemap).pixelColor(66, 50), QColor(Qt::yellow));
    EXPECT_EQ(renderer.render({}, nearer, basemap).pixelColor(74, 50), QColor(Qt::blue));
}

TEST(Basemap, isNotHiddenByOpaqueFills) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 180, 90)}}});
    Renderer::Basemap basemap{QImage(200, 100, QImage::Format_RGB32), square()};
    basemap.image.fill(Qt::blue);
    Renderer renderer;
    EXPECT_EQ(renderer.render(scene, square(), basemap).pixelColor(100, 50), QColor(Qt::blue));
}

TEST(Roads, greatRoadsAreWiderAndAreSkippedUnderABasemap) {
    Scene scene;
    scene.roads = {{test::lines({{"motorway", {{0, 70}, {200, 70}}}, {"residential", {{0, 30}, {200, 30}}}})},
                   QColor(255, 255, 255),
                   3,
                   true};
    Renderer renderer;
    const auto thickness = [](const QImage& image, int middle) {
        int n = 0;
        for (int y = middle - 3; y <= middle + 3; ++y)
            n += image.pixelColor(100, y).red() > 140;
        return n;
    };
    const QImage image = renderer.render(scene, square(5));
    EXPECT_GT(thickness(image, 46), thickness(image, 54)); // y = 70 and y = 30 at five metres a pixel
    EXPECT_GT(thickness(image, 54), 0);
    Renderer::Basemap basemap{QImage(200, 100, QImage::Format_RGB32), square(5)};
    basemap.image.fill(Qt::black);
    EXPECT_EQ(thickness(renderer.render(scene, square(5), basemap), 46), 0);
}

TEST(Labels, appearWhenNearAndStandStillWhilePanning) {
    auto scene = sceneOf({{"A", "滨海", "", {box(0, 0, 200, 100)}}});
    scene.areaLayers[0].style = {QColor(0, 0, 0, 0), QColor(0, 0, 0, 0), 0, 1.5};
    Renderer renderer;
    const auto ink = [&](const View& view) {
        const QImage image = renderer.render(scene, view);
        QRect box;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).red() > 120)
                    box |= QRect(x, y, 1, 1);
        return box;
    };
    EXPECT_TRUE(ink(square(2)).isNull());
    const QRect near = ink(square(1));
    ASSERT_FALSE(near.isNull());
    EXPECT_GT(near.width(), 18); // two Chinese letters, not two empty boxes of another width
    EXPECT_EQ(ink(square().pannedBy({17, 5})), near.translated(17, 5));
}

TEST(RenderToImage, showsSceneAndMarks) {
    auto scene = sceneOf({{"A", "", "", {box(20, 10, 180, 90)}}});
    Overlay overlay;
    overlay.marks.push_back({.at = {100, 50}, .colour = QColor(10, 20, 250), .shape = MarkShape::filledSquare, .letter = "", .label = "", .id = "U1"});
    const QImage image = renderToImage(scene, overlay, square());
    EXPECT_EQ(image.pixelColor(100, 50), QColor(10, 20, 250));
    EXPECT_EQ(image.pixelColor(60, 50), QColor(0, 200, 0));
}

} // namespace
} // namespace vedette::map
