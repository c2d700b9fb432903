// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

// What the console itself holds once everything it does after a start is done: the program as it is installed, not the
// comparison's own window.
struct Settled {
    double resident = 0;  // MB: RSS
    double share = 0;     // PSS: what is shared with other processes counts in parts
    double own = 0;       // anonymous: heap, stacks, what was written to
    double helper = 0;    // PSS of the cartographer, which is a process of its own
    double peak = 0;      // VmHWM
};

// Starts `program` on `folder` and looks at it after so many seconds: roads, heat and places are there long before, the
// audit of a million events takes half a minute. Offscreen unless DISPLAY says where a window may stand. nullopt: it
// didn't live that long.
std::optional<Settled> settledConsole(const std::filesystem::path& program, const std::filesystem::path& folder,
                                      int seconds);
