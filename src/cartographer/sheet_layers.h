// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <qgsrasterlayer.h>
#include <qgsvectorlayer.h>

#include <map>
#include <memory>
#include <vector>

namespace vedette::cartographer {

// The image, shapes and marks of a sheet as layers of their own, which belong to no project. What can't be read is
// left out and said in `problems`: sheetShapesUnreadable {layer,count}, sheetImageUnreadable. The image lies in the
// temporary folder (the client's scratch) while it is printed.
class SheetLayers {
public:
    SheetLayers(const wire::Print& print, const QgsCoordinateReferenceSystem& crs, const QString& font);
    void setFocus(const std::vector<std::uint8_t>& wkb); // the area a page is about; empty: none
    QList<QgsMapLayer*> topFirst() const;
    QList<QgsMapLayer*> forLegend() const; // without the focus and the image
    // Whether a page at 1 : scale has the layer; of the project's layers QGIS says it.
    bool shows(const QgsMapLayer* layer, double scale) const;
    std::vector<wire::Said> problems;

private:
    QgsVectorLayer* add(const QString& geometry, const QString& title,
                        const QgsCoordinateReferenceSystem& crs);
    void addImage(const wire::SheetImage& image, const QgsCoordinateReferenceSystem& crs);
    void addShapes(const wire::SheetLayer& layer, const QgsCoordinateReferenceSystem& crs,
                   const QString& font);
    void addMarks(const wire::Print& print, const QgsCoordinateReferenceSystem& crs, const QString& font);
    struct Range {
        double nearest = 0, farthest = 0;
    };
    std::vector<std::unique_ptr<QgsVectorLayer>> layers_; // bottom first
    std::map<const QgsMapLayer*, Range> ranges_;          // of those that have one
    std::unique_ptr<QgsRasterLayer> image_; // below them all; null: none
    QgsVectorLayer* focus_ = nullptr;
};

QColor colourOf(const std::string& text); // "#aarrggbb"; anything else: black
QString colourText(const QColor& colour); // as QGIS's symbols spell it

} // namespace vedette::cartographer
