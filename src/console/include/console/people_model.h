// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/row_model.h"
#include "dispatch/positions.h"
#include "dispatch/roster.h"

#include <QCoreApplication>

namespace vedette::console {

// One unit of the roster, or of a roll call.
struct PeopleRow {
    dispatch::UnitId id;
    QString unit, role, place, status, till, where;
    bool waits = false; // hasn't answered; out of service
    bool rests = false; // on a break, or not on yet
    friend bool operator==(const PeopleRow&, const PeopleRow&) = default;
};

using WhereOf = std::function<dispatch::Whereabouts(const dispatch::UnitId&)>;

// Those on duty by desk and team, then who comes next. Any thread.
std::vector<PeopleRow> rosterRows(const dispatch::RosterSheet& sheet, const dispatch::City& city,
                                  const WhereOf& where);
// Those who haven't answered first, each with where it is thought to be.
std::vector<PeopleRow> rollRows(const dispatch::RollCall& roll, const dispatch::State& state,
                                const dispatch::City& city, const WhereOf& where);

class PeopleModel : public RowModel<PeopleRow, dispatch::UnitId> {
    Q_DECLARE_TR_FUNCTIONS(PeopleModel)
public:
    enum Column { unitColumn, roleColumn, placeColumn, statusColumn, tillColumn, whereColumn, columns };
    explicit PeopleModel(QObject* parent = nullptr) : RowModel(parent) {}
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setFilter(const QString& text); // rows in which every word stands somewhere

protected:
    const dispatch::UnitId& key(const PeopleRow& row) const override { return row.id; }
    void arrange(std::vector<const PeopleRow*>& rows) const override;

private:
    QStringList filter_;
};

} // namespace vedette::console
