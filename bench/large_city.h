// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

// The city at the scale of a prefecture that several comparisons look at: 13,669 grids, 73,000 units, 1,000,000 past
// incidents, 1,000,000 events. Beside the build, made once by the build's own vedettectl; some minutes.
inline std::filesystem::path largeCityFolder(const std::filesystem::path& bin) {
    return bin.parent_path() / "city" / "nantong";
}

// False: it isn't there and could not be made.
inline bool makeLargeCity(const std::filesystem::path& bin) {
    const auto folder = largeCityFolder(bin);
    if (std::filesystem::exists(folder / "journal.sqlite"))
        return true;
    std::fprintf(stderr, "making the city, some minutes\n");
    std::filesystem::create_directories(folder.parent_path());
    const std::string make = "'" + (bin / "vedettectl").string() + "' sample '" + folder.string() +
                             "' --grids 13669 --units 73000 --incidents 1000000 --events 1000000 --seed 1 >&2";
    return std::system(make.c_str()) == 0;
}
