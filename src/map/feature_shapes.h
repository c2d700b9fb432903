// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "box_runs.h"

#include "layers/snapshot.h"

#include <atomic>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace vedette::map {

// How far each vertex of a layer's lines and rings strays, so that every scale draws what it can show. Made
// once a snapshot and shared by all who draw it; any thread.
class FeatureShapes {
public:
    // Null when cancelled before it was made.
    static std::shared_ptr<const FeatureShapes> of(const layers::Snapshot& snapshot,
                                                   const std::atomic<bool>* cancel);
    std::span<const float> strays(std::size_t feature, std::size_t part, std::size_t points) const {
        return {&strays_[first_[firstPart_[feature] + part]], points};
    }
    const BoxRuns& runs() const { return runs_; } // of the features

private:
    layers::Snapshot held_; // they are known by its address
    std::vector<std::uint32_t> firstPart_;
    std::vector<std::size_t> first_;
    std::vector<float> strays_;
    BoxRuns runs_;
};

} // namespace vedette::map
