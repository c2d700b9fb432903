// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/sheet_features.h"

#include "layers/rows.h"
#include "map/feature_look.h"
#include "map/sheet_areas.h"
#include "map/theme.h"
#include "sheet_wkb.h"

#include <QBuffer>

#include <algorithm>
#include <cmath>

namespace vedette::map {

namespace {

constexpr double millimetresPerPixel = 25.4 / 96;

std::string colourText(layers::Argb argb, double opacity) {
    QColor colour = QColor::fromRgba(argb);
    colour.setAlphaF(float(colour.alphaF() * std::clamp(opacity, 0.0, 1.0)));
    return colour.name(QColor::HexArgb).toStdString();
}

const char* geometryOf(layers::Shape shape) {
    return shape == layers::Shape::point ? "point" : shape == layers::Shape::line ? "line" : "polygon";
}

std::string nameOf(const std::string& layer, const layers::LayerStyle& style, const layers::StyleClass& one) {
    const std::string& own = !one.label.empty() ? one.label : !one.value.empty() ? one.value : one.filter;
    return style.classes.size() < 2 || own.empty() ? layer : layer + " · " + own;
}

void takeScales(SheetAreas& to, const ScaleRange& range) {
    to.nearest = range.nearest / metresPerPixelAt(1), to.farthest = range.farthest / metresPerPixelAt(1);
}

} // namespace

std::vector<SheetAreas> sheetFeatures(const FeatureLayer& layer, const layers::Box& within) {
    std::vector<SheetAreas> out;
    if (!layer.visible || !layer.look || layer.opacity <= 0)
        return out;
    const FeatureLook& look = *layer.look;
    const int labels = look.style.label.column.empty() ? -1 : look.snapshot.field(look.style.label.column);
    for (std::size_t index = look.style.classes.size(); index-- > 0;) {
        const layers::StyleClass& one = look.style.classes[index];
        for (const layers::Shape shape : {layers::Shape::polygon, layers::Shape::line, layers::Shape::point}) {
            SheetAreas made;
            for (std::size_t feature = 0; feature < look.classOf.size(); ++feature)
                if (look.classOf[feature] == index && look.snapshot.shape(feature) == shape &&
                    look.snapshot.box(feature).intersects(within))
                    made.shapes.push_back(
                        {labels < 0 ? std::string() : std::string(look.snapshot.text(feature, labels)),
                         wkbOf(look.snapshot, feature)});
            if (made.shapes.empty())
                continue;
            made.title = nameOf(layer.name.toStdString(), look.style, one);
            made.geometry = geometryOf(shape);
            made.fill = colourText(one.fill, layer.opacity), made.outline = colourText(one.outline, layer.opacity);
            made.width = std::clamp(one.width * millimetresPerPixel, 0.0, 20.0);
            made.marker = layers::toString(one.marker);
            made.size = std::clamp(one.size * millimetresPerPixel, 0.2, 50.0);
            takeScales(made, layer.range);
            out.push_back(std::move(made));
        }
    }
    return out;
}

std::vector<SheetAreas> sheetClasses(const layers::Areas& areas, const AreaLayer& layer,
                                     const layers::LayerStyle& style, const std::string& filter,
                                     const std::string& title, const layers::Box& within) {
    std::vector<SheetAreas> out;
    if (style.kind == layers::StyleKind::single)
        return out;
    const layers::AreaRows rows = layers::rowsOf(areas, layer.kind, layer.exclusive);
    const layers::Classified sorted = sortedBy(style, rows.rows, filter);
    for (std::size_t index = style.classes.size(); index-- > 0;) {
        SheetAreas made;
        for (std::size_t row = 0; row < rows.indices.size(); ++row)
            if (sorted.classOf[row] == index && areas[rows.indices[row]].box.intersects(within))
                made.shapes.push_back({std::string(), wkbOf(areas, rows.indices[row])});
        if (made.shapes.empty())
            continue;
        made.title = nameOf(title, style, style.classes[index]);
        made.fill = colourText(style.classes[index].fill, layer.opacity), made.outline = "#00ffffff",
        made.width = 0;
        takeScales(made, layer.range);
        out.push_back(std::move(made));
    }
    return out;
}

SheetImage sheetHeat(const HeatLayer& heat, const layers::Box& within) {
    SheetImage out;
    if (!heat.surface || !heat.visible || heat.opacity <= 0 || !heat.surface->extent.intersects(within))
        return out;
    const layers::HeatSurface& surface = *heat.surface;
    const double across = surface.extent.width() / surface.width, down = surface.extent.height() / surface.height;
    if (!(across > 0) || !(down > 0))
        return out;
    // Whole pixels, one more on each side: the picture is smoothed over its rim.
    const auto cell = [](double at, double size, int last) {
        return std::clamp(int(std::floor(at / size)), 0, last);
    };
    const int left = cell(within.minX - surface.extent.minX - across, across, surface.width - 1);
    const int right = cell(within.maxX - surface.extent.minX + across, across, surface.width - 1);
    const int top = cell(surface.extent.maxY - within.maxY - down, down, surface.height - 1);
    const int bottom = cell(surface.extent.maxY - within.minY + down, down, surface.height - 1);
    QImage image(right - left + 1, bottom - top + 1, QImage::Format_ARGB32);
    bool any = false;
    for (int y = top; y <= bottom; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y - top));
        for (int x = left; x <= right; ++x) {
            const float value = surface.values[std::size_t(y) * std::size_t(surface.width) + std::size_t(x)];
            QColor colour = heatColour(value / heat.scaleMax, Theme::light);
            colour.setAlphaF(float(colour.alphaF() * heat.opacity));
            line[x - left] = colour.rgba();
            any = any || colour.alpha() > 0;
        }
    }
    if (!any)
        return out;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!image.save(&buffer, "PNG"))
        return out;
    out.png.assign(bytes.begin(), bytes.end());
    out.minX = surface.extent.minX + left * across, out.maxX = surface.extent.minX + (right + 1) * across;
    out.maxY = surface.extent.maxY - top * down, out.minY = surface.extent.maxY - (bottom + 1) * down;
    return out;
}

std::vector<SheetAreas> sheetHeatLegend(const HeatLayer& heat, const std::string& title,
                                        const std::function<std::string(double)>& words) {
    std::vector<SheetAreas> out;
    for (const double share : {0.25, 0.5, 0.75, 1.0}) { // the last stands on top
        QColor colour = heatColour(share, Theme::light);
        colour.setAlphaF(float(colour.alphaF() * heat.opacity));
        SheetAreas made;
        made.title = title + " · " + (share < 1 ? "" : "≥ ") + words(share * heat.scaleMax);
        made.fill = colour.name(QColor::HexArgb).toStdString(), made.outline = "#00ffffff", made.width = 0;
        out.push_back(std::move(made));
    }
    return out;
}

} // namespace vedette::map
