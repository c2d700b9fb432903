// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay_layout.h"
#include "overlay_painter.h"

#include "map/theme.h"
#include "lattice_city.h"
#include "offscreen.h"

#include <QGuiApplication>

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>); // owned by GoogleTest

View wide() {
    View view;
    view.size = {1200, 800};
    view.centre = {6000, 4000};
    view.metresPerPixel = 10;
    return view;
}

Mark mark(double x, double y, int rank = 0, QString id = "U1", QString label = {}) {
    Mark m;
    m.at = {x, y};
    m.shape = MarkShape::square;
    m.colour = unitColour(UnitLook::free);
    m.id = id;
    m.rank = rank;
    m.label = label;
    return m;
}

Overlay crowd(int count, unsigned seed = 3) {
    std::mt19937 random(seed);
    Overlay overlay;
    for (int i = 0; i < count; ++i) {
        overlay.marks.push_back(mark(random() % 12000, random() % 8000, int(random() % 5), QString::number(i),
                                     i % 3 ? QString() : QString("Wang 王 %1").arg(i)));
        if (i % 2)
            overlay.marks.back().shape = MarkShape::triangle;
    }
    return overlay;
}

TEST(OverlayLayout, aPannedLayoutIsTheOneThatWouldBeMadeWhereItIsSeen) {
    const Overlay overlay = crowd(4000);
    View view = wide();
    OverlayLayout moved = layOut(overlay, view);
    const QRectF window(QPointF(-20, -20), QSizeF(1240, 840));
    using One = std::tuple<std::uint32_t, std::uint32_t, int, int>;
    const auto seen = [&](const OverlayLayout& layout) {
        std::set<One> all;
        for (const auto& placed : layout.placed)
            if (window.contains(placed.at))
                all.insert({placed.mark, placed.count, int(std::lround(placed.at.x() * 100)), int(std::lround(placed.at.y() * 100))});
        for (const auto& label : layout.labels)
            if (window.intersects(QRectF(label.topLeft, label.size)) && window.contains(view.mapToView(overlay.marks[label.mark].at)))
                all.insert({label.mark, 0, int(std::lround(label.topLeft.x() * 100)), int(std::lround(label.topLeft.y() * 100))});
        return all;
    };
    for (const QPointF step : {QPointF(13, 0), QPointF(-31, 22), QPointF(-70, -41), QPointF(5, 7)}) {
        view = view.pannedBy(step);
        const OverlayLayout before = moved, made = layOut(overlay, view, &before);
        ASSERT_TRUE(moved.moveTo(view));
        EXPECT_EQ(moved.view, view);
        EXPECT_EQ(seen(moved), seen(made));
    }
}

TEST(OverlayLayout, isNotMovedBeyondWhatWasLaidOutNorToAnotherScaleOrAngle) {
    const Overlay overlay = crowd(50);
    OverlayLayout layout = layOut(overlay, wide());
    View turned = wide(), larger = wide();
    turned.rotation = Rotation(3);
    larger.size.rwidth() += 10;
    for (const View& other : {wide().zoomedAt({1, 1}, 1.1), turned, larger, wide().pannedBy({200, 0})})
        EXPECT_FALSE(layout.moveTo(other));
    EXPECT_EQ(layout.view, wide());
    View view = wide();
    int steps = 0;
    while (steps < 100 && layout.moveTo(view = view.pannedBy({0, -8})))
        ++steps;
    EXPECT_GE(steps, 8);
    EXPECT_LE(steps, 15) << "as far in many steps as in one";
    EXPECT_TRUE(layout.moveTo(wide()));
}

TEST(OverlayLayout, noMarkIsLostInACrowd) {
    const Overlay overlay = crowd(10000);
    const OverlayLayout layout = layOut(overlay, wide());
    std::set<std::uint32_t> seen;
    for (const auto& placed : layout.placed) {
        if (placed.count == 1) {
            EXPECT_TRUE(seen.insert(placed.mark).second);
            continue;
        }
        EXPECT_EQ(layout.members[placed.first], placed.mark);
        for (std::uint32_t i = 0; i < placed.count; ++i)
            EXPECT_TRUE(seen.insert(layout.members[placed.first + i]).second);
    }
    EXPECT_EQ(seen.size(), overlay.marks.size());
    EXPECT_LT(layout.placed.size(), 3000u);
}

TEST(OverlayLayout, selectedPulsingAndUnclusteredMarksStandAlone) {
    Overlay overlay = crowd(10000);
    overlay.marks[10].selected = overlay.marks[11].pulsing = true;
    overlay.marks[12].cluster = false;
    const OverlayLayout layout = layOut(overlay, wide());
    for (const std::uint32_t i : {10u, 11u, 12u})
        EXPECT_TRUE(std::any_of(layout.placed.begin(), layout.placed.end(),
                                [i](const auto& placed) { return placed.mark == i && placed.count == 1; }));
    EXPECT_EQ(layout.placed.back().mark, 10u); // selected on top
}

// Ten thousand that all wait for somebody are a count that pulses, not ten thousand rings on top of each other.
TEST(OverlayLayout, whatAsksToStandAloneGathersWhereItWouldCoverItself) {
    Overlay overlay = crowd(10000);
    for (Mark& mark : overlay.marks)
        mark.kind = Mark::Kind::incident, mark.pulsing = true, mark.cluster = false;
    std::erase_if(overlay.marks, [](const Mark& m) { return m.at.x > 10000 && m.at.y < 1500; });
    overlay.marks.push_back(mark(11000, 400)); // far from all others
    overlay.marks.back().kind = Mark::Kind::incident;
    overlay.marks.back().pulsing = true;
    overlay.marks[10].selected = overlay.marks[10].pulsing = true;
    const auto last = std::uint32_t(overlay.marks.size() - 1);
    const OverlayLayout layout = layOut(overlay, wide());
    std::size_t counted = 0, crowds = 0;
    for (const auto& placed : layout.placed) {
        counted += placed.count;
        crowds += placed.count > 1;
    }
    EXPECT_EQ(counted, overlay.marks.size());
    EXPECT_GT(crowds, 20u);
    EXPECT_LT(layout.placed.size(), 2000u);
    for (const std::uint32_t i : {10u, last})
        EXPECT_TRUE(std::any_of(layout.placed.begin(), layout.placed.end(),
                                [i](const auto& placed) { return placed.mark == i && placed.count == 1; }));
    EXPECT_EQ(layout.pulsing.size(), layout.placed.size()) << "a count of what pulses pulses";

    for (std::size_t i = 0; i < overlay.marks.size(); ++i)
        overlay.marks[i].pulsing = false;
    EXPECT_TRUE(layOut(overlay, wide()).pulsing.empty());
}

TEST(OverlayLayout, aFewMarksAreNeverGathered) {
    Overlay overlay;
    for (int i = 0; i < 3; ++i)
        overlay.marks.push_back(mark(6000 + i, 4000));
    EXPECT_EQ(layOut(overlay, wide()).placed.size(), 3u);
}

RC_GTEST_PROP(OverlayLayout, panningChangesNoCrowd, ()) {
    const Overlay overlay = crowd(3000, *rc::gen::arbitrary<unsigned>());
    const View view = wide();
    const View moved =
        view.pannedBy({double(*rc::gen::inRange(-200, 200)), double(*rc::gen::inRange(-200, 200))});
    const auto counts = [&](const View& v) {
        // Crowds whose place is well inside both windows.
        std::map<std::uint32_t, std::uint32_t> result;
        const OverlayLayout layout = layOut(overlay, v);
        for (const auto& placed : layout.placed) {
            const auto at = v.viewToMap(placed.at);
            if (placed.count > 1 && at.x > 2500 && at.x < 9500 && at.y > 2500 && at.y < 5500)
                result[placed.mark] = placed.count;
        }
        return result;
    };
    RC_ASSERT(counts(view) == counts(moved));
}

TEST(OverlayLayout, labelsDoNotOverlapAndTheHigherRankKeepsItsOwn) {
    Overlay overlay;
    for (int i = 0; i < 40; ++i)
        overlay.marks.push_back(
            mark(6000 + 13 * (i % 8), 4000 + 11 * i, i, QString::number(i), "人民路 Wang"));
    for (auto& m : overlay.marks)
        m.cluster = false;
    const OverlayLayout layout = layOut(overlay, wide());
    ASSERT_FALSE(layout.labels.empty());
    EXPECT_LT(layout.labels.size(), overlay.marks.size());
    EXPECT_TRUE(
        std::any_of(layout.labels.begin(), layout.labels.end(), [](const auto& l) { return l.mark == 39; }));
    for (std::size_t a = 0; a < layout.labels.size(); ++a)
        for (std::size_t b = a + 1; b < layout.labels.size(); ++b) {
            const auto letters = [](const auto& l) {
                return QRectF(l.topLeft, l.size).adjusted(2, 3, -2, -3);
            };
            EXPECT_FALSE(letters(layout.labels[a]).intersects(letters(layout.labels[b])));
        }
}

TEST(OverlayLayout, whatLiesUnderThePointerComesTopmostFirst) {
    Overlay overlay;
    overlay.marks.push_back(mark(6000, 4000, 1, "low"));
    overlay.marks.push_back(mark(6010, 4000, 9, "high"));
    overlay.marks.push_back(mark(9000, 4000, 5, "far"));
    const auto hit = layOut(overlay, wide()).at({600, 400}, overlay);
    ASSERT_EQ(hit.size(), 2u);
    EXPECT_EQ(overlay.marks[hit[0]].id, "high");
    EXPECT_EQ(overlay.marks[hit[1]].id, "low");
    EXPECT_TRUE(layOut(overlay, wide()).at({300, 100}, overlay).empty());
}

TEST(OverlayLayout, marksWithoutAPlaceAreLeftOut) {
    Overlay overlay;
    overlay.marks.push_back(mark(std::nan(""), 4000));
    overlay.marks.push_back(mark(1e300, -1e300));
    EXPECT_TRUE(layOut(overlay, wide()).placed.empty());
}

// What stays of a picture when the units come and go: a crowd on the brink must not flicker.
TEST(OverlayLayout, aCrowdLastsUntilItIsClearlyNoneAnyMore) {
    const auto group = [](int count) {
        Overlay overlay;
        for (int i = 0; i < count; ++i)
            overlay.marks.push_back(mark(6200 + 7 * i, 4200 + 11 * (i % 5), 0, QString::number(i)));
        return overlay;
    };
    int enough = 1;
    while (layOut(group(enough), wide()).placed.size() > 1 || enough == 1)
        ASSERT_LT(++enough, 200);
    const OverlayLayout crowded = layOut(group(enough), wide());
    EXPECT_EQ(layOut(group(enough - 1), wide()).placed.size(), std::size_t(enough - 1));
    EXPECT_EQ(layOut(group(enough - 1), wide(), &crowded).placed.size(), 1u) << "one went: it stays";
    EXPECT_EQ(layOut(group(3), wide(), &crowded).placed.size(), 3u) << "three are no crowd, whatever was";
    View nearer = wide();
    nearer.metresPerPixel /= 4;
    const OverlayLayout other = layOut(group(enough - 1), nearer);
    EXPECT_EQ(layOut(group(enough - 1), wide(), &other).placed.size(), std::size_t(enough - 1));
}

TEST(OverlayLayout, aCrowdSaysOfWhatItIsTheGravestFirst) {
    Overlay overlay;
    for (int i = 0; i < 40; ++i) {
        overlay.marks.push_back(mark(6100 + i, 4200, i == 7 ? 50 : 3, QString::number(i)));
        overlay.marks.back().kind = Mark::Kind::incident;
        overlay.marks.back().colour = priorityColour(i == 7 ? 1 : i < 20 ? 2 : 3);
    }
    const OverlayLayout layout = layOut(overlay, wide());
    ASSERT_EQ(layout.placed.size(), 1u);
    const auto& crowd = layout.placed.front();
    EXPECT_EQ(crowd.mark, 7u);
    EXPECT_EQ(crowd.shares.colours[0], priorityColour(1).rgba());
    EXPECT_EQ(crowd.shares.eighths[0], 1) << "one of forty, and yet it is seen";
    EXPECT_EQ(std::accumulate(crowd.shares.eighths.begin(), crowd.shares.eighths.end(), 0), 8);
    EXPECT_EQ(layout.crowdAt(crowd.at), &crowd);
    EXPECT_EQ(layout.at(crowd.at, overlay).front(), 7u);
    EXPECT_EQ(layout.at(crowd.at, overlay).size(), 40u);
}

RC_GTEST_PROP(OverlayLayout, sharesAddUpToEight, ()) {
    const auto ofKind = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 60));
    Overlay overlay;
    for (std::size_t kind = 0; kind < ofKind.size(); ++kind)
        for (int i = 0; i < ofKind[kind]; ++i) {
            overlay.marks.push_back(mark(6100, 4200, int(kind)));
            overlay.marks.back().colour = QColor::fromRgb(QRgb(0xff000000u + kind * 77777));
        }
    for (const auto& placed : layOut(overlay, wide()).placed)
        if (placed.count > 1)
            RC_ASSERT(std::accumulate(placed.shares.eighths.begin(), placed.shares.eighths.end(), 0) == 8);
}

QRectF letters(const OverlayLayout::Label& label) {
    return QRectF(label.topLeft, label.size).adjusted(2.01, 3.01, -2.01, -3.01);
}

Overlay labelled(unsigned seed, int count) {
    std::mt19937 random(seed);
    Overlay overlay;
    overlay.revision = seed + 1;
    for (int i = 0; i < count; ++i) {
        overlay.marks.push_back(mark(random() % 12000, random() % 8000, int(random() % 5), QString::number(i),
                                     QString("王海 Wang %1").arg(i)));
        overlay.marks.back().cluster = false;
        overlay.marks.back().selected = i < 3;
    }
    return overlay;
}

RC_GTEST_PROP(OverlayLabels, noTwoOverlapWhateverStoodBefore, ()) {
    const Overlay overlay = labelled(*rc::gen::arbitrary<unsigned>(), *rc::gen::inRange(1, 400));
    OverlayLayout layout = layOut(overlay, wide());
    View view = wide();
    for (int step = 0; step < 3; ++step) {
        view = view.pannedBy({double(*rc::gen::inRange(-300, 300)), double(*rc::gen::inRange(-300, 300))});
        view.metresPerPixel *= *rc::gen::element(1.0, 1.0, 0.7, 1.6);
        layout = layOut(overlay, view, &layout);
        for (std::size_t a = 0; a < layout.labels.size(); ++a)
            for (std::size_t b = a + 1; b < layout.labels.size(); ++b)
                RC_ASSERT(!letters(layout.labels[a]).intersects(letters(layout.labels[b])));
    }
}

RC_GTEST_PROP(OverlayLabels, panningKeepsEveryLabelThatIsStillInSight, ()) {
    const Overlay overlay = labelled(*rc::gen::arbitrary<unsigned>(), *rc::gen::inRange(1, 600));
    View view = wide();
    OverlayLayout layout = layOut(overlay, view);
    for (int step = 0; step < 4; ++step) {
        const QPointF delta(*rc::gen::inRange(-500, 500), *rc::gen::inRange(-400, 400));
        const View moved = view.pannedBy(delta);
        const OverlayLayout next = layOut(overlay, moved, &layout);
        const QRectF sight(QPointF(), QSizeF(moved.size));
        for (const auto& label : layout.labels) {
            if (!sight.intersects(QRectF(label.topLeft + delta, label.size)))
                continue;
            const auto at = std::find_if(next.labels.begin(), next.labels.end(),
                                         [&](const auto& one) { return one.mark == label.mark; });
            RC_ASSERT(at != next.labels.end());
            const QPointF off = at->topLeft - (label.topLeft + delta);
            RC_ASSERT(std::abs(off.x()) + std::abs(off.y()) < 1e-6);
        }
        view = moved, layout = next;
    }
}

TEST(OverlayLabels, aLabelStaysOnItsSideWhenAnotherSideWouldBeFree) {
    Overlay overlay;
    overlay.marks.push_back(mark(6000, 4000, 5, "A", "Wang"));
    overlay.marks.push_back(mark(6150, 4000, 9, "B")); // on the right: A's name goes elsewhere
    for (auto& m : overlay.marks)
        m.cluster = false;
    const OverlayLayout first = layOut(overlay, wide());
    ASSERT_EQ(first.labels.size(), 1u);
    EXPECT_NE(first.labels[0].side, OverlayLayout::Side::right);
    overlay.marks.pop_back(); // B drives away
    overlay.revision = 1;
    EXPECT_EQ(layOut(overlay, wide(), &first).labels[0].side, first.labels[0].side);
    EXPECT_EQ(layOut(overlay, wide()).labels[0].side, OverlayLayout::Side::right);
}

TEST(OverlayPainter, anOldPieceOfATrackIsFainterThanANewOne) {
    Overlay overlay;
    overlay.trails.push_back({{{2000, 4000}, {4000, 4000}, {8000, 4000}, {10000, 4000}}, Qt::red, 4, false});
    overlay.trails[0].ages = {0.95f, 0.9f, 0.1f, 0};
    QImage image(1200, 800, QImage::Format_RGB32);
    image.fill(Qt::black);
    QPainter painter(&image);
    paintOverlay(painter, layOut(overlay, wide()), overlay, Scene{}, wide(), 0);
    painter.end();
    EXPECT_GT(qRed(image.pixel(950, 400)), qRed(image.pixel(250, 400)) + 60);
    EXPECT_GT(qRed(image.pixel(250, 400)), 40) << "and yet it is seen";
}

TEST(Marks, eachShapeLooksDifferentEvenWithoutColour) {
    std::vector<QImage> pictures;
    for (int shape = 0; shape <= int(MarkShape::cross); ++shape) {
        Mark m = mark(0, 0);
        m.shape = MarkShape(shape);
        m.colour = Qt::white;
        pictures.push_back(markImage(m, nullptr, Theme::dark, 1).convertToFormat(QImage::Format_Grayscale8));
    }
    for (std::size_t a = 0; a < pictures.size(); ++a)
        for (std::size_t b = a + 1; b < pictures.size(); ++b) {
            int different = 0;
            for (int y = 0; y < pictures[a].height(); ++y)
                for (int x = 0; x < pictures[a].width(); ++x)
                    different +=
                        std::abs(qGray(pictures[a].pixel(x, y)) - qGray(pictures[b].pixel(x, y))) > 60;
            EXPECT_GT(different, 25) << a << " and " << b;
        }
}

// A window is painted so: what reaches over an edge, however far, is in both.
TEST(OverlayPainter, inStripsItIsTheSamePicture) {
    const test::LatticeCity city = test::latticeCity(24, 16);
    for (const double degrees : {0.0, 30.0}) {
        Overlay overlay = labelled(4, 400);
        for (std::size_t i = 0; i < overlay.marks.size(); i += 7)
            overlay.marks[i].pulsing = true;
        overlay.marks[1].selected = true;
        overlay.selectedArea = 40;
        for (const auto pattern : {Trail::Pattern::plain, Trail::Pattern::barred}) {
            overlay.trails.push_back({{{1000, 1000}, {9000, 7000}, {3000, 6500}}, Qt::red, 5, false});
            overlay.trails.back().pattern = pattern;
        }
        overlay.trails.push_back({{{2000, 4000}, {4000, 4100}, {8000, 6000}, {10000, 100}}, Qt::blue, 4, false});
        overlay.trails.back().ages = {0.95f, 0.9f, 0.1f, 0};
        Scene scene;
        scene.areas = city.areas;
        View view = wide();
        view.rotation = Rotation(degrees);
        const OverlayLayout layout = layOut(overlay, view);
        QImage whole(1200, 800, QImage::Format_RGB32), strips(whole.size(), whole.format());
        whole.fill(Qt::black), strips.fill(Qt::black);
        QPainter painter(&whole);
        paintOverlay(painter, layout, overlay, scene, view, 0.4);
        painter.end();
        painter.begin(&strips);
        for (int top = 0; top < 800; top += 32) {
            painter.setClipRect(0, top, 1200, 32);
            paintOverlay(painter, layout, overlay, scene, view, 0.4);
        }
        painter.end();
        int most = 0; // lines that are cut at the clip are rasterized from another place
        for (int y = 0; y < 800; ++y)
            for (int x = 0; x < 1200; ++x)
                for (const int shift : {0, 8, 16})
                    most = std::max(most, std::abs(int(whole.pixel(x, y) >> shift & 255) -
                                                  int(strips.pixel(x, y) >> shift & 255)));
        EXPECT_LE(most, 12) << degrees;
    }
}

TEST(OverlayPainter, newLabelsWaitWhenTheBudgetIsSpent) {
    const Overlay overlay = labelled(9, 60);
    const OverlayLayout layout = layOut(overlay, wide());
    ASSERT_GT(layout.labels.size(), 3u);
    QImage image(1200, 800, QImage::Format_RGB32);
    QPainter painter(&image);
    std::chrono::nanoseconds none{0}, plenty{std::chrono::hours(1)};
    View sharper = wide(); // nobody has drawn labels for this one
    sharper.devicePixelRatio = 1.37;
    EXPECT_FALSE(paintOverlay(painter, layout, overlay, Scene{}, sharper, 0, &none));
    EXPECT_TRUE(paintOverlay(painter, layout, overlay, Scene{}, sharper, 0, &plenty));
    EXPECT_LT(plenty, std::chrono::hours(1));
    EXPECT_TRUE(paintOverlay(painter, layout, overlay, Scene{}, sharper, 0, &none)) << "they are kept now";
}

TEST(OverlayPainter, theSameMomentIsTheSamePicture) {
    Overlay overlay = crowd(50);
    overlay.marks[3].pulsing = true;
    const auto picture = [&](double seconds) {
        QImage image(1200, 800, QImage::Format_RGB32);
        image.fill(Qt::black);
        QPainter painter(&image);
        paintOverlay(painter, layOut(overlay, wide()), overlay, Scene{}, wide(), seconds);
        return image;
    };
    EXPECT_EQ(picture(0.4), picture(0.4));
    EXPECT_NE(picture(0.4), picture(1.0));
    EXPECT_EQ(picture(0.4), picture(0.4 + pulseSeconds));
}

} // namespace
} // namespace vedette::map
