// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/crs.h"

#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <thread>

using namespace vedette::layers;

namespace {

double degreesApart(LonLat a, LonLat b) {
    return std::max(std::abs(a.lon - b.lon), std::abs(a.lat - b.lat));
}

} // namespace

TEST(WorkingCrs, LongitudeGoesEastWhateverTheAxisOrder) {
    // EPSG:4549 (CGCS2000, 120 E, northing first in the register), 45xx with zone prefix, UTM, Maryland.
    const struct {
        const char* crs;
        LonLat at;
        double x, y;
    } known[] = {
        {"EPSG:4549",
         {120, 32},
         500000,
         3541852.434}, // on the central meridian: the meridian arc by quadrature
        {"EPSG:4528", {120, 32}, 40500000, 3541852.434},
        {"EPSG:32650", {117, 32}, 500000, 3540435.693},
        {"EPSG:26985", {-77.0234620996, 38.8998135403}, 397965, 136884}, // a DC record's own BLOCKX/YCOORD
    };
    for (const auto& [crs, at, x, y] : known) {
        const auto working = WorkingCrs::named(crs);
        ASSERT_TRUE(working) << crs;
        const Point point = working.value().toWorking(at);
        EXPECT_NEAR(point.x, x, 1.0) << crs;
        EXPECT_NEAR(point.y, y, 1.0) << crs;
        const LonLat back = working.value().toLonLat(point);
        EXPECT_LT(degreesApart(back, at), 1e-9) << crs;
    }
}

TEST(WorkingCrs, RefusesWhatIsNotProjectedMetres) {
    EXPECT_EQ(WorkingCrs::named("EPSG:4326").problem().message.code, "crsNotProjected");
    EXPECT_EQ(WorkingCrs::named("EPSG:4490").problem().message.code, "crsNotProjected");
    EXPECT_EQ(WorkingCrs::named("EPSG:2248").problem().message.code, "crsNotMetres"); // Maryland in feet
    for (const char* crs : {"", "EPSG:999999", "GEOGCS[", "nonsense", "+proj=utm +zone=abc"})
        EXPECT_EQ(WorkingCrs::named(crs).problem().message.code, "crsUnreadable") << crs;
}

TEST(WorkingCrs, OutOfReachIsNotANumber) {
    const auto crs = WorkingCrs::named("EPSG:4549").value();
    const Point far = crs.toWorking({-60, 95});
    EXPECT_TRUE(std::isnan(far.x) && std::isnan(far.y));
    const Point nan = crs.toWorking({std::nan(""), 3});
    EXPECT_TRUE(std::isnan(nan.x));
}

TEST(WorkingCrs, ManyThreadsAndManyAtOnceGiveTheSame) {
    const auto crs = WorkingCrs::named("EPSG:4549").value();
    std::vector<LonLat> from;
    for (int i = 0; i < 1000; ++i)
        from.push_back({119.5 + i * 0.001, 31.5 + i * 0.0007});
    std::vector<std::vector<Point>> to(4, std::vector<Point>(from.size()));
    {
        std::vector<std::jthread> threads;
        for (auto& out : to)
            threads.emplace_back([&crs, &from, &out] { crs.toWorking(from, out); });
    }
    for (std::size_t i = 0; i < from.size(); ++i)
        for (const auto& out : to)
            ASSERT_EQ(out[i], crs.toWorking(from[i]));
}

TEST(Datum, PublishedReferencePoint) {
    const LonLat gcj = fromWgs84({116.404, 39.915}, Datum::gcj02);
    EXPECT_NEAR(gcj.lon, 116.41024449916938, 1e-12);
    EXPECT_NEAR(gcj.lat, 39.91640428150164, 1e-12);
    EXPECT_LT(degreesApart(toWgs84({116.41024449916938, 39.91640428150164}, Datum::gcj02), {116.404, 39.915}),
              1e-9);
}

TEST(Datum, OnlyGcjAndBdBendAndOnlyInChina) {
    const LonLat washington{-77.02, 38.9}, nantong{120.86, 32.01};
    for (const Datum datum : {Datum::wgs84, Datum::cgcs2000, Datum::gcj02, Datum::bd09}) {
        EXPECT_EQ(fromWgs84(washington, datum), washington);
        EXPECT_EQ(toWgs84(washington, datum), washington);
    }
    EXPECT_EQ(fromWgs84(nantong, Datum::cgcs2000), nantong);
    EXPECT_GT(degreesApart(fromWgs84(nantong, Datum::gcj02), nantong), 0.001);
    EXPECT_GT(degreesApart(fromWgs84(nantong, Datum::bd09), nantong), 0.005);
}

RC_GTEST_PROP(Datum, ThereAndBackWithinANanodegree, ()) {
    const LonLat at{*rc::gen::inRange(73'600'000, 135'000'000) / 1e6,
                    *rc::gen::inRange(18'000'000, 53'500'000) / 1e6};
    for (const Datum datum : {Datum::gcj02, Datum::bd09})
        RC_ASSERT(degreesApart(toWgs84(fromWgs84(at, datum), datum), at) < 1e-9);
}
