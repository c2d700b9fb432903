// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

namespace vedette::ctl {

// How the field behaves that answers a workspace's orders.
struct SimulateSettings {
    double speed = 1; // field time per wall time; stamps stay wall clock
    std::uint64_t seed = 1;
    std::optional<double> seconds;          // wall seconds to run; none: until `stop`
    std::optional<double> incidentsPerHour; // of field time; none: as many as the history had at this hour
    bool incidents = true;                  // false: only answers orders
    bool patrol = true;                     // idle units that are on move about and report
    int patrolUnits = 60;                   // at most so many of them
    bool fromStart = false;                 // answers orders older than this run too
    bool intoFeed = false;                  // lines go to the workspace's first feed file, not to `line`
    const std::atomic<bool>* stop = nullptr;
    // Each line made, without its end; on the calling thread. False ends the run (nobody listens).
    std::function<bool(std::string_view line)> line{};
    std::function<void(const layers::Message& doing)> progress{};
    std::filesystem::path reader{}; // as layers::ReadOptions
};

struct SimulateCounts {
    std::uint64_t incidents = 0, positions = 0, acks = 0, feedbacks = 0, orders = 0, unreadableOrders = 0;
    double seconds = 0; // wall
};

// Plays the field of any workspace: new incidents replayed from its history by time of day, and for every
// assign order an accept, a drive along the roads, an arrival and a result. Blocks until `seconds` are over
// or `stop` is set. Deterministic by seed apart from wall-clock stamps and message ids, which are unique
// across runs. Problems: loadCity's, feedMissing {path} (intoFeed without a file feed), fileUnwritable
// {path,cause}, historyEmpty {path} is a finding of the run, not a failure.
layers::Result<SimulateCounts> simulate(const std::filesystem::path& folder,
                                        const SimulateSettings& settings);

} // namespace vedette::ctl
