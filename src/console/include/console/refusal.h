// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/commands.h"

#include <QString>

namespace vedette::console {

// Why a command wasn't carried out, in one line. Of a race that was lost: who was first, how long ago, with
// what, and what stands now.
QString refusalText(const dispatch::State& now, const dispatch::Command& command,
                    const std::vector<layers::Message>& violations);

} // namespace vedette::console
