// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/feature_table_model.h"

#include "console/wording.h"

#include <algorithm>

namespace vedette::console {

int FeatureTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int FeatureTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !rows_ ? 0 : static_cast<int>(rows_->columns.size());
}

QVariant FeatureTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !rows_)
        return {};
    const std::uint32_t row = rowAt(index.row());
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        const auto value = rows_->value(row, index.column());
        if (!value)
            return role == Qt::DisplayRole ? QVariant(QStringLiteral("—")) : QVariant();
        return q(value->substr(0, role == Qt::DisplayRole ? 300 : 2000)).simplified();
    }
    if (role == Qt::TextAlignmentRole && rows_->number(row, index.column()))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant FeatureTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || !rows_)
        return {};
    if (orientation == Qt::Horizontal)
        return q(rows_->columns[static_cast<std::size_t>(section)]);
    return section < static_cast<int>(shown_.size()) ? QVariant(rowAt(section) + 1) : QVariant();
}

void FeatureTableModel::setRows(std::optional<layers::Rows> rows, std::vector<std::uint32_t> shown) {
    beginResetModel();
    const bool same = rows && rows_ && rows->columns == rows_->columns;
    rows_ = std::move(rows);
    shown_ = std::move(shown);
    if (!same)
        sortedBy_ = -1;
    arrange();
    endResetModel();
}

void FeatureTableModel::sort(int column, Qt::SortOrder order) {
    sortedBy_ = column, order_ = order;
    emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::uint32_t> held;
    for (const QModelIndex& index : before)
        held.push_back(rowAt(index.row()));
    arrange();
    std::vector<std::pair<std::uint32_t, int>> places;
    places.reserve(shown_.size());
    for (std::size_t i = 0; i < shown_.size(); ++i)
        places.emplace_back(shown_[i], static_cast<int>(i));
    std::sort(places.begin(), places.end());
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto at = std::lower_bound(places.begin(), places.end(), std::pair(held[std::size_t(i)], 0));
        after << index(at->second, before[i].column());
    }
    changePersistentIndexList(before, after);
    emit layoutChanged();
}

void FeatureTableModel::arrange() {
    std::sort(shown_.begin(), shown_.end());
    if (!rows_ || sortedBy_ < 0 || sortedBy_ >= columnCount())
        return;
    struct Key {
        int rank; // number, text, null
        double number;
        std::string_view text;
        std::uint32_t row;
    };
    std::vector<Key> keys;
    keys.reserve(shown_.size());
    for (const std::uint32_t row : shown_) {
        const auto number = rows_->number(row, sortedBy_);
        const auto text = rows_->value(row, sortedBy_);
        keys.push_back({number ? 0
                        : text ? 1
                               : 2,
                        number.value_or(0), text.value_or(std::string_view()), row});
    }
    const bool up = order_ == Qt::AscendingOrder;
    std::stable_sort(keys.begin(), keys.end(), [up](const Key& a, const Key& b) {
        if (a.rank != b.rank)
            return a.rank == 2 || b.rank == 2 ? a.rank < b.rank : (a.rank < b.rank) == up;
        const Key& x = up ? a : b;
        const Key& y = up ? b : a;
        return a.rank == 0 ? x.number < y.number : a.rank == 1 && x.text < y.text;
    });
    std::transform(keys.begin(), keys.end(), shown_.begin(), [](const Key& key) { return key.row; });
}

int FeatureTableModel::indexOf(std::uint32_t row) const {
    const auto at = std::find(shown_.begin(), shown_.end(), row);
    return at == shown_.end() ? -1 : static_cast<int>(at - shown_.begin());
}

} // namespace vedette::console
