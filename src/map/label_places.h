// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlay_layout.h"

namespace vedette::map {

// Places the labels of layout.placed; the rules are layOut's.
void placeLabels(OverlayLayout& layout, const Overlay& overlay, const OverlayLayout* before);

// Whether the views show the same but for a shift.
bool isPan(const View& from, const View& to);

} // namespace vedette::map
