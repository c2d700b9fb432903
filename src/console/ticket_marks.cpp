// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ticket_marks.h"

#include "console/wording.h"
#include "dispatch/sweep.h"

#include <QCoreApplication>

namespace vedette::console {

using namespace dispatch;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TicketMarks)
};

QString list(const std::vector<std::string>& words) {
    QStringList all;
    for (const std::string& word : words)
        all << q(word);
    return all.join(QStringLiteral(", "));
}

QString hazardText(const Hazard& hazard, Instant now, const layers::TimeZone& zone) {
    QString text;
    switch (hazard.step) {
    case Hazard::Step::none:
        return {};
    case Hazard::Step::found:
        text = Text::tr("hazard: rectify by %1").arg(momentText(hazard.due, now, zone));
        break;
    case Hazard::Step::rectified:
        text = hazard.inspectBy == Instant{}
                   ? Text::tr("hazard: %1 said it is rectified, to be inspected by somebody else")
                         .arg(q(hazard.rectifiedBy))
                   : Text::tr("hazard: %1 said it is rectified, somebody else inspects by %2")
                         .arg(q(hazard.rectifiedBy), momentText(hazard.inspectBy, now, zone));
        break;
    case Hazard::Step::passed:
        text = Text::tr("hazard: inspection passed %1").arg(momentText(hazard.passedAt, now, zone));
        break;
    }
    return hazard.rounds > 0 ? text + QStringLiteral(" · ") + Text::tr("round %1").arg(hazard.rounds + 1)
                             : text;
}

} // namespace

QString momentText(Instant at, Instant now, const layers::TimeZone& zone) {
    const auto there = zone.local(at), here = zone.local(now);
    const QString whole = q(layers::isoLocal(at, zone)); // 2026-03-15 14:30:00
    const bool sameYear = there.year == here.year;
    return sameYear && there.month == here.month && there.day == here.day ? whole.mid(11, 5)
           : sameYear                                                     ? whole.mid(5, 11)
                                                                          : whole.left(16);
}

QString sweepText(const State& state, const Sweep& sweep) {
    const SweepProgress progress = progressOf(state, sweep);
    const QString text =
        QStringLiteral("%1 %2 %3/%4").arg(q(sweep.id), q(sweep.name)).arg(progress.done).arg(progress.all);
    return sweep.closed ? text + QStringLiteral(" · ") + Text::tr("closed") : text;
}

QStringList ticketMarks(const State& state, const Ticket& ticket, Instant now, const layers::TimeZone& zone) {
    QStringList marks;
    const bool open = isOpen(ticket);
    if (open && ticket.begins > now)
        marks << Text::tr("begins %1").arg(momentText(ticket.begins, now, zone));
    QStringList reserved;
    for (const UnitId& unit : ticket.reserved) {
        const UnitRecord* record = state.unit(unit);
        reserved << (record ? q(unit.text) + u' ' + q(record->facts->name) : q(unit.text));
    }
    if (!reserved.isEmpty())
        marks << Text::tr("reserved: %1").arg(reserved.join(QStringLiteral(", ")));
    if (const auto missing = feedbackMissing(ticket); open && !missing.empty())
        marks << Text::tr("still to be answered: %1").arg(list(missing));
    else if (open && !ticket.duty.feedback.empty())
        marks << Text::tr("everything is answered");
    if (open && ticket.duty.reviewBySecond && stage(ticket) != Stage::reviewed) {
        const auto actors = workedOn(ticket);
        marks << (actors.empty() ? Text::tr("to be reviewed by a second person")
                                 : Text::tr("to be reviewed by somebody else than %1").arg(list(actors)));
    }
    if (const QString hazard = hazardText(ticket.hazard, now, zone); !hazard.isEmpty())
        marks << hazard;
    if (const Sweep* sweep = state.sweep(ticket.sweep))
        marks << Text::tr("sweep %1").arg(sweepText(state, *sweep));
    return marks;
}

QString queueMark(const Ticket& ticket, Instant now, const layers::TimeZone& zone) {
    if (isScheduled(ticket, now)) { // the column is narrow: the day, or the time of today
        const QString whole = momentText(ticket.begins, now, zone);
        return Text::tr("from %1").arg(whole.size() > 6 ? whole.chopped(6) : whole);
    }
    if (ticket.hazard.step == Hazard::Step::found)
        return Text::tr("hazard");
    if (ticket.hazard.step == Hazard::Step::rectified)
        return Text::tr("to inspect");
    if (stage(ticket) == Stage::handled && !feedbackMissing(ticket).empty())
        return Text::tr("answers missing");
    return {};
}

void wordRecord(layers::Message& what, const layers::TimeZone& zone) {
    for (auto& [name, value] : what.args) {
        if (name == "begins" || name == "till") {
            if (const auto at = layers::parseTime(value, layers::TimeZone::utc()))
                value = layers::isoLocal(*at, zone).substr(0, 16);
        } else if (name == "why") {
            value = s(say({value, what.args}));
        }
    }
}

QString classText(const Duty& duty) {
    if (!duty.areaClass)
        return {};
    const QString word = *duty.areaClass == layers::AreaClass::city     ? Text::tr("city")
                         : *duty.areaClass == layers::AreaClass::suburb ? Text::tr("suburb")
                                                                        : Text::tr("rural");
    return Text::tr(", %1").arg(word);
}

} // namespace vedette::console
