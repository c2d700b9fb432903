// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/heat.h"

#include "gdal_call.h"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <charconv>

namespace vedette::layers {

namespace {

std::string number(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

} // namespace

Status writeGeoTiff(const HeatSurface& surface, const std::string& crs, const HeatSettings& settings,
                    const std::filesystem::path& file) {
    if (surface.width <= 0 || surface.height <= 0)
        return refused("extentEmpty");
    GdalCalls calls;
    if (auto place = writableFolder(file); !place)
        return place;
    OGRSpatialReference reference;
    if (reference.SetFromUserInput(crs.c_str()) != OGRERR_NONE)
        return refused("crsUnreadable", {{"path", file.string()}, {"crs", crs}});
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    if (!driver)
        return environment("formatUnknown", {{"format", "GTiff"}});
    const auto temporary = temporaryNeighbour(file);
    char compress[] = "COMPRESS=DEFLATE", predictor[] = "PREDICTOR=3";
    char* options[] = {compress, predictor, nullptr};
    GdalDataset dataset(
        driver->Create(temporary.c_str(), surface.width, surface.height, 1, GDT_Float32, options));
    const auto failed = [&] {
        dataset.reset();
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        return calls.problem(file);
    };
    if (!dataset)
        return failed();
    double transform[6] = {surface.extent.minX,
                           surface.extent.width() / surface.width,
                           0,
                           surface.extent.maxY,
                           0,
                           -surface.extent.height() / surface.height};
    dataset->SetGeoTransform(transform);
    dataset->SetSpatialRef(&reference);
    GDALRasterBand* band = dataset->GetRasterBand(1);
    band->SetUnitType("events/km2/day");
    band->SetDescription("risk density");
    dataset->SetMetadataItem("KERNEL", settings.kernel == Kernel::quartic ? "quartic" : "gaussian");
    dataset->SetMetadataItem("BANDWIDTH_METRES", number(settings.bandwidthMetres).c_str());
    dataset->SetMetadataItem("HALF_LIFE_DAYS", number(settings.halfLifeDays).c_str());
    dataset->SetMetadataItem("DAYS", number(settings.days).c_str());
    auto* values = const_cast<float*>(surface.values.data()); // RasterIO writes from it, GDAL has no const
    if (band->RasterIO(GF_Write, 0, 0, surface.width, surface.height, values, surface.width, surface.height,
                       GDT_Float32, 0, 0) != CE_None)
        return failed();
    dataset->FlushCache(true);
    if (calls.failed())
        return failed();
    dataset.reset();
    if (calls.failed())
        return failed();
    std::error_code error;
    std::filesystem::rename(temporary, file, error);
    if (error)
        return failed();
    return Nothing{};
}

} // namespace vedette::layers
