// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/unit_model.h"

#include "console/wording.h"

namespace vedette::console {

UnitModel::UnitModel(QObject* parent) : RowModel(parent) {}

int UnitModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QString UnitModel::text(const UnitRow& row, int column) const {
    switch (column) {
    case unitColumn:
        return q(row.id().text) + u' ' + row.name();
    case roleColumn:
        return Words::role(row.facts->role);
    case positionColumn:
        return Words::whereabouts(row.where);
    case onColumn:
        if (!row.reserved.isEmpty())
            return (row.on.isEmpty() ? QString() : row.on + QStringLiteral(" · ")) +
                   tr("reserved %1").arg(row.reserved);
        return !row.on.isEmpty()                          ? row.on
               : row.status == dispatch::UnitStatus::free ? QStringLiteral("—")
                                                          : Words::status(row.status);
    case loadColumn:
        return QStringLiteral("%1/%2").arg(row.load).arg(row.facts->capacity);
    default:
        return {};
    }
}

QVariant UnitModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const UnitRow& held = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(held, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == unitColumn
                   ? text(held, unitColumn) + QStringLiteral(", ") + Words::status(held.status)
                   : text(held, index.column());
    case statusRole:
        return static_cast<int>(held.status);
    case lostRole:
        return held.lost();
    case staleRole:
        return held.where.basis == dispatch::PositionBasis::fix && held.where.age >= dispatch::FixAge::stale;
    case goneRole:
        return gone(index.row());
    case codeRole:
        return q(held.id().text);
    case nameRole:
        return held.name();
    case roleRole:
        return static_cast<int>(held.facts->role);
    default:
        return {};
    }
}

QVariant UnitModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case unitColumn:
        return tr("Unit");
    case roleColumn:
        return tr("Role");
    case positionColumn:
        return tr("Position");
    case onColumn:
        return tr("On");
    case loadColumn:
        return tr("Load");
    default:
        return {};
    }
}

void UnitModel::sort(int column, Qt::SortOrder order) {
    sortColumn_ = column;
    order_ = order;
    show();
}

void UnitModel::setFilter(const QString& text) {
    filter_ = text.trimmed();
    show();
}

void UnitModel::setUnits(std::shared_ptr<const std::vector<UnitRow>> rows) {
    shareRows(std::move(rows));
    touch(positionColumn, positionColumn);
}

void UnitModel::arrange(std::vector<const UnitRow*>& rows) const {
    if (!filter_.isEmpty())
        std::erase_if(rows, [this](const UnitRow* row) {
            return !q(row->id().text).contains(filter_, Qt::CaseInsensitive) &&
                   !row->name().contains(filter_, Qt::CaseInsensitive);
        });
    // Columns of words fall back on the code, so that equal rows have one order.
    std::stable_sort(rows.begin(), rows.end(), [this](const UnitRow* left, const UnitRow* right) {
        const UnitRow &a = *left, &b = *right;
        switch (sortColumn_) {
        case roleColumn:
            return std::tie(a.facts->role, a.id()) < std::tie(b.facts->role, b.id());
        case positionColumn:
            return std::make_tuple(a.where.basis, a.where.fixAge.value_or(std::chrono::milliseconds(0)),
                                   a.id()) <
                   std::make_tuple(b.where.basis, b.where.fixAge.value_or(std::chrono::milliseconds(0)),
                                   b.id());
        case onColumn:
            return std::make_tuple(a.on.isEmpty(), a.on, a.id()) < std::make_tuple(b.on.isEmpty(), b.on, b.id());
        case loadColumn:
            return std::tie(b.load, a.id()) < std::tie(a.load, b.id());
        case unitColumn:
            return a.id() < b.id();
        default: // who is at work first, then officers, ...
            return std::make_tuple(a.on.isEmpty(), a.facts->role, a.id()) <
                   std::make_tuple(b.on.isEmpty(), b.facts->role, b.id());
        }
    });
    if (order_ == Qt::DescendingOrder)
        std::reverse(rows.begin(), rows.end());
}

} // namespace vedette::console
