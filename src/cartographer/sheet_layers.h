// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <qgsvectorlayer.h>

#include <memory>
#include <vector>

namespace vedette::cartographer {

// The areas and marks of a sheet as layers of their own, which belong to no project. Shapes that can't be
// read are left out and counted in `problems`: sheetShapesUnreadable {layer,count}.
class SheetLayers {
public:
    SheetLayers(const wire::Print& print, const QgsCoordinateReferenceSystem& crs, const QString& font);
    void setFocus(const std::vector<std::uint8_t>& wkb); // the area a page is about; empty: none
    QList<QgsMapLayer*> topFirst() const;
    QList<QgsMapLayer*> forLegend() const; // without the focus
    std::vector<wire::Said> problems;

private:
    QgsVectorLayer* add(const QString& geometry, const QString& title,
                        const QgsCoordinateReferenceSystem& crs);
    void addAreas(const wire::SheetLayer& layer, const QgsCoordinateReferenceSystem& crs,
                  const QString& font);
    void addMarks(const wire::Print& print, const QgsCoordinateReferenceSystem& crs, const QString& font);
    std::vector<std::unique_ptr<QgsVectorLayer>> layers_; // bottom first
    QgsVectorLayer* focus_ = nullptr;
};

QColor colourOf(const std::string& text); // "#aarrggbb"; anything else: black
QString colourText(const QColor& colour); // as QGIS's symbols spell it

} // namespace vedette::cartographer
