// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/crs.h"
#include "layers/guess.h"

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

// The points that the open converters publish and test each other by (coordtransform and its many ports).
TEST(Datum, PublishedPointsOfBd09) {
    const LonLat wgs{116.404, 39.915};
    const LonLat bd = fromWgs84(wgs, Datum::bd09);
    EXPECT_NEAR(bd.lon, 116.41662724378733, 1e-11);
    EXPECT_NEAR(bd.lat, 39.922699552216216, 1e-11);
    EXPECT_LT(degreesApart(toWgs84({116.41662724378733, 39.922699552216216}, Datum::bd09), wgs), 1e-9);
    // Published as GCJ-02 -> BD-09: by way of WGS 84, which only holds where the way back is exact.
    const LonLat over = fromWgs84(toWgs84({116.404, 39.915}, Datum::gcj02), Datum::bd09);
    EXPECT_NEAR(over.lon, 116.41036949371029, 1e-9);
    EXPECT_NEAR(over.lat, 39.92133699351021, 1e-9);
    // "gcj_extract_wgs", the iterated inverse.
    EXPECT_NEAR(toWgs84({116.404, 39.915}, Datum::gcj02).lon, 116.39775549316407, 1e-6);
    // BD-09 -> GCJ-02 by the usual one-step formula, good to some 1e-6 degrees.
    const LonLat gcj = fromWgs84(toWgs84({116.404, 39.915}, Datum::bd09), Datum::gcj02);
    EXPECT_NEAR(gcj.lon, 116.39762729119315, 5e-6);
    EXPECT_NEAR(gcj.lat, 39.90865673957631, 5e-6);
}

// Every zone of 3 degrees, 75 to 135 east, with the zone before the easting (4513-4533) and without
// (4534-4554), and those of 6 degrees (4491-4501, 4502-4512): on its own meridian the easting is known, the
// northing the arc's.
TEST(WorkingCrs, AllZonesOfCgcs2000HaveTheirMeridian) {
    const auto holds = [](int code, double meridian, double easting) {
        const auto crs = WorkingCrs::named("EPSG:" + std::to_string(code));
        ASSERT_TRUE(crs) << code;
        const Point at = crs.value().toWorking({meridian, 32});
        EXPECT_NEAR(at.x, easting, 1e-3) << code;
        EXPECT_NEAR(at.y, 3541852.434, 1e-2) << code;
        EXPECT_LT(degreesApart(crs.value().toLonLat({easting + 123456.7, 3541852.434}),
                               crs.value().toLonLat(crs.value().toWorking(
                                   crs.value().toLonLat({easting + 123456.7, 3541852.434})))),
                  1e-9);
    };
    for (int zone = 25; zone <= 45; ++zone) {
        holds(4513 + zone - 25, zone * 3, zone * 1e6 + 500000);
        holds(4534 + zone - 25, zone * 3, 500000);
    }
    for (int zone = 13; zone <= 23; ++zone) {
        holds(4491 + zone - 13, zone * 6 - 3, zone * 1e6 + 500000);
        holds(4502 + zone - 13, zone * 6 - 3, 500000);
    }
}

TEST(WorkingCrs, ACityGetsTheZoneOfItsMeridian) {
    const struct {
        const char* city;
        LonLat at;
        const char* crs;
    } cities[] = {{"Kashgar", {75.99, 39.47}, "EPSG:4534"},   {"Urumqi", {87.62, 43.83}, "EPSG:4538"},
                  {"Chengdu", {104.07, 30.67}, "EPSG:4544"},  {"Guangzhou", {113.26, 23.13}, "EPSG:4547"},
                  {"Beijing", {116.40, 39.91}, "EPSG:4548"},  {"Nantong", {120.86, 32.01}, "EPSG:4549"},
                  {"Shanghai", {121.47, 31.23}, "EPSG:4549"}, {"Harbin", {126.64, 45.76}, "EPSG:4551"},
                  {"Fuyuan", {134.30, 48.36}, "EPSG:4554"}};
    for (const auto& [city, at, crs] : cities) {
        EXPECT_EQ(workingCrsAt(at).value, crs) << city;
        const Point there = WorkingCrs::named(crs).value().toWorking(at);
        EXPECT_LT(std::abs(there.x - 500000), 150000) << city; // within a degree and a half of its meridian
    }
    EXPECT_EQ(workingCrsAt({118.49, 32}).value, "EPSG:4548");
    EXPECT_EQ(workingCrsAt({118.51, 32}).value, "EPSG:4549");
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
    const LonLat at{*rc::gen::inRange(72'004'000, 137'834'700) /
                        1e6, // the whole box that is bent, to its edge
                    *rc::gen::inRange(829'300, 55'827'100) / 1e6};
    for (const Datum datum : {Datum::gcj02, Datum::bd09})
        RC_ASSERT(degreesApart(toWgs84(fromWgs84(at, datum), datum), at) < 1e-9);
}
