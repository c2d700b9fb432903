// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace vedette::dispatch {

// Asks for memory that will be read soon, so that what lies far apart is waited for once and not one by one.
// Null does no harm. Inlined always, since GCC takes a function that only prefetches for one without effect.
[[gnu::always_inline]] inline void fetch(const void* memory, std::size_t bytes) {
    for (std::size_t line = 0; line < bytes; line += 64)
        __builtin_prefetch(static_cast<const char*>(memory) + line);
}

} // namespace vedette::dispatch
