// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace vedette::bench {

// Prints the time and memory of the tilted picture of a city's grids, 1920 x 1080: past incidents by grid, smooth
// edges and without. The picture goes to `picture`. False: the city can't be read, or has no grids.
bool printTilted(const std::filesystem::path& city, const std::filesystem::path& picture);

} // namespace vedette::bench
