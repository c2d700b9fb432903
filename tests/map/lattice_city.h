// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot_builder.h"
#include "map/scene.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

namespace vedette::map::test {

struct Ring {
    std::vector<layers::Point> points;
    bool hole = false;
};
struct Row {
    std::string code, name, parent;
    std::vector<Ring> rings;
    std::string level = "1", beat = "";
};

// A snapshot of polygons, written and mapped as the reader would.
layers::Snapshot polygons(const std::vector<Row>& rows);
layers::Snapshot lines(const std::vector<std::pair<std::string, std::vector<layers::Point>>>& classAndLine);
Ring box(double minX, double minY, double maxX, double maxY, bool hole = false);

// A made-up city: columns x rows grids of `metres`, their wavy borders shared to the last bit, gathered into
// beats and stations; Chinese names.
struct LatticeCity {
    layers::Areas areas;
    std::vector<layers::Snapshot> roads;
    std::size_t vertices = 0;
};
LatticeCity latticeCity(int columns, int rows, double metres = 400, int pointsAnEdge = 9);
std::shared_ptr<Scene> latticeScene(const LatticeCity& city, Theme theme);

} // namespace vedette::map::test
