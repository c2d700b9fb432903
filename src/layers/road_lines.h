// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "road_rules.h"

#include <vector>

namespace vedette::layers {

// Gives points within a decimetre of each other the same number.
class VertexJoiner {
public:
    static constexpr double joinMetres = 0.1;
    explicit VertexJoiner(std::size_t expected);
    std::uint32_t number(Point at);
    std::uint32_t find(Point at) const; // noNode: there is none
    Point point(std::uint32_t number) const { return points_[number]; }
    std::size_t size() const { return points_.size(); }

private:
    std::size_t bucket(std::int64_t x, std::int64_t y) const;
    std::vector<Point> points_;
    std::vector<std::uint32_t> first_, next_;
};

struct RoadLine {
    RoadRow row;
    std::uint32_t source = 0, feature = 0;
    std::string id;
    bool openStreetMap = false;
    std::vector<std::uint32_t> vertices; // joiner's numbers, no two alike in a row
};

struct Joined {
    std::size_t crossings = 0, ends = 0, passOver = 0;
};

// Cuts lines where they cross at grade without a vertex, and brings ends to lines they barely miss.
Joined joinCrossings(std::vector<RoadLine>& lines, VertexJoiner& joiner);

} // namespace vedette::layers
