// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"

#include <string>
#include <string_view>

namespace vedette::ctl {

// The contract's spellings in JSON.
std::string_view wording(dispatch::PositionBasis basis);
std::string_view wording(dispatch::AssignmentStatus status);
std::string_view wording(dispatch::UnitStatus status);
std::string minutes(double seconds); // "2:55"

} // namespace vedette::ctl
