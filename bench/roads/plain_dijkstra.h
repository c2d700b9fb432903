// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_routes.h"

// The peer: Dijkstra over arrays, backwards from the incident, ended as soon as `enough` units are settled.
class PlainDijkstra {
public:
    using Place = vedette::layers::RoadNetwork::Place;
    PlainDijkstra(const vedette::layers::RoadMetric& metric, const std::vector<Place>& units);
    // Times of the nearest `enough` of `units` (indices into those given), in order; fewer when not joined.
    std::vector<vedette::layers::RoadTime>
    nearest(const Place& incident, const std::vector<std::uint32_t>& units, std::size_t enough);

private:
    using Node = std::uint32_t;
    struct Arc {
        Node from;
        vedette::layers::RoadTime time;
    };
    struct Exit {
        std::uint32_t unit;
        vedette::layers::RoadTime time;
    };
    const vedette::layers::RoadMetric& metric_;
    const std::vector<Place>& places_;
    std::vector<std::uint32_t> first_;
    std::vector<Arc> arcs_; // by head
    std::vector<vedette::layers::RoadTime> times_;
    std::vector<Node> touched_;
    std::vector<std::vector<Exit>> exits_; // by node; of the units asked for
};
