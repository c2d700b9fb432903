// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace vedette::layers {

std::string sha256Of(std::string_view bytes); // hex

// One hash over the names and contents of `files`. Remembers it in `cache` under their paths, sizes and
// times, so that a warm start reads none of them. nullopt: a file can't be read.
std::optional<std::string> contentHash(const std::vector<std::filesystem::path>& files,
                                       const std::filesystem::path& cache);

} // namespace vedette::layers
