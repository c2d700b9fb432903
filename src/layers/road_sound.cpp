// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_kept.h"
#include "road_parts.h"

#include <algorithm>
#include <cmath>

namespace vedette::layers {

bool sound(const RoadNetwork::Impl& roads) {
    const auto nodes = roads.nodes.size();
    const auto node = [&](std::uint32_t n) { return n < nodes; };
    if (roads.tails.size() != 2 * roads.edges.size() || roads.heads.size() != roads.tails.size() ||
        roads.names.empty())
        return false;
    for (const auto& edge : roads.edges)
        if (edge.pointCount < 2 || edge.firstPoint > roads.points.size() ||
            edge.pointCount > roads.points.size() - edge.firstPoint || edge.name >= roads.names.size() ||
            edge.part >= roads.parts || !(edge.metres >= 0) || !(edge.metresPerSecond >= 0))
            return false;
    for (const auto& many : {roads.tails, roads.heads})
        if (!std::ranges::all_of(many, node))
            return false;
    return std::all_of(roads.turns.begin(), roads.turns.end(),
                       [&](const auto& turn) {
                           return node(turn.from) && node(turn.to) &&
                                  (turn.like == RoadNetwork::none || turn.like < roads.tails.size());
                       }) &&
           std::is_sorted(roads.turns.begin(), roads.turns.end(),
                          [](const auto& a, const auto& b) { return a.like < b.like; }) &&
           std::all_of(roads.points.begin(), roads.points.end(), onGround) &&
           std::all_of(roads.nodes.begin(), roads.nodes.end(), onGround);
}

namespace {

// Where lists begin that lie one behind the other: `lists` of them, `all` entries.
bool leadsThrough(std::span<const std::uint32_t> first, std::size_t lists, std::size_t all) {
    return first.size() == lists + 1 && first.front() == 0 && first.back() == all && std::ranges::is_sorted(first);
}

} // namespace

bool sound(const RoadGrid& grid, std::span<const RoadNetwork::Edge> edges) {
    if (edges.empty())
        return grid.first.empty() && grid.segments.empty();
    return leadsThrough(grid.first, std::size_t(grid.columns) * grid.rows, grid.segments.size()) &&
           std::ranges::all_of(grid.segments, [&](const RoadGrid::Segment& segment) {
               return segment.edge < edges.size() && segment.point >= edges[segment.edge].firstPoint &&
                      segment.point - edges[segment.edge].firstPoint < edges[segment.edge].pointCount - 1;
           });
}

namespace {

using Node = RoadHierarchy::Node;
using Link = RoadHierarchy::Link;

// Ranks are an order; links lead upwards, sorted; and whoever is contracted has handed its higher neighbours
// to the lowest of them: searches and triangles rely on all three.
bool inOrder(const RoadHierarchy& h, std::size_t nodes) {
    if (h.rank.size() != nodes || h.first.size() != nodes + 1 || h.first.front() != 0 ||
        h.first.back() != h.higher.size())
        return false;
    std::vector<bool> taken(nodes, false);
    for (const auto rank : h.rank) {
        if (rank >= nodes || taken[rank])
            return false;
        taken[rank] = true;
    }
    for (std::size_t node = 0; node < nodes; ++node)
        if (h.first[node + 1] < h.first[node])
            return false;
    for (std::size_t node = 0; node < nodes; ++node)
        for (std::size_t i = h.first[node]; i < h.first[node + 1]; ++i)
            if (h.higher[i] >= nodes || h.higher[i] <= node ||
                (i > h.first[node] && h.higher[i] <= h.higher[i - 1]))
                return false;
    for (std::size_t node = 0; node < nodes; ++node)
        if (h.first[node + 1] - h.first[node] > 1) {
            const auto mine = h.higher.begin() + h.first[node], end = h.higher.begin() + h.first[node + 1];
            const auto theirs = h.higher.begin() + h.first[*mine], last = h.higher.begin() + h.first[*mine + 1];
            if (!std::includes(theirs, last, mine + 1, end))
                return false;
        }
    return true;
}

// What follows from those: each link's lower end, and at its higher end where it is listed.
bool listsLower(const RoadHierarchy& h) {
    const std::size_t links = h.higher.size();
    if (h.lower.size() != links || h.lowLink.size() != links || h.lowNode.size() != links ||
        !leadsThrough(h.firstLow, h.size(), links))
        return false;
    for (Node node = 0; node < h.size(); ++node) {
        for (Link link = h.first[node]; link < h.first[node + 1]; ++link)
            if (h.lower[link] != node)
                return false;
    }
    for (Node node = 0; node < h.size(); ++node)
        for (std::uint32_t i = h.firstLow[node]; i < h.firstLow[node + 1]; ++i)
            if (const Link link = h.lowLink[i];
                link >= links || h.higher[link] != node || h.lowNode[i] != h.lower[link] ||
                (i > h.firstLow[node] && link <= h.lowLink[i - 1]))
                return false;
    return true;
}

// Each arc between two ranks on the slot that joins them, and listed there.
bool placesArcs(const RoadHierarchy& h, const RoadNetwork& network) {
    const std::size_t all = network.arcCount() + network.turns().size(), slots = 2 * h.higher.size();
    if (h.slot.size() != all || !leadsThrough(h.firstArc, slots, h.arcs.size()))
        return false;
    std::size_t placed = 0;
    for (RoadNetwork::Arc arc = 0; arc < all; ++arc) {
        const Node a = h.rank[network.tail(arc)], b = h.rank[network.head(arc)];
        const std::uint32_t slot = h.slot[arc];
        if (a == b ? slot != RoadHierarchy::none
                   : slot >= slots || h.lower[slot / 2] != std::min(a, b) ||
                         h.higher[slot / 2] != std::max(a, b) || (slot % 2 == 1) != (a > b))
            return false;
        placed += a != b;
    }
    if (placed != h.arcs.size())
        return false;
    for (std::uint32_t slot = 0; slot < slots; ++slot)
        for (std::uint32_t i = h.firstArc[slot]; i < h.firstArc[slot + 1]; ++i)
            if (h.arcs[i] >= all || h.slot[h.arcs[i]] != slot || (i > h.firstArc[slot] && h.arcs[i] <= h.arcs[i - 1]))
                return false;
    return true;
}

} // namespace

bool sound(const RoadHierarchy& h, const RoadNetwork& network) {
    return inOrder(h, network.nodeCount()) && listsLower(h) && placesArcs(h, network);
}

} // namespace vedette::layers
