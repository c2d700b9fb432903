// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/figures_view.h"
#include "console/theme.h"
#include "console/wording.h"

#include <algorithm>
#include <cmath>

namespace vedette::console {

using dispatch::AreaStatistics;
using dispatch::Spot;

namespace {

QString figure(double value) {
    if (!std::isfinite(value))
        return {};
    return value != 0 && std::abs(value) < 0.001 ? QStringLiteral("< 0.001") : QString::number(value, 'g', 3);
}

} // namespace

void FiguresModel::setFigures(std::shared_ptr<const dispatch::City> city, AreaStatistics statistics) {
    beginResetModel();
    city_ = std::move(city);
    statistics_ = std::move(statistics);
    endResetModel();
}

int FiguresModel::rowOf(layers::AreaIndex area) const {
    const auto row = std::ranges::lower_bound(statistics_.rows, area, {}, &AreaStatistics::Row::area);
    return row == statistics_.rows.end() || row->area != area ? -1
                                                              : static_cast<int>(row - statistics_.rows.begin());
}

int FiguresModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(statistics_.rows.size());
}

int FiguresModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant FiguresModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const AreaStatistics::Row& row = statistics_.rows[static_cast<std::size_t>(index.row())];
    const bool compared = statistics_.daysBefore > 0;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((index.column() == areaColumn || index.column() == spotColumn ? Qt::AlignLeft
                                                                                              : Qt::AlignRight) |
                                Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && index.column() == spotColumn && row.spot != Spot::none)
        return row.spot == Spot::hot ? tokens().late : tokens().accent;
    if (role == sortRole) {
        switch (index.column()) {
        case areaColumn:
            return q(city_->areas[row.area].code);
        case countColumn:
            return qulonglong(row.count);
        case rateColumn:
            return std::isfinite(row.rate) ? row.rate : -1;
        case shrunkColumn:
            return std::isfinite(row.shrunk) ? row.shrunk : -1;
        case zColumn:
        case spotColumn:
            return row.z;
        case qColumn:
            return row.q;
        case beforeColumn:
            return qulonglong(row.before);
        case changeColumn:
            return row.change.ratio.value_or(-1);
        case chanceColumn:
            return row.change.chance;
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case areaColumn:
        return areaText(*city_, city_->areas[row.area].code);
    case countColumn:
        return QString::number(row.count);
    case rateColumn:
        return figure(row.rate);
    case shrunkColumn:
        return figure(row.shrunk);
    case zColumn:
        return QString::number(row.z, 'f', 2);
    case qColumn:
        return figure(row.q);
    case spotColumn:
        return row.spot == Spot::hot ? tr("▲ hot") : row.spot == Spot::cold ? tr("▼ cold") : QString();
    case beforeColumn:
        return compared ? QString::number(row.before) : QString();
    case changeColumn:
        return compared && row.change.ratio ? QStringLiteral("× %1").arg(QString::number(*row.change.ratio, 'f', 2))
                                            : QString();
    case chanceColumn:
        return compared ? figure(row.change.chance) : QString();
    default:
        return {};
    }
}

QVariant FiguresModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    const QString heads[] = {tr("area"), tr("count"), tr("/km²/day"), tr("shrunken"), tr("Gi* z"),
                             tr("q"),    tr("spot"),  tr("before"),   tr("change"),   tr("p")};
    const QString tips[] = {
        {},
        tr("incidents of the period and the filters"),
        tr("events/km²/day as counted"),
        tr("events/km²/day drawn towards the mean where an area says little (Marshall 1991)"),
        tr("Getis-Ord Gi*: standard deviations above chance, with the neighbours"),
        tr("share of false ones among those at least as striking (Benjamini-Hochberg)"),
        tr("what of it may be believed: one in twenty may be false"),
        tr("incidents of the period compared with"),
        tr("rate now over rate before"),
        tr("chance of such a change when nothing changed (exact, two-sided)")};
    if (section < 0 || section >= columns)
        return {};
    return role == Qt::DisplayRole ? QVariant(heads[section]) : role == Qt::ToolTipRole ? QVariant(tips[section]) : QVariant();
}

} // namespace vedette::console
