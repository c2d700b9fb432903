// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/people_model.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QStringList>

namespace vedette::console {

using namespace dispatch;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PeopleModel)
};

QString clock(Instant at, const City& city) {
    return at == Instant{} ? QString() : q(layers::isoLocal(at, city.zone)).mid(5, 11);
}

QString placeText(const City& city, const std::string& desk, const std::string& team) {
    QStringList parts;
    if (!desk.empty())
        parts << deskText(city, desk);
    if (!team.empty())
        parts << q(team);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

std::vector<PeopleRow> rosterRows(const RosterSheet& sheet, const City& city, const WhereOf& where) {
    std::vector<PeopleRow> rows;
    const auto row = [&](const RosterRow& unit) -> PeopleRow& {
        PeopleRow& made = rows.emplace_back();
        made.id = unit.unit;
        made.unit = q(unit.unit.text) + u' ' + q(unit.name);
        made.role = Words::role(unit.role);
        made.place = placeText(city, unit.desk, unit.team);
        return made;
    };
    for (const RosterRow& unit : sheet.on) {
        PeopleRow& made = row(unit);
        QStringList status{unit.plannedBreak ? Text::tr("planned break") : Words::status(unit.status)};
        for (const TicketId ticket : unit.tickets)
            status << q(toString(ticket));
        if (!unit.outReason.empty())
            status << q(unit.outReason);
        made.status = status.join(QStringLiteral(" · "));
        made.waits = unit.status == UnitStatus::outOfService;
        made.rests = unit.status == UnitStatus::onBreak;
        const QString till = clock(unit.till.value_or(Instant{}), city);
        const Instant back = unit.outUntil != Instant{} ? unit.outUntil : unit.breakTill.value_or(Instant{});
        made.till = back != Instant{} ? Text::tr("back %1").arg(clock(back, city)) : till;
        made.where = Words::whereabouts(where(unit.unit));
    }
    for (const RosterRow& unit : sheet.next) {
        PeopleRow& made = row(unit);
        made.status = Text::tr("comes next");
        made.till = Text::tr("from %1").arg(clock(*unit.comes, city));
        made.rests = true;
    }
    return rows;
}

std::vector<PeopleRow> rollRows(const RollCall& roll, const State& state, const City& city,
                                const WhereOf& where) {
    std::vector<PeopleRow> waiting, answered;
    for (const std::string& id : roll.called.units) {
        PeopleRow row;
        row.id = {id};
        const UnitRecord* unit = state.unit(row.id);
        row.unit = q(id) + (unit ? u' ' + q(unit->facts->name) : QString());
        if (unit) {
            row.role = Words::role(unit->facts->role);
            row.place = placeText(city, unit->facts->desk, unit->facts->team);
        }
        row.where = Words::whereabouts(where(row.id));
        if (const RollCall::Answer* answer = roll.answer(row.id)) {
            row.status = answer->late ? Text::tr("answered late") : Text::tr("answered");
            row.till = clock(answer->at, city);
            row.waits = answer->late;
            answered.push_back(std::move(row));
        } else {
            row.status = roll.closed ? Text::tr("missed") : Text::tr("no answer yet");
            row.waits = true;
            waiting.push_back(std::move(row));
        }
    }
    waiting.insert(waiting.end(), answered.begin(), answered.end());
    return waiting;
}

int PeopleModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant PeopleModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PeopleRow& held = row(index.row());
    const QString* texts[] = {&held.unit, &held.role, &held.place, &held.status, &held.till, &held.where};
    switch (role) {
    case Qt::DisplayRole:
        // A shape beside the hue.
        if (index.column() == statusColumn)
            return (held.waits   ? QStringLiteral("▲ ")
                    : held.rests ? QStringLiteral("○ ")
                                 : QStringLiteral("● ")) +
                   held.status;
        return *texts[index.column()];
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return *texts[index.column()];
    case Qt::ForegroundRole:
        if (gone(index.row()))
            return tokens().faint;
        if (held.waits && (index.column() == statusColumn || index.column() == unitColumn))
            return tokens().late;
        return held.rests ? tokens().muted : tokens().text;
    case Qt::FontRole:
        return index.column() == tillColumn ? codeFont(12) : textFont(13);
    default:
        return {};
    }
}

QVariant PeopleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case unitColumn:
        return tr("Unit");
    case roleColumn:
        return tr("Role");
    case placeColumn:
        return tr("Desk, team");
    case statusColumn:
        return tr("Status");
    case tillColumn:
        return tr("Till");
    case whereColumn:
        return tr("Position");
    default:
        return {};
    }
}

void PeopleModel::setFilter(const QString& text) {
    filter_ = text.split(u' ', Qt::SkipEmptyParts);
    show();
}

void PeopleModel::arrange(std::vector<const PeopleRow*>& rows) const {
    if (filter_.isEmpty())
        return;
    std::erase_if(rows, [this](const PeopleRow* row) {
        const QString all = row->unit + u' ' + row->role + u' ' + row->place + u' ' + row->status;
        return !std::all_of(filter_.begin(), filter_.end(),
                            [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
    });
}

} // namespace vedette::console
