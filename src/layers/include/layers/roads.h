// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

#include <optional>

namespace vedette::layers {

// A road network as lines joined where their vertices coincide (within a decimetre). Plain and honest: good
// enough to drive a simulated unit along and to name crossings; the routing engine with noding, turns and
// hierarchies is not this class. Immutable; any thread.
class Roads {
public:
    using Node = std::uint32_t;
    struct Edge {
        Node from, to;
        float metres, metresPerSecond;
        std::uint32_t line, firstPoint,
            lastPoint; // geometry: line's points in [first, last], reversed when first > last
        bool oneway;
    };
    // Uses columns name, class, speed (km/h), oneway (yes/no/1/0/-1/T/F/"One way ...") where mapped.
    static Roads build(const std::vector<Snapshot>& lines);

    std::size_t nodeCount() const;
    Point point(Node node) const;
    std::span<const Edge> edgesFrom(Node node) const;
    std::optional<Node> nearestNode(Point at) const;
    // Shortest by time (A*), as a polyline from the node nearest `from` to that nearest `to`; empty when not
    // joined.
    std::vector<Point> path(Point from, Point to) const;
    struct Crossing {
        std::string first, second; // road names, by code point
        Point at;
    };
    std::vector<Crossing> crossings() const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

} // namespace vedette::layers
