// SPDX-License-Identifier: GPL-3.0-or-later
#include "project.h"

#include "archive.h"

#include <qgsexpressioncontextutils.h>
#include <qgslabelingenginesettings.h>
#include <qgslayertree.h>
#include <qgsmaplayer.h>
#include <qgsproject.h>

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

    wire::Opened opened;
    for (const auto* layer : layersInOrder()) {
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
