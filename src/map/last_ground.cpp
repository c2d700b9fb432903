// SPDX-License-Identifier: GPL-3.0-or-later
#include "last_ground.h"

#include <atomic>
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
    if (last_.picture.size() != size || view.metresPerPixel != view_.metresPerPixel || view.size != view_.size ||
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

// Whether the memory of the picture before the last is nobody else's any more.
bool LastGround::isFree(QSize size) {
    before_.picture = {};
    if (!before_.ring || before_.ring->size() != size || before_.ring.use_count() != 1)
        return false;
    std::atomic_thread_fence(std::memory_order_acquire); // after the last look at it by who let go of it
    return true;
}

QImage LastGround::begin(QSize size, bool free, std::ptrdiff_t offset) {
    making_ = {{}, nullptr, free ? std::move(before_.ring) : PixelRing::of(size), offset};
    before_ = {};
    between_.reset();
    return making_.ring ? PixelRing::picture(making_.ring, offset) : QImage(size, QImage::Format_RGB32);
}

QImage LastGround::blank(QSize size) {
    moving_.reset();
    return begin(size, isFree(size), 0);
}

void LastGround::giveBack(QImage picture) {
    picture = {};
    before_ = std::exchange(making_, {});
    before_.under.reset();
}

void LastGround::rest() {
    before_ = {};
    between_.reset();
    if (last_.ring)
        last_.ring->rest();
}

QImage LastGround::scrolled(QPoint by) {
    const QSize size = last_.picture.size();
    const QPoint all = between_.value_or(QPoint()) + by;
    const bool free = isFree(size);
    const bool carried =
        free && between_ && before_.under && std::abs(all.x()) < size.width() && std::abs(all.y()) < size.height();
    const auto under = carried ? before_.under : nullptr;
    QImage result =
        begin(size, free, carried ? before_.offset - all.y() * std::ptrdiff_t(size.width()) - all.x() : 0);
    if (result.isNull())
        return result;
    moving_ = by;
    if (under)
        under->putBack(result, all);
    for (const QRect& part : under ? bared(size, all) : std::vector{QRect({}, size)}) {
        const QRect known = part & QRect(by, size);
        for (int y = known.top(); y <= known.bottom(); ++y)
            std::memcpy(result.scanLine(y) + 4 * known.left(),
                        last_.picture.constScanLine(y - by.y()) + 4 * (known.left() - by.x()),
                        std::size_t(known.width()) * 4);
    }
    last_.under->putBack(result, by);
    return result;
}

void LastGround::keep(const QImage& picture, std::shared_ptr<const UnderNames> under, bool whole, const Scene& scene,
                      const View& view, const std::optional<Renderer::Basemap>& basemap) {
    before_ = std::exchange(last_, {picture, std::move(under), std::move(making_.ring), making_.offset});
    between_ = std::exchange(moving_, {});
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
