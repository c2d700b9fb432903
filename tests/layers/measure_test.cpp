// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measure.h"

#include "layers/coordinates.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <rapidcheck/gtest.h>

using namespace vedette::layers;

namespace {

// The length of a meridian's arc on WGS 84 by Simpson's rule over its radius of curvature: no geodesic
// library.
double meridianArc(double fromLat, double toLat) {
    constexpr double a = 6378137, f = 1 / 298.257223563, e2 = f * (2 - f);
    const auto radius = [&](double degrees) {
        const double s = std::sin(degrees * std::numbers::pi / 180);
        return a * (1 - e2) / std::pow(1 - e2 * s * s, 1.5);
    };
    constexpr int n = 2000;
    const double h = (toLat - fromLat) / n;
    double sum = 0;
    for (int i = 0; i <= n; ++i)
        sum += radius(fromLat + i * h) * (i == 0 || i == n ? 1 : i % 2 ? 4 : 2);
    return sum * h / 3 * std::numbers::pi / 180;
}

// The area between two meridians and two parallels, in closed form (Snyder 1987, p. 29 by the authalic q).
double zoneArea(double west, double south, double east, double north) {
    constexpr double a = 6378137, f = 1 / 298.257223563, e2 = f * (2 - f);
    const double e = std::sqrt(e2);
    const auto q = [&](double degrees) {
        const double s = std::sin(degrees * std::numbers::pi / 180);
        return s / (1 - e2 * s * s) + std::log((1 + e * s) / (1 - e * s)) / (2 * e);
    };
    return a * a * (1 - e2) / 2 * (q(north) - q(south)) * (east - west) * std::numbers::pi / 180;
}

} // namespace

TEST(Measure, nothingAndOnePlaceHaveNoLength) {
    EXPECT_EQ(measured({}).metres, 0);
    const LonLat one[] = {{120, 32}};
    EXPECT_TRUE(measured(one).legs.empty());
    EXPECT_EQ(measured(one).squareMetres, 0);
    const LonLat same[] = {{120, 32}, {120, 32}};
    EXPECT_EQ(measured(same).metres, 0);
}

TEST(Measure, alongAMeridianItIsTheArc) {
    const LonLat line[] = {{120, 31.5}, {120, 32}, {120, 32.7}};
    const Measured found = measured(line);
    ASSERT_EQ(found.legs.size(), 2U);
    EXPECT_NEAR(found.legs[0].metres, meridianArc(31.5, 32), 1e-4);
    EXPECT_NEAR(found.metres, meridianArc(31.5, 32.7), 1e-4);
    EXPECT_NEAR(found.legs[0].bearing, 0, 1e-9);
    EXPECT_NEAR(legBetween({120, 32}, {120, 31}).bearing, 180, 1e-9);
    EXPECT_NEAR(legBetween({0, 0}, {-1, 0}).bearing, 270, 1e-9);
    EXPECT_NEAR(legBetween({0, 0}, {1, 0}).metres, 6378137 * std::numbers::pi / 180, 1e-6);
}

TEST(Measure, karneysPublishedExample) {
    // JFK to LHR, from the GeographicLib manual: 5551.759400 km.
    EXPECT_NEAR(legBetween({-73.8, 40.6}, {-0.5, 51.6}).metres, 5551759.400, 0.001);
}

TEST(Measure, aSmallRectangleHasTheAreaOfItsZone) {
    // Geodesics bulge away from the parallels; so the sides along them are walked in small steps.
    std::vector<LonLat> ring;
    for (int i = 0; i <= 200; ++i)
        ring.push_back({120 + i * 0.0005, 32});
    for (int i = 0; i <= 200; ++i)
        ring.push_back({120.1 - i * 0.0005, 32.1});
    const double wanted = zoneArea(120, 32, 120.1, 32.1);
    EXPECT_NEAR(measured(ring).squareMetres / wanted, 1, 1e-7);
    std::reverse(ring.begin(), ring.end());
    EXPECT_NEAR(measured(ring).squareMetres / wanted, 1, 1e-7) << "whichever way round";
    EXPECT_FALSE(measured(ring).crossed);
    const LonLat bow[] = {{120, 32}, {120.1, 32.1}, {120.1, 32}, {120, 32.1}};
    EXPECT_TRUE(measured(bow).crossed);
}

TEST(Measure, theScaleBarKnowsWhatTheProjectionStretches) {
    const auto gauss = WorkingCrs::named("EPSG:4549").value(),
               mercator = WorkingCrs::named("EPSG:3857").value();
    EXPECT_NEAR(groundMetres(gauss, gauss.toWorking({120, 32})), 1, 1e-6); // true along its own meridian
    EXPECT_NEAR(groundMetres(mercator, mercator.toWorking({0.001, 0.001})), 1, 0.005);
    // Web Mercator: cos(latitude) on the sphere, within the ellipsoid's half a percent.
    EXPECT_NEAR(groundMetres(mercator, mercator.toWorking({120, 60})), 0.5, 0.003);
    EXPECT_TRUE(std::isnan(groundMetres(gauss, {1e9, 1e9})));
}

TEST(Coordinates, writtenForPeople) {
    EXPECT_EQ(decimalText({120.8594372, 32.0123399}), "120.859437,32.012340");
    EXPECT_EQ(dmsText({120.8594372, 32.0123399}), "32°00'44.4\"N 120°51'34.0\"E");
    EXPECT_EQ(dmsText({-77.02346, -0.5}), "00°30'00.0\"S 077°01'24.5\"W");
    EXPECT_EQ(dmsText({9.99999999, 59.99999999}), "60°00'00.0\"N 010°00'00.0\"E"); // rounds up through both
    EXPECT_EQ(workingText({486721.34, 3543201.75}), "486721.3,3543201.8");
}

class ReadPlace : public ::testing::Test {
protected:
    WorkingCrs crs = WorkingCrs::named("EPSG:4549").value();
    Box city;
    void SetUp() override {
        city.add(crs.toWorking({120.7, 31.9}));
        city.add(crs.toWorking({121.1, 32.2}));
    }
    testing::AssertionResult reads(std::string_view text, LonLat wanted, double within = 2e-5) {
        const auto at = readPlace(text, crs, city);
        if (!at)
            return testing::AssertionFailure() << text << " is not read";
        if (std::abs(at->lon - wanted.lon) > within || std::abs(at->lat - wanted.lat) > within)
            return testing::AssertionFailure() << text << " is " << decimalText(*at);
        return testing::AssertionSuccess();
    }
};

TEST_F(ReadPlace, asPeoplePasteIt) {
    const LonLat there{120.859437, 32.01234};
    for (const char* text :
         {"120.859437,32.012340", "32.012340,120.859437", " 120.859437 , 32.01234 ", "120.859437 32.01234",
          "(32.01234, 120.859437)", "[120.859437;32.01234]", "32.01234N,120.859437E", "120.859437E 32.01234N",
          "N32.01234 E120.859437", "32°00'44.4\"N 120°51'34.0\"E", "120°51'34\"E, 32°00'44.4\"N",
          "32 00 44.4 N 120 51 34.0 E", "32°00′44.4″N120°51′34.0″E", "北纬32.01234，东经120.859437",
          "北纬32度0分44.4秒 东经120度51分34秒", "120,859437; 32,01234", "120,859437 32,01234"})
        EXPECT_TRUE(reads(text, there)) << text;
}

TEST_F(ReadPlace, lettersSettleWhatIsWhichElseTheCityDoes) {
    EXPECT_TRUE(reads("39.9,116.3", {116.3, 39.9})); // no latitude beyond 90
    EXPECT_TRUE(reads("116.3,39.9", {116.3, 39.9}));
    EXPECT_TRUE(reads("32E,30N", {32, 30}));
    const auto maryland = WorkingCrs::named("EPSG:26985").value(); // where both could be latitudes
    Box washington;
    washington.add(maryland.toWorking({-77.1, 38.8}));
    washington.add(maryland.toWorking({-76.9, 39.0}));
    const auto either = readPlace("38.9,-77.02", maryland, washington);
    ASSERT_TRUE(either);
    EXPECT_EQ(*either, (LonLat{-77.02, 38.9}));
    EXPECT_EQ(*readPlace("-77.02,38.9", maryland, washington), (LonLat{-77.02, 38.9}));
}

TEST_F(ReadPlace, workingMetresInEitherOrderAndWithAZoneBeforeThem) {
    const LonLat there{120.86, 32.01};
    const Point at = crs.toWorking(there);
    const auto pair = [](double a, double b) { return std::to_string(a) + "," + std::to_string(b); };
    EXPECT_TRUE(reads(pair(at.x, at.y), there));
    EXPECT_TRUE(reads(pair(at.y, at.x), there)) << "surveyors' X is north";
    EXPECT_TRUE(reads(pair(at.x + 40e6, at.y), there)) << "zone 40 of 3 degrees";
    const Point six = WorkingCrs::named("EPSG:4499").value().toWorking(there); // zone 21 of 6 degrees
    EXPECT_TRUE(reads(pair(six.x, six.y), there));
    const auto zoned = WorkingCrs::named("EPSG:4528").value();
    Box there40;
    there40.add(zoned.toWorking({120.7, 31.9}));
    there40.add(zoned.toWorking({121.1, 32.2}));
    const auto bare = readPlace(pair(at.x, at.y), zoned, there40);
    ASSERT_TRUE(bare);
    EXPECT_NEAR(bare->lon, there.lon, 1e-6);
}

TEST_F(ReadPlace, whatIsNoPlaceIsNone) {
    for (const char* text : {"", " ", ",", "120.86", "renmin road", "T1042", "120.86,", "1,2,3", "95N,200E",
                             "nan,nan", "120.86,32.01 north side", "32.01N,33.01N", "1e400,2", "1042 1043"})
        EXPECT_FALSE(readPlace(text, crs, city)) << text;
    EXPECT_FALSE(looksLikePlace("329901 501 001 003")) << "a grid's code in groups";
}

RC_GTEST_PROP(Coordinates, whatIsWrittenIsReadAgain, ()) {
    const LonLat at{*rc::gen::inRange(-179'000'000, 179'000'000) / 1e6,
                    *rc::gen::inRange(-89'000'000, 89'000'000) / 1e6};
    const auto crs = WorkingCrs::named("EPSG:4549").value();
    const auto back = readPlace(dmsText(at), crs, {});
    RC_ASSERT(back.has_value());
    RC_ASSERT(std::abs(back->lon - at.lon) < 1.5e-5 && std::abs(back->lat - at.lat) < 1.5e-5);
    const auto plain = readPlace(decimalText(at), crs, {});
    RC_ASSERT(plain.has_value());
    RC_ASSERT(std::abs(plain->lon - at.lon) < 1e-6 && std::abs(plain->lat - at.lat) < 1e-6);
}
