// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/board.h"
#include "dispatch/kpi_groups.h"
#include "dispatch/session.h"

#include <optional>

namespace vedette::console {

// What the leader's board shows: the figures of a period and of the one before it.
struct LeaderFigures {
    dispatch::KpiPeriod period;
    dispatch::KpiBoard now, before;
    std::string desk; // whose scope; empty: the whole city
    std::chrono::milliseconds took{0};
};
struct LeaderQuestion {
    dispatch::State state;
    dispatch::Scope scope;
    dispatch::KpiPeriod period;
    dispatch::Instant now{};
};
// The tickets behind one figure, as the queue shows them.
struct LeaderTickets {
    std::vector<QueueRow> rows;
    std::size_t all = 0; // how many there are; rows are the newest of them
};

// Counts for one board, on one worker thread: the whole period once, then only what events have touched.
class LeaderCount {
public:
    static constexpr std::size_t mostRows = 5000;
    explicit LeaderCount(const dispatch::Session& session);
    LeaderFigures figures(const LeaderQuestion& question);
    LeaderTickets tickets(const LeaderQuestion& question, const dispatch::KpiPick& pick);
    std::size_t recounts() const { return recounts_; } // how often everything was counted

private:
    void follow(const LeaderQuestion& question);
    std::optional<std::vector<dispatch::TicketId>> touchedSince(dispatch::Seq seq, dispatch::Seq till);
    const dispatch::Session& session_;
    std::shared_ptr<const dispatch::City> city_;
    std::unique_ptr<dispatch::Store> reader_;
    std::unique_ptr<dispatch::KpiTable> table_;
    std::string desk_;
    bool noReader_ = false;
    std::size_t recounts_ = 0;
};

} // namespace vedette::console
