// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vedette::console {

// Makes the style sheet and the translations of this library known; call it once, before any window.
void initResources();

} // namespace vedette::console
