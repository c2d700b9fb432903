// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <qgsmapsettings.h>

#include <optional>
#include <variant>

namespace vedette::cartographer {

// Opens into QgsProject::instance(): blocks while QGIS reads. Macros and Python never run: this process has
// no Python runner. Failures: those of inspectProject, projectUnreadable, crsUnknownToQgis.
std::variant<wire::Opened, wire::Said> openProject(const wire::Open& open);

// The open project as it is to be drawn: visible layers in its order, its background, labels and transforms.
QgsMapSettings mapSettings(const wire::Render& render, const std::string& crs);

// layerNotDrawn for what a job reports about a layer of the open project.
wire::Said layerNotDrawn(const QString& layerId, const QString& cause);

} // namespace vedette::cartographer
