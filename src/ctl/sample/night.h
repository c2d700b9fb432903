// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ctl/sample.h"
#include "people.h"

#include <string_view>

namespace vedette::ctl {

// How a sample's workspace.toml begins.
inline constexpr std::string_view sampleMark = "# Binhai: a synthetic city.";

// Saturday 2026-11-21, 06:00 in Shanghai: the recorded night ends, the history ended eight hours before.
layers::Instant nightEnd();

// Plays a field and a desk through the real commands and keeps what they said: journal and tracks. The night
// is 22:00-06:00; when more events are asked for than a night holds, the record begins days before it. Adds
// to `counts`.
layers::Status recordNight(const Town& town, const Happening& happening, const SampleSettings& settings,
                           const std::filesystem::path& folder, SampleCounts& counts);

} // namespace vedette::ctl
