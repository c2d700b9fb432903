// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace vedette::bench {

// Moved by hand; the same for every session of a run.
class HandClock final : public layers::Clock {
public:
    layers::Instant now() const override { return layers::Instant{std::chrono::milliseconds{at_.load()}}; }
    void move(std::chrono::milliseconds by) { at_ += by.count(); }

private:
    std::atomic<std::int64_t> at_{1'795'500'000'000};
};

inline void check(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "bench_room: %s\n", what);
        std::exit(1);
    }
}

// `values` in milliseconds; sorted on the way.
inline double quantile(std::vector<double>& values, double share) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * double(values.size())))];
}

// The sample city in `folder`, with `open` tickets and nothing else in its journal. The first `soon` of them
// have a minute for somebody to accept, the rest ten hours.
void makeCity(const std::filesystem::path& folder, const HandClock& clock, std::size_t open, std::size_t soon);
std::shared_ptr<const dispatch::City> cityOf(const std::filesystem::path& folder);
std::unique_ptr<dispatch::Session> sit(const std::filesystem::path& folder, const std::string& actor,
                                       std::shared_ptr<const layers::Clock> clock);

void deadlines(std::size_t open, std::size_t soon);
int keys(int argc, char** argv, std::size_t open, int rounds);

} // namespace vedette::bench
