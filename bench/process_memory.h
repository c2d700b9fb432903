// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

// What the system says of a process's memory. Of `file` (status or smaps_rollup of a process in /proc) the first entry
// called `field` ("VmHWM:"), in MB of 2^20 bytes; 0: there is none.
inline double megabytes(const std::filesystem::path& file, std::string_view field) {
    std::ifstream lines(file);
    for (std::string word; lines >> word;)
        if (word == field) {
            double kilobytes = 0;
            lines >> kilobytes;
            return kilobytes / 1024;
        }
    return 0;
}

// The same of this process's status.
inline double megabytes(std::string_view field) {
    return megabytes("/proc/self/status", field);
}
