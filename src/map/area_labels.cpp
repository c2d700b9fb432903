// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_labels.h"

#include "crowd.h"
#include "map/theme.h"
#include "text_image.h"

#include <algorithm>
#include <cmath>

namespace vedette::map {

LabelPlace labelPlace(const layers::Snapshot& snapshot, std::size_t feature, Rotation rotation) {
    // Metres along the line of writing and down from it; y down, as rotations are. Level is level on the
    // screen.
    const auto turned = [&](layers::Point p) {
        const QPointF at = rotation.turn({p.x, -p.y});
        return layers::Point{at.x(), -at.y()};
    };
    const auto unturned = [&](layers::Point p) {
        const QPointF at = rotation.back({p.x, -p.y});
        return layers::Point{at.x(), -at.y()};
    };
    layers::Box box = snapshot.box(feature);
    if (!rotation.none()) {
        box = {};
        for (std::size_t p = 0; p < snapshot.partCount(feature); ++p)
            for (const layers::Point point : snapshot.part(feature, p).points)
                box.add(turned(point));
    }
    LabelPlace best{box.centre(), 0}; // in the turned frame until the end
    double bestScore = -1;
    std::vector<double> crossings;
    for (const double height : {0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8}) {
        const double y = box.minY + box.height() * height;
        crossings.clear();
        for (std::size_t p = 0; p < snapshot.partCount(feature); ++p) {
            const auto ring = snapshot.part(feature, p).points;
            for (std::size_t i = 1; i < ring.size(); ++i) {
                const layers::Point a = turned(ring[i - 1]), b = turned(ring[i]);
                if ((a.y <= y) != (b.y <= y))
                    crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
            }
        }
        std::sort(crossings.begin(), crossings.end());
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            const double wide = crossings[i + 1] - crossings[i];
            const double score = wide * (1 - std::abs(height - 0.5)); // the middle is better, all else equal
            if (score > bestScore) {
                bestScore = score;
                best = {{(crossings[i] + crossings[i + 1]) / 2, y}, wide};
            }
        }
    }
    best.at = unturned(best.at);
    return best;
}

void AreaLabels::paint(QImage& frame, const Scene& scene, const View& view, const std::atomic<bool>* cancel) {
    struct Candidate {
        layers::AreaIndex area;
        std::size_t layer;
        LabelPlace place;
    };
    // Names whose place is a little out of sight still push others aside, so nothing pops at the edge.
    constexpr double edge = 150;
    const layers::Box reach = view.extent(edge);
    if (view.rotation != turned_) {
        forget();
        turned_ = view.rotation;
    }

    std::vector<std::ptrdiff_t> layerOf(32, -1); // kind * 2 + exclusive -> layer that wants names
    for (std::size_t i = 0; i < scene.areaLayers.size(); ++i) {
        const AreaLayer& layer = scene.areaLayers[i];
        if (layer.visible && layer.opacity > 0 && view.metresPerPixel < layer.style.labelFromMetresPerPixel)
            layerOf[std::size_t(layer.kind) * 2 + layer.exclusive] = std::ptrdiff_t(i);
    }
    if (std::all_of(layerOf.begin(), layerOf.end(), [](auto layer) { return layer < 0; }))
        return;
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < scene.areas.size(); ++i) {
        const auto index = layers::AreaIndex(i);
        const auto& area = scene.areas[index];
        const auto layer = layerOf[std::size_t(area.kind) * 2 + area.exclusive];
        if (layer < 0 || !area.box.intersects(reach) ||
            (turned_.none() ? area.box.width() : std::max(area.box.width(), area.box.height())) <
                14 * view.metresPerPixel)
            continue;
        auto [at, fresh] = places_.try_emplace(index);
        if (fresh)
            at->second = labelPlace(scene.areas.layers()[area.source].snapshot, area.feature, turned_);
        if (reach.contains(at->second.at))
            candidates.push_back({index, std::size_t(layer), at->second});
    }
    std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
        if (a.layer != b.layer)
            return a.layer > b.layer;
        if (a.place.metresWide != b.place.metresWide)
            return a.place.metresWide > b.place.metresWide;
        return scene.areas[a.area].code < scene.areas[b.area].code;
    });

    if (candidates.empty())
        return;
    QPainter painter(&frame);
    const Palette& colours = palette(scene.theme);
    Crowd crowd;
    for (const Candidate& candidate : candidates) {
        if (cancel && *cancel)
            return;
        const auto& area = scene.areas[candidate.area];
        const auto& text = area.name.empty() ? area.code : area.name;
        const bool police = area.kind >= layers::AreaKind::bureau;
        TextLook look{area.kind == layers::AreaKind::grid ? 10.5 : 11.5,
                      police ? QFont::Medium : QFont::Normal, colours.quiet, colours.halo};
        const TextImage image = textImage(QString::fromStdString(text), look, view.devicePixelRatio);
        // A name may lean over its area's border a little, but not stand on the neighbours.
        if (image.size.width() * 0.85 > candidate.place.metresWide / view.metresPerPixel)
            continue;
        const QPointF at = view.mapToView(candidate.place.at);
        const QRectF rect(at.x() - image.size.width() / 2, at.y() - image.size.height() / 2,
                          image.size.width(), image.size.height());
        if (!crowd.take(rect.adjusted(-6, -2, 6, 2)))
            continue;
        painter.drawImage(snapped(rect.topLeft(), view.devicePixelRatio), image.image);
    }
}

} // namespace vedette::map
