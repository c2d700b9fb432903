// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sheet_layers.h"

#include <qgslayout.h>

#include <cstddef>
#include <functional>
#include <optional>

class QgsLayoutFrame;
class QgsLayoutItem;
class QgsLayoutItemLabel;
class QgsLayoutItemLegend;
class QgsLayoutItemManualTable;
class QgsLayoutItemMap;
class QgsLayoutItemScaleBar;

namespace vedette::cartographer {

// The paper and what stands on it; millimetres from the top left. Filled anew for each sheet.
class SheetPaper {
public:
    // `shows`: whether a page at 1 : scale has a layer.
    using Shows = std::function<bool(const QgsMapLayer*, double scale)>;
    SheetPaper(const wire::Print& print, const QgsCoordinateReferenceSystem& crs, const QString& font,
               const QList<QgsMapLayer*>& layers, const QList<QgsMapLayer*>& inLegend, Shows shows);
    QgsLayout& layout() { return layout_; }
    QgsLayoutItemMap& map() { return *map_; }
    // Rows that find room below the map, and on a sheet of rows alone.
    std::size_t rowsBelowMap() const { return rowsBelowMap_; }
    std::size_t rowsAlone() const { return rowsAlone_; }
    void showMap(const wire::SheetPage& page);
    void showRows(const wire::SheetPage& page, std::size_t from);

private:
    QgsLayoutItemLabel* label(double points, bool bold);
    void place(QgsLayoutItem& item, double x, double y, double width, double height);
    void buildMap();
    void showLayersAt(double scale);
    void buildLegend(const QList<QgsMapLayer*>& of);
    void coverAroundMap();
    void showWhatBelongsToTheMap(bool shown);
    void buildSide();
    void buildTable();
    void fillTable(const wire::SheetPage& page, std::size_t from, std::size_t most);
    double tableHeight(std::size_t rows) const;

    const wire::Print& print_;
    QString font_;
    QList<QgsMapLayer*> layers_, inLegend_; // all of them
    Shows shows_;
    std::optional<QList<QgsMapLayer*>> legendOf_; // those that the legend has now
    QgsLayout layout_;
    double side_ = 0, top_ = 0, bottom_ = 0; // width of the side column, where the body begins and ends
    QgsLayoutItemLabel *title_ = nullptr, *subtitle_ = nullptr, *foot_ = nullptr, *scale_ = nullptr;
    QgsLayoutItemLabel *more_ = nullptr, *legendMore_ = nullptr;
    QgsLayoutItemMap* map_ = nullptr;
    QgsLayoutItemLegend* legend_ = nullptr;
    QgsLayoutItemScaleBar* bar_ = nullptr;
    QgsLayoutItem* north_ = nullptr;
    QgsLayoutItemLabel* northLetter_ = nullptr;
    QgsLayoutItemManualTable* table_ = nullptr;
    QgsLayoutFrame* frame_ = nullptr;
    std::size_t rowsBelowMap_ = 0, rowsAlone_ = 0;
};

} // namespace vedette::cartographer
