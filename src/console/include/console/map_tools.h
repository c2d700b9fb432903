// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/coordinate_words.h"
#include "map/basemap_shift.h"
#endif
#include "console/desk.h"

#include <QObject>

class QMenu;

namespace vedette::console {

class MapPage;

// What bends the city's basemap back; null where it shows places where they are.
std::shared_ptr<const map::BasemapShift> basemapShift(const dispatch::City& city);

// What is done on the map with a place: reading its coordinates, copying them, measuring, going to one. Gives
// the map its keys (they hold while it has the focus) and the context menu its entries.
class MapTools : public QObject {
    Q_OBJECT
public:
    MapTools(Desk& desk, MapPage& map, QObject* parent);
    // Shows the place in the middle, with a flash; the view before is one Backspace away.
    void goTo(layers::Point at);
    // A place as people paste it (layers/coordinates.h); false: it is none.
    bool goTo(const QString& text);
    void copy(CoordinateForm form, layers::Point at);
    void copyHere(); // under the pointer, else the middle of the map
    void nextForm();
    void measure(bool area, std::optional<layers::Point> first = {}); // again: leaves it
    void addTo(QMenu& menu, layers::Point at);

signals:
    void goWanted(); // the command bar, please

private:
    Desk& desk_;
    MapPage& map_;
};

} // namespace vedette::console
