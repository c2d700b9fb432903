// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/desks.h"
#include "dispatch/recommend.h"
#include "dispatch/road_cost.h"
#include "dispatch/store.h"

#include <functional>

namespace vedette::dispatch {

struct Plan; // storm.h
struct StormRequest;
struct StormWatch;

struct Outcome {
    std::vector<Event> events; // what was stored
    // Why not. `takenBy {who,when,ago,what}` names the winner of a race: somebody changed the ticket or the
    // unit after the state on which the command was decided. `ago`: seconds, one decimal; `what`: the kind of
    // the event that won. Entries are added all the same: nothing in them was decided.
    std::vector<Message> violations;
    std::optional<layers::Problem> problem; // the store failed
    bool ok() const { return violations.empty() && !problem; }
};

struct Health {
    std::string store; // "sqlite"
    std::optional<layers::Problem> storeProblem;
    bool readOnly = false;
    Mode mode = Mode::live;
    // The chain from its first event on, looked at in the background once the session has been open a while.
    struct Audit {
        Seq checked = 0;
        bool done = false;
        std::optional<layers::Problem> broken;
    } audit;
    struct Feed {
        std::string name;
        std::uint64_t lines = 0, rejected = 0; // since the feed was first read
        std::uint64_t positions = 0;           // in this session
        std::uint64_t restarts = 0;            // the file was cut or replaced: read again from its beginning
        double perSecond = 0;
        std::optional<Instant> lastAt;
        bool owner = false; // this process holds the lease
        std::optional<layers::Problem> problem;
        std::filesystem::path rejects;
    };
    std::vector<Feed> feeds;
};

struct SessionOptions {
    std::string actor = "desk", workstation = "ws1";
    Mode mode = Mode::live;
    // Read feeds and write orders, and escalate what is overdue, when this process gets the lease.
    bool feeds = true;
    bool readOnly = false;
    std::shared_ptr<const layers::Clock> clock;
    std::chrono::milliseconds auditAfter{5000};
};

// One open city: journal, folded state, positions, feeds. Owns two threads: the journal thread (appends,
// follows other processes' appends, folds) and the feed thread (reads feeds and writes orders while this
// process holds their lease, follows the positions that another process receives). What leaves them is
// immutable and shared. A training journal takes no feeds.
class Session {
public:
    // Pins units and duties when they differ from what the journal has pinned.
    static layers::Result<std::unique_ptr<Session>> open(std::shared_ptr<const City> city,
                                                         const SessionOptions& options);
    virtual ~Session() = default;

    virtual std::shared_ptr<const City> city() const = 0;
    virtual State state() const = 0;   // newest folded; cheap; any thread
    virtual Health health() const = 0; // any thread
    // By road as soon as City::routes is there, before that by straight distance; each candidate says which.
    virtual Recommendation recommend(const Request& request) const = 0; // any thread
    // Who leads which of the open tickets, on state(); blocks for seconds in a big storm; any thread.
    virtual Plan planStorm(const StormRequest& request, const StormWatch& watch) const = 0;
    // How one of the role gets there, as recommend() counts it. Any thread.
    virtual RoadCost::Way way(layers::Point from, layers::Point to, Role role) const {
        (void)role;
        return {{}, {from, to}, {}};
    }
    virtual Whereabouts whereabouts(const UnitId& unit, Instant now) const = 0;
    virtual std::vector<std::pair<UnitId, Fix>> fixes() const = 0;

    // Resolves areas, duty, desk and flags of an incident.
    virtual OpenTicket resolve(const IncidentFacts& incident) const = 0;
    virtual const Desks& desks() const = 0; // made at the first call; any thread
    // Open tickets that may be the same: within 300 m and 30 min, of the same caller (a number counts
    // however it is grouped) within 1,500 m and 2 h; weighed by distance, time, category, caller; best first.
    struct Duplicate {
        TicketId ticket;
        double metres = 0;
        std::chrono::seconds apart{0};
        double score = 0;
    };
    virtual std::vector<Duplicate> duplicates(const IncidentFacts& incident) const = 0;

    // Blocks until durable. Decided on state() as it is at the call.
    virtual Outcome execute(const Command& command, std::string commandId = {}) = 0;
    // Decided on what the caller saw: what changed since is answered with takenBy.
    virtual Outcome executeOn(const State& seen, const Command& command, std::string commandId = {}) = 0;
    // Neither blocks; `done` is called on the journal thread. submitOn is executeOn in this way; `line` is
    // what was typed for it (Said::line).
    virtual void submit(const Command& command, std::function<void(Outcome)> done,
                        std::string commandId = {}) = 0;
    virtual void submitOn(const State& seen, const Command& command, std::function<void(Outcome)> done,
                          std::string line = {}) = 0;
    // Called on a session thread after the state or positions changed; at most every 50 ms.
    virtual void onChange(std::function<void()> changed) = 0;

    // The past: state and fixes as they were known at `at` (by recordedAt and receive time). Blocks; any
    // thread.
    struct Moment {
        State state;
        std::vector<std::pair<UnitId, Fix>> fixes;
    };
    virtual layers::Result<Moment> moment(Instant at) const = 0;
    struct Span {
        Instant from{}, till{};
    };
    virtual Span span() const = 0; // first and last recordedAt
    // Counts of recorded events in equal buckets over [from, till], for the timeline's bars.
    virtual std::vector<std::uint32_t> histogram(Instant from, Instant till, int buckets) const = 0;
    // A fresh store handle on the same journal, for a caller's own thread.
    virtual layers::Result<std::unique_ptr<Store>> openReader() const = 0;
};

// The command that gives an open ticket another category, with its duty as this session knows it.
ReclassifyTicket reclassified(const Session& session, const Ticket& ticket, std::string category,
                              int priority = 0);

} // namespace vedette::dispatch
