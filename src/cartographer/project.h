// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <qgsmapsettings.h>

#include <optional>
#include <variant>

namespace vedette::cartographer {

// Opens into QgsProject::instance(): blocks while QGIS reads. Macros and Python never run: this process has
// no Python runner. Without a path an empty project is opened. What a layer can't have here is a problem:
// layerOutside {layer,path} for a file beyond the folders, layerNeedsNetwork {layer} where `network` is
// false, layerUnavailable, layerWithoutCrs; projectEmpty {path} where no layer is left of it (it embeds
// itself, say). Failures: those of inspectProject, projectUnreadable, crsUnknownToQgis.
std::variant<wire::Opened, wire::Said> openProject(const wire::Open& open, bool network);

// Visible layers of the open project that can be drawn, top first.
QList<QgsMapLayer*> shownLayers();

// Whether its source names a server.
bool fromNetwork(const QgsMapLayer& layer);

// The open project as it is to be drawn: visible layers in its order, its background, labels and transforms.
QgsMapSettings mapSettings(const wire::Render& render, const std::string& crs);

// layerNotDrawn for what a job reports about a layer of the open project.
wire::Said layerNotDrawn(const QString& layerId, const QString& cause);

} // namespace vedette::cartographer
