// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/cartographer_reach.h"

#include <QCoreApplication>

namespace vedette::map {

void CartographerReach::complete() {
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
