// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_count.h"

#include <algorithm>

namespace vedette::console {

using namespace dispatch;

LeaderCount::LeaderCount(const Session& session) : session_(session), city_(session.city()) {}

// nullopt: so much has happened, or something that may move tickets in or out of a scope, that counting anew
// is the shorter way.
std::optional<std::vector<TicketId>> LeaderCount::touchedSince(Seq seq, Seq till) {
    constexpr Seq many = 20'000;
    if (till < seq || till - seq > many || noReader_)
        return std::nullopt;
    std::vector<TicketId> touched;
    if (till == seq)
        return touched;
    if (!reader_) {
        auto opened = session_.openReader();
        noReader_ = !opened;
        if (noReader_)
            return std::nullopt;
        reader_ = std::move(opened).value();
    }
    const auto events = reader_->read(seq + 1, static_cast<std::size_t>(till - seq));
    if (!events)
        return std::nullopt;
    bool pinned = false;
    for (const Event& event : events.value())
        std::visit(
            [&](const auto& payload) {
                if constexpr (requires { payload.ticket.number; })
                    touched.push_back(payload.ticket);
                pinned = pinned || std::is_same_v<std::decay_t<decltype(payload)>, ReferencePinned>;
            },
            event.payload);
    if (pinned)
        return std::nullopt;
    std::ranges::sort(touched);
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    return touched;
}

void LeaderCount::follow(const LeaderQuestion& question) {
    if (!table_ || desk_ != question.scope.desk()) {
        table_ = std::make_unique<KpiTable>(*city_, question.scope);
        desk_ = question.scope.desk();
    }
    const Instant from = question.period.before().from;
    std::optional<std::vector<TicketId>> touched;
    if (table_->size() > 0 && from >= table_->since())
        touched = touchedSince(table_->seq(), question.state.seq());
    recounts_ += !touched;
    if (touched)
        table_->update(question.state, from, std::span<const TicketId>(*touched));
    else
        table_->update(question.state, from);
}

LeaderFigures LeaderCount::figures(const LeaderQuestion& question) {
    const auto begun = std::chrono::steady_clock::now();
    follow(question);
    const KpiPeriod before = question.period.before();
    LeaderFigures figures;
    figures.period = question.period;
    figures.desk = desk_;
    figures.now = table_->board(question.period.from, question.period.till, question.now);
    figures.before = table_->board(before.from, before.till, question.now);
    figures.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    return figures;
}

LeaderTickets LeaderCount::tickets(const LeaderQuestion& question, const KpiPick& pick) {
    follow(question);
    std::vector<TicketId> ids = table_->behind(question.period.from, question.period.till, question.now, pick);
    LeaderTickets tickets;
    tickets.all = ids.size();
    if (ids.size() > mostRows)
        ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(mostRows));
    for (const TicketId id : ids)
        if (const Ticket* ticket = question.state.ticket(id))
            tickets.rows.push_back(queueRow(*city_, *ticket, question.scope, question.now));
    return tickets;
}

} // namespace vedette::console
