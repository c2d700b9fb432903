// SPDX-License-Identifier: GPL-3.0-or-later
#include "project.h"

#include "archive.h"

#include <qgsdataprovider.h>
#include <qgsexpressioncontextutils.h>
#include <qgslabelingenginesettings.h>
#include <qgslayertree.h>
#include <qgslayertreelayer.h>
#include <qgsmaplayer.h>
#include <qgsproject.h>
#include <qgsprojectversion.h>

#include <QDir>
#include <QDomElement>
#include <QFileInfo>
#include <QHash>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

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

// Permissions would let us, and yet it can't be opened: it lies beyond what this process may see.
bool beyondReach(const QString& path) {
    const QByteArray name = path.toLocal8Bit();
    if (!QFileInfo(path).isAbsolute() || ::access(name.constData(), R_OK) != 0)
        return false;
    const int file = ::open(name.constData(), O_RDONLY | O_CLOEXEC);
    if (file >= 0)
        ::close(file);
    return file < 0 && errno == EACCES;
}

wire::Said unavailable(const QgsMapLayer& layer) {
    const QString path = layer.publicSource().section(QLatin1Char('|'), 0, 0);
    if (beyondReach(path))
        return {"layerOutside", {{"layer", layer.name().toStdString()}, {"path", path.toStdString()}}};
    const QgsError error = layer.error(); // its summary() crashes when it is empty
    const QString cause =
        error.isEmpty() ? QStringLiteral("%1 does not open it").arg(layer.providerType()) : error.summary();
    return {"layerUnavailable",
            {{"layer", layer.name().toStdString()},
             {"path", layer.publicSource().toStdString()},
             {"cause", cause.toStdString()}}};
}

// A project written by hand may give short layer ids, which QGIS replaces; the tree's nodes then lead nowhere.
// `written`: the layers by the ids that the project gives them.
void rejoin(QgsLayerTreeGroup& tree, const QHash<QString, QgsMapLayer*>& written) {
    for (auto* node : tree.findLayers()) {
        auto* const layer = written.value(node->layerId());
        auto* const parent = dynamic_cast<QgsLayerTreeGroup*>(node->parent());
        if (node->layer() || !layer || !parent)
            continue;
        auto* const joined = new QgsLayerTreeLayer(layer);
        joined->setItemVisibilityChecked(node->itemVisibilityChecked());
        parent->insertChildNode(parent->children().indexOf(node), joined);
        parent->removeChildNode(node);
    }
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

bool fromNetwork(const QgsMapLayer& layer) {
    const QString source = layer.source();
    for (const char* sign : {"http:", "https:", "ftp:", "http%3A", "https%3A", "/vsicurl", "/vsis3", "host="})
        if (source.contains(QLatin1String(sign), Qt::CaseInsensitive))
            return true;
    return false;
}

QList<QgsMapLayer*> shownLayers() {
    QList<QgsMapLayer*> layers;
    for (auto* layer : layersInOrder())
        if (shown(layer))
            layers.append(layer);
    return layers;
}

std::variant<wire::Opened, wire::Said> openProject(const wire::Open& open, bool network) {
    const bool empty = open.project.empty();
    if (auto refused = empty ? std::nullopt : inspectProject(open.project))
        return *refused;
    if (!open.crs.empty() && !crsNamed(open.crs).isValid())
        return wire::Said{"crsUnknownToQgis", {{"crs", open.crs}}};
    if (!open.workspace.empty())
        QDir::setCurrent(QString::fromStdString(open.workspace));

    auto* project = QgsProject::instance();
    project->clear();
    if (empty)
        return wire::Opened{};
    QHash<QString, QgsMapLayer*> written;
    const auto reading = QObject::connect(
        project, &QgsProject::readMapLayer, [&](QgsMapLayer* layer, const QDomElement& element) {
            written.insert(element.firstChildElement(QStringLiteral("id")).text(), layer);
        });
    const bool read = project->read(QString::fromStdString(open.project),
                                    QgsProject::ReadFlag::FlagDontLoadLayouts |
                                        QgsProject::ReadFlag::FlagDontStoreOriginalStyles);
    QObject::disconnect(reading);
    if (!read)
        return wire::Said{"projectUnreadable",
                          {{"path", open.project}, {"cause", project->error().simplified().toStdString()}}};

    // QGIS opens any XML, as an empty project.
    if (project->lastSaveVersion().isNull() && project->count() == 0)
        return wire::Said{"projectUnreadable", {{"path", open.project}, {"cause", "not a QGIS project"}}};

    rejoin(*project->layerTreeRoot(), written);

    wire::Opened opened;
    for (auto* layer : layersInOrder()) {
        if (!hasCrs(*layer))
            opened.problems.push_back({"layerWithoutCrs", {{"layer", layer->name().toStdString()}}});
        opened.layers.push_back({layer->id().toStdString(), layer->name().toStdString(),
                                 layer->providerType().toStdString(), layer->crs().authid().toStdString(),
                                 layer->isValid()});
        if (!network && fromNetwork(*layer))
            opened.problems.push_back({"layerNeedsNetwork", {{"layer", layer->name().toStdString()}}});
        else if (!layer->isValid())
            opened.problems.push_back(unavailable(*layer));
    }
    if (opened.layers.empty())
        opened.problems.push_back({"projectEmpty", {{"path", open.project}}});
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
    settings.setRotation(render.rotation); // clockwise too; names stay upright, the middle and the scale stay
    settings.setBackgroundColor(project->backgroundColor());
    settings.setTransformContext(project->transformContext());
    settings.setPathResolver(project->pathResolver());
    settings.setEllipsoid(project->ellipsoid());
    settings.setLabelingEngineSettings(project->labelingEngineSettings());
    settings.setFlag(Qgis::MapSettingsFlag::Antialiasing);
    settings.setFlag(Qgis::MapSettingsFlag::DrawLabeling);
    settings.setFlag(Qgis::MapSettingsFlag::UseAdvancedEffects);
    settings.setFlag(Qgis::MapSettingsFlag::UseRenderingOptimization);
    settings.setLayers(shownLayers());

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
