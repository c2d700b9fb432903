// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/board.h"

#include "console/ticket_marks.h"
#include "console/wording.h"

#include <algorithm>

namespace vedette::console {

using namespace dispatch;

QString whatText(const Ticket& ticket) {
    return ticket.duty.name.empty() ? q(ticket.incident.category) : q(ticket.duty.name);
}

bool needsSending(const Ticket& ticket, Instant now) {
    return isOpen(ticket) && !lead(ticket) && ticket.own != TicketMove::reviewed && ticket.begins <= now;
}

bool moreUrgent(const QueueRow& a, const QueueRow& b) {
    if (a.scheduled != b.scheduled)
        return b.scheduled;
    if (a.scheduled && a.due != b.due)
        return *a.due < *b.due;
    if (a.priority != b.priority)
        return a.priority < b.priority;
    if (a.due.has_value() != b.due.has_value())
        return a.due.has_value();
    if (a.due != b.due)
        return *a.due < *b.due;
    return a.id < b.id;
}

std::optional<TicketId> nextWaiting(const std::vector<QueueRow>& queue, std::optional<TicketId> current) {
    std::vector<const QueueRow*> waiting;
    for (const QueueRow& row : queue)
        if (row.untaken)
            waiting.push_back(&row);
    if (waiting.empty())
        return std::nullopt;
    std::sort(waiting.begin(), waiting.end(),
              [](const auto* a, const auto* b) { return moreUrgent(*a, *b); });
    for (std::size_t i = 0; current && i < waiting.size(); ++i)
        if (waiting[i]->id == *current)
            return waiting[(i + 1) % waiting.size()]->id;
    return waiting.front()->id;
}

namespace {

QString onText(const State& state, const UnitRecord& unit) {
    QString text;
    for (const TicketId id : unit.tickets) {
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + q(toString(id));
        if (const Ticket* ticket = state.ticket(id))
            for (const Assignment& a : ticket->assignments)
                if (a.unit == unit.facts->id && a.open() && unit.tickets.size() == 1)
                    text += QStringLiteral(" · ") + Words::assignment(a.status);
    }
    return text;
}

// Units that are reserved, and what for.
std::unordered_map<std::string, QString> reservations(const City& city, const State& state, Instant now) {
    std::unordered_map<std::string, QString> all;
    state.forEachOpenTicket([&](const Ticket& ticket) {
        for (const UnitId& unit : ticket.reserved) {
            QString& text = all[unit.text];
            text += (text.isEmpty() ? QString() : QStringLiteral(", ")) + q(toString(ticket.id)) + u' ' +
                    momentText(ticket.begins, now, city.zone);
        }
    });
    return all;
}

} // namespace

QueueRow queueRow(const City& city, const Ticket& ticket, const Scope& scope, Instant now) {
    QueueRow row;
    row.id = ticket.id;
    row.priority = ticket.incident.priority;
    row.what = whatText(ticket);
    row.area = ownArea(city, ticket);
    row.stage = stage(ticket);
    row.openedAt = std::max(ticket.openedAt, ticket.begins); // nobody has waited before it began
    if (const auto deadline = runningDeadline(ticket))
        row.due = deadline->due;
    row.untaken = needsSending(ticket, now);
    row.mark = queueMark(ticket, now, city.zone);
    row.scheduled = isScheduled(ticket, now);
    if (row.scheduled)
        row.due = ticket.begins;
    if (!ticket.sweep.empty())
        row.what += QStringLiteral(" · ") + q(ticket.sweep);
    row.raised = static_cast<int>(ticket.boards.size());
    row.at = city.crs.toWorking(ticket.incident.at);
    row.heard = scope.hears(ticket);
    row.category = ticket.incident.category;
    row.hazard = ticket.hazard.runs();
    return row;
}

namespace {

UnitRow unitRow(const State& state, const UnitRecord& unit, UnitStatus status, Whereabouts where) {
    UnitRow row;
    row.facts = unit.facts;
    row.status = status;
    row.where = std::move(where);
    row.on = onText(state, unit);
    row.load = static_cast<int>(unit.tickets.size());
    return row;
}

} // namespace

Board makeBoard(const City& city, const State& state, Instant now, const WhereaboutsOf& whereabouts,
                const Scope& scope) {
    Board board{state, now, {}, {}, 0, 0, {}, {}};
    state.forEachOpenTicket([&](const Ticket& ticket) {
        if (scope.has(ticket, state))
            board.queue.push_back(queueRow(city, ticket, scope, now));
        else
            ++board.elsewhere;
    });
    std::sort(board.queue.begin(), board.queue.end(), moreUrgent);
    const auto reserved = reservations(city, state, now);
    state.forEachUnit([&](const UnitRecord& unit) {
        const UnitStatus status = unitStatus(state, unit, now, city.zone);
        if ((status == UnitStatus::off && unit.tickets.empty()) || !scope.has(*unit.facts))
            return;
        board.unitsOnDuty += status != UnitStatus::off;
        board.units.push_back(unitRow(state, unit, status, whereabouts(unit)));
        if (!reserved.empty())
            if (const auto found = reserved.find(unit.facts->id.text); found != reserved.end())
                board.units.back().reserved = found->second;
    });
    board.units.shrink_to_fit(); // it is kept, by the table too
    // A shift is the eight hours that end now: desks change at different hours, this one needs no setting.
    board.shiftFrom = now - std::chrono::hours(8);
    board.shift = kpi(
        state, board.shiftFrom, now + std::chrono::seconds(1), now,
        [&city](const Ticket& ticket) { return stationOf(city, ticket); },
        [&](const Ticket& ticket) { return scope.has(ticket, state); });
    return board;
}

Board patched(const Board& board, const City& city, const State& state, std::span<const Event> events,
              const Scope& scope) {
    Board now = board;
    now.state = state;
    std::vector<TicketId> tickets;
    std::vector<UnitId> units;
    const auto touches = [&](const auto& payload) {
        if constexpr (requires { payload.ticket; })
            tickets.push_back(payload.ticket);
        if constexpr (requires { payload.unit; })
            units.push_back(payload.unit);
    };
    for (const Event& event : events)
        std::visit(touches, event.payload);
    for (const TicketId id : tickets) {
        const auto old = std::ranges::find(now.queue, id, &QueueRow::id);
        if (old != now.queue.end())
            now.queue.erase(old);
        const Ticket* ticket = state.ticket(id);
        if (!ticket || !isOpen(*ticket) || !scope.has(*ticket, state))
            continue;
        const QueueRow row = queueRow(city, *ticket, scope, now.now);
        now.queue.insert(std::upper_bound(now.queue.begin(), now.queue.end(), row, moreUrgent), row);
    }
    for (const UnitId& id : units) {
        const auto row = std::ranges::find(now.units, id, &UnitRow::id);
        const UnitRecord* unit = state.unit(id);
        if (row != now.units.end() && unit) {
            QString kept = std::move(row->reserved);
            *row = unitRow(state, *unit, unitStatus(state, *unit, now.now, city.zone), row->where);
            row->reserved = std::move(kept);
        }
    }
    const auto reserves = [](const Event& event) {
        return std::holds_alternative<UnitReserved>(event.payload) ||
               std::holds_alternative<UnitUnreserved>(event.payload);
    };
    if (std::ranges::any_of(events, reserves)) {
        const auto reserved = reservations(city, state, now.now);
        for (UnitRow& row : now.units) {
            const auto found = reserved.find(row.id().text);
            row.reserved = found == reserved.end() ? QString() : found->second;
        }
    }
    return now;
}

WhereaboutsOf pastWhereabouts(const City& city, const std::vector<std::pair<UnitId, Fix>>& fixes,
                              Instant now) {
    auto byUnit = std::make_shared<std::unordered_map<std::string, Fix>>();
    for (const auto& [unit, fix] : fixes)
        byUnit->insert_or_assign(unit.text, fix);
    return [&city, byUnit, now](const UnitRecord& unit) {
        Whereabouts where;
        const auto found = byUnit->find(unit.facts->id.text);
        const bool fixed = found != byUnit->end();
        const UnitSaid& said = unit.said();
        if (fixed && (!said.declaredAt || found->second.fixedAt >= said.declaredWhen)) {
            where.basis = PositionBasis::fix;
            where.lonLat = found->second.at;
            where.fixAge = std::max(now - found->second.fixedAt, std::chrono::milliseconds(0));
            where.age = fixAge(*where.fixAge, city.workspace.rules);
        } else if (said.declaredAt) {
            where.basis = PositionBasis::declared;
            where.lonLat = *said.declaredAt;
            where.fixAge = std::max(now - said.declaredWhen, std::chrono::milliseconds(0));
        } else if (unit.facts->post) {
            where.basis = PositionBasis::posted;
            where.lonLat = *unit.facts->post;
        } else if (const auto home = city.areas.byCode(unit.facts->homeArea)) {
            where.basis = PositionBasis::homeArea;
            where.at = city.areas[*home].box.centre();
            where.lonLat = city.crs.toLonLat(where.at);
            return where;
        } else {
            return where;
        }
        where.at = city.crs.toWorking(where.lonLat);
        return where;
    };
}

} // namespace vedette::console
