// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_model.h"

#ifndef Q_MOC_RUN
#include "layers/layer_groups.h"
#endif

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
    case Qt::AccessibleDescriptionRole:
        return row.head ? row.folded ? tr("group, folded") : tr("group, unfolded") : QVariant();
    case Qt::ToolTipRole:
        return row.hint.isEmpty() ? QVariant() : row.hint;
    case Qt::CheckStateRole:
        return row.visible ? Qt::Checked : Qt::Unchecked;
    case countRole:
        if (row.head)
            return end(index.row()) - index.row() - 1;
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
    case shownRole:
        return row.head ? row.visible : shown(row);
    case groupRole:
        return row.group;
    case headRole:
        return row.head;
    case foldedRole:
        return row.folded;
    default:
        return {};
    }
}

bool LayerModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    LayerRow& row = rows_[static_cast<std::size_t>(index.row())];
    if (role == foldedRole && row.head && row.folded != value.toBool()) {
        row.folded = value.toBool();
        emit dataChanged(index, index);
        emit foldsChanged();
        return true;
    }
    if (role != Qt::CheckStateRole)
        return false;
    const bool visible = value.toInt() == Qt::Checked;
    if (!row.present)
        return false;
    if (row.visible == visible)
        return true;
    const QStringList were = visibleIds();
    row.visible = visible;
    emit dataChanged(index, row.head ? this->index(end(index.row()) - 1) : index);
    tell(were, row.id);
    return true;
}

void LayerModel::tell(const QStringList& were, const QString& always) {
    QStringList ids;
    for (const LayerRow& row : rows_)
        if (row.id == always || (!row.head && were.contains(row.id) != visible(row.id)))
            ids << row.id;
    for (const QString& id : ids)
        if (id == always || were.contains(id) != visible(id)) // who hears of it may have switched the next one back
            emit visibilityChanged(id, visible(id));
    if (!ids.isEmpty())
        emit shownChanged(ids);
}

Qt::ItemFlags LayerModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between the rows
    Qt::ItemFlags base = Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (rows_[static_cast<std::size_t>(index.row())].movable)
        base |= Qt::ItemIsDragEnabled;
    return rows_[static_cast<std::size_t>(index.row())].present
               ? base | Qt::ItemIsEnabled | Qt::ItemIsUserCheckable
               : base | Qt::ItemIsEnabled;
}

void LayerModel::setArranging(std::function<void(std::vector<LayerRow>&)> arrange) {
    arrange_ = std::move(arrange);
    setRows(std::move(rows_));
}

void LayerModel::setRows(std::vector<LayerRow> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    if (arrange_)
        arrange_(rows_);
    layers::gatherGroups(rows_);
    endResetModel();
}

int LayerModel::find(const QString& id) const {
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (rows_[i].id == id)
            return static_cast<int>(i);
    return -1;
}

template <class T>
void LayerModel::set(const QString& id, T LayerRow::*field, T value) {
    const int at = find(id);
    if (at < 0 || rows_[static_cast<std::size_t>(at)].*field == value)
        return;
    rows_[static_cast<std::size_t>(at)].*field = std::move(value);
    emit dataChanged(index(at), index(at));
}

void LayerModel::setCount(const QString& id, std::size_t count) {
    set(id, &LayerRow::count, std::optional<std::size_t>(count));
}
void LayerModel::setHint(const QString& id, const QString& hint) {
    set(id, &LayerRow::hint, hint);
}
void LayerModel::setNote(const QString& id, const QString& note) {
    set(id, &LayerRow::note, note);
}
void LayerModel::rename(const QString& id, const QString& name) {
    set(id, &LayerRow::name, name);
}
void LayerModel::setColours(const QString& id, const QColor& fill, const QColor& outline) {
    set(id, &LayerRow::fill, fill);
    set(id, &LayerRow::outline, outline);
}

bool LayerModel::shown(const LayerRow& row) const {
    if (!row.visible || !row.present)
        return false;
    const int head = row.group.isEmpty() ? -1 : find(row.group);
    return head < 0 || rows_[static_cast<std::size_t>(head)].visible;
}

bool LayerModel::visible(const QString& id) const {
    const int at = find(id);
    return at >= 0 && shown(rows_[static_cast<std::size_t>(at)]);
}

bool LayerModel::checked(const QString& id) const {
    const int at = find(id);
    return at >= 0 && rows_[static_cast<std::size_t>(at)].visible;
}

void LayerModel::reveal(const QString& id) {
    setVisible(id, true);
    if (const int at = find(id); at >= 0 && !rows_[static_cast<std::size_t>(at)].group.isEmpty())
        setVisible(rows_[static_cast<std::size_t>(at)].group, true);
}

void LayerModel::setVisible(const QString& id, bool visible) {
    if (const int at = find(id); at >= 0)
        setData(index(at), visible ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
}

QStringList LayerModel::visibleIds() const {
    QStringList ids;
    for (const LayerRow& row : rows_)
        if (!row.head && shown(row))
            ids << row.id;
    return ids;
}

QStringList LayerModel::checkedIds() const {
    QStringList ids;
    for (const LayerRow& row : rows_)
        if (!row.head && row.visible && row.present)
            ids << row.id;
    return ids;
}

} // namespace vedette::console
