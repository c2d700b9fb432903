// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/renderer.h"

#include "area_borders.h"
#include "area_labels.h"
#include "area_painter.h"
#include "feature_painter.h"
#include "heat_painter.h"
#include "last_ground.h"
#include "names_give_way.h"
#include "overlay_layout.h"
#include "overlay_painter.h"
#include "road_painter.h"

#include <QPainter>

#include <array>
#include <cmath>
#include <map>
#include <thread>

namespace vedette::map {

namespace {

// A strip of the picture and its lines' coverage stay in a core's own cache while every layer is laid over it: drawn in
// halves, waiting for memory was most of a frame.
constexpr int stripPixels = 100'000, threads = 2;
using LayerKey = AreaBorders::Layer;

// The same handle's extent lies at the same address as long as someone holds it, and the caches do.
const void* identity(const layers::Snapshot& snapshot) {
    return &snapshot.extent();
}

void paintBasemap(QPainter& painter, const Band& band, const Renderer::Basemap& basemap) {
    const View& from = basemap.view;
    if (from.rotation != band.view.rotation) {
        // The picture's pixels may be coarser than the view's: see CartographerClient::frameReady.
        const double ratio = band.view.devicePixelRatio;
        painter.setTransform(QTransform::fromScale(double(from.size.width()) / basemap.image.width(),
                                                   double(from.size.height()) / basemap.image.height()) *
                             band.view.placing(from) * QTransform::fromScale(ratio, ratio) *
                             QTransform::fromTranslate(-band.left, -band.top));
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(QRectF(basemap.image.rect()), basemap.image, QRectF(basemap.image.rect()));
        painter.resetTransform();
        return;
    }
    const auto topLeft = band.mapToScreen(from.viewToMap({0, 0}));
    const auto bottomRight =
        band.mapToScreen(from.viewToMap({double(from.size.width()), double(from.size.height())}));
    const QRectF target(topLeft, bottomRight);
    const QImage& image = basemap.image;
    const bool asIs =
        std::abs(target.width() - image.width()) < 0.01 && std::abs(target.height() - image.height()) < 0.01;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !asIs);
    if (asIs)
        painter.drawImage(QPoint(qRound(target.x()), qRound(target.y())), image,
                          QRect(0, 0, image.width(), image.height()));
    else
        painter.drawImage(target, image, QRectF(image.rect()));
}

std::vector<Piece> usualOrder(const Scene& scene) {
    std::vector<Piece> order{{Piece::Kind::tints, 0}, {Piece::Kind::roads, 0}, {Piece::Kind::heat, 0}};
    for (std::size_t i = 0; i < scene.areaLayers.size(); ++i)
        order.push_back({Piece::Kind::area, i});
    for (std::size_t i = 0; i < scene.features.size(); ++i)
        order.push_back({Piece::Kind::feature, i});
    return order;
}

QSize pixelsOf(const View& view) {
    const double ratio = view.devicePixelRatio;
    return {std::max(1, int(std::lround(view.size.width() * ratio))),
            std::max(1, int(std::lround(view.size.height() * ratio)))};
}

QColor faded(QColor colour, double opacity) {
    colour.setAlphaF(float(colour.alphaF() * std::clamp(opacity, 0.0, 1.0)));
    return colour;
}

} // namespace

struct Renderer::Impl {
    std::shared_ptr<const AreaBorders> borders;
    std::vector<layers::Snapshot> roadSources;
    RoadLines roads;
    AreaLabels labels;
    std::array<Masks, threads> masks;
    LastGround last;
    std::optional<HeatLook> heat; // of the frame being drawn
    std::map<const void*, std::shared_ptr<const FeatureShapes>> shapes; // by the snapshot's identity

    bool prepare(const Scene& scene, const View& view, const std::atomic<bool>* cancel);
    bool prepareFeatures(const Scene& scene, const View& view, const std::atomic<bool>* cancel);
    void paintFeatureLayer(QImage& strip, Masks& masks, const Band& band, const FeatureLayer& layer, Theme theme,
                           bool selection) const;
    void prepareAreas(const Scene& scene, const std::atomic<bool>* cancel);
    void prepareRoads(const Scene& scene);
    void paintGround(QImage& ground, const QRect& part, const Scene& scene, const View& view,
                     const std::optional<Basemap>& basemap, const std::atomic<bool>* cancel, const EarlyStrips& early = {});
    void paintBand(QImage& strip, Masks& masks, const Band& band, const Scene& scene,
                   const std::optional<Basemap>& basemap) const;
};

void Renderer::Impl::prepareAreas(const Scene& scene, const std::atomic<bool>* cancel) {
    if (auto of = AreaBorders::of(scene.areas); of != borders) {
        borders = std::move(of);
        labels.forget();
    }
    std::vector<LayerKey> missing;
    for (const auto& layer : scene.areaLayers)
        if (const LayerKey key{layer.kind, layer.exclusive}; layer.visible && !borders->ready(key))
            missing.push_back(key);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i; !(cancel && *cancel) && (i = next++) < missing.size();)
            borders->make(missing[i]);
    };
    if (missing.size() > 1) {
        std::thread other(work);
        work();
        other.join();
    } else {
        work();
    }
}

void Renderer::Impl::prepareRoads(const Scene& scene) {
    if (!scene.roads.visible)
        return;
    const auto& lines = scene.roads.lines;
    bool same = lines.size() == roadSources.size();
    for (std::size_t i = 0; same && i < lines.size(); ++i)
        same = identity(lines[i]) == identity(roadSources[i]);
    if (same)
        return;
    roadSources = lines;
    roads = RoadLines::of(lines);
}

// False when cancelled: what is missing then must not be drawn without.
bool Renderer::Impl::prepareFeatures(const Scene& scene, const View& view, const std::atomic<bool>* cancel) {
    decltype(shapes) wanted;
    for (const FeatureLayer& layer : scene.features) {
        if (!layer.look)
            continue;
        const void* const key = identity(layer.look->snapshot);
        if (const auto at = shapes.find(key); at != shapes.end()) {
            wanted.insert(*at);
        } else if (layer.visible && layer.range.shows(view.metresPerPixel)) {
            auto made = FeatureShapes::of(layer.look->snapshot, cancel);
            if (!made)
                return false;
            wanted.emplace(key, std::move(made));
        }
    }
    shapes = std::move(wanted);
    return true;
}

void Renderer::Impl::paintFeatureLayer(QImage& strip, Masks& masks, const Band& band, const FeatureLayer& layer,
                                       Theme theme, bool selection) const {
    if (!layer.look || !layer.visible || !layer.range.shows(band.view.metresPerPixel))
        return;
    const auto& found = *shapes.at(identity(layer.look->snapshot));
    if (selection)
        paintSelected(strip, masks, band, layer, found, theme);
    else
        paintFeatures(strip, masks, band, layer, found);
}

void Renderer::Impl::paintBand(QImage& strip, Masks& masks, const Band& band, const Scene& scene,
                               const std::optional<Basemap>& basemap) const {
    strip.fill(groundColour(scene.theme));
    const auto painting = [&](auto&& paint) {
        if (band.cancelled())
            return;
        QPainter painter(&strip);
        painter.setRenderHint(QPainter::Antialiasing);
        paint(painter);
    };
    const auto eachLayer = [&](auto&& paint) {
        for (const auto& layer : scene.areaLayers) {
            if (band.cancelled())
                return;
            if (layer.visible && layer.opacity > 0 && layer.range.shows(band.view.metresPerPixel))
                if (const Borders* lines = borders->ready({layer.kind, layer.exclusive}))
                    paint(layer, *lines);
        }
    };
    painting([&](QPainter& painter) {
        if (basemap && !basemap->image.isNull() && scene.basemapRange.shows(band.view.metresPerPixel)) {
            painter.setOpacity(std::clamp(scene.basemapOpacity, 0.0, 1.0));
            paintBasemap(painter, band, *basemap);
        }
    });
    eachLayer([&](const AreaLayer& layer, const Borders& lines) {
        // An opaque fill would hide the basemap that the user chose.
        const int alpha = layer.style.fill.alpha();
        if (alpha > 0 && !(basemap && alpha == 255))
            fillAreas(strip, masks, band, lines, faded(layer.style.fill, layer.opacity));
    });
    const double metres = band.view.metresPerPixel;
    const auto lines = [&](const AreaLayer& layer) {
        if (!layer.visible || layer.opacity <= 0 || !layer.range.shows(metres))
            return;
        if (layer.tints)
            painting([&](QPainter& painter) { tintAreas(painter, band, scene.areas, *layer.tints); });
        const Borders* found = borders->ready({layer.kind, layer.exclusive});
        if (found && layer.style.outline.alpha() > 0 && layer.style.outlineWidth > 0)
            strokeAreas(strip, masks, band, *found, faded(layer.style.outline, layer.opacity),
                        layer.style.outlineWidth);
    };
    for (const Piece& piece : scene.order.empty() ? usualOrder(scene) : scene.order) {
        if (band.cancelled())
            return;
        switch (piece.kind) {
        case Piece::Kind::tints:
            if (scene.tints && scene.tintsRange.shows(metres))
                painting([&](QPainter& painter) { tintAreas(painter, band, scene.areas, *scene.tints); });
            break;
        case Piece::Kind::roads:
            if (scene.roads.visible && !basemap && scene.roads.range.shows(metres))
                roads.paint(strip, masks, band,
                            faded(scene.roads.colour.isValid() ? scene.roads.colour : roadColour(scene.theme),
                                  scene.roads.opacity),
                            scene.roads.width);
            break;
        case Piece::Kind::heat:
            if (scene.heat.visible && scene.heat.range.shows(metres))
                paintHeat(strip, band, scene.heat, *heat);
            break;
        case Piece::Kind::area:
            if (piece.index < scene.areaLayers.size())
                lines(scene.areaLayers[piece.index]);
            break;
        case Piece::Kind::feature:
            if (piece.index < scene.features.size())
                paintFeatureLayer(strip, masks, band, scene.features[piece.index], scene.theme, false);
            break;
        }
    }
    for (const FeatureLayer& layer : scene.features)
        paintFeatureLayer(strip, masks, band, layer, scene.theme, true);
}

Renderer::Renderer() : impl_(std::make_unique<Impl>()) {}
Renderer::~Renderer() = default;

// Two threads take strips until none is left.
void Renderer::Impl::paintGround(QImage& ground, const QRect& part, const Scene& scene, const View& view,
                                 const std::optional<Basemap>& basemap, const std::atomic<bool>* cancel,
                                 const EarlyStrips& early) {
    uchar* const bits = ground.bits(); // detached here, once, before two threads write to it
    const auto stride = ground.bytesPerLine();
    const int strips = std::clamp(part.width() * part.height() / stripPixels, 1, part.height());
    std::atomic<int> next{0};
    const auto topOf = [&](int strip) { return part.top() + part.height() * strip / strips; };
    const auto imageOf = [&](int strip) {
        return QImage(bits + topOf(strip) * stride + part.left() * 4, part.width(), topOf(strip + 1) - topOf(strip), stride,
                      QImage::Format_RGB32);
    };
    const auto count = std::size_t(strips);
    std::vector<std::atomic<bool>> done(count);
    const auto paint = [&](Masks& own, auto&& after) {
        for (int strip; (strip = next++) < strips;) {
            QImage piece = imageOf(strip);
            const Band band{view, part.left(), topOf(strip), part.width(), piece.height(), cancel};
            paintBand(piece, own, band, scene, basemap);
            done[std::size_t(strip)].store(true, std::memory_order_release);
            after();
        }
    };
    if (strips == 1)
        return paint(masks[0], [] {});
    std::vector<bool> given(count, false);
    auto since = std::chrono::steady_clock::now();
    const auto give = [&] {
        if (!early.show || next >= strips || (cancel && *cancel) ||
            std::chrono::steady_clock::now() - since < early.every)
            return;
        std::vector<FrameStrip> finished;
        for (int strip = 0; strip < strips; ++strip)
            if (done[std::size_t(strip)].load(std::memory_order_acquire) && !given[std::size_t(strip)]) {
                finished.push_back({imageOf(strip).copy(), topOf(strip)});
                given[std::size_t(strip)] = true;
            }
        early.show(std::move(finished));
        since = std::chrono::steady_clock::now();
    };
    std::thread other([&] { paint(masks[1], [] {}); });
    paint(masks[0], give);
    other.join();
}

// False when cancelled.
bool Renderer::Impl::prepare(const Scene& scene, const View& view, const std::atomic<bool>* cancel) {
    prepareAreas(scene, cancel);
    if (cancel && *cancel)
        return false;
    prepareRoads(scene);
    if (!prepareFeatures(scene, view, cancel))
        return false;
    if (scene.heat.visible && !(heat && heat->isOf(scene.heat, scene.theme)))
        heat.emplace(scene.heat, scene.theme);
    return true;
}

QImage Renderer::renderRough(const Scene& scene, const View& view, const std::optional<Basemap>& basemap,
                             const std::atomic<bool>* cancel) {
    if (!impl_->prepare(scene, view, cancel))
        return {};
    View rough = view;
    rough.devicePixelRatio /= 2;
    QImage frame(pixelsOf(rough), QImage::Format_RGB32);
    if (frame.isNull())
        return {};
    impl_->paintGround(frame, QRect({}, frame.size()), scene, rough, basemap, cancel);
    frame.setDevicePixelRatio(rough.devicePixelRatio);
    return cancel && *cancel ? QImage() : frame;
}

QImage Renderer::render(const Scene& scene, const View& view, const std::optional<Basemap>& basemap,
                        const std::atomic<bool>* cancel, const EarlyStrips& early) {
    if (!impl_->prepare(scene, view, cancel))
        return {};
    const QSize size = pixelsOf(view);
    LastGround& last = impl_->last;
    const std::optional<QPoint> moved = last.moved(scene, view, basemap, size);
    if (moved && moved->isNull())
        if (const QImage whole = last.whole(); !whole.isNull())
            return whole;
    QImage frame = moved ? last.scrolled(*moved) : last.blank(size);
    if (frame.isNull())
        return {};
    for (const QRect& part : moved ? bared(size, *moved) : std::vector{QRect({}, size)})
        impl_->paintGround(frame, part, scene, view, basemap, cancel, moved ? EarlyStrips() : early);
    if (cancel && *cancel) {
        last.giveBack(std::move(frame));
        return {};
    }
    frame.setDevicePixelRatio(view.devicePixelRatio);
    auto under = std::make_shared<UnderNames>();
    Crowd taken;
    impl_->labels.paint(frame, *under, taken, scene, view, cancel);
    labelFeatures(frame, *under, taken, scene, view, cancel);
    markUnreadable(frame, *under, scene, view);
    const bool whole = !(cancel && *cancel);
    last.keep(frame, std::move(under), whole, scene, view, basemap);
    return whole ? frame : QImage();
}

void Renderer::rest() {
    impl_->last.rest();
}

std::shared_ptr<const UnderNames> Renderer::names() const {
    return impl_->last.under();
}

void Renderer::paintOverlay(QPainter& painter, const Overlay& overlay, const Scene& scene, const View& view,
                            double seconds) {
    vedette::map::paintOverlay(painter, layOut(overlay, view), overlay, scene, view, seconds);
}

QImage renderToImage(const Scene& scene, const Overlay& overlay, const View& view,
                     const std::optional<Renderer::Basemap>& basemap) {
    Renderer renderer;
    QImage frame = renderer.render(scene, view, basemap);
    QPainter painter(&frame);
    const OverlayLayout layout = layOut(overlay, view);
    if (const auto names = renderer.names())
        paintGivenWay(painter, *names, givenWay(*names, layout, overlay.trails, {}), {},
                      view.devicePixelRatio);
    vedette::map::paintOverlay(painter, layout, overlay, scene, view, 0);
    return frame;
}

} // namespace vedette::map
