// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/row_model.h"
#include "dispatch/storm.h"

#include <QCoreApplication>

#include <map>
#include <set>

namespace vedette::console {

// A line of a plan, or a ticket that it leaves out.
struct PlanRow {
    enum class Mark : std::uint8_t { none, changed, sending, sent, refused };
    dispatch::TicketId id;
    int priority = 3;
    QString what, unit, arrival, late, why;
    bool served = true, owner = false;
    Mark mark = Mark::none;
    friend bool operator==(const PlanRow&, const PlanRow&) = default;
};

// What has become of a line since the plan was made.
struct PlanMark {
    PlanRow::Mark mark = PlanRow::Mark::none;
    QString words;
};

// Lines, then those left out, each in the plan's order. `state`: names and categories. A line marked as
// changed, sent or refused says so first in `why`.
std::vector<PlanRow> planRows(const dispatch::Plan& plan, const dispatch::State& state,
                              const std::map<dispatch::TicketId, PlanMark>& marks);
// "412 tickets, 398 served, gap 0.8 %, proven".
QString planHeadline(const dispatch::Plan& plan);

// Who was unchecked stays so when the plan is made anew.
class PlanModel : public RowModel<PlanRow, dispatch::TicketId> {
    Q_DECLARE_TR_FUNCTIONS(PlanModel)
public:
    enum Column { checkColumn, ticketColumn, whatColumn, unitColumn, arrivalColumn, whyColumn, columns };
    enum Role { priorityRole = Qt::UserRole + 1, servedRole, lateRole, markRole, ownerRole, goneRole };

    explicit PlanModel(QObject* parent = nullptr) : RowModel(parent) {}
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    void checkAll(bool checked);
    void uncheck(dispatch::TicketId ticket) { unchecked_.insert(ticket); } // from the next setRows on
    std::vector<dispatch::TicketId> checked() const; // of the lines that may still be accepted, in order

protected:
    const dispatch::TicketId& key(const PlanRow& row) const override { return row.id; }

private:
    bool checkable(const PlanRow& row) const {
        return row.served && row.mark != PlanRow::Mark::changed && row.mark != PlanRow::Mark::sent;
    }
    bool isChecked(const PlanRow& row) const { return checkable(row) && !unchecked_.contains(row.id); }
    std::set<dispatch::TicketId> unchecked_;
};

} // namespace vedette::console
