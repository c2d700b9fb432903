// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/desk.h"

#include "console/latest.h"
#include "console/refusal.h"
#include "console/undo.h"
#include "console/wording.h"

namespace vedette::console {

using namespace dispatch;

Desk::Desk(std::shared_ptr<Session> session, std::shared_ptr<const layers::Clock> clock, QObject* parent,
           const std::string& scope)
    : QObject(parent), session_(std::move(session)), city_(session_->city()),
      scope_(std::make_shared<const Scope>(*city_, scope)), clock_(std::move(clock)),
      maker_(new Latest(this)) {
    state_ = session_->state();
    // Made beside the window's other parts; whoever asks for it first waits.
    first_ = std::async(std::launch::async, [this, state = state_, at = liveNow(), within = scope_] {
        return std::make_shared<const Board>(makeBoard(
            *city_, state, at,
            [&](const UnitRecord& unit) { return session_->whereabouts(unit.facts->id, at); }, *within));
    });
    soon_.setSingleShot(true);
    soon_.setInterval(120);
    connect(&soon_, &QTimer::timeout, this, &Desk::refresh);
    everySecond_.setInterval(1000);
    connect(&everySecond_, &QTimer::timeout, this, &Desk::refresh);
    everySecond_.start();
    session_->onChange([this] {
        if (!changePending_.exchange(true))
            QMetaObject::invokeMethod(
                this,
                [this] {
                    changePending_ = false;
                    if (!soon_.isActive())
                        soon_.start();
                },
                Qt::QueuedConnection);
    });
}

Desk::~Desk() {
    board();
    delete maker_;
    session_->onChange({});
    session_.reset();
}

const Board& Desk::board() const {
    if (first_.valid())
        board_ = first_.get();
    return *board_;
}

std::shared_ptr<const Board> Desk::sharedBoard() const {
    board();
    return board_;
}

const State& Desk::state() const {
    return state_;
}

Instant Desk::liveNow() const {
    return clock_->now();
}

Instant Desk::now() const {
    return past_ ? *past_ : liveNow();
}

const Ticket* Desk::ticket() const {
    return ticket_ ? state_.ticket(*ticket_) : nullptr;
}

void Desk::setScope(const std::string& desk) {
    if (scope_->desk() == desk)
        return;
    scope_ = std::make_shared<const Scope>(*city_, desk);
    emit scopeChanged();
    if (past_)
        showPast(*past_);
    else
        refresh();
}

void Desk::selectTicket(std::optional<TicketId> ticket) {
    if (ticket && !state_.ticket(*ticket))
        ticket.reset();
    if (ticket_ == ticket)
        return;
    ticket_ = ticket;
    recommend();
    emit ticketChanged();
}

void Desk::selectUnit(std::optional<UnitId> unit) {
    if (unit_ == unit)
        return;
    unit_ = std::move(unit);
    emit unitChanged();
}

bool Desk::writable(layers::Message* why) const {
    layers::Message reason;
    if (past_)
        reason = {"pastIsReadOnly", {{"time", layers::isoLocal(*past_, city_->zone)}}};
    else if (const Health health = session_->health(); health.readOnly)
        reason = {"journalIsReadOnly", {{"store", health.store}}};
    else
        return true;
    if (why)
        *why = reason;
    return false;
}

void Desk::refresh() {
    if (past_)
        return;
    maker_->run([this, within = scope_]() -> Latest::Delivery {
        const Instant at = liveNow();
        auto board = std::make_shared<const Board>(makeBoard(
            *city_, session_->state(), at,
            [&](const UnitRecord& unit) { return session_->whereabouts(unit.facts->id, at); }, *within));
        return [this, board] {
            if (!past_)
                take(board);
        };
    });
}

void Desk::showPast(Instant at) {
    const bool was = live();
    past_ = at;
    if (was) {
        recommend();
        emit liveChanged(false);
    }
    maker_->run([this, at, within = scope_]() -> Latest::Delivery {
        auto moment = session_->moment(at);
        if (!moment)
            return [this, problem = moment.problem()] { emit said(say(problem.message), Tone::refused); };
        auto board = std::make_shared<const Board>(makeBoard(
            *city_, moment.value().state, at, pastWhereabouts(*city_, moment.value().fixes, at), *within));
        return [this, board] {
            if (past_)
                take(board);
        };
    });
}

void Desk::backToLive() {
    if (!past_)
        return;
    past_.reset();
    state_ = session_->state();
    recommend();
    emit liveChanged(true);
    emit ticketChanged();
    refresh();
}

void Desk::take(std::shared_ptr<const Board> made) {
    board(); // the first one may still be on its way
    board_ = std::move(made);
    // A command's outcome may have been shown already by a newer state than this board was made of.
    if (past_ || board_->state.seq() >= state_.seq())
        state_ = board_->state;
    if (live() && ticket_ && board_->now - recommendedAt_ > std::chrono::milliseconds(900))
        recommend();
    emit boardChanged();
}

void Desk::recommend() {
    recommendation_ = {};
    recommendedAt_ = liveNow();
    const Ticket* shown = ticket();
    if (shown && live() && isOpen(*shown) && stage(*shown) != Stage::handled &&
        stage(*shown) != Stage::reviewed) {
        Request request;
        request.at = shown->incident.at;
        request.category = shown->incident.category;
        request.limit = 5;
        request.now = recommendedAt_;
        request.ticket = shown->id;
        recommendation_ = session_->recommend(request);
    }
    emit recommendationChanged();
}

void Desk::submit(const Command& command, const QString& done, const Then& then, const std::string& line) {
    send(command, done, then, false, line);
}

void Desk::send(const Command& command, const QString& done, const Then& then, bool undoing,
                const std::string& line) {
    layers::Message why;
    if (!writable(&why)) {
        emit said(say(why), Tone::refused);
        Outcome refused;
        refused.violations.push_back(why);
        if (then)
            then(refused);
        return;
    }
    session_->submitOn(
        state_, command,
        [this, command, done, then, undoing, before = state_](Outcome outcome) {
            QMetaObject::invokeMethod(
                this,
                [this, command, done, then, undoing, before, outcome = std::move(outcome)] {
                    settle(command, before, done, then, outcome, undoing);
                },
                Qt::QueuedConnection);
        },
        line);
}

void Desk::settle(const Command& command, const State& before, const QString& done, const Then& then,
                  const Outcome& outcome, bool undoing) {
    if (live())
        state_ = session_->state();
    if (outcome.problem) {
        emit said(say(outcome.problem->message), Tone::refused);
    } else if (!outcome.violations.empty()) {
        emit said(refusalText(state_, command, outcome.violations), Tone::refused);
    } else {
        Done entry{command, {}, before, done};
        std::string made; // what a number was given to
        for (const Event& event : outcome.events)
            if (const auto* sweep = std::get_if<SweepOpened>(&event.payload)) {
                made = sweep->id;
                break;
            } else if (const auto* opened = std::get_if<TicketOpened>(&event.payload)) {
                entry.opened = opened->ticket;
                made = toString(opened->ticket);
            }
        const QString words = !made.empty() && !done.isEmpty() ? q(made) + QStringLiteral(": ") + done : done;
        entry.words = words;
        if (!undoing && !std::holds_alternative<AddEntry>(command)) {
            done_.push_back(std::move(entry));
            if (done_.size() > 50)
                done_.pop_front();
        }
        if (!words.isEmpty())
            emit said(words, Tone::good);
    }
    if (live()) {
        // What was just said stands on the screen before the whole board is made anew.
        if (outcome.ok() && !outcome.events.empty()) {
            board();
            board_ = std::make_shared<const Board>(patched(*board_, *city_, state_, outcome.events, *scope_));
            emit boardChanged();
        }
        if (ticket_)
            recommend();
        refresh();
    }
    if (then)
        then(outcome);
    emit stored(outcome);
}

void Desk::assign(TicketId ticket, const Candidate& candidate, const std::string& overrideReason,
                  const Then& then, const std::vector<Candidate>& joining) {
    AssignUnit command;
    command.ticket = ticket;
    command.unit = candidate.unit;
    command.part = candidate.part;
    command.unitAt = candidate.where.lonLat;
    command.basis = candidate.where.basis;
    command.overrideReason = overrideReason;
    for (const Candidate& shown : recommendation_.candidates)
        command.shown.push_back({shown.unit, static_cast<int>(shown.metres), static_cast<int>(shown.seconds),
                                 shown.where.basis, shown.owner});
    if (joining.empty()) {
        submit(command, tr("%1 sent to %2").arg(q(candidate.unit.text), q(toString(ticket))), then);
        return;
    }
    const std::vector<Candidate> rest(joining.begin() + 1, joining.end());
    submit(command, {}, [this, ticket, then, next = joining.front(), rest](const Outcome& outcome) {
        if (outcome.ok())
            assign(ticket, next, {}, then, rest);
        else if (then)
            then(outcome);
    });
}

void Desk::undo() {
    if (done_.empty()) {
        emit said(say({"undoNothing"}), Tone::plain);
        return;
    }
    const Done last = done_.back();
    auto back = inverse(last.command, last.opened, last.before, state_);
    if (const auto* why = std::get_if<layers::Message>(&back)) {
        emit said(say(*why), Tone::refused);
        return;
    }
    send(
        std::get<Command>(back), last.words.isEmpty() ? tr("undone") : tr("undone: %1").arg(last.words),
        [this](const Outcome& outcome) {
            if (outcome.ok() && !done_.empty())
                done_.pop_back();
        },
        true);
}

} // namespace vedette::console
