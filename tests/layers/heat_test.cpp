// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/heat.h"

#include "temporary_folder.h"

#include <cmath>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

using namespace vedette::layers;

namespace {

std::vector<HeatPoint> gathered(std::size_t count) {
    std::mt19937_64 random(7);
    std::normal_distribution<double> spread(0, 900);
    std::uniform_real_distribution<double> where(-4000, 4000);
    std::vector<HeatPoint> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(i % 3 ? HeatPoint{{spread(random), spread(random) + 1000}, 1, 0}
                            : HeatPoint{{where(random), where(random)}, 2, static_cast<double>(i % 90)});
    return out;
}

HeatSettings settings(double bandwidth, Kernel kernel) {
    HeatSettings out;
    out.bandwidthMetres = bandwidth;
    out.kernel = kernel;
    out.days = 30;
    out.extent = {-3000, -2000, 3000, 2500};
    out.width = 61;
    out.height = 47;
    return out;
}

// The definition, written out for one place.
double directSum(const std::vector<HeatPoint>& points, const HeatSettings& s, Point at) {
    double sum = 0;
    for (const HeatPoint& point : points) {
        const double d2 = std::pow(point.at.x - at.x, 2) + std::pow(point.at.y - at.y, 2);
        const double h2 = s.bandwidthMetres * s.bandwidthMetres;
        const double weight =
            point.weight * (s.halfLifeDays > 0 ? std::pow(0.5, point.ageDays / s.halfLifeDays) : 1);
        if (s.kernel == Kernel::quartic)
            sum += d2 < h2 ? weight * 3 / (std::numbers::pi * h2) * std::pow(1 - d2 / h2, 2) : 0;
        else
            sum += weight / (2 * std::numbers::pi * h2) * std::exp(-d2 / (2 * h2)); // not cut
    }
    return sum / s.days * 1e6;
}

Point pixelCentre(const HeatSettings& s, int column, int row) {
    return {s.extent.minX + (column + 0.5) * s.extent.width() / s.width,
            s.extent.maxY - (row + 0.5) * s.extent.height() / s.height};
}

} // namespace

TEST(Heat, EqualsTheDirectSumAtAnyBandwidth) {
    const auto points = gathered(400);
    for (const Kernel kernel : {Kernel::quartic, Kernel::gaussian})
        for (const double bandwidth : {1.0, 30.0, 100.0, 800.0, 5000.0, 50000.0}) {
            HeatSettings s = settings(bandwidth, kernel);
            s.halfLifeDays = bandwidth == 800 ? 14 : 0;
            const auto surface = heat(points, s);
            ASSERT_TRUE(surface.ok());
            double peak = 0, worst = 0;
            for (int row = 0; row < s.height; ++row)
                for (int column = 0; column < s.width; ++column) {
                    const double direct = directSum(points, s, pixelCentre(s, column, row));
                    const float ours =
                        surface.value().values[static_cast<std::size_t>(row * s.width + column)];
                    peak = std::max(peak, direct);
                    worst = std::max(worst, std::abs(direct - static_cast<double>(ours)));
                }
            EXPECT_LE(worst, peak * 0.001)
                << bandwidth << (kernel == Kernel::quartic ? " quartic" : " gaussian");
            EXPECT_NEAR(surface.value().max, peak, peak * 0.001);
        }
}

TEST(Heat, TheVolumeUnderTheSurfaceIsTheNumberOfEvents) {
    const std::vector<HeatPoint> points{{{0, 0}, 1, 0}, {{500, 300}, 1, 0}, {{-700, 100}, 3, 0}};
    for (const Kernel kernel : {Kernel::quartic, Kernel::gaussian}) {
        HeatSettings s = settings(400, kernel);
        s.width = 240;
        s.height = 180;
        const auto surface = heat(points, s);
        double sum = 0;
        for (const float value : surface.value().values)
            sum += static_cast<double>(value);
        const double pixelKm2 = s.extent.width() / s.width * s.extent.height() / s.height / 1e6;
        EXPECT_NEAR(sum * pixelKm2 * s.days, 5, 0.005);
    }
}

TEST(Heat, ThreadsChangeNothing) {
    const auto points = gathered(300);
    const HeatSettings s = settings(500, Kernel::quartic);
    EXPECT_EQ(heat(points, s, 1).value().values, heat(points, s, 5).value().values);
}

TEST(Heat, RefusesWhatHasNoMeaningAndStopsWhenTold) {
    HeatSettings s = settings(500, Kernel::quartic);
    s.width = 0;
    EXPECT_EQ(heat({}, s).problem().message.code, "extentEmpty");
    EXPECT_EQ(heat({}, settings(0, Kernel::quartic)).problem().message.code, "bandwidthNotPositive");
    s = settings(500, Kernel::quartic);
    s.days = 0;
    EXPECT_EQ(heat({}, s).problem().message.code, "periodEmpty");
    const std::atomic<bool> cancel{true};
    EXPECT_EQ(heat(gathered(10), settings(500, Kernel::quartic), 2, &cancel).problem().message.code,
              "cancelled");
    EXPECT_EQ(heat({}, settings(500, Kernel::quartic)).value().max, 0);
}

TEST(Heat, TheGeoTiffSaysWhereWhatAndInWhichUnit) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "heat.tif";
    const HeatSettings s = settings(800, Kernel::gaussian);
    const auto surface = heat(gathered(200), s).value();
    ASSERT_TRUE(writeGeoTiff(surface, "EPSG:4549", s, file).ok());
    GDALAllRegister();
    auto* dataset = GDALDataset::Open(file.c_str());
    ASSERT_NE(dataset, nullptr);
    EXPECT_STREQ(dataset->GetRasterBand(1)->GetUnitType(), "events/km2/day");
    EXPECT_STREQ(dataset->GetSpatialRef()->GetAuthorityCode(nullptr), "4549");
    EXPECT_STREQ(dataset->GetMetadataItem("KERNEL"), "gaussian");
    EXPECT_STREQ(dataset->GetMetadataItem("BANDWIDTH_METRES"), "800");
    double transform[6];
    dataset->GetGeoTransform(transform);
    EXPECT_DOUBLE_EQ(transform[0], s.extent.minX);
    EXPECT_DOUBLE_EQ(transform[3], s.extent.maxY);
    std::vector<float> values(surface.values.size());
    ASSERT_EQ(dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, s.width, s.height, values.data(), s.width,
                                                  s.height, GDT_Float32, 0, 0),
              CE_None);
    EXPECT_EQ(values, surface.values);
    GDALClose(dataset);
    EXPECT_EQ(writeGeoTiff(surface, "EPSG:4549", s, folder.path() / "no" / "x.tif").problem().message.code,
              "folderMissing");
    EXPECT_EQ(writeGeoTiff(surface, "EPSG:0", s, file).problem().message.code, "crsUnreadable");
}
