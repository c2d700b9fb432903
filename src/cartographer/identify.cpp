// SPDX-License-Identifier: GPL-3.0-or-later
#include "identify.h"

#include "project.h"

#include <qgsexpressioncontextutils.h>
#include <qgsproject.h>
#include <qgsrasterdataprovider.h>
#include <qgsrasteridentifyresult.h>
#include <qgsrasterlayer.h>
#include <qgsrenderer.h>
#include <qgsvectorlayer.h>

namespace vedette::cartographer {

namespace {

std::string shortened(const QString& text) {
    const int most = static_cast<int>(wire::longestAttribute);
    return (text.size() > most ? text.left(most) + QChar(0x2026) : text).toStdString();
}

wire::Found found(const QgsVectorLayer& layer, const QgsFeature& feature, QgsExpressionContext& context) {
    wire::Found out{layer.name().toStdString(), {}, {}};
    context.setFeature(feature);
    QgsExpression title(layer.displayExpression());
    out.title = shortened(title.evaluate(&context).toString());
    const QgsFields fields = layer.fields();
    for (int i = 0; i < fields.size() && out.attributes.size() < wire::mostAttributes; ++i) {
        const QVariant value = feature.attribute(i);
        if (!value.isNull())
            out.attributes.emplace_back(layer.attributeDisplayName(i).toStdString(),
                                        shortened(value.toString()));
    }
    return out;
}

void ask(QgsVectorLayer& layer, const QgsRectangle& box, wire::Identified& into) {
    QgsExpressionContext context(QgsExpressionContextUtils::globalProjectLayerScopes(&layer));
    QgsFeatureRequest request;
    request.setFilterRect(box);
    request.setFlags(QgsFeatureRequest::ExactIntersect);
    request.setLimit(static_cast<long long>(wire::mostFound) + 1);
    QgsFeature feature;
    auto features = layer.getFeatures(request);
    while (features.nextFeature(feature)) {
        if (into.found.size() == wire::mostFound) {
            into.more = true;
            return;
        }
        into.found.push_back(found(layer, feature, context));
    }
}

void ask(QgsRasterLayer& layer, const QgsPointXY& at, wire::Identified& into) {
    auto* data = layer.dataProvider();
    if (!data || !(data->capabilities() & QgsRasterInterface::IdentifyValue))
        return;
    const auto result = data->identify(at, QgsRaster::IdentifyFormatValue);
    wire::Found out{layer.name().toStdString(), {}, {}};
    const auto values = result.results();
    for (auto value = values.begin(); value != values.end(); ++value)
        if (result.isValid() && value->isValid() && out.attributes.size() < wire::mostAttributes)
            out.attributes.emplace_back(layer.bandName(value.key()).toStdString(),
                                        shortened(value->toString()));
    if (!out.attributes.empty())
        into.found.push_back(std::move(out));
}

} // namespace

std::variant<wire::Identified, wire::Said> identify(const wire::Identify& at, const std::string& crs) {
    const auto* project = QgsProject::instance();
    const auto from =
        crs.empty() ? project->crs() : QgsCoordinateReferenceSystem(QString::fromStdString(crs));
    if (!from.isValid())
        return wire::Said{"crsUnknownToQgis", {{"crs", crs}}};
    wire::Identified out;
    const double reach = std::max(at.tolerance, 1e-6);
    const QgsRectangle box(at.x - reach, at.y - reach, at.x + reach, at.y + reach);
    for (auto* layer : shownLayers()) {
        if (out.found.size() == wire::mostFound) {
            out.more = true;
            break;
        }
        QgsRectangle here;
        QgsPointXY point;
        try {
            const QgsCoordinateTransform turned(from, layer->crs(), project->transformContext());
            here = turned.transformBoundingBox(box);
            point = turned.transform(QgsPointXY(at.x, at.y));
        } catch (const QgsCsException&) {
            continue; // the layer's CRS has no such place, so it shows nothing here either
        }
        if (auto* vector = qobject_cast<QgsVectorLayer*>(layer))
            ask(*vector, here, out);
        else if (auto* raster = qobject_cast<QgsRasterLayer*>(layer))
            ask(*raster, point, out);
    }
    return out;
}

} // namespace vedette::cartographer
