// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <string>

namespace vedette::cartographer {

// Opens the project and prints one JSON object: {"ok","layers":[{"id","name","provider","crs","valid"}],
// "problems":[{"code","args"}]}. `refused` when the project or a layer can't be used.
wire::ExitCode checkProject(const std::string& project, bool network);

} // namespace vedette::cartographer
