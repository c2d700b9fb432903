// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/cow.h"
#include "dispatch/event.h"

#include <array>
#include <functional>

namespace vedette::dispatch {

struct Assignment {
    UnitId unit;
    Part part = Part::lead;
    AssignmentStatus status = AssignmentStatus::assigned;
    std::array<Instant, 7> at{}; // by AssignmentStatus; zero: not reached
    LonLat unitAt;
    std::string by, overrideReason;
    bool open() const { return status < AssignmentStatus::handled; }
};

struct LogEntry {
    Instant at{};
    std::string actor;
    Message what; // code and args; a free text is the argument "text"
};

enum class Stage : std::uint8_t {
    reported,
    verified,
    dispatched,
    accepted,
    enroute,
    onscene,
    handled,
    reviewed,
    closed,
    returned,
    transferred,
    escalated,
    merged,
    cancelled,
    reopened
};
std::string_view toString(Stage stage);

// A hazard that was found is rectified, then inspected by somebody else; an inspection that fails gives a new
// date and begins another round.
struct Hazard {
    enum class Step : std::uint8_t { none, found, rectified, passed };
    Step step = Step::none;
    Instant due{}, inspectBy{}, passedAt{}; // rectify by, inspect by
    std::string rectifiedBy;                // actor
    int rounds = 0;                         // that are over
    bool runs() const { return step == Step::found || step == Step::rectified; }
};

struct Ticket {
    TicketId id;
    std::uint32_t version = 0; // of its stream
    IncidentFacts incident;
    std::vector<std::string> areas; // codes, most responsible first
    Duty duty;
    Deadlines deadlines;
    std::string desk;
    std::vector<std::string> flags;
    Instant openedAt{};
    bool verified = false;
    std::optional<TicketMove> own; // the last of the ticket's own moves that still stands
    std::optional<TicketId> mergedInto;
    std::vector<Assignment> assignments;
    std::vector<LogEntry> log;
    int escalations = 0, reopenings = 0;
    std::uint32_t roundStart = 0; // assignments before this one belong to before the last reopening
    bool lateBefore = false;      // a deadline was missed before the last reopening (keptDeadlines)
    Instant verifiedAt{}, reviewedAt{};
    std::vector<std::string> chain;  // desks that hear of a missed deadline, nearest first
    std::vector<std::string> boards; // desks it was escalated to: it stands on their boards too
    std::string cameFrom;            // the desk that handed it over, until it is verified or somebody is sent
    struct Fired {
        std::string clock;
        int level = 0;
    };
    std::vector<Fired> fired; // missed deadlines that were escalated since the last reopening
    // ---- the closed loop ----
    Instant begins{};                      // scheduled for then; zero: it began when it was opened
    std::vector<UnitId> reserved{};        // who is to be assigned when it begins, the lead first
    std::vector<FeedbackField> feedback{}; // answered since the last reopening, each name once
    Hazard hazard{};
    std::string sweep{}; // "S1": a part of it
};
// Derived: closed, cancelled, merged, returned, transferred away win; then reviewed; else from the lead's
// assignment; without a lead reopened, escalated, transferred (handed over and not taken up), verified or
// reported, the first that holds.
Stage stage(const Ticket& ticket);
bool isOpen(const Ticket& ticket); // not closed, cancelled, merged, returned or transferred away
// The last one given the lead since the last reopening and not declined or released; null: there is none, and
// nobody is promoted silently.
const Assignment* lead(const Ticket& ticket);
// Whether it is to begin later and nobody is on it already.
bool isScheduled(const Ticket& ticket, Instant now);
// What its duty asks and nobody has answered.
std::vector<std::string> feedbackMissing(const Ticket& ticket);
// Who verified it, sent somebody or reported it handled since the last reopening: actors, each once.
std::vector<std::string> workedOn(const Ticket& ticket);
// How far up the chain a missed deadline goes next, from 1.
int nextLevel(const Ticket& ticket, std::string_view clock);
// Absolute deadlines of a duty that begins at `from`; a duty's zero minutes: none.
Deadlines deadlinesFor(const Duty& duty, Instant from);
// The clocks that run now and when each is over, the most urgent first: verify until verified or accepted,
// accept until accepted, arrive until on scene, finish until handled, review until reviewed or closed (from
// when its hazard is done with); beside them a hazard's: rectify until rectified, inspect until inspected.
struct RunningDeadline {
    std::string_view name;
    Instant due;
};
std::vector<RunningDeadline> runningDeadlines(const Ticket& ticket);
std::optional<RunningDeadline> runningDeadline(const Ticket& ticket); // the most urgent

// What somebody said of a unit and most units have nothing of.
struct UnitSaid {
    std::optional<LonLat> declaredAt;
    Instant declaredWhen{};
    Instant outUntil{};        // of outOfService: in service again then; zero: until somebody says so
    std::string outReason{};   // why it is out
    Instant breakLiftedTill{}; // somebody ended the planned break that would have lasted till then
    friend bool operator==(const UnitSaid&, const UnitSaid&) = default;
};
// Tens of thousands lie in memory: 64 bytes each.
struct UnitRecord {
    std::shared_ptr<const UnitFacts> facts; // from the pinned reference; never null
    std::uint32_t version = 0;
    std::optional<bool> on; // said by an event; else the plan decides
    bool onBreak = false, outOfService = false;
    bool listed = true; // false: gone from the reference, kept (and off) while it is still on a ticket
    std::vector<TicketId> tickets; // open assignments, by ticket

    const UnitSaid& said() const {
        static const UnitSaid nothing;
        return said_ ? *said_ : nothing;
    }
    UnitSaid& say() { return said_.write(); }

private:
    Cow<UnitSaid> said_;
};
// Out of service at that moment: said so, and the time it was said for isn't over.
bool outOfService(const UnitRecord& unit, Instant now);
// On a break by the plan and by nobody's word, and nobody lifted it.
bool onPlannedBreak(const UnitRecord& unit, Instant now, const layers::TimeZone& zone);
// When the plan next turns at or after `now` + a minute, at most `within` later: `turns` begin or end. The
// clock's jumps are in it: who is planned for hours that a night skips isn't on in them. nullopt: no turn.
std::optional<Instant> nextTurn(const std::vector<Shift>& turns, Instant now, const layers::TimeZone& zone,
                                std::chrono::hours within = std::chrono::hours(8 * 24));

// Who sits at a desk, as the journal says.
struct DeskWatch {
    std::string desk;
    std::string holder;  // who took it over last; empty: nobody yet
    Instant since{};     // when
    bool handed = false; // it was handed over since, and nobody has taken it
    Instant handedAt{};
    std::string handedBy, handedTo, sha256;
    friend bool operator==(const DeskWatch&, const DeskWatch&) = default;
};
// One roll call. Closed ones leave the state a week after their deadline; the journal keeps them.
struct RollCall {
    RollCalled called;
    Instant at{};
    std::string by;
    struct Answer {
        UnitId unit;
        Instant at{};
        bool placed = false;
        LonLat where;
        PositionBasis basis = PositionBasis::none;
        bool late = false;
        friend bool operator==(const Answer&, const Answer&) = default;
    };
    std::vector<Answer> answers; // in their order
    bool closed = false;
    Instant closedAt{};
    const Answer* answer(const UnitId& unit) const;
    std::vector<std::string> waitingFor() const; // asked and not answered (in time or late), in their order
    friend bool operator==(const RollCall&, const RollCall&) = default;
};
// A joint operation: one name, many tickets.
struct Sweep {
    std::string id, name, category, area;
    Instant openedAt{};
    bool closed = false;
    std::vector<TicketId> tickets; // by number
};

// By event when there is one, else by the planned shifts.
bool onDuty(const UnitRecord& unit, Instant now, const layers::TimeZone& zone);
// A unit out of service is so whatever else holds; one at work is at work; then breaks, said or planned.
enum class UnitStatus : std::uint8_t { free, assigned, enroute, onscene, onBreak, outOfService, off };
std::string_view toString(UnitStatus status);

// Everything the screens show, as of `seq`. Copying is cheap (pages are shared, written on change). A const
// State may be read from any thread.
class State {
public:
    State();
    State(const State&) noexcept;
    State(State&&) noexcept; // what is left may only be assigned to or destroyed
    State& operator=(const State&) noexcept;
    State& operator=(State&&) noexcept;
    ~State();
    Seq seq() const;
    Instant at() const; // recordedAt of the last event
    Mode mode() const;
    const Ticket* ticket(TicketId id) const;
    const UnitRecord* unit(const UnitId& id) const;
    // By id. A ticket that is over may be there only while `visit` runs: its page is read from the disk.
    void forEachTicket(const std::function<void(const Ticket&)>& visit) const;
    // Those opened in [from, till).
    void forEachTicket(Instant from, Instant till, const std::function<void(const Ticket&)>& visit) const;
    void forEachOpenTicket(const std::function<void(const Ticket&)>& visit) const; // by id
    void forEachUnit(const std::function<void(const UnitRecord&)>& visit) const;   // by id
    std::size_t ticketCount() const;
    std::size_t openTicketCount() const;
    std::size_t unitCount() const;
    const std::vector<Duty>& duties() const; // as pinned
    TicketId nextTicket() const;
    // Closed and slowed down roads by id, also those whose time is over but that nobody has restored.
    std::vector<RoadRestricted> restrictedRoads() const;
    std::vector<Sweep> sweeps() const; // by number
    const Sweep* sweep(std::string_view id) const;
    std::vector<DeskWatch> deskWatches() const;               // by desk; those that somebody ever took
    std::optional<DeskWatch> deskWatch(std::string_view desk) const;
    std::vector<RollCall> rollCalls() const; // open ones, and those closed within a week; by when they were called
    // Patrols by id: those planned and, for as long as coverage is likely asked for, those that are over. One
    // that was ended ends then. Forgotten when one is planned that begins 31 days after they were over.
    std::vector<PatrolPlanned> patrols() const;
    std::uint32_t version(std::string_view stream) const; // 0: no such stream yet
    std::size_t unknownKinds() const;
    // 32 hex digits, prefixed with the fold's version ("f3:..."): two folds agree when it is equal. Only what
    // changed since the last call is hashed again. Private text is left out: redaction changes no hash.
    std::string hash() const;

    // sha256 of the pinned reference content, "" before the first pin; `what` as in ReferencePinned.
    std::string pinned(std::string_view what) const;

    struct Impl;
    Cow<Impl> impl_;
};

// Total: every event applies, also one for a ticket or unit that isn't there. Order alone decides the state.
// Give it an rvalue and nothing that isn't shared is copied.
State apply(State state, const Event& event);

UnitStatus unitStatus(const State& state, const UnitRecord& unit, Instant now, const layers::TimeZone& zone);

} // namespace vedette::dispatch
