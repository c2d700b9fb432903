// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"

#include <memory>

namespace vedette::map {

// Makes the borders that a first frame of these areas needs: half a million vertices take a tenth of a second
// that a loading thread can spare and a waiting person can't. Blocks; any thread. Renderers find them as long
// as what this returns is held.
std::shared_ptr<const void> bordersAhead(const layers::Areas& areas);

} // namespace vedette::map
