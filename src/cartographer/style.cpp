// SPDX-License-Identifier: GPL-3.0-or-later
#include "style.h"

#include "sheet_layers.h"

#include <qgscategorizedsymbolrenderer.h>
#include <qgsfillsymbol.h>
#include <qgsgraduatedsymbolrenderer.h>
#include <qgslinesymbol.h>
#include <qgsmarkersymbol.h>
#include <qgspallabeling.h>
#include <qgsrulebasedrenderer.h>
#include <qgssinglesymbolrenderer.h>
#include <qgsvectorlayerlabeling.h>

#include <QDomDocument>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace vedette::cartographer {

namespace {

constexpr std::size_t longestStyle = 8u << 20;

wire::Said unreadable(const QString& cause) {
    return {"styleUnreadable", {{"cause", cause.toStdString()}}};
}

QString colour(const QJsonValue& value, const char* otherwise) {
    return colourText(colourOf(value.toString(QLatin1String(otherwise)).toStdString()));
}

QgsSymbol* symbolOf(const QJsonObject& one, const std::string& geometry) {
    const QString fill = colour(one[QLatin1String("fill")], "#ff8fa3bf");
    const QString outline = colour(one[QLatin1String("outline")], "#ff2b3a4d");
    const QString width = QString::number(one[QLatin1String("width")].toDouble(0.3), 'g', 15);
    if (geometry == "line")
        return QgsLineSymbol::createSimple(
            {{QStringLiteral("line_color"), outline}, {QStringLiteral("line_width"), width}});
    if (geometry == "point")
        return QgsMarkerSymbol::createSimple(
            {{QStringLiteral("name"), one[QLatin1String("marker")].toString(QStringLiteral("circle"))},
             {QStringLiteral("size"), QString::number(one[QLatin1String("size")].toDouble(3), 'g', 15)},
             {QStringLiteral("color"), fill},
             {QStringLiteral("outline_color"), outline},
             {QStringLiteral("outline_width"), width}});
    return QgsFillSymbol::createSimple({{QStringLiteral("color"), fill},
                                        {QStringLiteral("outline_color"), outline},
                                        {QStringLiteral("outline_width"), width}});
}

// A whole number stays one: QGIS writes a category's type into its file.
QVariant valueOf(const QJsonValue& value) {
    const double number = value.toDouble(0.5);
    return number == std::floor(number) && std::abs(number) < 9e15 ? QVariant(static_cast<qlonglong>(number))
                                                                  : value.toVariant();
}

QgsFeatureRenderer* rendererOf(const QJsonObject& style, const std::string& geometry) {
    const QString kind = style[QLatin1String("kind")].toString();
    const QString column = style[QLatin1String("column")].toString();
    const QJsonArray classes = style[QLatin1String("classes")].toArray();
    const auto labelOf = [](const QJsonObject& one) { return one[QLatin1String("label")].toString(); };
    if (kind == QLatin1String("single") && classes.size() == 1) {
        return new QgsSingleSymbolRenderer(symbolOf(classes[0].toObject(), geometry));
    } else if (kind == QLatin1String("categorised")) {
        QgsCategoryList all;
        for (const QJsonValue& value : classes) {
            const QJsonObject one = value.toObject();
            all << QgsRendererCategory(valueOf(one[QLatin1String("value")]), symbolOf(one, geometry),
                                       labelOf(one));
        }
        return new QgsCategorizedSymbolRenderer(column, all);
    } else if (kind == QLatin1String("graduated")) {
        QgsRangeList all;
        for (const QJsonValue& value : classes) {
            const QJsonObject one = value.toObject();
            all << QgsRendererRange(one[QLatin1String("from")].toDouble(),
                                    one[QLatin1String("to")].toDouble(), symbolOf(one, geometry),
                                    labelOf(one));
        }
        return new QgsGraduatedSymbolRenderer(column, all);
    } else if (kind == QLatin1String("rule")) {
        auto* root = new QgsRuleBasedRenderer::Rule(nullptr);
        for (const QJsonValue& value : classes) {
            const QJsonObject one = value.toObject();
            root->appendChild(new QgsRuleBasedRenderer::Rule(
                symbolOf(one, geometry), 0, 0, one[QLatin1String("filter")].toString(), labelOf(one)));
        }
        return new QgsRuleBasedRenderer(root);
    }
    return nullptr;
}

void dress(QgsVectorLayer& layer, const QJsonObject& style) {
    layer.setOpacity(style[QLatin1String("opacity")].toDouble(1));
    if (const auto scale = style[QLatin1String("scale")].toObject(); !scale.isEmpty()) {
        layer.setScaleBasedVisibility(true);
        layer.setMaximumScale(scale[QLatin1String("nearest")].toDouble());
        layer.setMinimumScale(scale[QLatin1String("farthest")].toDouble());
    }
    const auto label = style[QLatin1String("label")].toObject();
    if (label.isEmpty())
        return;
    QgsTextFormat format;
    format.setSize(label[QLatin1String("size")].toDouble(9));
    format.setSizeUnit(QgsUnitTypes::RenderPoints);
    const QColor ink =
        colourOf(label[QLatin1String("colour")].toString(QStringLiteral("#ff000000")).toStdString());
    format.setColor(ink);
    format.setOpacity(ink.alphaF());
    QgsPalLayerSettings settings;
    settings.fieldName = label[QLatin1String("column")].toString();
    settings.setFormat(format);
    layer.setLabeling(new QgsVectorLayerSimpleLabeling(settings));
    layer.setLabelsEnabled(true);
}

// QGIS 3.22 leaves the type of a category's value out of its files and passes over it when it reads them; later ones
// write it beside the value. Both are done here.
void writeTypes(QDomDocument& document, const QJsonArray& classes) {
    const QDomNodeList categories = document.elementsByTagName(QStringLiteral("category"));
    for (int i = 0; i < categories.size() && i < classes.size(); ++i) {
        const QVariant value = valueOf(classes[i].toObject()[QLatin1String("value")]);
        categories.at(i).toElement().setAttribute(QStringLiteral("type"),
                                                  value.type() == QVariant::LongLong ? QStringLiteral("long")
                                                  : value.type() == QVariant::Double ? QStringLiteral("double")
                                                                                     : QStringLiteral("string"));
    }
}

void takeTypes(const QDomDocument& document, QJsonObject& style) {
    static const QStringList numbers{QStringLiteral("double"), QStringLiteral("integer"), QStringLiteral("long"),
                                     QStringLiteral("int"), QStringLiteral("uint"), QStringLiteral("longlong"),
                                     QStringLiteral("ulonglong")};
    QHash<QString, bool> isNumber; // a text that stands there as both is a text
    for (const char* tag : {"category", "val"}) { // val: one of several values of a category
        const QDomNodeList all = document.elementsByTagName(QLatin1String(tag));
        for (int i = 0; i < all.size(); ++i) {
            const QDomElement one = all.at(i).toElement();
            const QString text = one.attribute(QStringLiteral("value"));
            isNumber[text] = isNumber.value(text, true) && numbers.contains(one.attribute(QStringLiteral("type")));
        }
    }
    QJsonArray classes = style[QLatin1String("classes")].toArray();
    for (int i = 0; i < classes.size(); ++i) {
        QJsonObject one = classes[i].toObject();
        const QString text = one[QLatin1String("value")].toString();
        bool readable = false;
        const double number = text.toDouble(&readable);
        if (!readable || !isNumber.value(text, false))
            continue;
        one[QLatin1String("value")] = number;
        classes[i] = one;
    }
    style[QLatin1String("classes")] = classes;
}

constexpr auto carried =
    QgsMapLayer::StyleCategories(QgsMapLayer::Symbology | QgsMapLayer::Labeling | QgsMapLayer::Rendering);

std::variant<wire::StyleConverted, wire::Said> toQml(QgsVectorLayer& layer,
                                                     const wire::ConvertStyle& convert) {
    QJsonParseError error;
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(convert.text), &error);
    if (!json.isObject())
        return unreadable(error.error ? error.errorString() : QStringLiteral("not a JSON object"));
    const QJsonObject style = json.object();
    auto* renderer = rendererOf(style, convert.geometry);
    if (!renderer)
        return unreadable(QStringLiteral("kind \"%1\" with %2 classes")
                              .arg(style[QLatin1String("kind")].toString())
                              .arg(style[QLatin1String("classes")].toArray().size()));
    layer.setRenderer(renderer);
    dress(layer, style);
    QDomDocument document;
    QString cause;
    layer.exportNamedStyle(document, cause, QgsReadWriteContext(), carried);
    if (!cause.isEmpty())
        return unreadable(cause);
    writeTypes(document, style[QLatin1String("classes")].toArray());
    return wire::StyleConverted{document.toString(2).toStdString(), {}};
}

std::variant<wire::StyleConverted, wire::Said> fromQml(QgsVectorLayer& layer,
                                                       const wire::ConvertStyle& convert) {
    QDomDocument document;
    QString cause;
    if (!document.setContent(QByteArray::fromStdString(convert.text), &cause))
        return unreadable(cause);
    if (document.documentElement().tagName() != QLatin1String("qgis"))
        return unreadable(QStringLiteral("not a QGIS style"));
    if (!layer.importNamedStyle(document, cause, carried) || !layer.renderer())
        return unreadable(cause);
    wire::StyleConverted out;
    QJsonObject style = styleOf(layer, convert.geometry, out.lost);
    if (style.isEmpty())
        return wire::Said{"styleUnsupported", {{"renderer", layer.renderer()->type().toStdString()}}};
    if (style[QLatin1String("kind")] == QLatin1String("categorised"))
        takeTypes(document, style);
    out.text = QJsonDocument(style).toJson(QJsonDocument::Compact).toStdString();
    return out;
}

} // namespace

std::variant<wire::StyleConverted, wire::Said> convertStyle(const wire::ConvertStyle& convert) {
    const char* type = convert.geometry == "point"     ? "Point"
                       : convert.geometry == "line"    ? "LineString"
                       : convert.geometry == "polygon" ? "Polygon"
                                                       : nullptr;
    if (!type)
        return unreadable(QStringLiteral("geometry \"%1\"").arg(QString::fromStdString(convert.geometry)));
    if (convert.text.size() > longestStyle)
        return unreadable(QStringLiteral("longer than 8 MiB"));
    QgsVectorLayer layer(QLatin1String(type), QStringLiteral("style"), QStringLiteral("memory"));
    return convert.toQml ? toQml(layer, convert) : fromQml(layer, convert);
}

} // namespace vedette::cartographer
