// SPDX-License-Identifier: GPL-3.0-or-later
#include "last_ground.h"

#include <cmath>
#include <cstring>
#include <utility>

namespace vedette::map {

namespace {

bool same(const AreaLayer& a, const AreaLayer& b) {
    return a.kind == b.kind && a.exclusive == b.exclusive && a.visible == b.visible &&
           a.opacity == b.opacity && a.range == b.range && a.tints == b.tints &&
           a.style.fill == b.style.fill && a.style.outline == b.style.outline &&
           a.style.outlineWidth == b.style.outlineWidth &&
           a.style.labelFromMetresPerPixel == b.style.labelFromMetresPerPixel;
}

bool same(const LineLayer& a, const LineLayer& b) {
    return a.visible == b.visible && a.colour == b.colour && a.width == b.width && a.opacity == b.opacity &&
           a.range == b.range &&
           std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
                      [](const auto& one, const auto& other) { return &one.extent() == &other.extent(); });
}

bool same(const HeatLayer& a, const HeatLayer& b) {
    return a.visible == b.visible && a.surface == b.surface && a.scaleMax == b.scaleMax &&
           a.opacity == b.opacity && a.range == b.range;
}

bool same(const Scene& a, const Scene& b) {
    return a.theme == b.theme && &a.areas.extent() == &b.areas.extent() && same(a.roads, b.roads) &&
           same(a.heat, b.heat) && a.tints == b.tints && a.order == b.order && a.features == b.features &&
           a.basemapOpacity == b.basemapOpacity && a.basemapRange == b.basemapRange &&
           a.tintsRange == b.tintsRange &&
           std::equal(a.areaLayers.begin(), a.areaLayers.end(), b.areaLayers.begin(), b.areaLayers.end(),
                      [](const auto& one, const auto& other) { return same(one, other); });
}

} // namespace

std::optional<QPoint> LastGround::moved(const Scene& scene, const View& view,
                                        const std::optional<Renderer::Basemap>& basemap, QSize size) const {
    if (picture_.size() != size || view.metresPerPixel != view_.metresPerPixel || view.size != view_.size ||
        view.devicePixelRatio != view_.devicePixelRatio || view.rotation != view_.rotation ||
        !same(scene, scene_) || (basemap ? basemap->image.cacheKey() : 0) != basemapImage_ ||
        (basemap && basemap->view != basemapView_))
        return {};
    const double pixel = view.metresPerPixel / view.devicePixelRatio;
    const QPointF by = view.rotation.turn(
        {(view_.centre.x - view.centre.x) / pixel, (view.centre.y - view_.centre.y) / pixel});
    const double right = by.x(), down = by.y();
    constexpr double whole = 1e-4; // of a pixel: far below what a table of lines tells apart
    if (!(std::abs(right) < size.width() && std::abs(down) < size.height()) ||
        std::abs(right - std::round(right)) > whole || std::abs(down - std::round(down)) > whole)
        return {};
    return QPoint(int(std::round(right)), int(std::round(down)));
}

QImage LastGround::scrolled(QPoint by) const {
    QImage result(picture_.size(), QImage::Format_RGB32);
    if (result.isNull())
        return result;
    const int width = picture_.width() - std::abs(by.x());
    const int to = std::max(by.x(), 0), from = std::max(-by.x(), 0);
    for (int y = std::max(by.y(), 0); y < picture_.height() + std::min(by.y(), 0); ++y)
        std::memcpy(result.scanLine(y) + 4 * to, picture_.constScanLine(y - by.y()) + 4 * from,
                    std::size_t(width) * 4);
    under_->putBack(result, by);
    return result;
}

void LastGround::keep(const QImage& picture, std::shared_ptr<const UnderNames> under, bool whole, const Scene& scene,
                      const View& view, const std::optional<Renderer::Basemap>& basemap) {
    picture_ = picture;
    under_ = std::move(under);
    whole_ = whole;
    scene_ = scene;
    view_ = view;
    basemapImage_ = basemap ? basemap->image.cacheKey() : 0;
    basemapView_ = basemap ? basemap->view : View{};
}

std::vector<QRect> bared(QSize size, QPoint by) {
    std::vector<QRect> result;
    const int rows = std::abs(by.y()), columns = std::abs(by.x());
    if (rows > 0)
        result.emplace_back(0, by.y() > 0 ? 0 : size.height() - rows, size.width(), rows);
    if (columns > 0 && rows < size.height())
        result.emplace_back(by.x() > 0 ? 0 : size.width() - columns, std::max(by.y(), 0), columns,
                            size.height() - rows);
    return result;
}

} // namespace vedette::map
