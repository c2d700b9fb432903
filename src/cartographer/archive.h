// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace vedette::cartographer {

struct ArchiveLimits {
    std::uint64_t unpackedBytes = 512u << 20;
    std::uint32_t entries = 10000;
};

// Looks at a project file before QGIS unpacks it: QGIS writes every entry where its name says and allocates
// what it claims. Problems: projectUnreadable {path,cause}, projectTooBig {path,bytes,limit},
// projectReachesOut {path,entry}. A file that does not end in .qgz is only weighed.
std::optional<wire::Said> inspectProject(const std::filesystem::path& project,
                                         const ArchiveLimits& limits = {});

} // namespace vedette::cartographer
