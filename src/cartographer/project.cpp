// SPDX-License-Identifier: GPL-3.0-or-later
#include "project.h"

#include "archive.h"

#include <qgsdataprovider.h>
#include <qgsexpressioncontextutils.h>
#include <qgslabelingenginesettings.h>
#include <qgslayertree.h>
#include <qgsmaplayer.h>
#include <qgsproject.h>
#include <qgsprojectversion.h>

#include <QDir>

namespace vedette::cartographer {

namespace {

QgsCoordinateReferenceSystem crsNamed(const std::string& name) {
    return name.empty() ? QgsProject::instance()->crs()
                        : QgsCoordinateReferenceSystem(QString::fromStdString(name));
}

// Top first; then what the layer tree leaves out: broken layers, or all of a project written by hand.
QList<QgsMapLayer*> layersInOrder() {
    const auto* project = QgsProject::instance();
    auto layers = project->layerTreeRoot()->layerOrder();
    layers.removeAll(nullptr);
    for (auto* layer : project->mapLayers())
        if (!layers.contains(layer))
            layers.append(layer);
    return layers;
}

bool shown(const QgsMapLayer* layer) {
    const auto* node = QgsProject::instance()->layerTreeRoot()->findLayer(layer->id());
    return layer->isValid() && (!node || node->isVisible());
}

wire::Said unavailable(const QgsMapLayer& layer) {
    const QgsError error = layer.error(); // its summary() crashes when it is empty
    const QString cause =
        error.isEmpty() ? QStringLiteral("%1 does not open it").arg(layer.providerType()) : error.summary();
    return {"layerUnavailable",
            {{"layer", layer.name().toStdString()},
             {"path", layer.publicSource().toStdString()},
             {"cause", cause.toStdString()}}};
}

// A project written by hand may name a layer's CRS without defining it, or leave it to the data. Without one
// QGIS draws the layer's numbers as if they were the map's: somewhere else, and without a word.
bool hasCrs(QgsMapLayer& layer) {
    if (!layer.isValid() || !layer.isSpatial() || layer.crs().isValid())
        return true;
    auto crs = QgsCoordinateReferenceSystem(layer.crs().authid());
    if (!crs.isValid() && layer.dataProvider())
        crs = layer.dataProvider()->crs();
    if (crs.isValid())
        layer.setCrs(crs);
    return crs.isValid();
}

} // namespace

std::variant<wire::Opened, wire::Said> openProject(const wire::Open& open) {
    if (auto refused = inspectProject(open.project))
        return *refused;
    if (!open.crs.empty() && !crsNamed(open.crs).isValid())
        return wire::Said{"crsUnknownToQgis", {{"crs", open.crs}}};
    if (!open.workspace.empty())
        QDir::setCurrent(QString::fromStdString(open.workspace));

    auto* project = QgsProject::instance();
    project->clear();
    const bool read = project->read(QString::fromStdString(open.project),
                                    QgsProject::ReadFlag::FlagDontLoadLayouts |
                                        QgsProject::ReadFlag::FlagDontStoreOriginalStyles);
    if (!read)
        return wire::Said{"projectUnreadable",
                          {{"path", open.project}, {"cause", project->error().simplified().toStdString()}}};

    // QGIS opens any XML, as an empty project.
    if (project->lastSaveVersion().isNull() && project->count() == 0)
        return wire::Said{"projectUnreadable", {{"path", open.project}, {"cause", "not a QGIS project"}}};

    // A project written by hand may give short layer ids, which QGIS replaces: find those layers by their
    // source.
    project->layerTreeRoot()->resolveReferences(project, true);

    wire::Opened opened;
    for (auto* layer : layersInOrder()) {
        if (!hasCrs(*layer))
            opened.problems.push_back({"layerWithoutCrs", {{"layer", layer->name().toStdString()}}});
        opened.layers.push_back({layer->id().toStdString(), layer->name().toStdString(),
                                 layer->providerType().toStdString(), layer->crs().authid().toStdString(),
                                 layer->isValid()});
        if (!layer->isValid())
            opened.problems.push_back(unavailable(*layer));
    }
    return opened;
}

QgsMapSettings mapSettings(const wire::Render& render, const std::string& crs) {
    const auto* project = QgsProject::instance();
    QgsMapSettings settings;
    settings.setOutputImageFormat(QImage::Format_ARGB32_Premultiplied);
    settings.setOutputSize({static_cast<int>(render.width), static_cast<int>(render.height)});
    // Device pixels throughout: symbols grow with the resolution, so the scale stays the logical one.
    settings.setOutputDpi(render.dpi * render.devicePixelRatio);
    settings.setDestinationCrs(crsNamed(crs));
    settings.setExtent(QgsRectangle(render.minX, render.minY, render.maxX, render.maxY));
    settings.setBackgroundColor(project->backgroundColor());
    settings.setTransformContext(project->transformContext());
    settings.setPathResolver(project->pathResolver());
    settings.setEllipsoid(project->ellipsoid());
    settings.setLabelingEngineSettings(project->labelingEngineSettings());
    settings.setFlag(Qgis::MapSettingsFlag::Antialiasing);
    settings.setFlag(Qgis::MapSettingsFlag::DrawLabeling);
    settings.setFlag(Qgis::MapSettingsFlag::UseAdvancedEffects);
    settings.setFlag(Qgis::MapSettingsFlag::UseRenderingOptimization);
    QList<QgsMapLayer*> layers;
    for (auto* layer : layersInOrder())
        if (shown(layer))
            layers.append(layer);
    settings.setLayers(layers);

    QgsExpressionContext context;
    context << QgsExpressionContextUtils::globalScope() << QgsExpressionContextUtils::projectScope(project)
            << QgsExpressionContextUtils::mapSettingsScope(settings);
    settings.setExpressionContext(context);
    return settings;
}

wire::Said layerNotDrawn(const QString& layerId, const QString& cause) {
    const auto* layer = QgsProject::instance()->mapLayer(layerId);
    return {"layerNotDrawn",
            {{"layer", (layer ? layer->name() : layerId).toStdString()}, {"cause", cause.toStdString()}}};
}

} // namespace vedette::cartographer
