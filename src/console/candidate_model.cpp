// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/candidate_model.h"

#include "console/ticket_actions.h"
#include "console/wording.h"

#include <algorithm>

namespace vedette::console {

using namespace dispatch;
using Kind = CandidateRow::Kind;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CandidateModel)
};

QString nameOf(const State& state, const UnitId& unit) {
    const UnitRecord* record = state.unit(unit);
    return record && !record->facts->name.empty() ? q(record->facts->name) : q(unit.text);
}

QString codeOf(const State& state, const UnitId& unit) {
    const UnitRecord* record = state.unit(unit);
    return record && !record->facts->name.empty() ? q(unit.text) : QString();
}

QString seconds(double value) {
    const auto whole = static_cast<long long>(value + 0.5);
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

// A sentence among others begins small; a code or a name keeps its letters.
QString inLine(QString text) {
    if (text.size() > 1 && text[0].isUpper() && text[1].isLower())
        text[0] = text[0].toLower();
    return text;
}

QString why(const Candidate& candidate) {
    QStringList parts;
    for (const auto& message : candidate.why)
        parts << inLine(say(message));
    parts << Words::metres(candidate.metres) + u' ' +
                 (candidate.method == "straight" ? Text::tr("straight") : Text::tr("by road"));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

std::vector<CandidateRow> candidateRows(const State& state, const Ticket& ticket,
                                        const Recommendation& recommendation, Instant now) {
    std::vector<CandidateRow> rows;
    for (const Assignment& assignment : ticket.assignments) {
        if (assignment.status == AssignmentStatus::released ||
            assignment.status == AssignmentStatus::declined)
            continue;
        CandidateRow row;
        row.key = "on " + assignment.unit.text;
        row.kind = Kind::onIt;
        row.unit = assignment.unit;
        row.title = nameOf(state, assignment.unit);
        row.code = codeOf(state, assignment.unit);
        const Instant since = assignment.at[static_cast<std::size_t>(assignment.status)];
        row.detail =
            Words::part(assignment.part) + QStringLiteral(" · ") + Words::assignment(assignment.status);
        if (!assignment.overrideReason.empty())
            row.detail += QStringLiteral(" · ") + reasonWords(assignment.overrideReason);
        row.figure = since == Instant{} || !assignment.open() ? QString() : spanText(now - since);
        rows.push_back(std::move(row));
    }
    // Where somebody leads already, whoever else goes joins: first those whom the duty wants, then others of
    // the lead's role.
    const Assignment* leading = lead(ticket);
    const bool led = leading && leading->open();
    std::vector<Candidate> candidates = recommendation.candidates;
    if (led) {
        std::stable_partition(candidates.begin(), candidates.end(),
                              [](const Candidate& one) { return one.part == dispatch::Part::joint; });
        std::size_t more = 2;
        std::erase_if(candidates, [&](Candidate& one) {
            const bool lasts = one.part == dispatch::Part::joint || more > 0;
            more -= one.part == dispatch::Part::lead && more > 0;
            one.part = dispatch::Part::joint;
            return !lasts;
        });
    }
    int rank = 0;
    for (const Candidate& candidate : candidates) {
        CandidateRow row;
        row.candidate = candidate;
        row.unit = candidate.unit;
        row.kind = candidate.part == dispatch::Part::lead ? Kind::lead : Kind::joint;
        row.key = (row.kind == Kind::lead ? "lead " : "joint ") + candidate.unit.text;
        row.rank = row.kind == Kind::lead ? ++rank : 0;
        row.best = row.rank == 1;
        const QString name = nameOf(state, candidate.unit);
        row.title = row.kind == Kind::lead ? QStringLiteral("%1 · %2").arg(row.rank).arg(name)
                                           : QStringLiteral("+ ") + name;
        row.code = codeOf(state, candidate.unit);
        row.suffix = row.kind == Kind::joint ? Text::tr("joins") : QString();
        row.detail = Words::role(candidate.role) + QStringLiteral(" · ") + why(candidate);
        row.figure = seconds(candidate.seconds);
        rows.push_back(std::move(row));
    }
    std::size_t listed = 0;
    for (const Unsuitable& other : recommendation.unsuitable) {
        if (++listed > 4)
            break;
        CandidateRow row;
        row.kind = Kind::notTaken;
        row.key = "not " + other.unit.text;
        row.unit = other.unit;
        row.title = nameOf(state, other.unit);
        row.code = codeOf(state, other.unit);
        QStringList reasons;
        for (const auto& reason : other.reasons)
            reasons << inLine(say(reason));
        row.detail = Text::tr("would take %1").arg(seconds(other.seconds)) + QStringLiteral(", ") +
                     reasons.join(QStringLiteral(", "));
        rows.push_back(std::move(row));
    }
    return rows;
}

CandidateModel::CandidateModel(QObject* parent) : RowModel(parent) {}

QVariant CandidateModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CandidateRow& held = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case titleRole:
        return held.title;
    case Qt::AccessibleTextRole:
        return held.title + u' ' + held.code + u' ' + held.suffix + QStringLiteral(", ") + held.figure +
               QStringLiteral(", ") + held.detail;
    case Qt::ToolTipRole:
        return held.detail;
    case kindRole:
        return static_cast<int>(held.kind);
    case codeRole:
        return held.code;
    case suffixRole:
        return held.suffix;
    case detailRole:
        return held.detail;
    case figureRole:
        return held.figure;
    case bestRole:
        return held.best;
    case rankRole:
        return held.rank;
    default:
        return {};
    }
}

Qt::ItemFlags CandidateModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    return row(index.row()).kind == Kind::notTaken ? Qt::ItemIsEnabled
                                                   : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

int CandidateModel::best() const {
    int joint = -1;
    for (int i = 0; i < rowCount(); ++i) {
        if (row(i).kind == Kind::lead)
            return i;
        if (row(i).kind == Kind::joint && joint < 0)
            joint = i;
    }
    return joint;
}

std::vector<Candidate> CandidateModel::joining(const UnitId& but) const {
    std::vector<Candidate> first;
    for (int i = 0; i < rowCount(); ++i) {
        const Candidate& one = row(i).candidate;
        if (row(i).kind == Kind::joint && one.unit != but &&
            std::none_of(first.begin(), first.end(),
                         [&](const Candidate& taken) { return taken.role == one.role; }))
            first.push_back(one);
    }
    return first;
}

} // namespace vedette::console
