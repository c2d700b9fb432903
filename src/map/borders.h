// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "box_runs.h"

#include "layers/geometry.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace vedette::map {

// The rings of one layer, cut where borders meet: what two neighbours share is one arc, drawn once and
// simplified once, so it stays closed at every scale. Vertices within a centimetre count as one.
class Borders {
public:
    struct Arc {
        std::uint32_t first, count; // in points()
        layers::Box box;
    };
    // An arc as part of a loop, perhaps walked backwards.
    struct Step {
        std::uint32_t arc;
        bool backwards;
    };
    // The outline of everything together: filled with the winding rule it covers what the rings cover,
    // however they overlap, provided outers and holes turn opposite ways.
    struct Loop {
        std::vector<Step> steps;
        layers::Box box;
    };

    // On two threads. `split`: how many of the rings the first one reads; it changes nothing but the time.
    static Borders of(const std::vector<std::span<const layers::Point>>& rings);
    static Borders of(const std::vector<std::span<const layers::Point>>& rings, std::size_t split);

    std::span<const Arc> arcs() const { return arcs_; }
    const BoxRuns& runs() const { return runs_; } // of arcs()
    std::span<const Loop> outline() const { return outline_; }
    std::span<const layers::Point> points(const Arc& arc) const { return {&points_[arc.first], arc.count}; }
    std::span<const float> strays(const Arc& arc) const { return {&strays_[arc.first], arc.count}; }
    const layers::Box& box() const { return box_; }

private:
    std::unique_ptr<layers::Point[]> points_; // of the arcs, one after the other
    std::unique_ptr<float[]> strays_;
    std::vector<Arc> arcs_;
    BoxRuns runs_;
    std::vector<Loop> outline_;
    layers::Box box_;
};

} // namespace vedette::map
