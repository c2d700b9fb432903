// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace vedette::dispatch {

// km/h by Role: on foot and electric scooter for grid work, cars with right of way for rescue.
inline constexpr std::array<double, 7> kilometresPerHour{30, 25, 12, 10, 15, 40, 30};

} // namespace vedette::dispatch
