// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_model.h"

namespace vedette::console {

LayerModel::LayerModel(QObject* parent) : QAbstractListModel(parent) {}

int LayerModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant LayerModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LayerRow& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return row.name;
    case Qt::ToolTipRole:
        return row.hint.isEmpty() ? QVariant() : row.hint;
    case Qt::CheckStateRole:
        return row.visible ? Qt::Checked : Qt::Unchecked;
    case countRole:
        return row.count ? QVariant(static_cast<qulonglong>(*row.count)) : QVariant();
    case fillRole:
        return row.fill;
    case outlineRole:
        return row.outline;
    case presentRole:
        return row.present;
    case idRole:
        return row.id;
    case noteRole:
        return row.note;
    default:
        return {};
    }
}

bool LayerModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    LayerRow& row = rows_[static_cast<std::size_t>(index.row())];
    const bool visible = value.toInt() == Qt::Checked;
    if (!row.present)
        return false;
    if (row.visible == visible)
        return true;
    row.visible = visible;
    emit dataChanged(index, index);
    emit visibilityChanged(row.id, visible);
    return true;
}

Qt::ItemFlags LayerModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags base = Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return rows_[static_cast<std::size_t>(index.row())].present
               ? base | Qt::ItemIsEnabled | Qt::ItemIsUserCheckable
               : base | Qt::ItemIsEnabled;
}

void LayerModel::setRows(std::vector<LayerRow> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

int LayerModel::find(const QString& id) const {
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (rows_[i].id == id)
            return static_cast<int>(i);
    return -1;
}

void LayerModel::setCount(const QString& id, std::size_t count) {
    const int at = find(id);
    if (at < 0 || rows_[static_cast<std::size_t>(at)].count == count)
        return;
    rows_[static_cast<std::size_t>(at)].count = count;
    emit dataChanged(index(at), index(at));
}

void LayerModel::setHint(const QString& id, const QString& hint) {
    const int at = find(id);
    if (at < 0 || rows_[static_cast<std::size_t>(at)].hint == hint)
        return;
    rows_[static_cast<std::size_t>(at)].hint = hint;
    emit dataChanged(index(at), index(at));
}

void LayerModel::setNote(const QString& id, const QString& note) {
    const int at = find(id);
    if (at < 0 || rows_[static_cast<std::size_t>(at)].note == note)
        return;
    rows_[static_cast<std::size_t>(at)].note = note;
    emit dataChanged(index(at), index(at));
}

bool LayerModel::visible(const QString& id) const {
    const int at = find(id);
    return at >= 0 && rows_[static_cast<std::size_t>(at)].visible &&
           rows_[static_cast<std::size_t>(at)].present;
}

void LayerModel::setVisible(const QString& id, bool visible) {
    if (const int at = find(id); at >= 0)
        setData(index(at), visible ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
}

QStringList LayerModel::visibleIds() const {
    QStringList ids;
    for (const LayerRow& row : rows_)
        if (row.visible && row.present)
            ids << row.id;
    return ids;
}

} // namespace vedette::console
