// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/row_model.h"
#include "dispatch/kpi_groups.h"

#include <QCoreApplication>
#include <QString>
#include <QStyledItemDelegate>

namespace vedette::console {

// One group of the leader's board.
struct LeaderRow {
    std::string key;
    QString name;
    std::size_t opened = 0, open = 0, overdue = 0;
    std::optional<double> onTime; // share of those closed
    std::optional<std::chrono::seconds> signFor, turnOut, feedback;
    bool slowest = false;
    friend bool operator==(const LeaderRow&, const LeaderRow&) = default;
};
std::vector<LeaderRow> leaderRows(const dispatch::City& city, const dispatch::KpiBoard& board,
                                  dispatch::GroupBy by);
// How a group is called: a desk's or area's name, a level's word, a category's name.
QString groupName(const dispatch::City& city, dispatch::GroupBy by, const std::string& key,
                  const std::string& name);

// Groups, those with most tickets first.
class LeaderTableModel : public RowModel<LeaderRow, std::string> {
    Q_DECLARE_TR_FUNCTIONS(LeaderTableModel)
public:
    enum Column {
        nameColumn,
        openedColumn,
        openColumn,
        overdueColumn,
        onTimeColumn,
        signForColumn,
        turnOutColumn,
        feedbackColumn,
        columns
    };
    enum Role { shareRole = Qt::UserRole + 1, warnRole, slowestRole };
    explicit LeaderTableModel(QObject* parent = nullptr);
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setGroups(std::vector<LeaderRow> rows);
    // What a cell counts.
    static dispatch::KpiPick::What what(int column);

protected:
    const std::string& key(const LeaderRow& row) const override { return row.key; }

private:
    std::size_t most_ = 0;
};

// Bars of the tickets opened, figures that stand still.
class LeaderDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vedette::console
