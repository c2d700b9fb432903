// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_labels.h"
#include "area_pole.h"

#include "lattice_city.h"
#include "offscreen.h"

#include <QGuiApplication>

#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>); // owned by GoogleTest

using layers::Point;
using test::box;

test::Ring ring(std::vector<Point> points) {
    points.push_back(points.front());
    return {points, false};
}

bool insideOf(const layers::Snapshot& snapshot, Point p) {
    bool in = false;
    for (std::size_t part = 0; part < snapshot.partCount(0); ++part) {
        const auto line = snapshot.part(0, part).points;
        for (std::size_t i = 1; i < line.size(); ++i)
            if ((line[i - 1].y <= p.y) != (line[i].y <= p.y) &&
                p.x < line[i - 1].x + (p.y - line[i - 1].y) / (line[i].y - line[i - 1].y) * (line[i].x - line[i - 1].x))
                in = !in;
    }
    return in;
}

double toBorder(const layers::Snapshot& snapshot, Point p) {
    double least = 1e300;
    for (std::size_t part = 0; part < snapshot.partCount(0); ++part) {
        const auto line = snapshot.part(0, part).points;
        for (std::size_t i = 1; i < line.size(); ++i) {
            const Point a = line[i - 1], b = line[i];
            const double dx = b.x - a.x, dy = b.y - a.y;
            const double t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
            least = std::min(least, std::hypot(a.x + t * dx - p.x, a.y + t * dy - p.y));
        }
    }
    return least;
}

// By trying every place of a fine lattice.
double farthest(const layers::Snapshot& snapshot) {
    const layers::Box extent = snapshot.box(0);
    double most = 0;
    for (int x = 0; x < 200; ++x)
        for (int y = 0; y < 200; ++y) {
            const Point p{extent.minX + extent.width() * (x + 0.5) / 200, extent.minY + extent.height() * (y + 0.5) / 200};
            if (insideOf(snapshot, p))
                most = std::max(most, toBorder(snapshot, p));
        }
    return most;
}

TEST(AreaPole, liesAsFarInsideAsAPlaceCan) {
    const std::vector<std::vector<test::Ring>> shapes{
        {box(0, 0, 100, 40)},
        {ring({{0, 0}, {100, 0}, {100, 100}, {80, 100}, {80, 20}, {20, 20}, {20, 100}, {0, 100}})}, // a U
        {ring({{0, 0}, {100, 0}, {0, 3}})},                                                         // a splinter
        {box(0, 0, 100, 100), box(20, 20, 95, 95, true)},                                           // around a lake
        {box(0, 0, 10, 10), box(50, 50, 90, 80)}};                                                  // two islands
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto snapshot = test::polygons({{"A", "", "", shapes[i]}});
        const auto pole = areaPole(snapshot, 0);
        ASSERT_TRUE(pole) << i;
        EXPECT_TRUE(insideOf(snapshot, *pole)) << i;
        EXPECT_GE(toBorder(snapshot, *pole), 0.9 * farthest(snapshot)) << i;
        const LabelPlace place = labelPlace(snapshot, 0);
        EXPECT_TRUE(insideOf(snapshot, place.at)) << i;
        EXPECT_GT(place.metresWide, 0) << i;
    }
}

TEST(AreaPole, whatIsNoPolygonHasNone) {
    for (const auto& shape : {ring({{0, 0}, {0, 0}, {0, 0}}), ring({{0, 0}, {10, 10}, {10, 0}, {0, 10}})})
        EXPECT_FALSE(areaPole(test::polygons({{"A", "", "", {shape}}}), 0));
}

RC_GTEST_PROP(AreaLabels, aNameThatStoodStandsWhileTheMapIsPanned, ()) {
    static const auto city = test::latticeCity(16, 12);
    static const auto scene = test::latticeScene(city, Theme::dark);
    View view;
    view.size = {1000, 700};
    view.centre = city.areas.extent().centre();
    view.metresPerPixel = *rc::gen::element(2.5, 4.0, 9.0);
    AreaLabels labels;
    UnderNames under;
    QImage frame(1000, 700, QImage::Format_RGB32);
    Crowd taken;
    labels.paint(frame, under, taken, *scene, view, nullptr);
    RC_ASSERT(!labels.stood().empty());
    static std::map<layers::AreaIndex, layers::Point> places; // a pole is dear
    for (int step = 0; step < 4; ++step) {
        const auto before = labels.stood();
        view = view.pannedBy({double(*rc::gen::inRange(-260, 260)), double(*rc::gen::inRange(-200, 200))});
        taken = {};
        labels.paint(frame, under, taken, *scene, view, nullptr);
        for (const auto area : before) {
            const auto& one = scene->areas[area];
            auto found = places.find(area);
            if (found == places.end())
                found = places.emplace(area, labelPlace(scene->areas.layers()[one.source].snapshot, one.feature).at).first;
            if (const QPointF at = view.mapToView(found->second); QRectF(0, 0, 1000, 700).contains(at))
                RC_ASSERT(labels.stood().contains(area));
        }
    }
}

} // namespace
} // namespace vedette::map
