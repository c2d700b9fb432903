// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_table.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace vedette::console {

using namespace dispatch;

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(LeaderTableModel)
};
} // namespace

QString groupName(const City& city, GroupBy by, const std::string& key, const std::string& name) {
    switch (by) {
    case GroupBy::level:
        if (const auto kind = layers::areaKind(key))
            return Words::oneArea(*kind);
        return Text::tr("other desks");
    case GroupBy::station:
        return key.empty() ? Text::tr("no station") : deskText(city, key);
    case GroupBy::desk:
        return key.empty() ? Text::tr("no desk") : deskText(city, key);
    case GroupBy::category:
        return name.empty() ? q(key) : q(name);
    case GroupBy::categoryClass:
        return Text::tr("class %1").arg(q(key));
    case GroupBy::hour:
        return Text::tr("%1 h").arg(q(key));
    }
    return q(key);
}

std::vector<LeaderRow> leaderRows(const City& city, const KpiBoard& board, GroupBy by) {
    const auto& slow = by == GroupBy::station    ? board.slowestStation
                       : by == GroupBy::desk     ? board.slowestDesk
                       : by == GroupBy::category ? board.slowestCategory
                                                 : std::nullopt;
    std::vector<LeaderRow> rows;
    for (const KpiGroup& group : board.by(by)) {
        const Kpi& kpi = group.figures;
        LeaderRow& row = rows.emplace_back();
        row.key = group.key;
        row.name = groupName(city, by, group.key, group.name);
        row.opened = kpi.opened, row.open = kpi.open, row.overdue = kpi.overdue;
        if (const std::size_t over = kpi.onTime + kpi.late)
            row.onTime = static_cast<double>(kpi.onTime) / static_cast<double>(over);
        row.signFor = kpi.signFor.median, row.turnOut = kpi.turnOut.median, row.feedback = kpi.feedback.median;
        row.slowest = slow && slow->station == group.key;
    }
    std::ranges::stable_sort(rows, [](const LeaderRow& a, const LeaderRow& b) { return a.opened > b.opened; });
    return rows;
}

LeaderTableModel::LeaderTableModel(QObject* parent) : RowModel(parent) {}

int LeaderTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

void LeaderTableModel::setGroups(std::vector<LeaderRow> rows) {
    std::size_t most = 0;
    for (const LeaderRow& row : rows)
        most = std::max(most, row.opened);
    setRows(std::move(rows));
    if (std::exchange(most_, most) != most)
        touch(openedColumn, openedColumn);
}

KpiPick::What LeaderTableModel::what(int column) {
    switch (column) {
    case openColumn:
        return KpiPick::What::open;
    case overdueColumn:
        return KpiPick::What::overdue;
    case onTimeColumn:
        return KpiPick::What::closed;
    case signForColumn:
    case turnOutColumn:
    case feedbackColumn:
        return KpiPick::What::interval;
    default:
        return KpiPick::What::opened;
    }
}

QVariant LeaderTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LeaderRow& held = row(index.row());
    const auto span = [](const std::optional<std::chrono::seconds>& median) {
        return median ? spanText(*median) : QStringLiteral("—");
    };
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        switch (index.column()) {
        case nameColumn:
            return held.slowest ? held.name + QStringLiteral(" ◷") : held.name;
        case openedColumn:
            return QString::number(held.opened);
        case openColumn:
            return QString::number(held.open);
        case overdueColumn:
            return QString::number(held.overdue);
        case onTimeColumn:
            return held.onTime ? QString::number(100 * *held.onTime, 'f', 1) + QStringLiteral(" %")
                               : QStringLiteral("—");
        case signForColumn:
            return span(held.signFor);
        case turnOutColumn:
            return span(held.turnOut);
        case feedbackColumn:
            return span(held.feedback);
        default:
            return {};
        }
    if (role == Qt::ToolTipRole && index.column() == nameColumn)
        return held.slowest ? q(held.key) + QStringLiteral(" ") + held.name + QStringLiteral(" · ") +
                                  tr("slowest by median turn-out, of those with at least %1").arg(Kpi::slowestOf)
                            : q(held.key) + QStringLiteral(" ") + held.name;
    if (role == shareRole)
        return most_ ? static_cast<double>(held.opened) / static_cast<double>(most_) : 0.0;
    if (role == warnRole)
        return index.column() == overdueColumn && held.overdue > 0;
    if (role == slowestRole)
        return held.slowest;
    return {};
}

QVariant LeaderTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section > nameColumn)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case openedColumn:
        return tr("Opened");
    case openColumn:
        return tr("Open");
    case overdueColumn:
        return tr("Overdue");
    case onTimeColumn:
        return tr("On time");
    case signForColumn:
        return tr("Sign-for");
    case turnOutColumn:
        return tr("Turn-out");
    case feedbackColumn:
        return tr("Feedback");
    default:
        return QString();
    }
}

void LeaderDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = tokens();
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, t.selected);
    painter->setPen(t.lineSoft);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRectF box = QRectF(option.rect).adjusted(8, 0, -8, -1);
    painter->setFont(textFont(12));
    if (index.column() == LeaderTableModel::nameColumn) {
        painter->setPen(t.text);
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            static_cast<int>(box.width())));
    } else {
        if (index.column() == LeaderTableModel::openedColumn) {
            const double share = index.data(LeaderTableModel::shareRole).toDouble();
            QColor wash = t.accent;
            wash.setAlpha(70);
            painter->fillRect(QRectF(option.rect.left() + 2, option.rect.top() + 4, (option.rect.width() - 4) * share,
                                     option.rect.height() - 9),
                              wash);
        }
        painter->setPen(index.data(LeaderTableModel::warnRole).toBool() ? t.late : t.text);
        drawFigures(*painter, box, Qt::AlignRight | Qt::AlignVCenter, index.data().toString());
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(t.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    painter->restore();
}

} // namespace vedette::console
