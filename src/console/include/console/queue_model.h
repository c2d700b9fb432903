// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/board.h"
#include "console/row_model.h"

#include <QCoreApplication>

namespace vedette::console {

// The queue of open tickets, most urgent first unless a column is chosen.
class QueueModel : public RowModel<QueueRow, dispatch::TicketId> {
    Q_DECLARE_TR_FUNCTIONS(QueueModel)
public:
    enum Column {
        priorityColumn,
        ticketColumn,
        whatColumn,
        areaColumn,
        stageColumn,
        ageColumn,
        dueColumn,
        columns
    };
    enum Role { lateRole = Qt::UserRole + 1, soonRole, untakenRole, goneRole, priorityRole, symbolRole };

    explicit QueueModel(QObject* parent = nullptr);
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override; // column -1: most urgent first
    void setNow(dispatch::Instant now);                  // ages and countdowns follow

protected:
    const dispatch::TicketId& key(const QueueRow& row) const override { return row.id; }
    void arrange(std::vector<const QueueRow*>& rows) const override;

private:
    QString text(const QueueRow& row, int column) const;
    dispatch::Instant now_{};
    int sortColumn_ = -1;
    Qt::SortOrder order_ = Qt::AscendingOrder;
};

} // namespace vedette::console
