// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_model.h"

#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace vedette::console {

namespace {
constexpr auto ours = "application/x-vedette-layer";
}

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
    endResetModel();
}

bool LayerModel::moveTo(const QString& id, int row) {
    const int from = find(id);
    if (from < 0 || !rows_[static_cast<std::size_t>(from)].movable)
        return false;
    const auto first =
        std::find_if(rows_.begin(), rows_.end(), [](const LayerRow& one) { return one.movable; });
    const auto last =
        std::find_if(rows_.rbegin(), rows_.rend(), [](const LayerRow& one) { return one.movable; });
    const int to = std::clamp(row, static_cast<int>(first - rows_.begin()),
                              static_cast<int>(rows_.size() - 1) - static_cast<int>(last - rows_.rbegin()));
    if (to == from)
        return false;
    beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    const auto begin = rows_.begin();
    if (to > from)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    endMoveRows();
    emit moved();
    return true;
}

void LayerModel::insertBelowLive(LayerRow row) {
    const auto at = std::find_if(rows_.begin(), rows_.end(), [](const LayerRow& one) { return one.movable; });
    const int where = static_cast<int>(at - rows_.begin());
    beginInsertRows({}, where, where);
    rows_.insert(at, std::move(row));
    endInsertRows();
}

void LayerModel::remove(const QString& id) {
    const int at = find(id);
    if (at < 0)
        return;
    beginRemoveRows({}, at, at);
    rows_.erase(rows_.begin() + at);
    endRemoveRows();
}

QStringList LayerModel::mimeTypes() const {
    return {QString::fromLatin1(ours), QStringLiteral("text/uri-list")};
}

QMimeData* LayerModel::mimeData(const QModelIndexList& indexes) const {
    auto* data = new QMimeData;
    if (!indexes.isEmpty())
        data->setData(QString::fromLatin1(ours), indexes.first().data(idRole).toString().toUtf8());
    return data;
}

bool LayerModel::canDropMimeData(const QMimeData* data, Qt::DropAction, int, int, const QModelIndex&) const {
    return data->hasFormat(QString::fromLatin1(ours)) || data->hasUrls();
}

bool LayerModel::dropMimeData(const QMimeData* data, Qt::DropAction, int row, int,
                              const QModelIndex& parent) {
    if (data->hasUrls()) {
        emit dropped(data->urls());
        return false;
    }
    const QString id = QString::fromUtf8(data->data(QString::fromLatin1(ours)));
    const int from = find(id);
    int to = row < 0 ? parent.isValid() ? parent.row() : static_cast<int>(rows_.size()) : row;
    if (row >= 0 && from >= 0 && to > from)
        --to; // the gap it leaves closes
    moveTo(id, to);
    return false;
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
