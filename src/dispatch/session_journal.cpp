// SPDX-License-Identifier: GPL-3.0-or-later
// The journal thread: carries out commands one after the other, follows what other processes append, folds,
// publishes.
#include "batch.h"
#include "live_session.h"

#include <algorithm>

namespace vedette::dispatch {

using layers::Result;
using std::chrono::milliseconds;

namespace {

constexpr auto poll = milliseconds(100);
constexpr auto restBetweenChanges = milliseconds(50);

// A read set that no journal has: an append that carries it either was there before or adds nothing.
const ReadSet impossible{{"journal", 0xFFFFFFFFu}};

} // namespace

Said LiveSession::said(std::string commandId) const {
    static std::atomic<std::uint64_t> count = 0;
    Said said;
    said.actor = options_.actor, said.workstation = options_.workstation;
    said.commandId = commandId.empty() ? process_ + "/" + std::to_string(++count) : std::move(commandId);
    said.mode = mode_;
    said.occurredAt = clock_->now();
    return said;
}

void LiveSession::enqueue(std::function<void()> task) {
    {
        const std::lock_guard lock(queueGate_);
        tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void LiveSession::markChanged() {
    if (!changed_.exchange(true))
        wake_.notify_one();
}

Outcome LiveSession::execute(const Command& command, std::string commandId) {
    return executeOn(state(), command, std::move(commandId));
}

Outcome LiveSession::executeOn(const State& seen, const Command& command, std::string commandId) {
    const bool named = !commandId.empty();
    std::promise<Outcome> done;
    enqueue(
        [&, words = said(std::move(commandId))] { done.set_value(carryOut(seen, command, words, named)); });
    return done.get_future().get();
}

void LiveSession::submit(const Command& command, std::function<void(Outcome)> done, std::string commandId) {
    const bool named = !commandId.empty();
    enqueue(
        [this, seen = state(), command, done = std::move(done), named, words = said(std::move(commandId))] {
            Outcome outcome = carryOut(seen, command, words, named);
            if (done)
                done(std::move(outcome));
        });
}

void LiveSession::submitOn(const State& seen, const Command& command, std::function<void(Outcome)> done,
                           std::string line) {
    Said words = said({});
    words.line = std::move(line);
    enqueue([this, seen, command, done = std::move(done), words = std::move(words)] {
        Outcome outcome = carryOut(seen, command, words, false);
        if (done)
            done(std::move(outcome));
    });
}

void LiveSession::runJournal() {
    using Steady = std::chrono::steady_clock;
    auto told = Steady::now() - restBetweenChanges, followed = told;
    while (true) {
        std::deque<std::function<void()>> tasks;
        {
            std::unique_lock lock(queueGate_);
            const auto rest =
                changed_ ? std::min<Steady::duration>(told + restBetweenChanges - Steady::now(), poll)
                         : Steady::duration(poll);
            // Once something has changed only time or a task has anything to say.
            if (rest.count() > 0)
                wake_.wait_for(lock, rest, [&, was = changed_.load()] {
                    return !tasks_.empty() || feedsDone_ || changed_ != was;
                });
            tasks.swap(tasks_);
        }
        for (auto& task : tasks)
            task();
        const auto now = Steady::now();
        if (now - followed >= poll) {
            followed = now;
            catchUp();
            index_.advance(clock_->now());
            fire();
        }
        if (changed_ && now - told >= restBetweenChanges) {
            changed_ = false;
            told = now;
            const std::lock_guard lock(callbackGate_);
            if (onChange_)
                onChange_();
        }
        if (feedsDone_) {
            const std::lock_guard lock(queueGate_);
            if (tasks_.empty()) {
                if (watching_) // the next one needn't wait
                    store_->lease("deadlines", process_, milliseconds(0));
                return;
            }
        }
    }
}

void LiveSession::publish(State state, std::span<const Event> events) {
    if (events.empty())
        index_.follow(state);
    else
        index_.follow(state, events);
    watch_.follow(state, events);
    begins_.follow(state, events);
    {
        const std::lock_guard lock(stateGate_);
        state_ = std::move(state);
    }
    markChanged();
    feedWake_.notify_one(); // orders may be due
}

void LiveSession::noteProblem(const std::optional<layers::Problem>& problem) {
    const std::lock_guard lock(healthGate_);
    if (health_.storeProblem.has_value() != problem.has_value())
        changed_ = true;
    health_.storeProblem = problem;
}

void LiveSession::catchUp() {
    const Seq last = store_->lastSeq();
    State next = state();
    while (next.seq() < last) {
        const auto events = store_->read(next.seq() + 1, 2000);
        if (!events.ok())
            return noteProblem(events.problem());
        if (events.value().empty())
            return;
        for (const Event& event : events.value())
            next = apply(std::move(next), event);
        publish(next, events.value());
    }
}

void LiveSession::takeIn(const Result<Store::Appended>& appended) {
    if (!appended.ok())
        return noteProblem(appended.problem());
    noteProblem(std::nullopt);
    State next = state();
    std::vector<Event> fresh;
    for (const Event& event : appended.value().events)
        if (event.envelope.seq > next.seq())
            fresh.push_back(event);
    if (fresh.empty())
        return;
    // Somebody else's events came in between: read them all in order.
    if (fresh.front().envelope.seq != next.seq() + 1)
        return catchUp();
    for (const Event& event : fresh)
        next = apply(std::move(next), event);
    publish(std::move(next), fresh);
}

std::optional<std::vector<Event>> LiveSession::storedBefore(const Said& words) {
    Event probe;
    probe.envelope.commandId = words.commandId;
    probe.envelope.source = words.source, probe.envelope.sourceId = words.sourceId;
    probe.envelope.mode = mode_;
    probe.payload = JournalOpened{};
    auto before = store_->append({{probe}, impossible, std::nullopt});
    if (!before.ok() || !before.value().repeated)
        return std::nullopt;
    return std::move(before).value().events;
}

// Who else decided something about these streams since, the last of them. Who overtakes himself hasn't been overtaken, and
// the clock, which tells a desk of a missed deadline, takes nothing from anybody.
std::optional<Envelope> LiveSession::overtakenBy(Seq since, const ReadSet& read, const Envelope& last) {
    constexpr std::size_t far = 2000; // who is so far behind is told what came last
    const auto events = store_->read(since + 1, far);
    if (!events.ok() || events.value().size() == far)
        return last;
    std::optional<Envelope> other;
    for (const Event& event : events.value()) {
        const UnitId* unit = touchedUnit(event.payload);
        const bool concerns =
            read.contains(event.envelope.stream) || (unit && read.contains(streamOf(*unit)));
        if (concerns && !own_.contains(event.envelope.commandId) && !isOverdueCommand(event.envelope.commandId))
            other = event.envelope;
    }
    return other;
}

Outcome LiveSession::carryOut(const State& seen, const Command& command, const Said& words, bool mayBeRetry) {
    Outcome outcome;
    State basis = seen;
    if (own_.size() > 10000)
        own_.clear();
    own_.insert(words.commandId);
    for (int attempt = 0;; ++attempt) {
        Decision decision = decide(basis, command, words, city_->zone);
        // What the screen had not caught up with (a unit that is free again) is no reason to refuse.
        if (!decision.violations.empty())
            if (State newest = state(); newest.seq() > basis.seq()) {
                basis = std::move(newest);
                decision = decide(basis, command, words, city_->zone);
            }
        if (!decision.violations.empty()) {
            // A retry of what was done already finds it done.
            if (mayBeRetry)
                if (auto before = storedBefore(words)) {
                    outcome.events = std::move(*before);
                    return outcome;
                }
            outcome.violations = std::move(decision.violations);
            return outcome;
        }
        auto appended = store_->append({std::move(decision.events), decision.read, std::nullopt});
        if (!appended.ok()) {
            outcome.problem = appended.problem();
            noteProblem(outcome.problem);
            return outcome;
        }
        if (!appended.value().conflict) {
            outcome.events = appended.value().events;
            takeIn(appended);
            return outcome;
        }
        catchUp();
        // A new ticket only lost its number, as often as others open theirs; a note is as true as before.
        const bool stands = std::holds_alternative<OpenTicket>(command) ||
                            std::holds_alternative<OpenSweep>(command) ||
                            std::holds_alternative<AddEntry>(command) ||
                            std::holds_alternative<GiveFeedback>(command);
        const Envelope& last = appended.value().conflict->winner;
        const auto other = stands ? std::nullopt : overtakenBy(basis.seq(), decision.read, last);
        if (other || attempt >= (stands ? 100 : 3)) {
            const Envelope& winner = other ? *other : last;
            const auto tenths = std::max<std::int64_t>(
                0, std::chrono::duration_cast<milliseconds>(clock_->now() - winner.recordedAt).count() / 100);
            outcome.violations.push_back(
                {"takenBy",
                 {{"who", winner.actor},
                  {"when", layers::clockLocal(winner.recordedAt, city_->zone)},
                  {"ago", std::to_string(tenths / 10) + "." + std::to_string(tenths % 10)},
                  {"what", winner.kind}}});
            return outcome;
        }
        basis = state();
    }
}

layers::Status LiveSession::pinReference() {
    const State now = state();
    const auto pin = [&](const std::string& what, const std::string& content) -> layers::Status {
        auto sha256 = store_->keep(content);
        if (!sha256)
            return sha256.problem();
        Event event;
        event.envelope.commandId = said({}).commandId;
        event.envelope.occurredAt = clock_->now();
        event.envelope.actor = options_.actor, event.envelope.workstation = options_.workstation;
        event.envelope.mode = mode_;
        event.payload =
            ReferencePinned{what, sha256.value(), what, std::make_shared<const std::string>(content)};
        const std::string stream = "reference/" + what;
        auto appended = store_->append({{event}, {{stream, now.version(stream)}}, std::nullopt});
        if (!appended.ok())
            return appended.problem();
        takeIn(appended); // a conflict means that another process pinned just now: its choice is as good
        catchUp();
        return layers::Nothing{};
    };
    if (!city_->duties.empty() && now.duties() != city_->duties)
        if (auto done = pin("duties", encodeDuties(city_->duties)); !done)
            return done;
    if (!city_->units().empty() && now.pinned("units") != city_->roll->sha256)
        return pin("units", encodeUnits(city_->units()));
    return layers::Nothing{};
}

LiveSession::FeedResult LiveSession::takeBatch(const FeedBatch& batch) {
    FeedResult result;
    for (int attempt = 0;; ++attempt) {
        result.rejected.clear();
        Batch all(state(), city_->zone); // so that a line may speak of the one before it
        all.append.feed = batch.offset;
        for (std::size_t i = 0; i < batch.items.size(); ++i) {
            const FeedMessage& message = batch.items[i].message;
            Said words;
            words.actor = batch.feed, words.workstation = options_.workstation;
            words.commandId = batch.feed + "#" + message.id;
            words.source = batch.feed, words.sourceId = message.id;
            words.mode = mode_, words.occurredAt = message.time;
            const auto* incident = std::get_if<FeedIncident>(&message.what);
            const Command command =
                incident ? Command(resolve(incident->incident)) : std::get<Command>(message.what);
            if (const auto violations = all.add(command, words); !violations.empty() && !storedBefore(words))
                result.rejected.emplace_back(i, violations.front());
        }
        auto appended = store_->append(all.append);
        if (!appended.ok()) {
            result.problem = appended.problem();
            noteProblem(result.problem);
            return result;
        }
        if (!appended.value().conflict) {
            takeIn(appended);
            return result;
        }
        catchUp();
        if (attempt == 20) {
            result.problem = layers::refused("feedOvertaken", {{"feed", batch.feed}});
            return result;
        }
    }
}

} // namespace vedette::dispatch
