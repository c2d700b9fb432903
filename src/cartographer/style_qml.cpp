// SPDX-License-Identifier: GPL-3.0-or-later
#include "style.h"

#include <qgscategorizedsymbolrenderer.h>
#include <qgsfillsymbol.h>
#include <qgsfillsymbollayer.h>
#include <qgsgraduatedsymbolrenderer.h>
#include <qgslinesymbollayer.h>
#include <qgsmarkersymbollayer.h>
#include <qgspallabeling.h>
#include <qgsrulebasedrenderer.h>
#include <qgssinglesymbolrenderer.h>
#include <qgssymbol.h>
#include <qgsvectorlayerlabeling.h>

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace vedette::cartographer {

namespace {

class Reading {
public:
    Reading(const std::string& geometry, std::vector<wire::Said>& lost) : geometry_(geometry), lost_(lost) {}

    void lose(const QString& what) {
        const wire::Said said{"styleNotCarried", {{"what", what.toStdString()}}};
        if (std::find(lost_.begin(), lost_.end(), said) == lost_.end())
            lost_.push_back(said);
    }

    // Three decimals: what QGIS keeps of a size in its files, and no digits that only arithmetic made.
    double millimetres(double size, QgsUnitTypes::RenderUnit unit) {
        double factor = 1;
        if (unit == QgsUnitTypes::RenderPoints)
            factor = 25.4 / 72;
        else if (unit == QgsUnitTypes::RenderPixels)
            factor = 25.4 / 96;
        else if (unit == QgsUnitTypes::RenderInches)
            factor = 25.4;
        else if (unit != QgsUnitTypes::RenderMillimeters)
            lose(QStringLiteral("sizes in map units"));
        return std::round(size * factor * 1000) / 1000;
    }

    QJsonObject symbol(const QgsSymbol& from) {
        QJsonObject out;
        bool any = false;
        for (const auto* layer : from.symbolLayers()) {
            if (!layer->enabled())
                continue;
            if (layer->dataDefinedProperties().count() > 0)
                lose(QStringLiteral("data-defined symbols"));
            if (any || !read(*layer, from.opacity(), out))
                lose(QStringLiteral("symbol layer %1").arg(layer->layerType()));
            else
                any = true;
        }
        return out;
    }

private:
    static QString text(QColor colour, double opacity) {
        colour.setAlphaF(colour.alphaF() * opacity);
        return colour.name(QColor::HexArgb);
    }
    bool read(const QgsSymbolLayer& layer, double opacity, QJsonObject& out) {
        if (const auto* fill = dynamic_cast<const QgsSimpleFillSymbolLayer*>(&layer)) {
            const bool none = fill->brushStyle() == Qt::NoBrush;
            if (!none && fill->brushStyle() != Qt::SolidPattern)
                lose(QStringLiteral("hatching"));
            const bool bare = fill->strokeStyle() == Qt::NoPen;
            if (!bare && fill->strokeStyle() != Qt::SolidLine)
                lose(QStringLiteral("dashes"));
            out[QLatin1String("fill")] = text(fill->fillColor(), none ? 0 : opacity);
            out[QLatin1String("outline")] = text(fill->strokeColor(), bare ? 0 : opacity);
            out[QLatin1String("width")] = millimetres(fill->strokeWidth(), fill->strokeWidthUnit());
            return true;
        }
        if (const auto* line = dynamic_cast<const QgsSimpleLineSymbolLayer*>(&layer)) {
            if (line->penStyle() != Qt::SolidLine || line->useCustomDashPattern())
                lose(QStringLiteral("dashes"));
            if (geometry_ == "polygon")
                out[QLatin1String("fill")] = QStringLiteral("#00000000");
            out[QLatin1String("outline")] = text(line->color(), opacity);
            out[QLatin1String("width")] = millimetres(line->width(), line->widthUnit());
            return true;
        }
        if (const auto* marker = dynamic_cast<const QgsSimpleMarkerSymbolLayer*>(&layer)) {
            QString shape = QgsSimpleMarkerSymbolLayerBase::encodeShape(marker->shape());
            if (!QStringList{QStringLiteral("circle"), QStringLiteral("square"), QStringLiteral("triangle"),
                             QStringLiteral("diamond"), QStringLiteral("star"), QStringLiteral("cross")}
                     .contains(shape)) {
                lose(QStringLiteral("marker %1").arg(shape));
                shape = QStringLiteral("circle");
            }
            const bool bare = marker->strokeStyle() == Qt::NoPen;
            out[QLatin1String("marker")] = shape;
            out[QLatin1String("size")] = millimetres(marker->size(), marker->sizeUnit());
            out[QLatin1String("fill")] = text(marker->color(), opacity);
            out[QLatin1String("outline")] = text(marker->strokeColor(), bare ? 0 : opacity);
            out[QLatin1String("width")] = millimetres(marker->strokeWidth(), marker->strokeWidthUnit());
            return true;
        }
        return false;
    }
    const std::string& geometry_;
    std::vector<wire::Said>& lost_;
};

QString both(const QString& a, const QString& b) {
    if (a.isEmpty() || b.isEmpty())
        return a + b;
    return QStringLiteral("(%1) AND (%2)").arg(a, b);
}

// A tree of rules as a list: what holds for a child is its parents' filter and its own.
void rules(QgsRuleBasedRenderer::Rule& parent, const QString& filter, Reading& reading, QJsonArray& out) {
    for (auto* rule : parent.children()) {
        if (!rule->active()) {
            reading.lose(QStringLiteral("classes that are switched off"));
            continue;
        }
        if (rule->dependsOnScale())
            reading.lose(QStringLiteral("scale ranges of rules"));
        if (rule->isElse() && !filter.isEmpty())
            reading.lose(QStringLiteral("ELSE below a rule"));
        const QString own = rule->isElse() ? QStringLiteral("ELSE") : both(filter, rule->filterExpression());
        if (auto* symbol = rule->symbol()) {
            QJsonObject one = reading.symbol(*symbol);
            one[QLatin1String("filter")] = own;
            one[QLatin1String("label")] = rule->label();
            out.append(one);
        }
        rules(*rule, own, reading, out);
    }
}

bool classesOf(const QgsFeatureRenderer& renderer, Reading& reading, QJsonObject& style) {
    QJsonArray classes;
    const auto setKind = [&](const char* kind) { style[QLatin1String("kind")] = QLatin1String(kind); };
    if (const auto* single = dynamic_cast<const QgsSingleSymbolRenderer*>(&renderer)) {
        setKind("single");
        QJsonObject one = reading.symbol(*single->symbol());
        one[QLatin1String("label")] = QString(); // QGIS takes the layer's name
        classes.append(one);
    } else if (const auto* categorised = dynamic_cast<const QgsCategorizedSymbolRenderer*>(&renderer)) {
        setKind("categorised");
        style[QLatin1String("column")] = categorised->classAttribute();
        for (const auto& category : categorised->categories()) {
            if (!category.renderState()) {
                reading.lose(QStringLiteral("classes that are switched off"));
                continue;
            }
            QJsonObject one = reading.symbol(*category.symbol());
            one[QLatin1String("label")] = category.label();
            const QVariant value = category.value();
            for (const QVariant& each :
                 value.type() == QVariant::List ? value.toList() : QVariantList{value}) {
                one[QLatin1String("value")] =
                    each.isNull() ? QJsonValue(QString()) : QJsonValue::fromVariant(each);
                classes.append(one);
            }
        }
    } else if (const auto* graduated = dynamic_cast<const QgsGraduatedSymbolRenderer*>(&renderer)) {
        setKind("graduated");
        style[QLatin1String("column")] = graduated->classAttribute();
        if (graduated->graduatedMethod() != QgsGraduatedSymbolRenderer::GraduatedColor)
            reading.lose(QStringLiteral("classes by size"));
        for (const auto& range : graduated->ranges()) {
            if (!range.renderState()) {
                reading.lose(QStringLiteral("classes that are switched off"));
                continue;
            }
            QJsonObject one = reading.symbol(*range.symbol());
            one[QLatin1String("from")] = range.lowerValue();
            one[QLatin1String("to")] = range.upperValue();
            one[QLatin1String("label")] = range.label();
            classes.append(one);
        }
    } else if (const auto* byRule = dynamic_cast<const QgsRuleBasedRenderer*>(&renderer)) {
        setKind("rule");
        rules(*const_cast<QgsRuleBasedRenderer*>(byRule)->rootRule(), {}, reading, classes);
    } else if (const auto* inner = renderer.embeddedRenderer()) {
        reading.lose(QStringLiteral("renderer %1").arg(renderer.type()));
        return classesOf(*inner, reading, style);
    } else {
        return false;
    }
    style[QLatin1String("classes")] = classes;
    return true;
}

void labelOf(const QgsVectorLayer& layer, Reading& reading, QJsonObject& style) {
    if (!layer.labelsEnabled() || !layer.labeling())
        return;
    if (layer.labeling()->type() != QLatin1String("simple"))
        return reading.lose(QStringLiteral("labels by rule"));
    const QgsPalLayerSettings settings = layer.labeling()->settings();
    QString column = settings.fieldName;
    if (settings.isExpression) {
        const QgsExpression expression(column);
        if (!expression.isField())
            return reading.lose(QStringLiteral("labels by expression"));
        column = *expression.referencedColumns().begin();
    }
    const QgsTextFormat format = settings.format();
    QColor ink = format.color();
    ink.setAlphaF(format.opacity());
    style[QLatin1String("label")] = QJsonObject{
        {QStringLiteral("column"), column},
        {QStringLiteral("size"),
         format.sizeUnit() == QgsUnitTypes::RenderPoints
             ? format.size()
             : std::round(reading.millimetres(format.size(), format.sizeUnit()) * 720 / 25.4) / 10},
        {QStringLiteral("colour"), ink.name(QColor::HexArgb)}};
    if (format.buffer().enabled() || format.background().enabled() || format.shadow().enabled())
        reading.lose(QStringLiteral("halos and backgrounds of labels"));
}

} // namespace

QJsonObject styleOf(const QgsVectorLayer& layer, const std::string& geometry, std::vector<wire::Said>& lost) {
    Reading reading(geometry, lost);
    QJsonObject style;
    if (!classesOf(*layer.renderer(), reading, style))
        return {};
    style[QLatin1String("opacity")] = std::round(layer.opacity() * 1000) / 1000;
    if (layer.hasScaleBasedVisibility())
        style[QLatin1String("scale")] = QJsonObject{{QStringLiteral("nearest"), layer.maximumScale()},
                                                    {QStringLiteral("farthest"), layer.minimumScale()}};
    labelOf(layer, reading, style);
    if (layer.blendMode() != QPainter::CompositionMode_SourceOver)
        reading.lose(QStringLiteral("blending"));
    return style;
}

} // namespace vedette::cartographer
