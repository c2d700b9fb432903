// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace vedette::map {

using Vertex = std::uint32_t;
constexpr Vertex noVertex = ~Vertex(0);

// Rings as numbers of vertices, without the closing repeat and without standing still: points that round to the same
// centimetre are one vertex, numbered in the order in which they come. What has fewer than three is no ring.
class RingVertices {
public:
    // The first `split` rings are read on this thread and the others on another; the result is the same for any.
    RingVertices(std::span<const std::span<const layers::Point>> rings, std::size_t split);

    std::size_t size() const { return junctions_.size(); } // above every number; not all below are used
    layers::Point point(Vertex v) const {
        const auto& first = halves_[0].points;
        return v < first.size() ? first[v] : halves_[1].points[v - first.size()];
    }
    // Rings pass it between different neighbours.
    bool junction(Vertex v) const { return junctions_[v] != 0; }

    struct Half {
        std::vector<layers::Point> points; // of each number
        std::vector<Vertex> vertices;      // of the rings, one after the other
        std::vector<std::size_t> ends;     // of each ring
        // `see(vertices)` of every ring, in order; the spans live as long as this does.
        template <class See>
        void each(const See& see) const {
            std::size_t from = 0;
            for (const std::size_t end : ends) {
                see(std::span(vertices).subspan(from, end - from));
                from = end;
            }
        }
    };
    std::span<const Half> halves() const { return halves_; } // the second is empty where one thread was enough

private:
    std::array<Half, 2> halves_;
    std::vector<std::uint8_t> junctions_;
};

} // namespace vedette::map
