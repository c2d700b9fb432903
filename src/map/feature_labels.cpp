// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_labels.h"
#include "feature_painter.h"
#include "map/theme.h"
#include "text_image.h"

#include <QPainter>

#include <algorithm>

namespace vedette::map {

namespace {

struct Name {
    const FeatureLayer* layer;
    std::size_t feature;
    LabelPlace place;
    bool beside; // a point's name stands right of it
};

// A place of a line's name: its middle vertex.
LabelPlace placeOf(const layers::Snapshot& snapshot, std::size_t feature, Rotation rotation) {
    if (snapshot.shape(feature) == layers::Shape::polygon)
        return labelPlace(snapshot, feature, rotation);
    const auto points = snapshot.part(feature, 0).points;
    return {points.empty() ? snapshot.box(feature).centre() : points[points.size() / 2], 0};
}

} // namespace

void labelFeatures(QImage& frame, UnderNames& under, Crowd& taken, const Scene& scene, const View& view,
                   const std::atomic<bool>* cancel) {
    constexpr double edge =
        150; // names a little out of sight still push others aside: nothing pops at the edge
    constexpr std::size_t most = 4000;
    const layers::Box reach = view.extent(edge);
    std::vector<Name> names;
    for (auto layer = scene.features.rbegin(); layer != scene.features.rend(); ++layer) {
        if (!layer->visible || !layer->look || layer->look->style.label.column.empty() ||
            layer->opacity <= 0 || !layer->range.shows(view.metresPerPixel))
            continue;
        const FeatureLook& look = *layer->look;
        const std::size_t begins = names.size();
        for (std::size_t feature = 0; feature < look.classOf.size() && names.size() < most; ++feature)
            if (look.classOf[feature] != layers::noClass && look.snapshot.partCount(feature) > 0 &&
                look.snapshot.box(feature).intersects(reach)) {
                if (cancel && *cancel)
                    return;
                const bool polygon = look.snapshot.shape(feature) == layers::Shape::polygon;
                const layers::Box& box = look.snapshot.box(feature);
                if (polygon && (view.rotation.none() ? box.width() : std::max(box.width(), box.height())) <
                                   14 * view.metresPerPixel)
                    continue;
                names.push_back({&*layer, feature, placeOf(look.snapshot, feature, view.rotation),
                                 look.snapshot.shape(feature) == layers::Shape::point});
            }
        std::stable_sort(
            names.begin() + std::ptrdiff_t(begins), names.end(),
            [](const Name& a, const Name& b) { return a.place.metresWide > b.place.metresWide; });
    }
    if (names.empty())
        return;
    QPainter painter(&frame);
    const Palette& colours = palette(scene.theme);
    for (const Name& name : names) {
        if (cancel && *cancel)
            return;
        const FeatureLook& look = *name.layer->look;
        const auto& label = look.style.label;
        const std::string_view text = look.snapshot.text(name.feature, look.snapshot.field(label.column));
        if (text.empty())
            continue;
        const QColor ink = label.colour ? QColor::fromRgba(label.colour) : colours.ink;
        const TextImage image = textImage(
            QString::fromUtf8(text.data(), qsizetype(std::min<std::size_t>(text.size(), 120))),
            {std::clamp(label.size, 6.0, 40.0), QFont::Normal, ink, colours.halo}, view.devicePixelRatio);
        const QPointF at = view.mapToView(name.place.at);
        QPointF corner(at.x() - image.size.width() / 2, at.y() - image.size.height() / 2);
        if (name.beside) {
            const std::uint16_t of = look.classOf[name.feature];
            corner.setX(at.x() + look.style.classes[of].size / 2 + 2);
        }
        if (!taken.take(QRectF(corner, image.size).adjusted(-4, -1, 4, 1)))
            continue;
        corner = snapped(corner, view.devicePixelRatio);
        under.keepName(frame, QRectF(corner, image.size), image.image, {});
        painter.drawImage(corner, image.image);
    }
}

void markUnreadable(QImage& frame, UnderNames& under, const Scene& scene, const View& view) {
    const bool any = std::any_of(scene.features.begin(), scene.features.end(), [](const FeatureLayer& layer) {
        return layer.visible && !layer.problem.isEmpty();
    });
    if (!any)
        return;
    QPainter painter(&frame);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(mapFont(11.5));
    const Palette& colours = palette(scene.theme);
    const QRectF window(0, 0, view.size.width(), view.size.height());
    double y = 44; // below the note that the view is held
    const auto note = [&](QRectF box, const QString& text) {
        under.keep(frame, box.adjusted(-2, -2, 2, 2));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.note);
        painter.drawRoundedRect(box, 3, 3);
        painter.setPen(colours.ink);
        painter.drawText(box.adjusted(7, 0, -7, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, int(box.width()) - 14));
    };
    for (const FeatureLayer& layer : scene.features) {
        if (!layer.visible || layer.problem.isEmpty())
            continue;
        const QString text = QStringLiteral("⚠ ") + layer.name + QStringLiteral(": ") + layer.problem;
        const double wide =
            std::min(painter.fontMetrics().horizontalAdvance(text) + 16.0, window.width() - 24);
        QPolygonF lay; // its box, which stands aslant on a turned view
        const layers::Box& seen = layer.seen;
        if (!seen.empty())
            for (const layers::Point corner : {layers::Point{seen.minX, seen.maxY}, {seen.maxX, seen.maxY},
                                               {seen.maxX, seen.minY}, {seen.minX, seen.minY}})
                lay << view.mapToView(corner);
        lay = lay.intersected(QPolygonF(window.adjusted(1, 1, -1, -1)));
        if (const QRectF box = lay.boundingRect(); box.width() > 24 && box.height() > 24) {
            under.keep(frame, box.adjusted(-2, -2, 2, 2));
            QColor hatch = colours.quiet;
            hatch.setAlphaF(0.35f);
            painter.setPen(QPen(colours.quiet, 1.2, Qt::DashLine));
            painter.setBrush(QBrush(hatch, Qt::BDiagPattern));
            painter.drawPolygon(lay);
        }
        note({12, y, wide, 22}, text);
        y += 26;
    }
}

} // namespace vedette::map
