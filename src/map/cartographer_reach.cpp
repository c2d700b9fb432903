// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/cartographer_reach.h"

#include <QCoreApplication>

#include <algorithm>
#include <thread>

namespace vedette::map {

// The last net, below a client that is gone or hangs itself: no deadline is longer, and all cores may draw at once.
constexpr std::int64_t longestDeadlineSeconds = 300;

void CartographerReach::complete() {
    if (cpuSeconds == 0)
        cpuSeconds = longestDeadlineSeconds * std::max(1u, std::thread::hardware_concurrency());
    if (program.empty())
        program = std::filesystem::path(QCoreApplication::applicationDirPath().toStdString()) /
                  "vedette-cartographer";
    if (!project.empty())
        project = std::filesystem::absolute(project).lexically_normal();
    if (workspace.empty())
        workspace = project.parent_path();
    else
        workspace = std::filesystem::absolute(workspace).lexically_normal();
    for (auto& folder : allowFolders)
        if (folder.is_relative())
            folder = (workspace / folder).lexically_normal();
}

} // namespace vedette::map
