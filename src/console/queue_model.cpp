// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/queue_model.h"

#include "console/shapes.h"
#include "console/wording.h"

namespace vedette::console {

QueueModel::QueueModel(QObject* parent) : RowModel(parent) {}

int QueueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QString QueueModel::text(const QueueRow& row, int column) const {
    switch (column) {
    case priorityColumn:
        return QString::number(row.priority);
    case ticketColumn:
        return q(dispatch::toString(row.id));
    case whatColumn:
        return row.what;
    case areaColumn:
        return row.area.empty() ? QStringLiteral("—") : grouped(row.area);
    case stageColumn:
        return (row.scheduled ? QString() : Words::stage(row.stage)) +
               (row.raised ? QStringLiteral(" ↑%1").arg(row.raised) : QString()) +
               (row.mark.isEmpty() || row.scheduled ? row.mark : QStringLiteral(" · ") + row.mark);
    case ageColumn:
        return spanText(std::max(now_ - row.openedAt, std::chrono::milliseconds(0)));
    case dueColumn:
        return row.due ? spanText(*row.due - now_) : QStringLiteral("—");
    default:
        return {};
    }
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QueueRow& held = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(held, index.column());
    case Qt::ToolTipRole:
        if (index.column() == stageColumn && held.raised)
            return tr("escalated; desks that heard of it: %1").arg(held.raised);
        if (index.column() == stageColumn && held.scheduled)
            return tr("scheduled; it sounds no alarm and is in no plan before");
        if (index.column() == stageColumn && !held.mark.isEmpty())
            return text(held, stageColumn);
        return index.column() == whatColumn ? held.what : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == priorityColumn ? tr("priority %1").arg(held.priority)
                                                : text(held, index.column());
    case lateRole:
        return held.due && *held.due < now_;
    case soonRole:
        return held.due && *held.due >= now_ && *held.due - now_ < std::chrono::minutes(2);
    case untakenRole:
        return held.untaken;
    case goneRole:
        return gone(index.row());
    case priorityRole:
        return held.priority;
    case symbolRole:
        return symbolOf(held);
    default:
        return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ticketColumn:
        return tr("Ticket");
    case whatColumn:
        return tr("What");
    case areaColumn:
        return tr("Area");
    case stageColumn:
        return tr("Stage");
    case ageColumn:
        return tr("Age");
    case dueColumn:
        return tr("Due in");
    default:
        return QString();
    }
}

void QueueModel::sort(int column, Qt::SortOrder order) {
    sortColumn_ = column;
    order_ = order;
    show();
}

void QueueModel::setNow(dispatch::Instant now) {
    now_ = now;
    touch(ageColumn, dueColumn);
}

void QueueModel::arrange(std::vector<const QueueRow*>& rows) const {
    if (sortColumn_ < 0 || sortColumn_ == priorityColumn) {
        const auto sooner = [](const QueueRow* a, const QueueRow* b) { return moreUrgent(*a, *b); };
        if (!std::is_sorted(rows.begin(), rows.end(), sooner)) // boards come in this order
            std::stable_sort(rows.begin(), rows.end(), sooner);
    } else {
        std::stable_sort(rows.begin(), rows.end(), [this](const QueueRow* left, const QueueRow* right) {
            const QueueRow &a = *left, &b = *right;
            switch (sortColumn_) {
            case ticketColumn:
                return a.id < b.id;
            case whatColumn:
                return a.what < b.what;
            case areaColumn:
                return a.area < b.area;
            case stageColumn:
                return a.stage < b.stage;
            case ageColumn:
                return a.openedAt > b.openedAt;
            default:
                return a.due.value_or(dispatch::Instant::max()) < b.due.value_or(dispatch::Instant::max());
            }
        });
    }
    if (sortColumn_ >= 0 && order_ == Qt::DescendingOrder)
        std::reverse(rows.begin(), rows.end());
}

} // namespace vedette::console
