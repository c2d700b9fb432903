// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_labels.h"

#include "area_pole.h"
#include "label_places.h"
#include "map/theme.h"
#include "text_image.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vedette::map {

namespace {

// The frame that a turned map is written in: metres along the line of writing and up from it.
struct Written {
    Rotation rotation;
    layers::Point to(layers::Point p) const {
        if (rotation.none())
            return p;
        const QPointF at = rotation.turn({p.x, -p.y}); // rotations are of y down
        return {at.x(), -at.y()};
    }
    layers::Point from(layers::Point p) const {
        if (rotation.none())
            return p;
        const QPointF at = rotation.back({p.x, -p.y});
        return {at.x(), -at.y()};
    }
};

// Where the rings cross a height of that frame, in order.
void crossings(const layers::Snapshot& snapshot, std::size_t feature, const Written& written, double y,
               std::vector<double>& into) {
    into.clear();
    for (std::size_t p = 0; p < snapshot.partCount(feature); ++p) {
        const auto ring = snapshot.part(feature, p).points;
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const layers::Point a = written.to(ring[i - 1]), b = written.to(ring[i]);
            if ((a.y <= y) != (b.y <= y))
                into.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
        }
    }
    std::sort(into.begin(), into.end());
}

} // namespace

LabelPlace labelPlace(const layers::Snapshot& snapshot, std::size_t feature, Rotation rotation) {
    const Written written{rotation};
    std::vector<double> across;
    if (const auto inside = areaPole(snapshot, feature)) {
        const layers::Point pole = written.to(*inside);
        crossings(snapshot, feature, written, pole.y, across);
        for (std::size_t i = 0; i + 1 < across.size(); i += 2)
            if (across[i] <= pole.x && pole.x <= across[i + 1])
                return {written.from({(across[i] + across[i + 1]) / 2, pole.y}), across[i + 1] - across[i]};
    }
    layers::Box box = snapshot.box(feature);
    if (!rotation.none()) {
        box = {};
        for (std::size_t p = 0; p < snapshot.partCount(feature); ++p)
            for (const layers::Point point : snapshot.part(feature, p).points)
                box.add(written.to(point));
    }
    LabelPlace best{box.centre(), 0}; // in the frame of writing until the end
    double bestScore = -1;
    for (const double height : {0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8}) {
        const double y = box.minY + box.height() * height;
        crossings(snapshot, feature, written, y, across);
        for (std::size_t i = 0; i + 1 < across.size(); i += 2) {
            const double wide = across[i + 1] - across[i];
            const double score = wide * (1 - std::abs(height - 0.5)); // the middle is better, all else equal
            if (score > bestScore) {
                bestScore = score;
                best = {{(across[i] + across[i + 1]) / 2, y}, wide};
            }
        }
    }
    best.at = written.from(best.at);
    return best;
}

void AreaLabels::paint(QImage& frame, UnderNames& under, Crowd& taken, const Scene& scene, const View& view,
                       const std::atomic<bool>* cancel) {
    struct Candidate {
        layers::AreaIndex area;
        std::size_t layer;
        LabelPlace place;
        bool stood;
    };
    // Names whose place is a little out of sight still push others aside, so nothing pops at the edge.
    constexpr double edge = 150;
    const layers::Box reach = view.extent(edge);
    if (view.rotation != turned_) {
        forget();
        turned_ = view.rotation;
    }
    const Palette& colours = palette(scene.theme);
    const auto lookOf = [&](const layers::Area& area) {
        return TextLook{area.kind == layers::AreaKind::grid ? 10.5 : 11.5,
                        area.kind >= layers::AreaKind::bureau ? QFont::Medium : QFont::Normal, colours.quiet,
                        colours.halo};
    };
    const auto nameOf = [](const layers::Area& area) {
        return QString::fromStdString(area.name.empty() ? area.code : area.name);
    };
    // A name may lean over its area's border a little, but not stand on the neighbours.
    constexpr double inside = 0.85, roughly = 0.9;

    std::vector<std::ptrdiff_t> layerOf(32, -1); // kind * 2 + exclusive -> layer that wants names
    for (std::size_t i = 0; i < scene.areaLayers.size(); ++i) {
        const AreaLayer& layer = scene.areaLayers[i];
        if (layer.visible && layer.opacity > 0 && layer.range.shows(view.metresPerPixel) &&
            view.metresPerPixel < layer.style.labelFromMetresPerPixel)
            layerOf[std::size_t(layer.kind) * 2 + layer.exclusive] = std::ptrdiff_t(i);
    }
    if (std::all_of(layerOf.begin(), layerOf.end(), [](auto layer) { return layer < 0; }))
        return;
    known_.resize(scene.areas.size());
    if (std::exchange(roomsAt_, view.metresPerPixel) != view.metresPerPixel)
        for (Known& known : known_)
            known.room.reset();
    if (outlines_.size() != scene.areas.size()) {
        outlines_.clear();
        for (std::size_t i = 0; i < scene.areas.size(); ++i) {
            const auto& area = scene.areas[layers::AreaIndex(i)];
            outlines_.push_back({area.box, std::uint8_t(std::size_t(area.kind) * 2 + area.exclusive)});
        }
    }
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < outlines_.size(); ++i) {
        const layers::Box& box = outlines_[i].box;
        const auto layer = layerOf[outlines_[i].layer];
        if (layer < 0 || !box.intersects(reach) ||
            (turned_.none() ? box.width() : std::max(box.width(), box.height())) < 14 * view.metresPerPixel)
            continue;
        const auto index = layers::AreaIndex(i);
        const auto& area = scene.areas[index];
        // Most names of small areas are too wide wherever they would stand: finding the place is the dear part.
        Known& known = known_[i];
        if (known.wide == 0)
            known.wide = float(textSize(nameOf(area), lookOf(area)).width());
        const double most = turned_.none() ? area.box.width() : std::hypot(area.box.width(), area.box.height());
        if (known.wide * roughly * inside > most / view.metresPerPixel)
            continue;
        if (!known.place)
            known.place = labelPlace(scene.areas.layers()[area.source].snapshot, area.feature, turned_);
        if (reach.contains(known.place->at))
            candidates.push_back({index, std::size_t(layer), *known.place, false});
    }
    if (!isPan(stoodIn_, view))
        stood_.clear();
    stoodIn_ = view;
    for (Candidate& candidate : candidates)
        candidate.stood = stood_.contains(candidate.area);
    std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
        if (a.stood != b.stood)
            return a.stood;
        if (a.layer != b.layer)
            return a.layer > b.layer;
        if (a.place.metresWide != b.place.metresWide)
            return a.place.metresWide > b.place.metresWide;
        return scene.areas[a.area].code < scene.areas[b.area].code;
    });

    std::unordered_set<layers::AreaIndex> written;
    if (candidates.empty()) {
        stood_.clear();
        return;
    }
    // Aside it must not stand in a neighbour, where it would be wrong.
    const auto room = [&](layers::AreaIndex area, const QRectF& rect) {
        const auto fits = [&](double down) {
            const QRectF there = rect.translated(0, down);
            return scene.areas.covers(area, view.viewToMap(there.center())) &&
                   scene.areas.covers(area, view.viewToMap({there.left() + there.width() * 0.1, there.center().y()})) &&
                   scene.areas.covers(area, view.viewToMap({there.right() - there.width() * 0.1, there.center().y()}));
        };
        return UnderNames::Room{fits(UnderNames::aside), fits(-UnderNames::aside)};
    };
    QPainter painter;
    for (const Candidate& candidate : candidates) {
        if (cancel && *cancel)
            return;
        const auto& area = scene.areas[candidate.area];
        auto& size = known_[candidate.area].size;
        if (!size)
            size = exactTextSize(nameOf(area), lookOf(area));
        if (size->width() * inside > candidate.place.metresWide / view.metresPerPixel)
            continue;
        const QPointF at = view.mapToView(candidate.place.at);
        const QRectF rect(QPointF(at.x() - size->width() / 2, at.y() - size->height() / 2), *size);
        if (!taken.take(rect.adjusted(-6, -2, 6, 2)))
            continue;
        if (!painter.isActive())
            painter.begin(&frame);
        const QPointF corner = snapped(rect.topLeft(), view.devicePixelRatio);
        const QImage name = textImage(nameOf(area), lookOf(area), view.devicePixelRatio).image;
        auto& aside = known_[candidate.area].room;
        if (!aside)
            aside = room(candidate.area, rect);
        under.keepName(frame, QRectF(corner, *size), name, *aside);
        painter.drawImage(corner, name);
        written.insert(candidate.area);
    }
    stood_ = std::move(written);
}

} // namespace vedette::map
