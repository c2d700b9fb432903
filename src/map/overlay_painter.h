// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "mark_image.h"
#include "overlay_layout.h"
#include "text_image.h"

#include <QPainter>

namespace vedette::map {

constexpr double pulseSeconds = 1.6;

TextImage markLabel(const Mark& mark, Theme theme, double devicePixelRatio);

// Paints what lies in the painter's clip. `seconds` moves the pulses; the same value, the same picture.
void paintOverlay(QPainter& painter, const OverlayLayout& layout, const Overlay& overlay, const Scene& scene,
                  const View& view, double seconds);

} // namespace vedette::map
