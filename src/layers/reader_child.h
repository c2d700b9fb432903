// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "read_request.h"

namespace vedette::layers {

// Runs `reader read-source` on a request, hands its frames to `said` and waits. Kills it at the time limit
// and on cancel. Problems: readerMissing, readerCrashed, readerTimeout, readerMemory, cancelled.
Status runReader(const std::filesystem::path& reader, const ReadRequest& request, const ReadOptions& options,
                 const std::function<void(Report, std::string)>& said);

} // namespace vedette::layers
