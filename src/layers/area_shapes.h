// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

namespace vedette::layers {

// The edges of many polygons, sorted into horizontal slabs so that a point is tested only against the edges
// at its own height. Points into the snapshots, which must outlive it.
class AreaShapes {
public:
    // Appends one polygon; its number is the count of those before it.
    void add(const Snapshot& snapshot, std::size_t feature);
    void settle(); // nothing more is added: gives back what was kept for that
    // GEOS `covers`: inside or on any ring, a hole's ring too. No allocation.
    bool covers(std::size_t shape, Point point) const;
    // Metres to the nearest ring.
    double boundaryDistance(std::size_t shape, Point point) const;

private:
    struct Slabs {
        double minY = 0, perMetre = 0;
        const Point* origin = nullptr; // edges are counted from here
        std::uint32_t count = 1;
        std::uint32_t first = 0; // in starts_
        std::uint32_t of(double y) const;
    };
    std::vector<Slabs> shapes_;
    std::vector<std::uint32_t> starts_; // slab -> first of its edges; one more closes each shape
    std::vector<std::int32_t> edges_;   // an edge runs from origin[e] to origin[e + 1]
    std::vector<const Point*> gather_;  // used by add only
};

} // namespace vedette::layers
