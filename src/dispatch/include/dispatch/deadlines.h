// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"

#include <chrono>
#include <set>
#include <span>

namespace vedette::dispatch {

// The next step of a ticket's escalation: the first at the running clock's end, each further one `every`
// later, as far up as its chain goes. Nullopt: no clock runs, or everybody of the chain has heard of it.
struct Escalation {
    TicketId ticket;
    Instant due;
    std::string clock; // "verify" "accept" "arrive" "finish" "review"
    int level = 1;     // in the chain, from 1
    friend bool operator==(const Escalation&, const Escalation&) = default;
};
std::optional<Escalation> nextEscalation(const Ticket& ticket, std::chrono::seconds every);

// All open tickets by when their next escalation is due, in a heap whose entries may be out of date: what
// comes up is looked at again in the state, so that nothing is fired that no longer holds and nothing that
// still does is missed. An event costs a push; asking costs as much as is due. One thread.
class DeadlineWatch {
public:
    explicit DeadlineWatch(std::chrono::seconds every) : every_(every) {}
    // After a fold: `events` are what lies between; empty: everything may have changed.
    void follow(const State& state, std::span<const Event> events);
    // What is due by `now`, the longest overdue first, at most `limit`. It is given again until an event of
    // the ticket says that it was done.
    std::vector<Escalation> due(const State& state, Instant now, std::size_t limit);

private:
    struct Entry {
        Instant due;
        TicketId ticket;
    };
    void add(const Ticket& ticket);
    void push(Entry entry);

    const std::chrono::seconds every_;
    std::vector<Entry> heap_;
};

// Scheduled tickets for which somebody is reserved: few, so they are simply looked through. One thread.
class BeginWatch {
public:
    void follow(const State& state, std::span<const Event> events); // as above
    // Those that have begun by `now`, by number, at most `limit`; given again until nobody is reserved.
    std::vector<TicketId> due(const State& state, Instant now, std::size_t limit) const;

private:
    std::set<TicketId> tickets_;
};

} // namespace vedette::dispatch
