// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace vedette::layers {

// Writes the pieces to a neighbour of `file`, makes them durable and renames into place: readers see the old
// file or the new one. Problems: diskFull, readOnly, folderMissing, writeFailed {path,cause}.
Status writeFile(const std::filesystem::path& file, const std::vector<std::string_view>& pieces);

} // namespace vedette::layers
