// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/map_scene.h"

#include "console/theme.h"
#include "console/wording.h"
#include "map/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

namespace vedette::console {

using layers::AreaKind;

namespace {

// Bottom first, as they are drawn.
constexpr AreaKind drawn[] = {AreaKind::city,    AreaKind::county,    AreaKind::bureau, AreaKind::township,
                              AreaKind::station, AreaKind::community, AreaKind::grid,   AreaKind::beat};

map::AreaStyle styleOf(AreaKind kind, map::Theme theme) {
    if (theme == map::Theme::contrast)
        return map::areaStyle(kind, false, theme);
    const bool dark = map::isDark(theme);
    const QColor fill = map::areaStyle(kind, false, theme).fill;
    switch (kind) {
    case AreaKind::grid:
        return {fill, dark ? QColor("#46545f") : QColor("#b3bec7"), 0.7, 3};
    case AreaKind::beat:
        return {fill, dark ? QColor("#7b8ea0") : QColor("#6f8291"), 1.5, 25};
    case AreaKind::community:
        return {fill, dark ? QColor("#52616d") : QColor("#a2b0bb"), 1.0, 8};
    case AreaKind::station:
        return {fill, dark ? QColor("#8397a8") : QColor("#5a6f80"), 2.0, 40};
    default:
        return {fill, dark ? QColor("#8fa1b0") : QColor("#4f6373"), 2.4, 60};
    }
}

std::vector<layers::Finding> findingsOf(const dispatch::City& city, AreaKind kind) {
    std::vector<layers::Finding> out;
    for (const layers::AreaSource& source : city.workspace.areas)
        if (layers::areaKind(source.kind) == kind)
            for (const layers::Finding& found : city.findings)
                if (found.file == source.spec.source && found.severity != layers::Finding::Severity::note)
                    out.push_back(found);
    return out;
}

bool named(const dispatch::City& city, AreaKind kind) {
    return std::any_of(city.workspace.areas.begin(), city.workspace.areas.end(),
                       [&](const auto& source) { return layers::areaKind(source.kind) == kind; });
}

// What kept a source from being there at all; the two that are read in part or on a guess are there.
const layers::Finding* whyMissing(const std::vector<layers::Finding>& findings) {
    for (const layers::Finding& found : findings)
        if (found.row < 0 && found.severity == layers::Finding::Severity::error &&
            found.message.code != "crsAssumed" && found.message.code != "sourceCutShort")
            return &found;
    return nullptr;
}

} // namespace

void LayerTrouble::add(const std::vector<layers::Finding>& findings) {
    lines += sayFindings(findings);
    if (const layers::Finding* why = whyMissing(findings); why && problem.isEmpty())
        problem = say(why->message);
}

std::vector<std::pair<QString, LayerTrouble>> areaTroubles(const dispatch::City& city) {
    std::vector<std::pair<QString, LayerTrouble>> out;
    for (const AreaKind kind : drawn)
        if (const auto findings = findingsOf(city, kind); !findings.empty()) {
            out.emplace_back(q(layers::toString(kind)), LayerTrouble());
            out.back().second.add(findings);
        }
    return out;
}

void addPlaceholder(map::Scene& scene, const QString& name, const LayerTrouble& trouble) {
    if (trouble.problem.isEmpty())
        return;
    map::FeatureLayer made;
    made.name = name, made.problem = trouble.problem;
    scene.features.push_back(std::move(made)); // in no order: it draws nothing but its words
}

std::vector<LayerRow> layersOf(const dispatch::City& city) {
    const auto text = [](const char* source) { return QCoreApplication::translate("Layers", source); };
    const Tokens& t = tokens();
    std::array<std::size_t, 8> counts{};
    std::size_t exclusive = 0;
    for (layers::AreaIndex i = 0; i < city.areas.size(); ++i) {
        const layers::Area& area = city.areas[i];
        if (area.kind == AreaKind::grid && area.exclusive)
            ++exclusive;
        else
            ++counts[static_cast<std::size_t>(area.kind)];
    }
    std::vector<LayerRow> rows;
    const auto row = [&](QString id, QString name, bool visible, QColor fill, QColor outline) -> LayerRow& {
        LayerRow made;
        made.id = std::move(id), made.name = std::move(name), made.visible = visible;
        made.fill = fill, made.outline = outline;
        return rows.emplace_back(std::move(made));
    };
    row("tickets", text(QT_TRANSLATE_NOOP("Layers", "Incidents")), true, t.alarm, {}).count = 0;
    row("units", text(QT_TRANSLATE_NOOP("Layers", "Units")), true, t.free, {}).count = 0;
    LayerRow& closures = row("closures", text(QT_TRANSLATE_NOOP("Layers", "Closed roads")), true, t.alarm, {});
    closures.present = !city.workspace.roads.empty();
    if (closures.present)
        closures.count = 0;
    else
        closures.hint =
            text(QT_TRANSLATE_NOOP("Layers", "No roads: name a [roads] source in workspace.toml"));
    for (const AreaKind kind : {AreaKind::beat, AreaKind::grid}) {
        const std::size_t count = counts[static_cast<std::size_t>(kind)];
        if (kind == AreaKind::grid) { // drawn over the others
            LayerRow& own = row("exclusive", text(QT_TRANSLATE_NOOP("Layers", "Exclusive grids")),
                                exclusive > 0, t.accent.darker(260), t.faint);
            own.present = exclusive > 0;
            if (exclusive)
                own.count = exclusive;
        }
        LayerRow& made = row(q(layers::toString(kind)), Words::areaKind(kind), count > 0, {},
                             styleOf(kind, currentTheme()).outline);
        made.present = count > 0;
        if (count)
            made.count = count;
        else
            made.hint = text(
                QT_TRANSLATE_NOOP("Layers", "No such areas: name a source of this kind in workspace.toml"));
    }
    for (const AreaKind kind : {AreaKind::community, AreaKind::station, AreaKind::township, AreaKind::bureau,
                                AreaKind::county, AreaKind::city})
        if (const std::size_t count = counts[static_cast<std::size_t>(kind)]; count || named(city, kind)) {
            const bool only =
                !counts[static_cast<std::size_t>(AreaKind::grid)] && kind == AreaKind::community;
            LayerRow& made = row(q(layers::toString(kind)), Words::areaKind(kind),
                                 count && (only || kind == AreaKind::county), {},
                                 styleOf(kind, currentTheme()).outline);
            made.present = count > 0;
            if (count)
                made.count = count;
        }
    LayerRow& heat =
        row("heat", text(QT_TRANSLATE_NOOP("Layers", "Risk heat")), !city.workspace.incidents.empty(), "#c9442f", {});
    heat.present = !city.workspace.incidents.empty();
    if (!heat.present)
        heat.hint =
            text(QT_TRANSLATE_NOOP("Layers", "No history: name an [incidents] source in workspace.toml"));
    const QString noHistory = heat.hint;
    LayerRow& roads = row("roads", text(QT_TRANSLATE_NOOP("Layers", "Roads")), true, t.lost, {});
    roads.present = !city.workspace.roads.empty();
    LayerRow& figures =
        row("statistics", text(QT_TRANSLATE_NOOP("Layers", "Figures per area")), false, "#cc79a7", {});
    figures.present = !city.workspace.incidents.empty() && city.areas.size() > 0;
    figures.hint = figures.present
                       ? text(QT_TRANSLATE_NOOP("Layers", "Rates, hot spots and change, from the history"))
                       : noHistory;
    LayerRow& base =
        row("basemap",
            text(QT_TRANSLATE_NOOP("Layers", "Basemap")) +
                (city.workspace.basemapProject.empty()
                     ? QString()
                     : QStringLiteral(" · ") +
                           q(std::filesystem::path(city.workspace.basemapProject).filename().string())),
            true, "#3d4a55", {});
    base.present = !city.workspace.basemapProject.empty();
    if (!base.present)
        base.hint = text(
            QT_TRANSLATE_NOOP("Layers", "No basemap: name a QGIS project under [basemap] in workspace.toml"));
    for (auto& [id, trouble] : areaTroubles(city))
        for (LayerRow& one : rows)
            if (one.id == id) {
                one.hint = trouble.lines.join(u'\n');
                one.note = trouble.problem.isEmpty() && one.present ? QString() : QStringLiteral("⚠");
            }
    for (LayerRow& one : rows)
        one.movable = &one != &rows.back() && one.id != QStringLiteral("tickets") &&
                      one.id != QStringLiteral("units") && one.id != QStringLiteral("closures");
    return rows;
}

std::shared_ptr<map::Scene> makeScene(const dispatch::City& city, const LayerModel& layers, map::Theme theme,
                                      std::vector<layers::Snapshot> roads,
                                      std::shared_ptr<const layers::HeatSurface> heat,
                                      const HeatChoice& choice,
                                      std::shared_ptr<const map::AreaTints> tints) {
    static std::uint64_t revision = 0;
    auto scene = std::make_shared<map::Scene>();
    scene->revision = ++revision;
    scene->theme = theme;
    scene->areas = city.areas;
    for (const AreaKind kind : drawn) {
        map::AreaLayer layer;
        layer.name = Words::areaKind(kind);
        layer.kind = kind;
        layer.style = styleOf(kind, theme);
        layer.visible = layers.visible(q(layers::toString(kind)));
        if (kind == AreaKind::grid) {
            map::AreaLayer own = layer;
            own.exclusive = true;
            own.visible = layers.visible(QStringLiteral("exclusive"));
            own.style.fill = map::isDark(theme) ? QColor(86, 180, 233, 22) : QColor(0, 114, 178, 20);
            own.style.outline = map::isDark(theme) ? QColor("#4d7f9e") : QColor("#7fa9c4");
            scene->areaLayers.push_back(std::move(layer));
            scene->areaLayers.push_back(std::move(own));
            continue;
        }
        scene->areaLayers.push_back(std::move(layer));
    }
    scene->roads.lines = std::move(roads);
    scene->roads.colour = theme == map::Theme::contrast ? map::roadColour(theme) : map::isDark(theme) ? QColor("#3d4a55") : QColor("#c3ccd4");
    scene->roads.width = 1.2;
    scene->roads.visible = layers.visible(QStringLiteral("roads"));
    scene->heat.surface = std::move(heat);
    scene->heat.scaleMax = choice.scaleMax;
    scene->heat.visible = layers.visible(QStringLiteral("heat"));
    if (layers.visible(QStringLiteral("statistics")))
        scene->tints = std::move(tints);
    return scene;
}

} // namespace vedette::console
