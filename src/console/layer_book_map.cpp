// SPDX-License-Identifier: GPL-3.0-or-later
// What the book has to do with the map: the scene's layers and their order, what a click finds.
#include "console/layer_book.h"

#include "console/wording.h"
#include "map/feature_look.h"

#include <algorithm>

namespace vedette::console {

void LayerBook::addTo(map::Scene& scene) const {
    using Kind = map::Piece::Kind;
    scene.order.clear();
    scene.features.clear();
    const auto styleOf = [&](const QString& id) -> const BookLayer* {
        const auto at = layers_.find(id);
        return at == layers_.end() || !at->second.styled ? nullptr : &at->second;
    };
    for (auto row = model_.rows().rbegin(); row != model_.rows().rend(); ++row) { // bottom first
        const BookLayer* styled = styleOf(row->id);
        const double opacity = styled ? styled->style.opacity : 1;
        const map::ScaleRange range = styled ? map::rangeOf(styled->style) : map::ScaleRange{};
        if (row->id == QStringLiteral("basemap")) {
            scene.basemapOpacity = opacity, scene.basemapRange = range;
        } else if (row->id == QStringLiteral("statistics")) {
            scene.tintsRange = range;
            if (scene.tints && opacity < 1) {
                auto fainter = std::make_shared<map::AreaTints>(*scene.tints);
                for (auto& [area, colour] : fainter->areas)
                    colour.setAlphaF(float(colour.alphaF() * opacity));
                scene.tints = std::move(fainter);
            }
            scene.order.push_back({Kind::tints, 0});
        } else if (row->id == QStringLiteral("heat")) {
            scene.heat.opacity *= opacity, scene.heat.range = range;
            scene.order.push_back({Kind::heat, 0});
        } else if (row->id == QStringLiteral("roads")) {
            scene.roads.opacity = opacity, scene.roads.range = range;
            scene.order.push_back({Kind::roads, 0});
        } else if (const auto at = layers_.find(row->id); at != layers_.end() && at->second.kept.added()) {
            const BookLayer& layer = at->second;
            map::FeatureLayer made;
            made.name = row->name, made.visible = model_.visible(row->id);
            made.opacity = layer.style.opacity, made.range = map::rangeOf(layer.style);
            made.look = layer.look, made.selected = layer.selected;
            made.problem = layer.problem, made.seen = layer.kept.seen;
            scene.order.push_back({Kind::feature, scene.features.size()});
            scene.features.push_back(std::move(made));
        } else {
            for (std::size_t i = 0; i < scene.areaLayers.size(); ++i) {
                map::AreaLayer& area = scene.areaLayers[i];
                const QString id =
                    area.exclusive ? QStringLiteral("exclusive") : q(layers::toString(area.kind));
                if (id != row->id)
                    continue;
                if (styled) {
                    map::dress(area, styled->style);
                    area.tints = styled->tints;
                }
                scene.order.push_back({Kind::area, i});
            }
        }
    }
    for (const auto& [id, layer] : layers_)
        addSelected(scene, layer);
}

void LayerBook::addTo(map::Overlay& overlay, double metresPerPixel) const {
    const auto treat = [&](const char* id, const auto& ofIt) {
        const auto at = layers_.find(QLatin1String(id));
        if (at == layers_.end() || !at->second.styled)
            return;
        const double opacity = at->second.style.opacity;
        const bool shown = map::rangeOf(at->second.style).shows(metresPerPixel);
        if (!shown) // who is worked with stays
            std::erase_if(overlay.marks, [&](const map::Mark& mark) {
                return ofIt(mark) && !mark.selected && !mark.pulsing;
            });
        if (opacity < 1)
            for (map::Mark& mark : overlay.marks)
                if (ofIt(mark) && !mark.selected && !mark.pulsing)
                    mark.colour.setAlphaF(float(mark.colour.alphaF() * opacity));
    };
    const auto ticket = [](const map::Mark& mark) { return mark.id.startsWith(u'T'); };
    treat("tickets", ticket);
    treat("units", [&](const map::Mark& mark) { return !mark.id.isEmpty() && !ticket(mark); });
}

void LayerBook::select(const QString& id, std::vector<std::uint32_t> rows) {
    const auto at = layers_.find(id);
    if (at == layers_.end())
        return;
    std::sort(rows.begin(), rows.end());
    const bool none = rows.empty();
    if (none ? !at->second.selected : at->second.selected && *at->second.selected == rows)
        return;
    at->second.selected =
        none ? nullptr : std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
    emit selectionChanged(id, false);
    emit sceneChanged();
}

// What a click has found: selected, said, and shown in the table.
bool LayerBook::take(const LayerRow& row, BookLayer& layer, std::size_t feature) {
    layer.selected =
        std::make_shared<const std::vector<std::uint32_t>>(std::vector{static_cast<std::uint32_t>(feature)});
    QStringList words;
    for (std::size_t column = 0; column < layer.rows->columns.size() && words.size() < 5; ++column)
        if (const auto value = layer.rows->value(feature, static_cast<int>(column)); value && !value->empty())
            words << q(layer.rows->columns[column]) + u' ' + q(*value).left(60);
    emit tell(row.name + QStringLiteral(": ") + words.join(QStringLiteral(" · ")), false);
    emit selectionChanged(row.id, true);
    emit sceneChanged();
    return true;
}

// Selected areas are outlined as features are; those of one source in a layer of their own that draws nothing
// else.
void LayerBook::addSelected(map::Scene& scene, const BookLayer& layer) const {
    if (!layer.selected || layer.indices.empty())
        return;
    std::map<std::uint32_t, std::vector<std::uint32_t>> features; // by source
    for (const std::uint32_t row : *layer.selected)
        if (row < layer.indices.size()) {
            const layers::Area& area = scene.areas[layer.indices[row]];
            features[area.source].push_back(area.feature);
        }
    for (auto& [source, list] : features) {
        std::sort(list.begin(), list.end());
        auto look = std::make_shared<map::FeatureLook>();
        look->snapshot = scene.areas.layers()[source].snapshot;
        look->classOf.assign(look->snapshot.size(), layers::noClass);
        map::FeatureLayer made;
        made.look = std::move(look);
        made.selected = std::make_shared<const std::vector<std::uint32_t>>(std::move(list));
        scene.features.push_back(std::move(made)); // in no order: its selection lies above all
    }
}

bool LayerBook::pick(layers::Point at, double metres) {
    for (const LayerRow& row : model_.rows()) {
        const auto found = layers_.find(row.id);
        if (found == layers_.end() || !model_.visible(row.id) || !found->second.look ||
            found->second.look->classOf.empty())
            continue;
        BookLayer& layer = found->second;
        const auto& look = *layer.look;
        for (const std::size_t feature : layers::featuresAt(look.snapshot, at, metres, 50)) {
            if (look.classOf[feature] == layers::noClass)
                continue;
            return take(row, layer, feature);
        }
    }
    const auto watched = layers_.find(watched_);
    if (const int row = model_.find(watched_); row >= 0 && watched != layers_.end())
        for (const layers::AreaIndex area : desk_.city().areas.at(at)) {
            const auto& indices = watched->second.indices;
            if (const auto found = std::lower_bound(indices.begin(), indices.end(), area);
                found != indices.end() && *found == area)
                return take(model_.rows()[static_cast<std::size_t>(row)], watched->second,
                            static_cast<std::size_t>(found - indices.begin()));
        }
    return false;
}

layers::Box LayerBook::extentOf(const QString& id, bool selectedOnly) const {
    layers::Box box;
    const auto at = layers_.find(id);
    if (selectedOnly && at != layers_.end() && at->second.selected && at->second.rows) {
        for (const std::uint32_t row : *at->second.selected)
            box.add(at->second.rows->box(row));
        return box;
    }
    if (at != layers_.end() && at->second.kept.added())
        return at->second.kept.seen;
    if (at != layers_.end() && at->second.kept.head) {
        for (const LayerRow& row : model_.rows())
            if (row.group == id)
                box.add(extentOf(row.id, false));
        return box.empty() ? desk_.city().areas.extent() : box;
    }
    if (at != layers_.end() && at->second.rows)
        for (std::size_t row = 0; row < at->second.rows->count; ++row)
            box.add(at->second.rows->box(row));
    return box.empty() ? desk_.city().areas.extent() : box;
}

} // namespace vedette::console
