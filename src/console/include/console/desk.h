// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// moc needs none of these and stumbles over the library headers behind them.
#ifndef Q_MOC_RUN
#include "console/board.h"
#include "dispatch/session.h"
#endif

#include <QObject>
#include <QTimer>

#include <atomic>
#include <deque>
#include <future>

namespace vedette::console {

class Latest;

// What every panel of one window shares: the open session, the moment that is shown (now, or a past one),
// what is selected, and the one way to write. Panels read it and hear its signals; none of them owns state of
// the city. GUI thread; what blocks runs on worker threads.
class Desk : public QObject {
    Q_OBJECT
public:
    enum class Tone { plain, good, refused };

    Desk(std::shared_ptr<dispatch::Session> session, std::shared_ptr<const layers::Clock> clock,
         QObject* parent = nullptr, const std::string& scope = {});
    ~Desk() override;

    dispatch::Session& session() const { return *session_; }
    const dispatch::City& city() const { return *city_; }
    const Board& board() const;
    std::shared_ptr<const Board> sharedBoard() const; // the same, for a worker
    const dispatch::State& state() const; // the newest that is shown; may be newer than the board's
    dispatch::Instant now() const;        // the moment that is shown
    dispatch::Instant liveNow() const;    // the clock
    const dispatch::Ticket* ticket() const;
    std::optional<dispatch::TicketId> ticketId() const { return ticket_; }
    std::optional<dispatch::UnitId> unitId() const { return unit_; }
    // Who should go to the selected ticket; empty in the past and for tickets that are over.
    const dispatch::Recommendation& recommendation() const { return recommendation_; }
    void recommend(); // again: something besides the state has changed, such as roads that were being read

    // What this desk has before it: tables, map, alarm and figures show that and nothing else.
    const dispatch::Scope& scope() const { return *scope_; }
    void setScope(const std::string& desk); // a desk's code; empty: the whole city

    void selectTicket(std::optional<dispatch::TicketId> ticket);
    void selectUnit(std::optional<dispatch::UnitId> unit);

    bool live() const { return !past_; }
    bool writable(layers::Message* why = nullptr) const;
    void showPast(dispatch::Instant at); // newest wins; boardChanged when it is shown
    void backToLive();

    using Then = std::function<void(const dispatch::Outcome&)>;
    // Decided on state(), which is what the dispatcher sees: who was overtaken meanwhile is told by whom.
    // Refused outright in the past and on a read-only journal. `done` is said when it is stored; `line` is
    // what was typed for it, to be kept word for word.
    void submit(const dispatch::Command& command, const QString& done = {}, const Then& then = {},
                const std::string& line = {});
    // Sends one of recommendation(), and once that is stored those of `joining`.
    void assign(dispatch::TicketId ticket, const dispatch::Candidate& candidate,
                const std::string& overrideReason, const Then& then = {},
                const std::vector<dispatch::Candidate>& joining = {});
    void undo();
    void tell(const QString& text, Tone tone = Tone::plain) { emit said(text, tone); }
    void refresh(); // makes the board again now

signals:
    void boardChanged();
    void ticketChanged(); // another one is selected
    void unitChanged();
    void recommendationChanged();
    void scopeChanged();
    void liveChanged(bool live);
    void said(const QString& text, vedette::console::Desk::Tone tone);
    void stored(const vedette::dispatch::Outcome& outcome); // of this desk's own commands

private:
    struct Done {
        dispatch::Command command;
        std::optional<dispatch::TicketId> opened;
        dispatch::State before;
        QString words; // as it was said
    };
    void settle(const dispatch::Command& command, const dispatch::State& before, const QString& done,
                const Then& then, const dispatch::Outcome& outcome, bool undoing);
    void send(const dispatch::Command& command, const QString& done, const Then& then, bool undoing,
              const std::string& line = {});
    void take(std::shared_ptr<const Board> board);

    std::shared_ptr<dispatch::Session> session_;
    std::shared_ptr<const dispatch::City> city_;
    std::shared_ptr<const dispatch::Scope> scope_ = std::make_shared<const dispatch::Scope>();
    std::shared_ptr<const layers::Clock> clock_;
    mutable std::future<std::shared_ptr<const Board>> first_;
    mutable std::shared_ptr<const Board> board_;
    dispatch::State state_;
    std::optional<dispatch::Instant> past_;
    std::optional<dispatch::TicketId> ticket_;
    std::optional<dispatch::UnitId> unit_;
    dispatch::Recommendation recommendation_;
    std::deque<Done> done_;
    Latest* maker_ = nullptr;
    QTimer soon_, everySecond_;
    std::atomic<bool> changePending_{false};
    dispatch::Instant recommendedAt_{};
};

} // namespace vedette::console
