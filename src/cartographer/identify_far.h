// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/errand.h"

#include <qgspointxy.h>
#include <qgsraster.h>
#include <qgsrectangle.h>

#include <atomic>
#include <functional>
#include <memory>

class QgsRasterDataProvider;
class QgsRasterLayer;

namespace vedette::cartographer {

// What is asked of one raster layer that lives on a server: a copy of its provider, which belongs to the asking
// thread from then on. A WMS answers for a pixel of a picture, so it is told of one that is as fine as the
// reader's, with the place in its middle.
struct FarQuestion {
    using Over = std::shared_ptr<std::atomic_bool>; // set by any thread: nobody waits for the answer any more
    std::shared_ptr<QgsRasterDataProvider> data;
    QgsRaster::IdentifyFormat format = QgsRaster::IdentifyFormatUndefined;
    std::string layer;
    std::vector<std::string> bands; // their names, where the format is that of values
    QgsPointXY place;               // in the layer's CRS
    QgsRectangle box;
    int side = 0; // of the box, in pixels
    Over over;
};

// Undefined: this layer's provider can't be asked at all.
QgsRaster::IdentifyFormat bestFormat(const QgsRasterLayer& layer);

// `reach` is the place with the tolerance around it, in the layer's CRS. The layer is only looked at here.
FarQuestion farQuestion(QgsRasterLayer& layer, const QgsPointXY& place, const QgsRectangle& reach,
                        FarQuestion::Over over);

// Asks on a thread of its own and gives the answer to `then` on the main thread, within the event loop; empty where
// the server fails, says too much, or says it too late.
void askFar(FarQuestion question, std::function<void(wire::Identified)> then);

} // namespace vedette::cartographer
