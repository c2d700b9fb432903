// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace vedette::dispatch {

// What kind of network file system the folder lies on ("nfs", "cifs", "sshfs", ...); empty: none we know.
// FUSE has one magic number for all of its kinds, so there the mount's type decides.
std::string networkMount(const std::filesystem::path& folder);

} // namespace vedette::dispatch
