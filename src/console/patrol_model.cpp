// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/patrol_model.h"

#include "console/theme.h"
#include "console/wording.h"

#include <algorithm>

namespace vedette::console {

QColor tierColour(int tier) {
    const Tokens& t = tokens();
    return t.priority[std::clamp(tier, 1, 4) - 1];
}

double coveredShare(const PatrolRow& row) {
    if (!row.coverage || row.patrol.minutes <= 0)
        return 0;
    const std::chrono::duration<double, std::ratio<60>> present = row.coverage->planned.present;
    return std::min(1.0, present.count() / row.patrol.minutes);
}

int PatrolModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

void PatrolModel::arrange(std::vector<const PatrolRow*>& rows) const {
    std::ranges::stable_sort(rows, [](const PatrolRow* left, const PatrolRow* right) {
        const PatrolRow &a = *left, &b = *right;
        if (a.proposed != b.proposed)
            return b.proposed;
        return a.patrol.tier != b.patrol.tier ? a.patrol.tier < b.patrol.tier : a.patrol.risk > b.patrol.risk;
    });
}

QVariant PatrolModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PatrolRow& held = row(index.row());
    const auto minutes = [](std::chrono::milliseconds span) {
        return QString::number(std::chrono::duration_cast<std::chrono::minutes>(span).count());
    };
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case tierColumn:
            return held.proposed ? tr("tier %1").arg(held.patrol.tier)
                                 : tr("tier %1 · %2").arg(held.patrol.tier).arg(q(held.patrol.id));
        case areaColumn:
            return held.patrol.name.empty() ? grouped(held.patrol.area) : q(held.patrol.name);
        case unitColumn:
            return held.units;
        case whenColumn:
            return held.when;
        case visitsColumn:
            return held.coverage ? tr("%1 of %2").arg(held.coverage->planned.visits).arg(held.patrol.visits)
                                 : tr("wants %1").arg(held.patrol.visits);
        case minutesColumn:
            return held.coverage
                       ? tr("%1 of %2 min").arg(minutes(held.coverage->planned.present)).arg(held.patrol.minutes)
                       : tr("wants %1 min").arg(held.patrol.minutes);
        case whyColumn:
            return held.why;
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return index.column() == areaColumn ? QVariant(grouped(held.patrol.area) + u' ' + q(held.patrol.name))
               : index.column() == whyColumn ? QVariant(held.why)
                                             : QVariant();
    case Qt::CheckStateRole:
        if (index.column() != tierColumn || !held.proposed)
            return {};
        return isChecked(held) ? Qt::Checked : Qt::Unchecked;
    case Qt::ForegroundRole:
        if (index.column() == minutesColumn && held.coverage && held.coverage->till >= held.patrol.till &&
            !held.coverage->kept())
            return tokens().late;
        return {};
    default:
        return {};
    }
}

QVariant PatrolModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case tierColumn:
        return tr("Tier");
    case areaColumn:
        return tr("Area");
    case unitColumn:
        return tr("Unit");
    case whenColumn:
        return tr("When");
    case visitsColumn:
        return tr("Visits");
    case minutesColumn:
        return tr("Presence");
    case whyColumn:
        return tr("Why, and what the tracks say");
    default:
        return {};
    }
}

Qt::ItemFlags PatrolModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = RowModel::flags(index);
    if (index.isValid() && index.column() == tierColumn && row(index.row()).proposed)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool PatrolModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !index.isValid() || !row(index.row()).proposed)
        return false;
    if (value.toInt() == Qt::Checked)
        unchecked_.erase(row(index.row()).key);
    else
        unchecked_.insert(row(index.row()).key);
    emit dataChanged(index, index);
    return true;
}

void PatrolModel::checkAll(bool checked) {
    unchecked_.clear();
    for (int i = 0; !checked && i < rowCount(); ++i)
        unchecked_.insert(row(i).key);
    touch(tierColumn, tierColumn);
}

std::vector<std::string> PatrolModel::checked() const {
    std::vector<std::string> keys;
    for (int i = 0; i < rowCount(); ++i)
        if (isChecked(row(i)) && !gone(i))
            keys.push_back(row(i).key);
    return keys;
}

} // namespace vedette::console
