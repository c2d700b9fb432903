// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthetic_roads.h"

#include "layers/snapshot_builder.h"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>

using namespace vedette::layers;

Snapshot syntheticRoads(unsigned seed) {
    constexpr int side = 431;
    std::mt19937 random(seed);
    const auto dice = [&](unsigned faces) { return int(random() % faces); };
    std::vector<Point> corners;
    for (int i = 0; i < side * side; ++i)
        corners.push_back({480000 + (i % side) * 120.0 + dice(50), 3500000 + (i / side) * 120.0 + dice(50)});
    SnapshotBuilder builder("roads", {{"id"}, {"name"}, {"class"}, {"speed"}, {"oneway"}});
    std::int64_t row = 0;
    const auto add = [&](Point a, Point b, bool artery) {
        const Point bend{(a.x + b.x) / 2 + dice(15), (a.y + b.y) / 2 + dice(15)};
        builder.add(row, Shape::line, {{{a, bend, b}, false}},
                    {std::to_string(row), "", artery ? "primary" : "residential", artery ? "60" : "30",
                     !artery && dice(10) == 0 ? "yes" : "no"});
        ++row;
    };
    for (int i = 0; i < side * side; ++i) {
        const int x = i % side, y = i / side;
        const auto link = [&](int other, int lane) {
            if (lane % 10 == 0 || dice(1000) < 799)
                add(corners[std::size_t(i)], corners[std::size_t(other)], lane % 10 == 0);
        };
        if (x + 1 < side)
            link(i + 1, y);
        if (y + 1 < side)
            link(i + side, x);
    }
    for (int island = 0; island < 40; ++island) {
        const Point at{470000.0 - 400 * island, 3500000};
        add(at, {at.x + 200, at.y}, false);
        add(at, {at.x, at.y + 200}, false);
    }
    std::string folder = "/tmp/roads-XXXXXX";
    if (!::mkdtemp(folder.data()) || !builder.write(folder + "/snapshot").ok())
        throw std::runtime_error("no room in /tmp");
    auto snapshot = Snapshot::open(folder + "/snapshot");
    std::filesystem::remove_all(folder);
    if (!snapshot)
        throw std::runtime_error("the roads can't be read back");
    return snapshot.value();
}
