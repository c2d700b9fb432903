// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fill_mask.h"
#include "line_mask.h"

namespace vedette::map {

// What one thread gathers lines and fills in, before they are laid over its strip.
struct Masks {
    LineMask lines;
    FillMask fills;
};

} // namespace vedette::map
