// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet_layers.h"

#include <qgsbilinearrasterresampler.h>
#include <qgscategorizedsymbolrenderer.h>
#include <qgsfillsymbol.h>
#include <qgslinesymbol.h>
#include <qgsmarkersymbol.h>
#include <qgspallabeling.h>
#include <qgsrasterresamplefilter.h>
#include <qgssinglesymbolrenderer.h>
#include <qgsvectordataprovider.h>
#include <qgsvectorlayerlabeling.h>

#include <QDir>
#include <QFile>
#include <QImage>

namespace vedette::cartographer {

namespace {

QgsGeometry geometryOf(const std::vector<std::uint8_t>& wkb) {
    QgsGeometry geometry;
    if (!wkb.empty())
        geometry.fromWkb(QByteArray(reinterpret_cast<const char*>(wkb.data()), static_cast<int>(wkb.size())));
    return geometry;
}

void label(QgsVectorLayer& layer, const QString& font, double points, bool besidePoint) {
    QgsTextFormat format;
    format.setFont(QFont(font));
    format.setSize(points);
    format.setSizeUnit(QgsUnitTypes::RenderPoints);
    format.setColor(QColor(20, 28, 38));
    QgsTextBufferSettings halo;
    halo.setEnabled(true);
    halo.setSize(0.6);
    halo.setColor(Qt::white);
    format.setBuffer(halo);
    QgsPalLayerSettings settings;
    settings.fieldName = QStringLiteral("label");
    settings.setFormat(format);
    if (besidePoint) {
        settings.placement = QgsPalLayerSettings::OrderedPositionsAroundPoint;
        settings.dist = 1.2;
        settings.priority = 9;
    } else {
        settings.placement = QgsPalLayerSettings::Horizontal;
        settings.fitInPolygonOnly = false;
        settings.centroidInside = true;
    }
    layer.setLabeling(new QgsVectorLayerSimpleLabeling(settings));
    layer.setLabelsEnabled(true);
}

QgsFillSymbol* fillSymbol(const QColor& fill, const QColor& outline, double width) {
    return QgsFillSymbol::createSimple(
        {{QStringLiteral("color"), colourText(fill)},
         {QStringLiteral("style"), fill.alpha() == 0 ? QStringLiteral("no") : QStringLiteral("solid")},
         {QStringLiteral("outline_color"), colourText(outline)},
         {QStringLiteral("outline_width"), QString::number(width)},
         {QStringLiteral("joinstyle"), QStringLiteral("round")}});
}

} // namespace

QColor colourOf(const std::string& text) {
    const QColor colour(QString::fromStdString(text));
    return colour.isValid() ? colour : QColor(Qt::black);
}

QString colourText(const QColor& colour) {
    return QStringLiteral("%1,%2,%3,%4")
        .arg(colour.red())
        .arg(colour.green())
        .arg(colour.blue())
        .arg(colour.alpha());
}

SheetLayers::SheetLayers(const wire::Print& print, const QgsCoordinateReferenceSystem& crs,
                         const QString& font) {
    if (!print.image.png.empty())
        addImage(print.image, crs);
    for (const wire::SheetLayer& layer : print.layers)
        addShapes(layer, crs, font);
    focus_ = add(QStringLiteral("MultiPolygon"), {}, crs);
    focus_->setRenderer(
        new QgsSingleSymbolRenderer(fillSymbol(QColor(0, 0, 0, 0), QColor(214, 40, 40), 1.0)));
    if (!print.marks.empty())
        addMarks(print, crs, font);
}

QgsVectorLayer* SheetLayers::add(const QString& geometry, const QString& title,
                                 const QgsCoordinateReferenceSystem& crs) {
    auto layer = std::make_unique<QgsVectorLayer>(
        geometry + QStringLiteral("?field=label:string&field=kind:integer"), title, QStringLiteral("memory"));
    layer->setCrs(crs);
    layers_.push_back(std::move(layer));
    return layers_.back().get();
}

// With a world file beside it (six lines: pixel, turns, the middle of the first pixel), as GDAL reads any picture.
void SheetLayers::addImage(const wire::SheetImage& image, const QgsCoordinateReferenceSystem& crs) {
    const auto fail = [this] { problems.push_back({"sheetImageUnreadable", {}}); };
    const QImage picture = QImage::fromData(image.png.data(), static_cast<int>(image.png.size()), "PNG");
    if (picture.isNull())
        return fail();
    const double across = (image.maxX - image.minX) / picture.width(), down = (image.maxY - image.minY) / picture.height();
    const QString path = QDir::temp().filePath(QStringLiteral("sheet-image.png"));
    QFile file(path), world(QDir::temp().filePath(QStringLiteral("sheet-image.pgw")));
    if (!file.open(QIODevice::WriteOnly) || !world.open(QIODevice::WriteOnly))
        return fail();
    file.write(reinterpret_cast<const char*>(image.png.data()), static_cast<qint64>(image.png.size()));
    file.close();
    for (const double line : {across, 0.0, 0.0, -down, image.minX + across / 2, image.maxY - down / 2})
        world.write(QByteArray::number(line, 'g', 17) + '\n');
    world.close();
    image_ = std::make_unique<QgsRasterLayer>(path, QString(), QStringLiteral("gdal"));
    if (!image_->isValid()) {
        image_.reset();
        return fail();
    }
    image_->setCrs(crs);
    if (auto* filter = image_->resampleFilter())
        filter->setZoomedInResampler(new QgsBilinearRasterResampler());
}

void SheetLayers::addShapes(const wire::SheetLayer& from, const QgsCoordinateReferenceSystem& crs,
                            const QString& font) {
    const bool point = from.geometry == "point", line = from.geometry == "line";
    const auto type = point  ? QgsWkbTypes::PointGeometry
                      : line ? QgsWkbTypes::LineGeometry
                             : QgsWkbTypes::PolygonGeometry;
    auto* layer = add(point  ? QStringLiteral("MultiPoint")
                      : line ? QStringLiteral("MultiLineString")
                             : QStringLiteral("MultiPolygon"),
                      QString::fromStdString(from.title), crs);
    QgsFeatureList features;
    int unreadable = 0;
    bool named = false;
    for (const wire::SheetShape& shape : from.shapes) {
        QgsGeometry geometry = geometryOf(shape.wkb);
        if (geometry.isNull() || geometry.type() != type) {
            ++unreadable;
            continue;
        }
        geometry.convertToMultiType();
        QgsFeature feature(layer->fields());
        feature.setGeometry(geometry);
        feature.setAttribute(0, QString::fromStdString(shape.label));
        named = named || !shape.label.empty();
        features << feature;
    }
    layer->dataProvider()->addFeatures(features);
    layer->updateExtents();
    const QString outline = colourText(colourOf(from.outline)), width = QString::number(from.width);
    QgsSymbol* symbol = nullptr;
    if (point)
        symbol = QgsMarkerSymbol::createSimple({{QStringLiteral("name"), QString::fromStdString(from.marker)},
                                                {QStringLiteral("size"), QString::number(from.size)},
                                                {QStringLiteral("color"), colourText(colourOf(from.fill))},
                                                {QStringLiteral("outline_color"), outline},
                                                {QStringLiteral("outline_width"), width}});
    else if (line)
        symbol = QgsLineSymbol::createSimple(
            {{QStringLiteral("line_color"), outline}, {QStringLiteral("line_width"), width}});
    else
        symbol = fillSymbol(colourOf(from.fill), colourOf(from.outline), from.width);
    layer->setRenderer(new QgsSingleSymbolRenderer(symbol));
    if (from.nearest > 0 || from.farthest > 0)
        ranges_[layer] = {from.nearest, from.farthest};
    if (named)
        label(*layer, font, 7, point);
    if (unreadable > 0)
        problems.push_back(
            {"sheetShapesUnreadable", {{"layer", from.title}, {"count", std::to_string(unreadable)}}});
}

void SheetLayers::addMarks(const wire::Print& print, const QgsCoordinateReferenceSystem& crs,
                           const QString& font) {
    auto* layer = add(QStringLiteral("Point"), {}, crs);
    QgsFeatureList features;
    for (const wire::SheetMark& mark : print.marks) {
        QgsFeature feature(layer->fields());
        feature.setGeometry(QgsGeometry::fromPointXY({mark.x, mark.y}));
        feature.setAttribute(0, QString::fromStdString(mark.label));
        feature.setAttribute(1, static_cast<int>(mark.kind));
        features << feature;
    }
    layer->dataProvider()->addFeatures(features);
    layer->updateExtents();
    QgsCategoryList kinds;
    for (std::size_t i = 0; i < print.markKinds.size(); ++i) {
        const wire::MarkKind& kind = print.markKinds[i];
        auto* symbol = QgsMarkerSymbol::createSimple(
            {{QStringLiteral("name"), QString::fromStdString(kind.shape)},
             {QStringLiteral("color"), colourText(colourOf(kind.colour))},
             {QStringLiteral("outline_color"), QStringLiteral("255,255,255,255")},
             {QStringLiteral("outline_width"), QStringLiteral("0.3")},
             {QStringLiteral("size"), QStringLiteral("3.4")}});
        kinds << QgsRendererCategory(static_cast<int>(i), symbol, QString::fromStdString(kind.title));
    }
    layer->setRenderer(new QgsCategorizedSymbolRenderer(QStringLiteral("kind"), kinds));
    label(*layer, font, 7, true);
}

void SheetLayers::setFocus(const std::vector<std::uint8_t>& wkb) {
    auto* data = focus_->dataProvider();
    data->truncate();
    QgsGeometry geometry = geometryOf(wkb);
    if (geometry.isNull() || geometry.type() != QgsWkbTypes::PolygonGeometry)
        return;
    geometry.convertToMultiType();
    QgsFeature feature(focus_->fields());
    feature.setGeometry(geometry);
    QgsFeatureList features{feature};
    data->addFeatures(features);
    focus_->updateExtents();
}

QList<QgsMapLayer*> SheetLayers::topFirst() const {
    QList<QgsMapLayer*> all;
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer)
        all << layer->get();
    if (image_)
        all << image_.get();
    return all;
}

// QGIS's own range leaves its ends out, by rounding or not: a sheet at 1 : 5 000 has what reaches to 1 : 5 000.
bool SheetLayers::shows(const QgsMapLayer* layer, double scale) const {
    const auto found = ranges_.find(layer);
    if (found == ranges_.end())
        return layer->isInScaleRange(scale);
    const Range& range = found->second;
    return scale >= range.nearest * (1 - 1e-6) && (range.farthest <= 0 || scale <= range.farthest * (1 + 1e-6));
}

QList<QgsMapLayer*> SheetLayers::forLegend() const {
    auto all = topFirst();
    all.removeAll(focus_);
    if (image_)
        all.removeAll(image_.get());
    return all;
}

} // namespace vedette::cartographer
