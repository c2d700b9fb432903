// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/event.h"
#include "layers/workspace.h"

namespace vedette::dispatch {

// Where a workspace's journal of a mode is kept: its own store, or training.sqlite beside it. Training never
// opens the live one.
inline std::string journalUrl(const layers::Workspace& workspace, Mode mode) {
    return mode == Mode::training ? "sqlite:training.sqlite" : workspace.storeUrl;
}

} // namespace vedette::dispatch
