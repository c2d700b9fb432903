// SPDX-License-Identifier: GPL-3.0-or-later
// A turned map against the upright one, turned by Qt: an oracle that knows nothing of our projections.
#include "map/basemap_shift.h"
#include "map/renderer.h"

#include "area_labels.h"
#include "lattice_city.h"
#include "layers/crs.h"
#include "offscreen.h"

#include <QGuiApplication>
#include <QPainter>

#include <cmath>
#include <numbers>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>); // owned by GoogleTest

// The upright picture of a view large enough, turned by Qt into the view's place.
QImage turnedByQt(const QImage& upright, double degrees, QSize size) {
    QImage out(size, QImage::Format_RGB32);
    out.fill(Qt::black);
    QPainter painter(&out);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.translate(size.width() / 2.0, size.height() / 2.0);
    painter.rotate(degrees);
    painter.drawImage(QPointF(-upright.width() / 2.0, -upright.height() / 2.0), upright);
    return out;
}

// Both a little blurred, since turning pixels blurs: the mean difference of the green over the picture, and
// the share of pixels that differ by much.
struct Difference {
    double mean = 0, far = 0;
};
Difference difference(const QImage& a, const QImage& b) {
    const auto soft = [](const QImage& image) {
        return image.scaled(image.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    };
    const QImage x = soft(a), y = soft(b);
    Difference out;
    double pixels = 0;
    for (int row = 2; row < x.height() - 2; ++row)
        for (int column = 2; column < x.width() - 2; ++column) {
            const int off = std::abs(qGreen(x.pixel(column, row)) - qGreen(y.pixel(column, row)));
            out.mean += off, out.far += off > 24, ++pixels;
        }
    out.mean /= pixels, out.far /= pixels;
    return out;
}

class Turned : public ::testing::TestWithParam<double> {
protected:
    View view() const {
        View turned;
        turned.size = {480, 360};
        turned.centre = {3100, 2300};
        turned.metresPerPixel = 8;
        turned.rotation = Rotation(GetParam());
        return turned;
    }
    View upright() const {
        View north = view();
        north.rotation = {};
        north.size = {640, 640};
        return north;
    }
};

TEST_P(Turned, linesAndFillsAreTheUprightOnesTurned) {
    const auto city = test::latticeCity(24, 16, 400, 7);
    auto scene = *test::latticeScene(city, Theme::dark);
    for (AreaLayer& layer : scene.areaLayers) {
        layer.style.labelFromMetresPerPixel = 0; // names stay upright, they can't be compared so
        layer.style.outline = QColor(250, 250, 250);
        layer.style.outlineWidth = 2;
    }
    scene.roads.colour = QColor(240, 160, 40);
    const QImage ours = Renderer().render(scene, view());
    const QImage wanted = turnedByQt(Renderer().render(scene, upright()), GetParam(), view().size);
    const Difference off = difference(ours, wanted);
    EXPECT_LT(off.mean, 2.5);
    EXPECT_LT(off.far, 0.01);
    View other = view();
    other.rotation = Rotation(GetParam() + 4);
    EXPECT_GT(difference(Renderer().render(scene, other), wanted).far, 0.03)
        << "the test would see four degrees";
}

TEST_P(Turned, heatIsTheUprightOneTurned) {
    auto surface = std::make_shared<layers::HeatSurface>();
    surface->extent = {1500, 900, 4700, 3700};
    surface->width = 32, surface->height = 28;
    for (int y = 0; y < 28; ++y)
        for (int x = 0; x < 32; ++x)
            surface->values.push_back(float(3 + 3 * std::sin(x * 0.4) * std::cos(y * 0.31)));
    surface->max = 6;
    Scene scene;
    scene.heat = {surface, 6, 1.0, true};
    const QImage ours = Renderer().render(scene, view());
    const QImage wanted = turnedByQt(Renderer().render(scene, upright()), GetParam(), view().size);
    const Difference off = difference(ours, wanted);
    EXPECT_LT(off.mean, 1.0);
    EXPECT_LT(off.far, 0.01);
}

// While the next one is drawn the last picture of the basemap is turned and scaled, whatever its angle.
TEST_P(Turned, aBasemapOfAnotherAngleIsTurnedUnderIt) {
    View from = view();
    from.rotation = Rotation(GetParam() + 40);
    from.size = {760, 760};
    QImage image(from.size, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y, QColor(x * 255 / image.width(), y * 255 / image.height(), 90));
    const QImage ours = Renderer().render(Scene{}, view(), Renderer::Basemap{image, from});
    for (const QPoint at :
         {QPoint(0, 0), QPoint(479, 0), QPoint(240, 180), QPoint(30, 350), QPoint(470, 355)}) {
        const QPointF there = from.mapToView(view().viewToMap(QPointF(at) + QPointF(0.5, 0.5)));
        const QColor seen = ours.pixelColor(at);
        EXPECT_NEAR(seen.red(), there.x() * 255 / image.width(), 3) << at.x() << ' ' << at.y();
        EXPECT_NEAR(seen.green(), there.y() * 255 / image.height(), 3) << at.x() << ' ' << at.y();
    }
}

// One of its own angle is laid under it pixel by pixel: its names stay as sharp as they came.
TEST_P(Turned, aBasemapOfItsOwnAngleIsTakenAsItIs) {
    QImage image(view().size, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, (x + y) % 2 ? qRgb(255, 255, 255) : qRgb(0, 0, 0));
    const QImage ours = Renderer().render(Scene{}, view(), Renderer::Basemap{image, view()});
    for (const QPoint at : {QPoint(0, 0), QPoint(479, 0), QPoint(240, 181), QPoint(479, 359)})
        EXPECT_EQ(ours.pixel(at), image.pixel(at)) << at.x() << ' ' << at.y();
    // Panned, it moves by the same pixels as everything else.
    const View panned = view().pannedBy({-17, 9});
    const QImage moved = Renderer().render(Scene{}, panned, Renderer::Basemap{image, view()});
    EXPECT_EQ(moved.pixel(100, 100), image.pixel(117, 91));
    EXPECT_EQ(moved.pixel(101, 100), image.pixel(118, 91));
}

TEST_P(Turned, pannedByWholePixelsItIsTheOneThatWouldBeDrawn) {
    const auto city = test::latticeCity(24, 16, 200, 7);
    const auto scene = test::latticeScene(city, Theme::dark);
    View at = view();
    Renderer renderer;
    renderer.render(*scene, at);
    for (const QPointF step : {QPointF(13, 0), QPointF(0, -7), QPointF(-31, 22)}) {
        at = at.pannedBy(step);
        const QImage panned = renderer.render(*scene, at), fresh = Renderer().render(*scene, at);
        int most = 0;
        for (int y = 0; y < fresh.height(); ++y)
            for (int x = 0; x < fresh.width(); ++x)
                most = std::max(most, std::abs(qGreen(panned.pixel(x, y)) - qGreen(fresh.pixel(x, y))));
        EXPECT_LE(most, 12) << step.x() << ' ' << step.y();
    }
}

INSTANTIATE_TEST_SUITE_P(Angles, Turned, ::testing::Values(0.0, 30.0, 90.0, -45.0, 163.0, 180.0));

TEST(AreaNames, goWhereTheAreaIsWideOnTheTurnedScreen) {
    // Ten times as high as wide: upright there is no room for a name, turned by ninety degrees there is.
    const auto snapshot = test::polygons({{"A", "", "", {test::box(0, 0, 100, 1000)}}});
    EXPECT_NEAR(labelPlace(snapshot, 0).metresWide, 100, 1e-6);
    for (const double quarter : {90.0, -90.0}) {
        const LabelPlace turned = labelPlace(snapshot, 0, Rotation(quarter));
        EXPECT_NEAR(turned.metresWide, 1000, 1e-6);
        EXPECT_NEAR(turned.at.x, 50, 1e-6);
        EXPECT_NEAR(turned.at.y, 500, 1e-6);
    }
    EXPECT_NEAR(labelPlace(snapshot, 0, Rotation(45)).metresWide, 100 * std::numbers::sqrt2, 1);
}

class Bent : public ::testing::TestWithParam<std::pair<layers::Datum, double>> {};

// The true datum's own functions say where the bent basemap shows a place; the net between is ours.
TEST_P(Bent, isBentBackToAFractionOfAPixelAtMiddleAndCorners) {
    const auto& [datum, metresPerPixel] = GetParam();
    const auto crs = layers::WorkingCrs::named("EPSG:4549").value();
    const BasemapShift shift([crs, datum = datum](layers::Point p) {
        return crs.toWorking(layers::fromWgs84(crs.toLonLat(p), datum));
    });
    for (const double degrees : {0.0, 30.0, 90.0, -143.0}) {
        View wanted;
        wanted.size = {1920, 1080};
        wanted.centre = crs.toWorking({120.86, 32.01});
        wanted.metresPerPixel = metresPerPixel;
        wanted.rotation = Rotation(degrees);
        const View asked = shift.asked(wanted);
        EXPECT_EQ(asked.rotation, wanted.rotation);
        // A dot where the bent world shows the place must come back to where the place is.
        for (const QPointF mark : {QPointF(960, 540), QPointF(12, 12), QPointF(1908, 12), QPointF(12, 1068),
                                   QPointF(1908, 1068), QPointF(500, 1000)}) {
            const layers::Point truly = wanted.viewToMap(mark);
            const QPointF shown = asked.mapToView(crs.toWorking(layers::fromWgs84(crs.toLonLat(truly), datum)));
            ASSERT_TRUE(QRectF(QPointF(), QSizeF(asked.size)).contains(shown)) << "it was asked for";
            QImage picture(asked.size, QImage::Format_ARGB32_Premultiplied);
            picture.fill(Qt::black);
            {
                QPainter painter(&picture);
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setPen(Qt::NoPen);
                painter.setBrush(Qt::white);
                painter.drawEllipse(shown, 5, 5);
            }
            const Renderer::Basemap back = shift.bentBack({picture, asked});
            EXPECT_EQ(back.view.size, wanted.size);
            EXPECT_EQ(back.view.rotation, wanted.rotation);
            EXPECT_NEAR(back.view.centre.x, wanted.centre.x, 1e-3);
            EXPECT_NEAR(back.view.centre.y, wanted.centre.y, 1e-3);
            double mass = 0;
            QPointF middle;
            for (int y = 0; y < back.image.height(); ++y)
                for (int x = 0; x < back.image.width(); ++x)
                    if (const int grey = qGreen(back.image.pixel(x, y)))
                        mass += grey, middle += QPointF(x + 0.5, y + 0.5) * grey;
            ASSERT_GT(mass, 0);
            middle /= mass;
            EXPECT_LT(std::hypot(middle.x() - mark.x(), middle.y() - mark.y()), 0.3)
                << mark.x() << ' ' << mark.y() << " at " << degrees;
        }
        // Unbent it would stand hundreds of metres away.
        const QPointF wrong = wanted.mapToView(shift.shown(wanted.centre));
        EXPECT_GT(std::hypot(wrong.x() - 960, wrong.y() - 540) * metresPerPixel, 300);
    }
}

INSTANTIATE_TEST_SUITE_P(CityZooms, Bent,
                         ::testing::Values(std::pair(layers::Datum::gcj02, 1.0),
                                           std::pair(layers::Datum::gcj02, 8.0),
                                           std::pair(layers::Datum::gcj02, 40.0),
                                           std::pair(layers::Datum::bd09, 4.0)));

TEST(BasemapShift, withoutABendNothingMoves) {
    const BasemapShift shift([](layers::Point p) { return p; });
    View upright;
    upright.size = {300, 200};
    const View asked = shift.asked(upright);
    QImage picture(asked.size * 2, QImage::Format_RGB32); // twice the pixels
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixel(x, y, qRgb(x & 255, y & 255, (x >> 8) | (y >> 8) << 4));
    const Renderer::Basemap back = shift.bentBack({picture, asked});
    EXPECT_EQ(back.view, upright);
    ASSERT_EQ(back.image.size(), QSize(600, 400));
    const int margin = (picture.width() - back.image.width()) / 2;
    for (const QPoint at : {QPoint(0, 0), QPoint(599, 399), QPoint(301, 77)})
        EXPECT_EQ(qRgb(0, 0, 0) | (back.image.pixel(at) & 0xffffff),
                  qRgb(0, 0, 0) | (picture.pixel(at + QPoint(margin, margin)) & 0xffffff));
}

} // namespace
} // namespace vedette::map
