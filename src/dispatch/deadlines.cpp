// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/deadlines.h"

#include <algorithm>
#include <variant>

namespace vedette::dispatch {

std::optional<Escalation> nextEscalation(const Ticket& ticket, std::chrono::seconds every) {
    std::optional<Escalation> next;
    for (const RunningDeadline& running : runningDeadlines(ticket)) {
        const int level = nextLevel(ticket, running.name);
        if (level > static_cast<int>(ticket.chain.size()))
            continue;
        const Instant due = running.due + every * (level - 1);
        if (!next || due < next->due)
            next = Escalation{ticket.id, due, std::string(running.name), level};
    }
    return next;
}

namespace {

constexpr auto later = [](const auto& a, const auto& b) {
    return a.due != b.due ? a.due > b.due : a.ticket > b.ticket;
};

struct TicketOf {
    std::optional<TicketId> operator()(const auto& payload) const {
        if constexpr (requires { payload.ticket; })
            return payload.ticket;
        return std::nullopt;
    }
};

} // namespace

void DeadlineWatch::push(Entry entry) {
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), later);
}

void DeadlineWatch::add(const Ticket& ticket) {
    if (const auto next = nextEscalation(ticket, every_))
        push({next->due, ticket.id});
}

void DeadlineWatch::follow(const State& state, std::span<const Event> events) {
    // A pinned reference says nothing of tickets, but a heap full of what is over is made anew.
    if (events.empty() || heap_.size() > 1024 + 4 * state.openTicketCount()) {
        heap_.clear();
        state.forEachOpenTicket([&](const Ticket& ticket) {
            if (const auto next = nextEscalation(ticket, every_))
                heap_.push_back({next->due, ticket.id});
        });
        std::make_heap(heap_.begin(), heap_.end(), later);
        return;
    }
    for (const Event& event : events)
        if (const auto id = std::visit(TicketOf{}, event.payload))
            if (const Ticket* ticket = state.ticket(*id))
                add(*ticket);
}

void BeginWatch::follow(const State& state, std::span<const Event> events) {
    const auto look = [&](const Ticket& ticket) {
        if (isOpen(ticket) && !ticket.reserved.empty())
            tickets_.insert(ticket.id);
        else
            tickets_.erase(ticket.id);
    };
    if (events.empty()) {
        tickets_.clear();
        state.forEachOpenTicket(look);
        return;
    }
    for (const Event& event : events)
        if (const auto id = std::visit(TicketOf{}, event.payload))
            if (const Ticket* ticket = state.ticket(*id))
                look(*ticket);
}

std::vector<TicketId> BeginWatch::due(const State& state, Instant now, std::size_t limit) const {
    std::vector<TicketId> due;
    for (const TicketId id : tickets_)
        if (const Ticket* ticket = state.ticket(id); ticket && ticket->begins <= now && due.size() < limit)
            due.push_back(id);
    return due;
}

std::vector<Escalation> DeadlineWatch::due(const State& state, Instant now, std::size_t limit) {
    std::vector<Escalation> due;
    std::vector<Entry> again; // until an event says that it was done
    while (!heap_.empty() && heap_.front().due <= now && due.size() < limit) {
        const Entry top = heap_.front();
        // The same entry twice is one.
        while (!heap_.empty() && heap_.front().due == top.due && heap_.front().ticket == top.ticket) {
            std::pop_heap(heap_.begin(), heap_.end(), later);
            heap_.pop_back();
        }
        const Ticket* ticket = state.ticket(top.ticket);
        auto next = ticket ? nextEscalation(*ticket, every_) : std::nullopt;
        if (!next)
            continue;
        if (next->due != top.due) { // the clock was moved on; its own entry may be there already
            if (next->due > top.due)
                push({next->due, top.ticket});
            continue;
        }
        again.push_back(top);
        due.push_back(std::move(*next));
    }
    for (const Entry& entry : again)
        push(entry);
    return due;
}

} // namespace vedette::dispatch
