// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace vedette::layers {

// For the reader child only; there is no way back. Memory exhaustion ends the process with `exitMemory`.
void limitResources(std::int64_t memoryBytes, std::int64_t seconds);

// From here on no socket can be made, and where the kernel has Landlock no file can be opened outside the
// system's folders, `readable` and `writable`. Where it hasn't, the checks by name remain.
void confine(const std::vector<std::filesystem::path>& readable,
             const std::vector<std::filesystem::path>& writable);

} // namespace vedette::layers
