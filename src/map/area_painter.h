// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "borders.h"
#include "masks.h"
#include "map/scene.h"

#include <QPainter>

namespace vedette::map {

// The borders of the areas of one kind.
Borders bordersOf(const layers::Areas& areas, layers::AreaKind kind, bool exclusive);

// Everything the layer covers, in one fill without seams between neighbours.
void fillAreas(QImage& strip, Masks& masks, const Band& band, const Borders& borders, QColor colour);
// Each with its own colour. Neighbours meet without a seam and without mixing: edges aren't smoothed, the border lines
// that lie over them are.
void tintAreas(QPainter& painter, const Band& band, const layers::Areas& areas, const AreaTints& tints);
// Each border line once. Lines of a crowd (borders closer than a few pixels) fade instead of filling the
// ground.
void strokeAreas(QImage& strip, Masks& masks, const Band& band, const Borders& borders, QColor colour,
                 double widthLogical);

} // namespace vedette::map
