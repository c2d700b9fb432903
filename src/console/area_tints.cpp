// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/area_tints.h"

#include "console/map_scene.h"
#include "console/theme.h"
#include "console/wording.h"
#include "map/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace vedette::console {

using dispatch::AreaStatistics;
using dispatch::Spot;
using layers::AreaKind;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(AreaTints)
};

constexpr int steps = 5; // classes of a rate, each twice the one below

constexpr double sure = 0.05; // a change less likely than this by chance is shown

QColor strong(QColor colour, map::Theme theme, double share) {
    colour.setAlphaF(static_cast<float>((map::isDark(theme) ? 0.62 : 0.55) * share));
    return colour;
}

// Okabe and Ito's vermilion and sky blue: also told apart by those who don't see red and green.
QColor warm(map::Theme theme, double share) {
    return strong(map::isDark(theme) ? QColor("#e8743b") : QColor("#d55e00"), theme, share);
}
QColor cool(map::Theme theme, double share) {
    return strong(map::isDark(theme) ? QColor("#56b4e9") : QColor("#0072b2"), theme, share);
}

void tintRates(Tinted& out, std::vector<std::pair<layers::AreaIndex, QColor>>& areas, map::Theme theme) {
    const bool shrunk = out.choice.measure == Measure::shrunk;
    const auto value = [shrunk](const AreaStatistics::Row& row) { return shrunk ? row.shrunk : row.rate; };
    double most = 0;
    for (const auto& row : out.statistics.rows)
        if (std::isfinite(value(row)))
            most = std::max(most, value(row));
    const double top = layers::steadyScale(most) / 2;
    std::array<QColor, steps> colours;
    for (int i = 0; i < steps; ++i) {
        colours[static_cast<std::size_t>(i)] = map::heatColour(1 - 0.18 * i, theme);
        out.legend.push_back({colours[static_cast<std::size_t>(i)],
                              QStringLiteral("≥ %1").arg(QString::number(top / std::pow(2, i), 'g', 2))});
    }
    for (const auto& row : out.statistics.rows)
        for (int i = 0; i < steps; ++i)
            if (value(row) >= top / std::pow(2, i)) {
                areas.emplace_back(row.area, colours[static_cast<std::size_t>(i)]);
                break;
            }
    out.unit = shrunk ? Text::tr("events/km²/day, drawn towards the mean where an area says little")
                      : Text::tr("events/km²/day");
}

void tintSpots(Tinted& out, std::vector<std::pair<layers::AreaIndex, QColor>>& areas, map::Theme theme) {
    out.legend = {{warm(theme, 1), Text::tr("hot: more than chance")},
                  {cool(theme, 1), Text::tr("cold: less than chance")}};
    for (const auto& row : out.statistics.rows)
        if (row.spot != Spot::none)
            areas.emplace_back(row.area, row.spot == Spot::hot ? warm(theme, 1) : cool(theme, 1));
    out.unit = Text::tr("Getis-Ord Gi*, neighbours within %1, one in twenty may be false")
                   .arg(Words::metres(static_cast<int>(out.statistics.reachMetres)));
}

void tintChange(Tinted& out, std::vector<std::pair<layers::AreaIndex, QColor>>& areas, map::Theme theme) {
    out.legend = {{warm(theme, 1), Text::tr("at least twice as many")},
                  {warm(theme, 0.5), Text::tr("more")},
                  {cool(theme, 0.5), Text::tr("fewer")},
                  {cool(theme, 1), Text::tr("at most half")}};
    out.unit = Text::tr("against the %1 days before; only what is hardly chance").arg(out.choice.days);
    if (!(out.statistics.daysBefore > 0)) {
        out.legend.clear();
        out.unit = Text::tr("the history doesn't reach back far enough to compare");
        return;
    }
    for (const auto& row : out.statistics.rows) {
        if (row.change.chance >= sure)
            continue;
        const double ratio = row.change.ratio.value_or(2); // nothing before: out of nothing
        areas.emplace_back(row.area, ratio >= 2      ? warm(theme, 1)
                                     : ratio > 1     ? warm(theme, 0.5)
                                     : ratio > 0.5   ? cool(theme, 0.5)
                                                     : cool(theme, 1));
    }
}

} // namespace

std::vector<AreaKind> kindsOf(const dispatch::City& city) {
    std::vector<AreaKind> kinds;
    for (const AreaKind kind : {AreaKind::beat, AreaKind::grid, AreaKind::community, AreaKind::station,
                                AreaKind::township, AreaKind::county, AreaKind::bureau})
        for (layers::AreaIndex i = 0; i < city.areas.size(); ++i)
            if (city.areas[i].kind == kind) {
                kinds.push_back(kind);
                break;
            }
    return kinds;
}

AreaStatistics statisticsOf(const dispatch::City& city, const TintChoice& choice) {
    const dispatch::History& history = *city.history;
    if (history.empty())
        return {};
    dispatch::StatisticsAsk ask;
    ask.kind = choice.kind;
    ask.till = history.at(history.size() - 1) + std::chrono::milliseconds(1);
    const auto length = std::chrono::hours(24) * choice.days;
    ask.from = std::max(ask.till - length, history.at(0)); // days that nobody wrote down aren't quiet days
    if (const auto before = ask.from - length; history.at(0) <= before)
        ask.beforeFrom = before, ask.beforeTill = ask.from;
    return areaStatistics(city, ask);
}

Tinted tinted(const TintChoice& choice, AreaStatistics statistics, map::Theme theme) {
    Tinted out;
    out.choice = choice;
    out.statistics = std::move(statistics);
    auto tints = std::make_shared<map::AreaTints>();
    if (choice.measure == Measure::spots)
        tintSpots(out, tints->areas, theme);
    else if (choice.measure == Measure::change)
        tintChange(out, tints->areas, theme);
    else
        tintRates(out, tints->areas, theme);
    out.tints = std::move(tints);
    return out;
}

QString figuresOf(const Tinted& tinted, layers::AreaIndex area) {
    const auto row = std::ranges::lower_bound(tinted.statistics.rows, area, {}, &AreaStatistics::Row::area);
    if (row == tinted.statistics.rows.end() || row->area != area)
        return {};
    QStringList words{Text::tr("%1 in %2 days").arg(row->count).arg(std::lround(tinted.statistics.days)),
                      Text::tr("%1/km²/day").arg(QString::number(row->rate, 'g', 2))};
    if (row->spot != Spot::none)
        words << (row->spot == Spot::hot ? Text::tr("hot (z %1)") : Text::tr("cold (z %1)"))
                     .arg(QString::number(row->z, 'f', 1));
    if (row->before > 0)
        words << Text::tr("%1 before").arg(row->before);
    return words.join(QStringLiteral(" · "));
}

} // namespace vedette::console
