// SPDX-License-Identifier: GPL-3.0-or-later
// Point to areas at 15,000 areas and on a city's real districts, beside GEOS in the same run. Both answer
// every point; one difference ends the comparison with status 1.
#include "layers/areas.h"
#include "layers/crs.h"
#include "layers/snapshot_builder.h"

#include "geos_oracle.h"
#include "temporary_folder.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <gdal_priv.h>
#include <numbers>
#include <ogrsf_frmts.h>
#include <random>

using namespace vedette::layers;

namespace {

Snapshot written(const SnapshotBuilder& builder) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "bench.snapshot";
    if (!builder.write(file))
        std::exit(3);
    auto opened = Snapshot::open(file);
    if (!opened)
        std::exit(3);
    return std::move(opened).value();
}

// A net of bent cells: neighbours share every vertex of their common boundary.
Snapshot net(const char* prefix, int side, double metres, int perEdge, double turn) {
    SnapshotBuilder builder(prefix, {{"code"}, {"name"}});
    const double cell = metres / side;
    const auto corner = [&](double x, double y) {
        const double wave = cell * 0.2;
        return Point{x * cell + wave * std::sin(y * 2.1 + turn), y * cell + wave * std::sin(x * 1.7 + turn)};
    };
    std::int64_t row = 0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            SnapshotBuilder::Ring ring;
            for (int i = 0; i < perEdge; ++i)
                ring.points.push_back(corner(x + double(i) / perEdge, y));
            for (int i = 0; i < perEdge; ++i)
                ring.points.push_back(corner(x + 1, y + double(i) / perEdge));
            for (int i = 0; i < perEdge; ++i)
                ring.points.push_back(corner(x + 1 - double(i) / perEdge, y + 1));
            for (int i = 0; i < perEdge; ++i)
                ring.points.push_back(corner(x, y + 1 - double(i) / perEdge));
            ring.points.push_back(ring.points.front());
            const std::string code = prefix + std::to_string(row);
            builder.add(row++, Shape::polygon, {ring}, {code, code});
        }
    return written(builder);
}

// 15,000 areas: 12,544 grids, 2,025 beats, 400 communities, 25 stations, 6 wide ones.
Areas city() {
    return Areas::build({{AreaKind::grid, net("g", 112, 40000, 8, 0)},
                         {AreaKind::beat, net("b", 45, 40000, 20, 1)},
                         {AreaKind::community, net("c", 20, 40000, 40, 2)},
                         {AreaKind::station, net("s", 5, 40000, 200, 3)},
                         {AreaKind::township, net("t", 2, 40000, 500, 4)},
                         {AreaKind::county, net("n", 1, 40000, 2000, 5)},
                         {AreaKind::city, net("y", 1, 40000, 3000, 6)}});
}

// The districts of a real city, through OGR, in metres.
std::optional<Areas> districts(const std::string& file) {
    GDALAllRegister();
    auto* dataset = GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR);
    if (!dataset)
        return std::nullopt;
    const WorkingCrs crs = WorkingCrs::named("EPSG:26985").value();
    SnapshotBuilder builder("districts", {{"code"}, {"name"}});
    std::int64_t row = 0;
    std::size_t most = 0;
    for (const auto& feature : dataset->GetLayer(0)) {
        std::vector<SnapshotBuilder::Ring> rings;
        std::size_t vertices = 0;
        const auto addPolygon = [&](const OGRPolygon& polygon) {
            bool hole = false;
            for (const auto* ring : polygon) {
                SnapshotBuilder::Ring out;
                out.hole = std::exchange(hole, true);
                for (const auto& point : *ring)
                    out.points.push_back(crs.toWorking(LonLat{point.getX(), point.getY()}));
                vertices += out.points.size();
                rings.push_back(std::move(out));
            }
        };
        const auto* geometry = feature->GetGeometryRef();
        if (wkbFlatten(geometry->getGeometryType()) == wkbPolygon)
            addPolygon(*geometry->toPolygon());
        else
            for (const auto* part : *geometry->toMultiPolygon())
                addPolygon(*part);
        most = std::max(most, vertices);
        const std::string code = std::to_string(row);
        builder.add(row++, Shape::polygon, rings, {code, code});
    }
    GDALClose(dataset);
    std::printf("districts: %lld, the largest of %zu vertices\n", static_cast<long long>(row), most);
    return Areas::build({{AreaKind::station, written(builder)}});
}

struct Times {
    std::vector<double> microseconds;
    double at(double share) {
        std::sort(microseconds.begin(), microseconds.end());
        return microseconds[static_cast<std::size_t>(share * double(microseconds.size() - 1))];
    }
};

template <class Ask>
Times measure(const std::vector<Point>& points, Ask ask) {
    using Clock = std::chrono::steady_clock;
    Times times;
    times.microseconds.reserve(points.size());
    for (const Point point : points) {
        const auto start = Clock::now();
        ask(point);
        times.microseconds.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    }
    return times;
}

bool compare(const char* work, const Areas& areas, std::vector<std::pair<std::string, double>>& ratios) {
    const GeosOracle geos(areas);
    std::mt19937_64 random(15000);
    const Box& extent = areas.extent();
    std::uniform_real_distribution<double> x(extent.minX, extent.maxX), y(extent.minY, extent.maxY);
    std::vector<Point> points;
    for (int i = 0; i < 20000; ++i)
        points.push_back({x(random), y(random)});
    for (AreaIndex i = 0; i < areas.size(); ++i) { // vertices, where it is hard
        const auto ring = areas.layers()[areas[i].source].snapshot.part(areas[i].feature, 0).points;
        for (std::size_t p = 0; p < ring.size(); p += std::max<std::size_t>(1, ring.size() / 2))
            points.push_back(ring[p]);
    }
    std::shuffle(points.begin(), points.end(), random);
    std::vector<AreaIndex> ours, theirs;
    std::size_t covered = 0;
    for (const Point point : points) {
        areas.at(point, ours);
        geos.covering(point, theirs);
        std::sort(ours.begin(), ours.end());
        if (ours != theirs) {
            std::printf("%s: the answers differ at %a %a\n", work, point.x, point.y);
            return false;
        }
        covered += ours.size();
    }
    Times mine = measure(points, [&](Point point) { areas.at(point, ours); });
    Times peer = measure(points, [&](Point point) { geos.covering(point, theirs); });
    std::printf("%s: %zu areas, %zu points, %zu answers, all as GEOS gives them\n", work, areas.size(),
                points.size(), covered);
    std::printf("  ours  p50 %8.2f us  p99 %8.2f us\n", mine.at(0.5), mine.at(0.99));
    std::printf("  GEOS  p50 %8.2f us  p99 %8.2f us\n", peer.at(0.5), peer.at(0.99));
    ratios.emplace_back(work, mine.at(0.99) / peer.at(0.99));
    return true;
}

} // namespace

int main() {
    std::vector<std::pair<std::string, double>> ratios;
    bool same = compare("locate15000", city(), ratios);
    const std::string file = VEDETTE_SHARED_DATA "/dc-2016/police-districts-mpd.geojson";
    if (const auto real = std::filesystem::exists(file) ? districts(file) : std::nullopt)
        same = compare("districts", *real, ratios) && same;
    else
        std::printf("districts: skipped, there is no %s\n", file.c_str());
    for (const auto& [work, ratio] : ratios)
        std::printf("ratio areas %s ours/peer=%.4f\n", work.c_str(), ratio);
    return same ? 0 : 1;
}
