// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "map/mark_image.h"
#include "overlay_layout.h"
#include "text_image.h"

#include <QPainter>

#include <chrono>

namespace vedette::map {

constexpr double pulseSeconds = 1.6;

TextLook labelLook(const Mark& mark, Theme theme);

// Paints what lies in the painter's clip. `seconds` moves the pulses; the same value, the same picture. Labels that were
// never drawn before are drawn only until the `budget` is spent; false: some are still owed, paint again.
bool paintOverlay(QPainter& painter, const OverlayLayout& layout, const Overlay& overlay, const Scene& scene,
                  const View& view, double seconds, std::chrono::nanoseconds* budget = nullptr);

} // namespace vedette::map
