// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/memory.h"

#include <malloc.h>

namespace vedette::console {

void keepMemoryTogether() {
    mallopt(M_ARENA_MAX, 2);
}

void giveMemoryBack() {
    malloc_trim(0);
}

} // namespace vedette::console
