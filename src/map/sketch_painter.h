// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/sketch.h"
#include "map/view.h"

class QPainter;

namespace vedette::map {

void paintSketch(QPainter& painter, const Sketch& sketch, const View& view, Theme theme);

constexpr double flashRadius = 46; // logical pixels, at its widest
// A ring that closes in on the place; `phase` runs from 0 to 1. Still: the same ring all the time.
void paintFlash(QPainter& painter, QPointF at, double phase, bool still, Theme theme);

} // namespace vedette::map
