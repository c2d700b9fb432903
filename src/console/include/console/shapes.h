// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/board.h"
#include "map/scene.h"

class QPainter;
class QRectF;

namespace vedette::console {

// The sign of a unit's status: one shape and one hue each, the same on the map, in tables and in the legend.
struct StatusSign {
    map::MarkShape shape;
    QColor colour;
    bool filled;
};
StatusSign statusSign(dispatch::UnitStatus status, bool lost);
QColor priorityColour(int priority);
void drawSign(QPainter& painter, const QRectF& box, const StatusSign& sign);
void drawPriority(QPainter& painter, const QRectF& box, int priority);

} // namespace vedette::console
