// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "map/mark_image.h"
#include "overlay_layout.h"
#include "text_image.h"

#include <QPainter>

#include <chrono>
#include <optional>

namespace vedette::map {

constexpr double pulseSeconds = 1.6;

TextLook labelLook(const Mark& mark, Theme theme);

// Paints what lies in the painter's clip. `seconds` moves the pulses; the same value, the same picture. With
// a `budget` labels that were never drawn before are drawn only until it is spent; false: some are still
// owed, paint again.
bool paintOverlay(QPainter& painter, const OverlayLayout& layout, const Overlay& overlay, const Scene& scene,
                  const View& view, double seconds, std::optional<std::chrono::milliseconds> budget = {});

} // namespace vedette::map
