// SPDX-License-Identifier: GPL-3.0-or-later
#include "kept_layers.h"

#include "layers/layer_file.h"
#include "layers/reader.h"
#include "map/feature_look.h"
#include "map/layer_style_json.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace vedette::ctl {

namespace {

layers::Message notPrinted(const layers::KeptLayer& layer, const layers::Message& cause) {
    return {"layerNotPrinted", {{"layer", layer.name}, {"cause", layers::word(cause, layers::Language::english)}}};
}

// What console/window_settings.h and risk_surface.h keep when the window closes.
void readWindow(const std::filesystem::path& workspace, KeptGround& out) {
    const QSettings file(QString::fromStdString((workspace / ".vedette" / "window.ini").string()),
                         QSettings::IniFormat);
    if (file.contains(QStringLiteral("map/layers"))) {
        out.on.emplace();
        for (const QString& id : file.value(QStringLiteral("map/layers")).toStringList())
            out.on->insert(id.toStdString());
    }
    if (const double scale = file.value(QStringLiteral("heat/scale")).toDouble(); scale > 0 && scale <= 1e9)
        out.heatScale = scale;
}

} // namespace

bool KeptGround::shows(const map::AreaLayer& areas) const {
    return (on ? on->contains(areas.name.toStdString()) : areas.visible) &&
           !hidden.contains({areas.kind, areas.exclusive});
}

KeptGround keptGround(const dispatch::City& city, bool withAdded) {
    KeptGround out;
    readWindow(city.workspace.folder, out);
    const auto kept = layers::loadLayers(city.workspace.folder);
    if (!kept) {
        out.problems.push_back(kept.problem().message);
        return out;
    }
    const auto& all = kept.value();
    const auto groupHidden = [&](const layers::KeptLayer& layer) {
        return std::any_of(all.begin(), all.end(), [&](const layers::KeptLayer& head) {
            return head.head && head.id == layer.group && !head.visible;
        });
    };
    for (auto layer = all.rbegin(); layer != all.rend(); ++layer) { // bottom first
        layers::LayerStyle style;
        if (!layer->style.empty()) {
            auto read = map::styleFromJson(QByteArray::fromStdString(layer->style));
            if (read)
                style = std::move(read).value();
            else
                out.problems.push_back(notPrinted(*layer, read.problem().message));
        }
        const map::ScaleRange range = map::rangeOf(style);
        const bool exclusive = layer->id == "exclusive";
        const bool hidden = groupHidden(*layer);
        const auto kind = exclusive ? layers::AreaKind::grid : layers::areaKind(layer->id);
        if (kind && !layer->added()) {
            out.order.push_back({nullptr, *kind, exclusive, {}, layer->filter});
            if (!layer->style.empty())
                out.order.back().style = style;
            if (hidden)
                out.hidden.emplace(*kind, exclusive);
        }
        if (layer->id == "heat" && !layer->added())
            out.heatOpacity = style.opacity;
        if (!layer->added() || !layer->visible || hidden || !withAdded)
            continue;
        const auto snapshot = layers::readSource(city.workspace, layer->spec);
        if (!snapshot) {
            out.problems.push_back(notPrinted(*layer, snapshot.problem().message));
            continue;
        }
        const map::MadeLook made =
            map::featureLook(snapshot.value(), layers::rowsOf(snapshot.value()), style, layer->filter);
        for (const layers::Message& problem : made.sorted.problems)
            out.problems.push_back(notPrinted(*layer, problem));
        map::FeatureLayer& added = out.added.emplace_back();
        added.name = QString::fromStdString(layer->name);
        added.look = made.look, added.opacity = style.opacity, added.range = range;
        out.order.push_back({&added});
    }
    return out;
}

} // namespace vedette::ctl
