// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <filesystem>
#include <string>
#include <vector>

namespace vedette::layers {

// "dir/areas.gpkg|layername=grids|subset=level = 3" taken apart.
struct SourcePath {
    std::string path, layer, subset;
};
SourcePath splitSource(const std::string& source);

// True for whatever would leave the machine: URLs, /vsicurl/ and its kin, database and service prefixes.
bool reachesNetwork(const std::string& path);

// The file or folder a source lives in, after a /vsizip/ and the like have been taken off.
std::filesystem::path fileBehind(const std::filesystem::path& folder, const std::string& path);

// What OGR is to be handed for it: archives get their /vsi prefix.
std::string ogrName(const std::filesystem::path& file, const std::string& path);

// The file and those beside it that belong to it (.dbf, .shx, .prj, .cpg, ...), or every file of a folder;
// sorted.
std::vector<std::filesystem::path> filesOf(const std::filesystem::path& file);

} // namespace vedette::layers
