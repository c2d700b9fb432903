// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_network.h"

#include <vector>

namespace vedette::layers {

// A few speeds that part a profile's roads, and from each node how far the roads faster than one are: a way that
// uses none of them is no faster than that speed, any other takes the time from them. Times of open roads as they
// usually are; closures and slow-downs only add to them. Immutable.
class RoadPaces {
public:
    static std::shared_ptr<const RoadPaces> of(const RoadNetwork& network, RoadProfile profile);

    std::size_t size() const { return speeds_.size(); }
    double speed(std::size_t pace) const { return speeds_[pace]; } // metres a second, rising; the last is the fastest
    // Never more than it is: whole quarters of a second, from the end of the nearest arc faster than the pace before.
    RoadTime from(std::size_t pace, RoadNetwork::Node node) const {
        return pace == 0 ? 0 : RoadTime(quarters_[(pace - 1) * nodes_ + node]) * 250;
    }

private:
    std::vector<double> speeds_;
    std::vector<std::uint16_t> quarters_; // pace by pace but the first, by node
    std::size_t nodes_ = 0;
};

} // namespace vedette::layers
