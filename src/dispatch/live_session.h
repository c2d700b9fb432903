// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/deadlines.h"
#include "dispatch/desks.h"
#include "dispatch/feed.h"
#include "dispatch/road_closures.h"
#include "dispatch/session.h"
#include "dispatch/tracks.h"
#include "line_source.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace vedette::dispatch {

// Of a deadline that passed, said by the clock.
bool isOverdueCommand(std::string_view commandId);

// session.cpp: opening, questions, the past. session_journal.cpp, session_feed.cpp, session_audit.cpp: a
// thread each; session_clock.cpp: what the journal thread does of itself.
class LiveSession final : public Session {
public:
    LiveSession(std::shared_ptr<const City> city, SessionOptions options);
    ~LiveSession() override;
    layers::Status start();

    std::shared_ptr<const City> city() const override { return city_; }
    State state() const override;
    Health health() const override;
    Recommendation recommend(const Request& request) const override;
    Plan planStorm(const StormRequest& request, const StormWatch& watch) const override;
    RoadCost::Way way(layers::Point from, layers::Point to, Role role) const override;
    Whereabouts whereabouts(const UnitId& unit, Instant now) const override;
    std::vector<std::pair<UnitId, Fix>> fixes() const override;
    OpenTicket resolve(const IncidentFacts& incident) const override;
    std::vector<Duplicate> duplicates(const IncidentFacts& incident) const override;
    Outcome execute(const Command& command, std::string commandId) override;
    Outcome executeOn(const State& seen, const Command& command, std::string commandId) override;
    void submit(const Command& command, std::function<void(Outcome)> done, std::string commandId) override;
    void submitOn(const State& seen, const Command& command, std::function<void(Outcome)> done,
                  std::string line) override;
    void onChange(std::function<void()> changed) override;
    const Desks& desks() const override;
    layers::Result<Moment> moment(Instant at) const override;
    Span span() const override;
    std::vector<std::uint32_t> histogram(Instant from, Instant till, int buckets) const override;
    layers::Result<std::unique_ptr<Store>> openReader() const override;

private:
    // ---- any thread ----
    Said said(std::string commandId) const;
    void enqueue(std::function<void()> task); // runs on the journal thread
    void markChanged();
    std::shared_ptr<const RoadCost> road() const; // null: straight lines are all there is
    std::filesystem::path tracksFolder() const { return city_->workspace.folder / "tracks"; }

    // ---- the journal thread ----
    void runJournal();
    std::optional<Envelope> overtakenBy(Seq since, const ReadSet& read, const Envelope& last);
    Outcome carryOut(const State& seen, const Command& command, const Said& said, bool mayBeRetry);
    void takeIn(const layers::Result<Store::Appended>& appended);
    void catchUp();
    void publish(State state, std::span<const Event> events);
    void fire(); // deadlines that passed, tickets that began
    void closeRolls();
    std::optional<std::vector<Event>> storedBefore(const Said& said);
    layers::Status pinReference();
    void noteProblem(const std::optional<layers::Problem>& problem);

    // ---- the audit thread ----
    void runAudit();

    // What the feed thread hands over: everything up to `offset` becomes one transaction.
    struct FeedItem {
        std::string line;
        FeedMessage message;
    };
    struct FeedBatch {
        std::string feed;
        std::vector<FeedItem> items;
        Store::FeedOffset offset;
    };
    struct FeedResult {
        std::vector<std::pair<std::size_t, Message>> rejected; // item, why
        std::optional<layers::Problem> problem;
    };
    FeedResult takeBatch(const FeedBatch& batch);

    // ---- the feed thread ----
    struct Feed;
    void runFeeds();
    bool readFeed(Feed& feed, Store& store);
    void writeOrders(Feed& feed, Store& store);
    void followTracks();
    void takeOver(Feed& feed, Store& store);
    bool handOver(Feed& feed);
    void keepRejects(Feed& feed);
    void keepFixes(std::span<const Fix> fixes);

    const std::shared_ptr<const City> city_;
    const SessionOptions options_;
    const std::shared_ptr<const layers::Clock> clock_;
    const std::unique_ptr<CostModel> straight_;
    mutable std::mutex roadGate_;
    mutable std::unique_ptr<RoadClosures> closures_; // null until the roads are there
    const std::string process_;                      // who holds leases: unique to this session
    UnitIndex index_;
    Mode mode_ = Mode::live;
    std::map<std::string, std::string> deskOf_; // area code -> desk of its first owner

    std::unique_ptr<Store> store_; // the journal thread's
    DeadlineWatch watch_;          // the journal thread's, once it runs
    BeginWatch begins_;            // likewise
    bool watching_ = false;        // this session has the lease of the clocks
    std::chrono::steady_clock::time_point leaseAt_{};
    std::unordered_set<std::string> own_; // command ids of this session; journal thread

    mutable std::mutex stateGate_;
    State state_;

    std::mutex queueGate_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    std::atomic<bool> stopping_ = false, feedsDone_ = false, changed_ = false;
    std::mutex callbackGate_;
    std::function<void()> onChange_;

    mutable std::mutex healthGate_;
    Health health_;

    mutable std::once_flag desksMade_;
    mutable std::unique_ptr<const Desks> desks_;
    mutable std::mutex pastGate_; // one question about the past at a time
    mutable std::unique_ptr<Store> pastStore_;
    mutable std::unique_ptr<TrackLog> pastTracks_;
    mutable std::optional<Instant> firstAt_;

    std::unique_ptr<TrackLog> tracks_;       // the feed thread's, when it writes
    std::unique_ptr<TrackLog> tracksReader_; // the feed thread's, when it follows
    Instant followedTracks_{};

    std::mutex feedGate_;
    std::condition_variable feedWake_;
    std::mutex auditGate_;
    std::condition_variable auditWake_;
    std::thread journal_, feeds_, audit_;
};

} // namespace vedette::dispatch
