// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/plan_model.h"

#include "console/wording.h"

namespace vedette::console {

using namespace dispatch;
using Mark = PlanRow::Mark;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PlanModel)
};

QString minutesText(double seconds) {
    const auto whole = static_cast<long long>(seconds + 0.5);
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString sentences(const std::vector<Message>& messages) {
    QStringList parts;
    for (const Message& message : messages)
        parts << say(message);
    return parts.join(QStringLiteral(" · "));
}

QString whatOf(const State& state, TicketId id) {
    const Ticket* ticket = state.ticket(id);
    if (!ticket)
        return {};
    const QString name = q(ticket->duty.name.empty() ? ticket->incident.category : ticket->duty.name);
    return ticket->incident.place.empty() ? name : name + QStringLiteral(" · ") + q(ticket->incident.place);
}

void mark(PlanRow& row, const std::map<TicketId, PlanMark>& marks) {
    const auto found = marks.find(row.id);
    if (found == marks.end() || found->second.mark == Mark::none)
        return;
    row.mark = found->second.mark;
    if (!found->second.words.isEmpty())
        row.why = found->second.words + QStringLiteral(" · ") + row.why;
}

} // namespace

std::vector<PlanRow> planRows(const Plan& plan, const State& state,
                              const std::map<TicketId, PlanMark>& marks) {
    std::vector<PlanRow> rows;
    rows.reserve(plan.tickets);
    for (const Proposal& line : plan.lines) {
        PlanRow row;
        row.id = line.ticket, row.priority = line.priority, row.what = whatOf(state, line.ticket);
        const UnitRecord* unit = state.unit(line.unit.unit);
        row.unit = q(line.unit.unit.text);
        if (unit && !unit->facts->name.empty())
            row.unit += u' ' + q(unit->facts->name);
        row.arrival = minutesText(line.unit.seconds);
        if (line.late)
            row.late = Text::tr("%1 late").arg(minutesText(static_cast<double>(line.late->count())));
        row.owner = line.unit.owner;
        row.why = sentences(line.unit.why) + QStringLiteral(" · ") + Words::metres(line.unit.metres);
        mark(row, marks);
        rows.push_back(std::move(row));
    }
    for (const Unserved& out : plan.unserved) {
        PlanRow row;
        row.id = out.ticket, row.priority = out.priority, row.what = whatOf(state, out.ticket);
        row.served = false;
        row.why = sentences(out.reasons);
        rows.push_back(std::move(row));
    }
    return rows;
}

QString planHeadline(const Plan& plan) {
    QStringList parts;
    parts << Text::tr("%1 tickets").arg(plan.tickets) << Text::tr("%1 served").arg(plan.lines.size());
    const auto gap = plan.gap();
    if (plan.proven)
        parts << Text::tr("proven: no plan is better");
    else
        parts << (gap ? Text::tr("gap %1 %").arg(100 * *gap, 0, 'f', 1) : Text::tr("gap not known yet"));
    return parts.join(QStringLiteral(" · "));
}

int PlanModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant PlanModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PlanRow& held = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case ticketColumn:
            return q(toString(held.id));
        case whatColumn:
            return held.what;
        case unitColumn:
            return held.served ? held.unit : tr("nobody");
        case arrivalColumn:
            return held.late.isEmpty() ? held.arrival : held.arrival + QStringLiteral("  ") + held.late;
        case whyColumn:
            return held.why;
        default:
            return QString();
        }
    case Qt::CheckStateRole:
        if (index.column() != checkColumn || !checkable(held))
            return {};
        return isChecked(held) ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
        return index.column() == whyColumn || index.column() == whatColumn ? data(index, Qt::DisplayRole)
                                                                           : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == checkColumn ? tr("priority %1").arg(held.priority)
                                             : data(index, Qt::DisplayRole);
    case priorityRole:
        return held.priority;
    case servedRole:
        return held.served;
    case lateRole:
        return !held.late.isEmpty();
    case markRole:
        return static_cast<int>(held.mark);
    case ownerRole:
        return held.owner;
    case goneRole:
        return gone(index.row());
    default:
        return {};
    }
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ticketColumn:
        return tr("Ticket");
    case whatColumn:
        return tr("What");
    case unitColumn:
        return tr("Unit");
    case arrivalColumn:
        return tr("Arrives in");
    case whyColumn:
        return tr("Why");
    default:
        return QString();
    }
}

Qt::ItemFlags PlanModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = RowModel::flags(index);
    if (index.isValid() && index.column() == checkColumn && checkable(row(index.row())))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool PlanModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !index.isValid() || !checkable(row(index.row())))
        return false;
    const TicketId id = row(index.row()).id;
    if (value.toInt() == Qt::Checked)
        unchecked_.erase(id);
    else
        unchecked_.insert(id);
    emit dataChanged(index, index);
    return true;
}

void PlanModel::checkAll(bool checked) {
    unchecked_.clear();
    for (int i = 0; !checked && i < rowCount(); ++i)
        unchecked_.insert(row(i).id);
    touch(checkColumn, checkColumn);
}

std::vector<TicketId> PlanModel::checked() const {
    std::vector<TicketId> out;
    for (int i = 0; i < rowCount(); ++i)
        if (!gone(i) && isChecked(row(i)))
            out.push_back(row(i).id);
    return out;
}

} // namespace vedette::console
