// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/board.h"
#include "console/row_model.h"

#include <QCoreApplication>

namespace vedette::console {

// The units on duty or at work; those at work first, then by role and code, unless a column is chosen.
class UnitModel : public RowModel<UnitRow, dispatch::UnitId> {
    Q_DECLARE_TR_FUNCTIONS(UnitModel)
public:
    enum Column { unitColumn, roleColumn, positionColumn, onColumn, loadColumn, columns };
    enum Role { statusRole = Qt::UserRole + 1, lostRole, staleRole, goneRole, codeRole, nameRole, roleRole };

    explicit UnitModel(QObject* parent = nullptr);
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    void setFilter(const QString& text); // code or name contains; empty: all
    void setUnits(std::shared_ptr<const std::vector<UnitRow>> rows); // never null

protected:
    const dispatch::UnitId& key(const UnitRow& row) const override { return row.id(); }
    void arrange(std::vector<const UnitRow*>& rows) const override;

private:
    QString text(const UnitRow& row, int column) const;
    int sortColumn_ = -1;
    Qt::SortOrder order_ = Qt::AscendingOrder;
    QString filter_;
};

} // namespace vedette::console
