// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QgsLayoutItemLegend;
class QgsLayerTreeModel;
class QgsVectorLayer;

namespace vedette::cartographer {

// Adds a layer to a legend as a reader needs it: classes without a name get the value they stand for
// ("class" = 'primary' is "primary") or are left out, a layer that draws no signs is left out, and where no
// class has a name the last one stands for the layer.
void addToLegend(QgsLayerTreeModel& legend, QgsVectorLayer& layer);

// Makes a legend fit its item (which stands, with its size): first its type and signs get smaller, down to two thirds,
// then its last lines are left off, and `kept` millimetres at its end for words about them. Returns how many lines.
int fitLegend(QgsLayoutItemLegend& legend, double kept);

} // namespace vedette::cartographer
