// SPDX-License-Identifier: GPL-3.0-or-later
#include "identify.h"

#include "identify_words.h"
#include "project.h"

#include <qgsexpressioncontextutils.h>
#include <qgsproject.h>
#include <qgsrasterblock.h>
#include <qgsrasterdataprovider.h>
#include <qgsrasteridentifyresult.h>
#include <qgsrasterlayer.h>
#include <qgsrenderer.h>
#include <qgsvectorlayer.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace vedette::cartographer {

namespace {

// Below the time after which the console takes a helper for hung: the reader is waiting.
constexpr std::chrono::seconds longestWait{5};

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

void askHere(QgsVectorLayer& layer, const QgsRectangle& box, wire::Identified& into) {
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

// As it was measured: 57.4 kept in four bytes is not 57.400001525878906, and a height in whole metres has no e+06.
QString asMeasured(const QVariant& value) {
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (!isNumber)
        return value.toString();
    if (std::abs(number) < 1e15 && number == std::floor(number))
        return QString::number(number, 'f', 0);
    const auto four = static_cast<float>(number);
    return static_cast<double>(four) == number ? QgsRasterBlock::printValue(four)
                                               : QgsRasterBlock::printValue(number);
}

void askHere(QgsRasterLayer& layer, const QgsPointXY& at, wire::Identified& into) {
    const auto result = layer.dataProvider()->identify(at, QgsRaster::IdentifyFormatValue);
    wire::Found out{layer.name().toStdString(), {}, {}};
    const auto values = result.results();
    for (auto value = values.begin(); value != values.end(); ++value)
        if (result.isValid() && value->isValid() && out.attributes.size() < wire::mostAttributes)
            out.attributes.emplace_back(layer.bandName(value.key()).toStdString(),
                                        shortened(asMeasured(*value)));
    if (!out.attributes.empty())
        into.found.push_back(std::move(out));
}

} // namespace

Identifying::Identifying(bool network, Answer answer) : network_(network), answer_(std::move(answer)) {
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, [this] { finish(); });
}

void Identifying::cancel() {
    patience_.stop();
    if (over_)
        *over_ = true;
    over_.reset();
}

void Identifying::ask(std::uint64_t generation, const wire::Identify& at, const std::string& crs) {
    cancel();
    const auto* project = QgsProject::instance();
    const auto from =
        crs.empty() ? project->crs() : QgsCoordinateReferenceSystem(QString::fromStdString(crs));
    if (!from.isValid())
        return answer_(generation, wire::Failed{{"crsUnknownToQgis", {{"crs", crs}}}});
    generation_ = generation;
    layers_.clear();
    missing_ = 0;
    over_ = std::make_shared<std::atomic_bool>(false);
    const double reach = std::max(at.tolerance, 1e-6);
    const QgsRectangle box(at.x - reach, at.y - reach, at.x + reach, at.y + reach);
    std::size_t count = 0; // of what was at hand
    for (auto* layer : shownLayers()) {
        if (count >= wire::mostFound) {
            layers_.emplace_back().more = true;
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
        wire::Identified& into = layers_.emplace_back();
        auto* raster = qobject_cast<QgsRasterLayer*>(layer);
        if (auto* vector = qobject_cast<QgsVectorLayer*>(layer)) {
            askHere(*vector, here, into);
        } else if (raster && bestFormat(*raster) != QgsRaster::IdentifyFormatUndefined) {
            if (!fromNetwork(*raster) && bestFormat(*raster) == QgsRaster::IdentifyFormatValue) {
                askHere(*raster, point, into);
            } else if (network_) {
                ++missing_;
                askFar(farQuestion(*raster, point, here, over_),
                       [this, slot = layers_.size() - 1, over = over_](wire::Identified found) {
                           if (over == over_) // else overtaken
                               arrived(slot, std::move(found));
                       });
            }
        }
        count += into.found.size();
    }
    if (missing_ == 0)
        finish();
    else
        patience_.start(longestWait);
}

void Identifying::arrived(std::size_t slot, wire::Identified found) {
    layers_[slot] = std::move(found);
    if (--missing_ == 0)
        finish();
}

void Identifying::finish() {
    cancel();
    wire::Identified all;
    all.more = std::exchange(missing_, 0) > 0;
    for (wire::Identified& layer : std::exchange(layers_, {})) {
        all.more = all.more || layer.more;
        for (wire::Found& found : layer.found) {
            if (all.found.size() < wire::mostFound)
                all.found.push_back(std::move(found));
            else
                all.more = true;
        }
    }
    answer_(generation_, std::move(all));
}

} // namespace vedette::cartographer
