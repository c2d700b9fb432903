// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vedette::console {

// To be called first of all in main. Some thirty threads work for a moment each; glibc would give sixteen of them a heap of
// their own, and what one gives back the others couldn't use.
void keepMemoryTogether();

// Gives freed memory back to the system: after long work, on the thread that did it. Takes some milliseconds, during which
// other threads may wait for memory.
void giveMemoryBack();

} // namespace vedette::console
