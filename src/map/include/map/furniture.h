// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "map/view.h"

#include <QRectF>

class QPainter;

namespace vedette::map {

// A round length (1, 2 or 5 times a power of ten) near `pixelsWanted` long, and how to say it.
struct ScaleBar {
    double metres = 0, pixels = 0;
    QString label; // "500 m", "2 km"
};
ScaleBar scaleBar(double metresPerPixel, double pixelsWanted = 120);

// Small things that stand on the glass, in logical pixels of `inside`. `groundMetres`: of a working metre,
// where the working CRS stretches.
void paintScaleBar(QPainter& painter, const QRectF& inside, const View& view, Theme theme,
                   double groundMetres = 1);
// Points to the north of the working CRS.
void paintNorthArrow(QPainter& painter, const QRectF& inside, const View& view, Theme theme);
// Text at the right end of the last line, e.g. area code and coordinates.
void paintReadout(QPainter& painter, const QRectF& inside, const QString& text, const View& view,
                  Theme theme);
// A note at the top left; returns the room it took.
QRectF paintNote(QPainter& painter, const QRectF& inside, const QString& text, const View& view, Theme theme);

} // namespace vedette::map
