// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QString>

#include <vector>

namespace vedette::map {

// A QGIS project written as text, beside the data it draws.
struct ProjectLayer {
    QString id; // over ten characters: QGIS replaces shorter ones
    QString name;
    QString source; // relative to the project
    QString colour; // "r,g,b,a"
    QString label;  // an expression; empty: none
    QString crs = QStringLiteral("EPSG:4490");
    QString provider = QStringLiteral("ogr"); // wms: a raster, without colour and label
};

QByteArray projectText(const std::vector<ProjectLayer>& layers, const QByteArray& more = {});
void writeFile(const QString& path, const QByteArray& bytes);

// The square from (120 E, 30 N) to (120.01, 30.01) as GeoJSON / GeoPackage with a text column `name`.
QByteArray squareAsGeoJson(const QString& name);
bool writeSquareAsGeoPackage(const QString& path, const QString& name);

} // namespace vedette::map
