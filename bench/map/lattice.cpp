// SPDX-License-Identifier: GPL-3.0-or-later
#include "lattice.h"

#include "layers/snapshot_builder.h"

#include <ogrsf_frmts.h>

#include <cmath>
#include <filesystem>

namespace vedette::bench {

using layers::Point;

namespace {

// A smooth bending of the plane: what is shared stays shared to the last bit.
Point bent(double x, double y) {
    const double sway = latticeCell * 0.22;
    return {x * latticeCell + sway * (std::sin(y * 2.1 + 0.3) + 0.4 * std::sin(x * 5.3 + y * 9.7)),
            y * latticeCell + sway * (std::sin(x * 1.7 + 1.1) + 0.4 * std::sin(y * 6.1 - x * 8.3))};
}

} // namespace

std::vector<std::vector<Point>> latticeRings() {
    constexpr int edge = 9; // steps a side
    std::vector<std::vector<Point>> rings;
    for (int i = 0; i < latticeAreas; ++i) {
        const int x = i % latticeColumns, y = i / latticeColumns;
        // Whole numbers of steps, so that both neighbours reckon with the same numbers.
        const auto at = [&](int right, int up) {
            return bent((x * edge + right) / double(edge), (y * edge + up) / double(edge));
        };
        std::vector<Point> ring;
        for (int s = 0; s < edge; ++s)
            ring.push_back(at(s, 0));
        for (int s = 0; s < edge; ++s)
            ring.push_back(at(edge, s));
        for (int s = 0; s < edge; ++s)
            ring.push_back(at(edge - s, edge));
        for (int s = 0; s < edge; ++s)
            ring.push_back(at(0, edge - s));
        ring.push_back(ring.front());
        rings.push_back(std::move(ring));
    }
    return rings;
}

layers::Areas latticeAreasOf(const std::vector<std::vector<Point>>& rings) {
    layers::SnapshotBuilder builder("lattice", {{"code"}, {"name"}});
    std::int64_t row = 0;
    for (const auto& ring : rings) {
        const std::string code = std::to_string(100'000'000'000'000 + row);
        builder.add(row++, layers::Shape::polygon, {{ring, false}}, {code, code});
    }
    const auto file = std::filesystem::temp_directory_path() / ("bench_map." + std::to_string(getpid()));
    if (!builder.write(file))
        return {};
    auto opened = layers::Snapshot::open(file);
    std::filesystem::remove(file);
    return opened ? layers::Areas::build({{layers::AreaKind::grid, std::move(opened).value()}})
                  : layers::Areas{};
}

bool writeLattice(const std::vector<std::vector<Point>>& rings, const std::string& file) {
    GDALAllRegister();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    GDALDataset* dataset = driver ? driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr) : nullptr;
    if (!dataset)
        return false;
    OGRSpatialReference crs;
    crs.importFromEPSG(4549);
    OGRLayer* layer = dataset->CreateLayer("grids", &crs, wkbPolygon);
    bool good = layer && dataset->StartTransaction() == OGRERR_NONE;
    for (std::size_t i = 0; good && i < rings.size(); ++i) {
        OGRLinearRing ring;
        for (const Point p : rings[i])
            ring.addPoint(p.x, p.y);
        OGRPolygon polygon;
        polygon.addRing(&ring);
        OGRFeature feature(layer->GetLayerDefn());
        feature.SetGeometry(&polygon);
        good = layer->CreateFeature(&feature) == OGRERR_NONE;
    }
    good = good && dataset->CommitTransaction() == OGRERR_NONE;
    GDALClose(dataset);
    return good;
}

} // namespace vedette::bench
