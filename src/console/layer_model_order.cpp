// SPDX-License-Identifier: GPL-3.0-or-later
// In what order the layers stand, and who is in which group.
#include "console/layer_model.h"

#include <QMimeData>

#include <algorithm>

namespace vedette::console {

namespace {
constexpr auto ours = "application/x-vedette-layer";
}

int LayerModel::end(int head) const {
    int row = head + 1;
    while (row < rowCount() && !rows_[std::size_t(row)].group.isEmpty() &&
           rows_[std::size_t(row)].group == rows_[std::size_t(head)].id)
        ++row;
    return row;
}

bool LayerModel::foldedAway(int row) const {
    const QString& group = rows_[std::size_t(row)].group;
    return !group.isEmpty() && rows_[std::size_t(find(group))].folded;
}

bool LayerModel::moveTo(const QString& id, int gap, const QString& group) {
    const int from = find(id);
    if (from < 0 || !rows_[std::size_t(from)].movable)
        return false;
    const bool block = rows_[std::size_t(from)].head;
    const int behind = block ? end(from) : from + 1;
    const int head = block || group.isEmpty() ? -1 : find(group);
    if (head >= 0) {
        if (!rows_[std::size_t(head)].head)
            return false;
        gap = std::clamp(gap, head + 1, end(head));
    } else {
        const auto moves = [](const LayerRow& one) { return one.movable; };
        const auto first = std::find_if(rows_.begin(), rows_.end(), moves);
        const auto last = std::find_if(rows_.rbegin(), rows_.rend(), moves);
        gap = std::clamp(gap, static_cast<int>(first - rows_.begin()), static_cast<int>(rows_.rend() - last));
        // Not among another group's members: past all of them, the way it was going.
        if (gap < rowCount())
            if (const QString within = rows_[std::size_t(gap)].group; !within.isEmpty())
                gap = gap > from ? end(find(within)) : find(within);
    }
    if (gap >= from && gap <= behind)
        gap = from; // it stays where it is
    QString& of = rows_[std::size_t(from)].group;
    const QString to = head >= 0 ? group : QString();
    if (gap == from && of == to)
        return false;
    const QStringList were = visibleIds();
    of = to;
    if (gap != from) {
        beginMoveRows({}, from, behind - 1, {}, gap);
        const auto begin = rows_.begin();
        if (gap > from)
            std::rotate(begin + from, begin + behind, begin + gap);
        else
            std::rotate(begin + gap, begin + from, begin + behind);
        endMoveRows();
    }
    emit dataChanged(index(0), index(rowCount() - 1)); // heads count their members
    tell(were);
    emit moved();
    return true;
}

bool LayerModel::step(const QString& id, bool up) {
    const int from = find(id);
    if (from < 0 || !rows_[std::size_t(from)].movable)
        return false;
    const LayerRow& row = rows_[std::size_t(from)];
    const int behind = row.head ? end(from) : from + 1;
    const int next = up ? from - 1 : behind; // who stands there
    if (!row.group.isEmpty()) {
        const int head = find(row.group);
        const bool edge = up ? next == head : behind == end(head);
        return edge ? moveTo(id, up ? head : behind) : moveTo(id, up ? next : next + 1, row.group);
    }
    if (next < 0 || next >= rowCount() || !rows_[std::size_t(next)].movable)
        return false;
    const LayerRow& beside = rows_[std::size_t(next)];
    const int head = beside.head ? next : beside.group.isEmpty() ? -1 : find(beside.group);
    if (head < 0)
        return moveTo(id, up ? next : next + 1);
    if (row.head || rows_[std::size_t(head)].folded)
        return moveTo(id, up ? head : end(head));
    return moveTo(id, up ? end(head) : head + 1, rows_[std::size_t(head)].id);
}

void LayerModel::insertBelowLive(LayerRow row) {
    const auto at = std::find_if(rows_.begin(), rows_.end(), [](const LayerRow& one) { return one.movable; });
    const int where = static_cast<int>(at - rows_.begin());
    beginInsertRows({}, where, where);
    rows_.insert(at, std::move(row));
    endInsertRows();
}

bool LayerModel::makeGroup(const QString& id, LayerRow head) {
    int at = find(id);
    if (at < 0 || !rows_[std::size_t(at)].movable || rows_[std::size_t(at)].head)
        return false;
    if (const QString within = rows_[std::size_t(at)].group; !within.isEmpty()) {
        moveTo(id, end(find(within)));
        at = find(id);
    }
    head.head = head.movable = true;
    const QString group = head.id;
    beginInsertRows({}, at, at);
    rows_.insert(rows_.begin() + at, std::move(head));
    endInsertRows();
    return moveTo(id, at + 1, group);
}

void LayerModel::remove(const QString& gone) {
    const QString id = gone; // it may be the row's own
    const int at = find(id);
    if (at < 0)
        return;
    const QStringList were = visibleIds();
    for (LayerRow& row : rows_)
        if (row.group == id)
            row.group.clear();
    beginRemoveRows({}, at, at);
    rows_.erase(rows_.begin() + at);
    endRemoveRows();
    if (rows_.empty())
        return;
    emit dataChanged(index(0), index(rowCount() - 1));
    QStringList left = were;
    left.removeAll(id); // who isn't there any more has no visibility
    tell(left);
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
    if (from < 0)
        return false;
    const LayerRow dragged = rows_[std::size_t(from)];
    if (row < 0 && parent.isValid()) { // on a row: into a group, or into that row's place
        const LayerRow& on = rows_[std::size_t(parent.row())];
        if (on.head && !dragged.head)
            moveTo(id, parent.row() + 1, on.id);
        else
            moveTo(id, parent.row() > from ? parent.row() + 1 : parent.row(), on.group);
        return false;
    }
    const int gap = row < 0 ? rowCount() : row;
    // Between two rows of a group it is in that; below its last one only who was in it, and wasn't last.
    const QString below = gap < rowCount() ? rows_[std::size_t(gap)].group : QString();
    const LayerRow* above = gap > 0 ? &rows_[std::size_t(gap - 1)] : nullptr;
    if (!below.isEmpty() && (above->group == below || !above->folded))
        moveTo(id, gap, below);
    else if (below.isEmpty() && above && !dragged.group.isEmpty() && above->group == dragged.group && gap != from + 1)
        moveTo(id, gap, dragged.group);
    else if (above && above->head && !above->folded && below.isEmpty() && above->id != id)
        moveTo(id, gap, above->id); // an empty group's only place
    else
        moveTo(id, above && above->folded && gap > 0 ? end(gap - 1) : gap);
    return false;
}

} // namespace vedette::console
