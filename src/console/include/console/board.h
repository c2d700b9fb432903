// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/desks.h"
#include "dispatch/kpi_groups.h"
#include "dispatch/positions.h"

#include <QString>

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace vedette::console {

// One open ticket as the queue shows it.
struct QueueRow {
    dispatch::TicketId id;
    int priority = 3;
    QString what;
    std::string area;
    dispatch::Stage stage = dispatch::Stage::reported;
    dispatch::Instant openedAt{};
    std::optional<dispatch::Instant> due;
    bool untaken = false; // nobody leads it
    int raised = 0;       // desks it was escalated to
    layers::Point at;
    QString mark{};         // behind the stage: when it begins, a hazard, answers that are missing
    bool scheduled = false; // it begins later; `due` is when
    bool heard = true;    // the alarm sounds for it at this desk
    std::string category{}; // its code
    bool hazard = false;    // one that is not yet rectified and inspected
    friend bool operator==(const QueueRow&, const QueueRow&) = default;
};

// One unit as the table shows it.
struct UnitRow {
    std::shared_ptr<const dispatch::UnitFacts> facts; // of the state, which holds them anyway; never null
    dispatch::UnitStatus status = dispatch::UnitStatus::off;
    dispatch::Whereabouts where;
    QString on;
    int load = 0;
    QString reserved{}; // for scheduled tickets: "T1042 14:30"
    const dispatch::UnitId& id() const { return facts->id; }
    QString name() const { return QString::fromStdString(facts->name); }
    bool lost() const { // its position may not be relied on
        return where.basis == dispatch::PositionBasis::none ||
               (where.basis == dispatch::PositionBasis::fix && where.age == dispatch::FixAge::lost);
    }
    friend bool operator==(const UnitRow& a, const UnitRow& b) {
        return (a.facts == b.facts || *a.facts == *b.facts) && a.status == b.status && a.on == b.on &&
               a.load == b.load && a.reserved == b.reserved &&
               a.where.at == b.where.at && a.where.basis == b.where.basis && a.where.fixAge == b.where.fixAge;
    }
};

// What the tables, the map's marks and the figures show of one state at one moment. Immutable once made.
struct Board {
    dispatch::State state;
    dispatch::Instant now{};
    std::vector<QueueRow> queue; // most urgent first
    std::vector<UnitRow> units;  // on duty or at work, by id
    std::size_t unitsOnDuty = 0;
    std::size_t elsewhere = 0; // open tickets outside the scope
    dispatch::Kpi shift;
    dispatch::Instant shiftFrom{};
};

using WhereaboutsOf = std::function<dispatch::Whereabouts(const dispatch::UnitRecord&)>;

// Any thread; `now` decides ages, duty and what is overdue; of tickets and units those in `scope`.
Board makeBoard(const dispatch::City& city, const dispatch::State& state, dispatch::Instant now,
                const WhereaboutsOf& whereabouts, const dispatch::Scope& scope = {});

// `board` with the rows that `events` touch as they are in `state`, which has them; figures, ages and
// whereabouts as they were. For what mustn't wait until a whole board is made.
Board patched(const Board& board, const dispatch::City& city, const dispatch::State& state,
              std::span<const dispatch::Event> events, const dispatch::Scope& scope);

// Of any ticket, also one that is over.
QueueRow queueRow(const dispatch::City& city, const dispatch::Ticket& ticket, const dispatch::Scope& scope,
                  dispatch::Instant now);
// Whether a ticket waits for somebody to be sent; one that is scheduled doesn't yet.
bool needsSending(const dispatch::Ticket& ticket, dispatch::Instant now);
// Priority, then the running deadline, then number; what is scheduled comes behind, by when it begins.
bool moreUrgent(const QueueRow& a, const QueueRow& b);
// The most urgent ticket that waits; after `current` when that one waits too, so that repeating goes round.
std::optional<dispatch::TicketId> nextWaiting(const std::vector<QueueRow>& queue,
                                              std::optional<dispatch::TicketId> current);

// Where units stood at a past moment: newest of fix and declaration, else post, else home area.
WhereaboutsOf pastWhereabouts(const dispatch::City& city,
                              const std::vector<std::pair<dispatch::UnitId, dispatch::Fix>>& fixes,
                              dispatch::Instant now);

// "03.2 Fight, injured", or the category alone.
QString whatText(const dispatch::Ticket& ticket);

} // namespace vedette::console
