// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace vedette::map {

// What a run of vedette-cartographer is about, and all that it may reach: it reads the workspace, the
// project's folder, `allowFolders` and the system's folders, and writes a temporary folder of its own.
struct CartographerReach {
    std::filesystem::path program;   // empty: beside the running program
    std::filesystem::path project;   // .qgz/.qgs
    std::string crs;                 // working CRS; empty: the project's own
    std::filesystem::path workspace; // the helper works from there; empty: the project's folder
    std::vector<std::filesystem::path> allowFolders;
    bool network = false;
    // Of address space. An empty helper takes 0.9 GB of it (0.15 GB of memory); a drawing in 16 threads more.
    std::int64_t memoryBytes = std::int64_t{4} << 30;
    // Of processor time, for one drawing, sheet or other question; 0: more than any deadline leaves time for.
    std::int64_t cpuSeconds = 0;

    void complete(); // fills in what was left empty, makes paths absolute
};

} // namespace vedette::map
