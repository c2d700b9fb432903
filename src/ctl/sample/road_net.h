// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan.h"

#include <span>
#include <string>
#include <vector>

namespace vedette::ctl {

struct RoadLine {
    std::vector<Point> points;
    RoadClass roadClass = RoadClass::residential;
    std::string name;
    int speed = 30; // km/h
    int oneway = 0; // 1 along the points, -1 against them
    bool bridge = false;
};

// What the streets of a plan become on the ground: they end at roads along river and shore, cross the river
// on bridges and the motorway at interchanges.
struct Ground {
    std::vector<RoadLine> roads;
    std::vector<std::vector<Point>> water; // polygons: sea and river
    std::vector<std::string> streetNames;  // by the plan's street
    int bridges = 0;
};
Ground layGround(const Plan& plan, Chance& chance);

// The network that can be driven: every vertex that two lines share joins them. Immutable.
class RoadNet {
public:
    using Node = int;
    explicit RoadNet(const std::vector<RoadLine>& roads);
    Point point(Node node) const { return points_[static_cast<std::size_t>(node)]; }
    std::size_t size() const { return points_.size(); }
    Node nearest(Point at) const;
    // By time (A*), with the nodes passed; empty when not joined or farther than `reach` nodes of search.
    std::vector<Node> path(Node from, Node to, int reach = 60000) const;
    double secondsTo(Node from, Node next) const; // of one step of a path
    std::span<const Node> near(Node node) const;  // where one may go from here
    std::vector<bool> mainPart() const;           // nodes from and to which most others can be driven

private:
    std::vector<Point> points_;
    std::vector<int> first_; // into to_ and seconds_, by node; one more than nodes
    std::vector<Node> to_;
    std::vector<float> seconds_;
    Box box_;
    double cell_ = 200;
    int across_ = 1, down_ = 1;
    std::vector<std::vector<Node>> cells_;
};

} // namespace vedette::ctl
