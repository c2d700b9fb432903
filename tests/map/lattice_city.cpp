// SPDX-License-Identifier: GPL-3.0-or-later
#include "lattice_city.h"

#include "map/theme.h"

#include <cmath>

namespace vedette::map::test {

namespace {

using layers::Point;

layers::Snapshot written(const layers::SnapshotBuilder& builder) {
    static QTemporaryDir folder;
    static int number = 0;
    const auto file = std::filesystem::path(folder.path().toStdString()) / std::to_string(number++);
    const auto status = builder.write(file);
    EXPECT_TRUE(status.ok());
    auto snapshot = layers::Snapshot::open(file);
    EXPECT_TRUE(snapshot.ok());
    return snapshot.value();
}

double noise(int x, int y, int what) {
    std::uint64_t h = std::uint64_t(x + 1000) * 0x9e3779b97f4a7c15ull ^
                      std::uint64_t(y + 1000) * 0xc2b2ae3d27d4eb4full ^
                      std::uint64_t(what) * 0x165667b19e3779f9ull;
    h = (h ^ (h >> 29)) * 0xbf58476d1ce4e5b9ull;
    return double((h ^ (h >> 32)) & 0xffffff) / double(0xffffff) - 0.5;
}

struct Lattice {
    double metres;
    int pointsAnEdge;
    Point corner(int x, int y) const {
        return {metres * (x + 0.35 * noise(x, y, 1)), metres * (y + 0.35 * noise(x, y, 2))};
    }
    // From one corner to the next, without the last point; the same points whoever asks.
    void edge(std::vector<Point>& out, int x0, int y0, int x1, int y1) const {
        const bool turn = std::pair(x1, y1) < std::pair(x0, y0);
        const int ax = turn ? x1 : x0, ay = turn ? y1 : y0, bx = turn ? x0 : x1, by = turn ? y0 : y1;
        const Point a = corner(ax, ay), b = corner(bx, by);
        std::vector<Point> way;
        for (int i = 0; i <= pointsAnEdge; ++i) {
            const double t = i / double(pointsAnEdge);
            const double sway =
                i == 0 || i == pointsAnEdge ? 0 : metres * 0.05 * noise(ax * 64 + i, ay * 64 + bx - ax, 3);
            way.push_back(
                {a.x + (b.x - a.x) * t + (by > ay ? sway : 0), a.y + (b.y - a.y) * t + (bx > ax ? sway : 0)});
        }
        if (turn)
            std::reverse(way.begin(), way.end());
        out.insert(out.end(), way.begin(), way.end() - 1);
    }
    Ring block(int x0, int y0, int x1, int y1) const {
        Ring ring;
        for (int x = x0; x < x1; ++x)
            edge(ring.points, x, y0, x + 1, y0);
        for (int y = y0; y < y1; ++y)
            edge(ring.points, x1, y, x1, y + 1);
        for (int x = x1; x > x0; --x)
            edge(ring.points, x, y1, x - 1, y1);
        for (int y = y1; y > y0; --y)
            edge(ring.points, x0, y, x0, y - 1);
        ring.points.push_back(ring.points.front());
        return ring;
    }
};

std::string padded(int n, int width) {
    std::string s = std::to_string(n);
    return std::string(std::size_t(std::max(0, width - int(s.size()))), '0') + s;
}

} // namespace

layers::Snapshot polygons(const std::vector<Row>& rows) {
    layers::SnapshotBuilder builder("made up", {{"code"}, {"name"}, {"parent"}, {"level"}, {"beat"}});
    std::int64_t number = 0;
    for (const auto& row : rows) {
        std::vector<layers::SnapshotBuilder::Ring> rings;
        for (const auto& ring : row.rings)
            rings.push_back({ring.points, ring.hole});
        builder.add(number++, layers::Shape::polygon, rings,
                    {row.code, row.name, row.parent, row.level, row.beat});
    }
    return written(builder);
}

layers::Snapshot lines(const std::vector<std::pair<std::string, std::vector<Point>>>& all) {
    layers::SnapshotBuilder builder("made up", {{"class"}});
    std::int64_t number = 0;
    for (const auto& [name, points] : all)
        builder.add(number++, layers::Shape::line, {{points, false}}, {name});
    return written(builder);
}

Ring box(double minX, double minY, double maxX, double maxY, bool hole) {
    Ring ring{{{minX, minY}, {maxX, minY}, {maxX, maxY}, {minX, maxY}, {minX, minY}}, hole};
    if (hole)
        std::reverse(ring.points.begin(), ring.points.end());
    return ring;
}

LatticeCity latticeCity(int columns, int rows, double metres, int pointsAnEdge) {
    const Lattice lattice{metres, pointsAnEdge};
    LatticeCity city;
    const std::array names{"滨海", "人民路", "桃园", "新港", "望江", "和平", "东风", "青年"};
    const auto cut = [&](int side, const char* prefix, const char* suffix, int width) {
        std::vector<Row> result;
        for (int y = 0; y < rows; y += side)
            for (int x = 0; x < columns; x += side) {
                const int number = int(result.size()) + 1;
                Row row{prefix + padded(number, width),
                        std::string(names[std::size_t((x / side * 3 + y / side * 5) % 8)]) + suffix,
                        "",
                        {lattice.block(x, y, std::min(x + side, columns), std::min(y + side, rows))}};
                for (const auto& ring : row.rings)
                    city.vertices += ring.points.size();
                result.push_back(std::move(row));
            }
        return polygons(result);
    };
    std::vector<layers::Areas::Layer> parts;
    parts.push_back({layers::AreaKind::grid, cut(1, "3206020", "网格", 8)});
    parts.push_back({layers::AreaKind::beat, cut(4, "B", "警格", 3)});
    parts.push_back({layers::AreaKind::station, cut(16, "S", "派出所", 2)});
    city.areas = layers::Areas::build(std::move(parts));

    std::vector<std::pair<std::string, std::vector<Point>>> roads;
    for (int y = 2; y < rows; y += 5) {
        std::vector<Point> way;
        for (int x = 0; x <= columns; ++x)
            way.push_back({x * metres, (y + 0.4 * std::sin(x * 0.7 + y)) * metres});
        roads.emplace_back(y % 3 == 0 ? "primary" : y % 3 == 1 ? "secondary" : "residential", way);
    }
    for (int x = 1; x < columns; x += 6) {
        std::vector<Point> way;
        for (int y = 0; y <= rows; ++y)
            way.push_back({(x + 0.4 * std::cos(y * 0.6 + x)) * metres, y * metres});
        roads.emplace_back(x % 4 == 1 ? "motorway" : "tertiary", way);
    }
    city.roads.push_back(lines(roads));
    return city;
}

std::shared_ptr<Scene> latticeScene(const LatticeCity& city, Theme theme) {
    auto scene = std::make_shared<Scene>();
    scene->revision = 1;
    scene->theme = theme;
    scene->areas = city.areas;
    scene->areaLayers = areaLayers(city.areas, theme);
    scene->roads.lines = city.roads;
    scene->roads.colour = roadColour(theme);
    scene->roads.width = 2;
    return scene;
}

} // namespace vedette::map::test
