// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "layers/rows.h"
#endif

#include <QAbstractTableModel>

namespace vedette::console {

// A layer's attributes. Nothing is copied: cells are read from the rows when they are looked at, so a hundred
// thousand rows open at once. Sorted and narrowed by the order in which row numbers are listed.
class FeatureTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override; // numbers before texts, nulls last; -1: as in the source

    // `shown`: which rows of the layer, ascending.
    void setRows(std::optional<layers::Rows> rows, std::vector<std::uint32_t> shown);
    std::uint32_t rowAt(int at) const { return shown_[static_cast<std::size_t>(at)]; }
    int indexOf(std::uint32_t row) const; // -1: not shown

private:
    void arrange();
    std::optional<layers::Rows> rows_;
    std::vector<std::uint32_t> shown_;
    int sortedBy_ = -1;
    Qt::SortOrder order_ = Qt::AscendingOrder;
};

} // namespace vedette::console
