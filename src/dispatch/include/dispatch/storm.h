// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/commands.h"
#include "dispatch/recommend.h"

namespace vedette::dispatch {

// Storm mode: who leads which of the open tickets, decided for all of them at once. A plan is a value; it
// changes nothing until its lines are accepted, one command each.

// Who may go, as of one moment; alive with its state. Made by UnitIndex::stormField.
struct StormField {
    struct Unit {
        const UnitFacts* facts;
        Whereabouts where;
        int load;
    };
    State state;
    Instant now{};
    std::vector<Unit> ready; // by unit code: exactly those that `recommend` may propose, but for skills
    layers::WorkingCrs crs;
    layers::Areas areas;
    layers::Rules rules;
};

struct Proposal {
    TicketId ticket;
    int priority = 3;
    Candidate unit; // part: lead; why: as in recommend, then keptFromPlan {} for one proposed before
    LonLat at;      // of the ticket
    std::int64_t cost = 0;
    std::optional<std::chrono::seconds> late; // it will arrive so long after its deadline
};
struct Unserved {
    TicketId ticket;
    int priority = 3;
    // One of: ticketNotPlaced, nobodyEligible {role}, nobodySkilled {role,skills}, nobodyLeft {role}, when
    // all who may go have as much as they can take.
    std::vector<Message> reasons;
};
struct Plan {
    Seq seq = 0; // of the state it was made on
    Instant at{};
    std::vector<Proposal> lines;    // gravest first, then by ticket
    std::vector<Unserved> unserved; // in the same order
    std::size_t tickets = 0;        // lines and unserved
    std::int64_t objective = 0;     // sum of the lines' costs
    // No plan that serves as many by priority costs less; nothing: more may be servable than `lines`.
    std::optional<std::int64_t> lowerBound;
    bool proven = false; // lowerBound == objective, and no plan serves more
    std::chrono::milliseconds took{0};
    // (objective - lowerBound) / objective; nothing when the bound isn't known.
    std::optional<double> gap() const;
};

// What is planned for: open tickets that have begun, that nobody leads and that aren't reviewed. Assignments that stand are
// never touched: who is under way stays under way, and takes up its unit's capacity. Joint roles are not
// planned; they are sent with the ticket as always.
//
// First, as many tickets as can be served, the graver ones before the lighter (a graver ticket is never left
// out for a lighter one). Among those plans the least sum of
//   weight(priority) x (10 x (seconds + (owner ? 0 : ownerTolerance) + (as planned before ? 0 : keep))
//                       + 20 x seconds after the arrival deadline)
// in tenths of seconds, weight 8 4 2 1 for priorities 1 to 4, each rounded to a whole number and capped at
// 1e8. The acceptance deadline is the same whoever goes and is left out. `keep` counts only for tickets that
// had a line in the plan before.
struct StormRequest {
    Instant now{};
    std::size_t limit = 0; // the gravest, then oldest so many; 0: all
    std::vector<std::pair<TicketId, UnitId>> before;
    std::chrono::seconds keep{60}; // so much must a changed line win
    std::chrono::milliseconds firstAfter{400}, giveUpAfter{20000};
};
struct StormWatch {
    std::function<void(const Plan&)> first; // a whole plan with its gap, when the proof isn't done by then
    std::function<bool()> stop;             // asked often; true: what there is
};
// Blocks; any thread. `cost` is asked for near pairs only: its minSeconds prunes the others.
Plan planStorm(const StormField& field, const StormRequest& request, const CostModel& cost,
               const StormWatch& watch = {});

// The command of a line, with what was shown.
AssignUnit commandOf(const Proposal& line);
// Why a line no longer holds on a newer state, as the command would be refused; leadTaken too when somebody
// else leads the ticket by now. Empty: it holds.
std::vector<Message> violationsOf(const Proposal& line, const State& newer, Instant now,
                                  const layers::TimeZone& zone);

} // namespace vedette::dispatch
