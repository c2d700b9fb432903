// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_on_disk.h"

#include <QFile>

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

namespace vedette::map {

namespace {

constexpr const char* square = "[[[120,30],[120.01,30],[120.01,30.01],[120,30.01],[120,30]]]";

QString labeling(const QString& expression) {
    return QStringLiteral(R"(<labeling type="simple"><settings calloutType="simple">
<text-style fieldName="%1" isExpression="1" fontFamily="Noto Sans CJK SC" fontSize="18" fontSizeUnit="Point"
 textColor="0,0,0,255" textOpacity="1" namedStyle="Regular"/>
<placement placement="1"/><rendering displayAll="1" obstacle="0" drawLabels="1"/></settings></labeling>)")
        .arg(expression.toHtmlEscaped());
}

QString mapLayer(const ProjectLayer& layer) {
    if (layer.provider != QLatin1String("ogr"))
        return QStringLiteral(R"(<maplayer type="raster"><id>%1</id><datasource>%2</datasource><layername>%3</layername>
<provider>%4</provider><srs><spatialrefsys><authid>%5</authid></spatialrefsys></srs></maplayer>)")
            .arg(layer.id, layer.source.toHtmlEscaped(), layer.name, layer.provider, layer.crs);
    return QStringLiteral(R"(<maplayer type="vector" geometry="Polygon" labelsEnabled="%1">
<id>%2</id><datasource>%3</datasource><layername>%4</layername><provider encoding="UTF-8">ogr</provider>
<srs><spatialrefsys><authid>%5</authid></spatialrefsys></srs>
<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0"><symbols>
<symbol type="fill" name="0" alpha="1"><layer class="SimpleFill" enabled="1" pass="0">
<prop k="color" v="%6"/><prop k="outline_style" v="no"/><prop k="style" v="solid"/></layer></symbol>
</symbols></renderer-v2>%7</maplayer>)")
        .arg(layer.label.isEmpty() ? QStringLiteral("0") : QStringLiteral("1"), layer.id, layer.source,
             layer.name, layer.crs, layer.colour, layer.label.isEmpty() ? QString() : labeling(layer.label));
}

} // namespace

QByteArray projectText(const std::vector<ProjectLayer>& layers, const QByteArray& more) {
    QString tree, maps;
    for (const ProjectLayer& layer : layers) {
        tree +=
            QStringLiteral(
                R"(<layer-tree-layer id="%1" name="%2" checked="Qt::Checked" providerKey="%4" source="%3"/>)")
                .arg(layer.id, layer.name, layer.source.toHtmlEscaped(), layer.provider);
        maps += mapLayer(layer);
    }
    return QStringLiteral(R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" projectname="base">
<projectCrs><spatialrefsys><authid>EPSG:4490</authid></spatialrefsys></projectCrs>
<layer-tree-group>%1</layer-tree-group><projectlayers>%2</projectlayers>%3</qgis>
)")
        .arg(tree, maps, QString::fromUtf8(more))
        .toUtf8();
}

void writeFile(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray squareAsGeoJson(const QString& name) {
    return QStringLiteral(R"({"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"name":"%1"},"geometry":{"type":"Polygon","coordinates":%2}}]})")
        .arg(name, QString::fromLatin1(square))
        .toUtf8();
}

bool writeSquareAsGeoPackage(const QString& path, const QString& name) {
    GDALAllRegister();
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    GDALDatasetH file = GDALCreate(driver, path.toUtf8().constData(), 0, 0, 0, GDT_Unknown, nullptr);
    OGRSpatialReferenceH crs = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(crs, 4490);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer = file ? GDALDatasetCreateLayer(file, "areas", crs, wkbPolygon, nullptr) : nullptr;
    bool good = layer != nullptr;
    if (good) {
        OGRFieldDefnH field = OGR_Fld_Create("name", OFTString);
        OGR_L_CreateField(layer, field, 0);
        OGR_Fld_Destroy(field);
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldString(feature, 0, name.toUtf8().constData());
        const auto json = QByteArray(R"({"type":"Polygon","coordinates":)") + square + "}";
        OGR_F_SetGeometryDirectly(feature, OGR_G_CreateGeometryFromJson(json.constData()));
        good = OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
        OGR_F_Destroy(feature);
    }
    GDALClose(file);
    OSRRelease(crs);
    return good;
}

} // namespace vedette::map
