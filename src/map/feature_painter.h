// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "crowd.h"
#include "feature_shapes.h"
#include "masks.h"
#include "under_names.h"
#include "map/scene.h"

class QPainter;

namespace vedette::map {

// One added layer on one strip: polygons, then lines, then markers; within a class in source order. A polygon
// too small to be seen is a dot of its colour.
void paintFeatures(QImage& strip, Masks& masks, const Band& band, const FeatureLayer& layer,
                   const FeatureShapes& shapes);
// What is selected, over everything else of the ground.
void paintSelected(QImage& strip, Masks& masks, const Band& band, const FeatureLayer& layer,
                   const FeatureShapes& shapes, Theme theme);

// A marker of one look around (0, 0), its extent `size` logical pixels across.
void drawMarker(QPainter& painter, layers::Marker marker, double size, QColor fill, QColor outline,
                double width);

// Names of the layers that want them where `taken` leaves room, wide polygons first, and still while the map is
// panned.
void labelFeatures(QImage& frame, UnderNames& under, Crowd& taken, const Scene& scene, const View& view,
                   const std::atomic<bool>* cancel);
// A hatched field where a layer lay that can't be read now, with its name and why; or a line at the edge.
void markUnreadable(QImage& frame, UnderNames& under, const Scene& scene, const View& view);

} // namespace vedette::map
