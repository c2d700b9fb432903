// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"
#include "layers/workspace.h"

#include <atomic>
#include <functional>

namespace vedette::layers {

// How foreign files are opened: always in a child (`vedettectl read-source`), never in this process.
struct ReadOptions {
    std::filesystem::path reader; // the vedettectl to run; empty: beside the running program
    std::filesystem::path cache;  // empty: <workspace>/.vedette/cache
    std::chrono::seconds timeLimit{120};
    std::uint64_t memoryLimit = 4ull << 30;          // bytes of address space for the child
    std::function<void(double fraction)> progress{}; // called on the calling thread
    const std::atomic<bool>* cancel = nullptr;
};

// Reads one source into a snapshot, from the cache when content and mapping are unchanged. Blocks; call it
// off the GUI thread. Problems: fileMissing {path}, driverRefused {path,driver}, networkRefused {path},
// outsideFolder {path}, sourceUnreadable {path,cause}, layerMissing {path,layer,known}, crsUnreadable
// {path,crs}, columnMissing {path,column,known}, noCoordinates {path}, readerCrashed {path,signal},
// readerTimeout {path,seconds}, readerMemory {path}, cancelled.
Result<Snapshot> readSource(const Workspace& workspace, const SourceSpec& spec,
                            const ReadOptions& options = {});

// The child's side: what `vedettectl read-source` runs. Returns the process's exit status.
int readerMain(int argc, char** argv);

} // namespace vedette::layers
