// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/store.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <unistd.h>

namespace vedette::dispatch::kit {

// A folder that goes with its test.
struct Folder {
    std::filesystem::path path;
    explicit Folder(const std::filesystem::path& in = std::filesystem::temp_directory_path()) {
        std::string name = (in / "vedette-journal-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
};

// Stands still until told otherwise.
class HandClock final : public layers::Clock {
public:
    explicit HandClock(std::int64_t millis = 1'700'000'000'000) : millis_(millis) {}
    Instant now() const override { return Instant{std::chrono::milliseconds{millis_.load()}}; }
    void move(std::chrono::milliseconds by) { millis_ += by.count(); }

private:
    std::atomic<std::int64_t> millis_;
};

inline std::unique_ptr<Store> open(const Folder& folder, std::shared_ptr<const layers::Clock> clock,
                                   StoreOptions options = {}) {
    auto store = openStore("sqlite:journal.sqlite", folder.path, std::move(clock), options);
    return store.ok() ? std::move(store).value() : nullptr;
}

inline std::vector<UnitFacts> someUnits(int count, int capacity = 2) {
    std::vector<UnitFacts> units;
    for (int i = 0; i < count; ++i) {
        UnitFacts& unit = units.emplace_back();
        unit.id.text = "U" + std::to_string(1000 + i);
        unit.name = "unit " + std::to_string(i);
        unit.capacity = capacity;
        unit.post = LonLat{120 + i * 0.001, 30};
    }
    return units;
}

inline Duty someDuty() {
    Duty duty;
    duty.category = "03.2";
    duty.name = "noise";
    duty.joint = {Role::gridWorker};
    duty.escalation = {"county"};
    duty.review = std::chrono::minutes{60};
    return duty;
}

inline Event event(Payload payload, std::string commandId = {}, Mode mode = Mode::live) {
    Event made;
    made.envelope.commandId = std::move(commandId);
    made.envelope.stream = streamOf(payload);
    made.envelope.kind = kindOf(payload);
    made.envelope.occurredAt = Instant{std::chrono::milliseconds{1'700'000'000'000}};
    made.envelope.actor = "li";
    made.envelope.workstation = "ws1";
    made.envelope.mode = mode;
    made.payload = std::move(payload);
    return made;
}

inline OpenTicket openTicket(std::string text = "loud music") {
    OpenTicket open;
    open.incident.at = {120.5, 30.25};
    open.incident.category = "03.2";
    open.incident.source = "110";
    open.incident.place = "Harbour Road 5";
    open.incident.caller = "138 0000 0000";
    open.incident.text = std::move(text);
    open.areas = {"320601001001001"};
    open.duty = someDuty();
    open.desk = "desk1";
    open.chain = {"county", "city"};
    return open;
}

// One desk at its journal: decides, appends, folds. What stands is `state`.
struct Desk {
    std::unique_ptr<Store> store;
    std::shared_ptr<HandClock> clock;
    State state;
    std::vector<Message> violations;
    layers::TimeZone zone = layers::TimeZone::utc();

    void follow() {
        const auto status = store->visit(state.seq() + 1, store->lastSeq(),
                                         [this](const Event& e) { state = apply(std::move(state), e); });
        if (!status)
            std::abort();
    }
    void pinUnits(const std::vector<UnitFacts>& units) {
        const std::string text = encodeUnits(units);
        const auto sha = store->keep(text);
        Store::Append append;
        append.events.push_back(event(ReferencePinned{"units", sha.value(), "units.csv", {}}));
        append.events.back().envelope.mode = store->mode();
        if (!store->append(append))
            std::abort();
        follow();
    }
    // False: violations, a conflict or a problem.
    bool say(const Command& command, std::string commandId = {}) {
        Said said{"li", "ws1", std::move(commandId), "", "", store->mode(), clock->now()};
        Decision decision = decide(state, command, said, zone);
        violations = decision.violations;
        if (!violations.empty())
            return false;
        const auto appended = store->append({decision.events, decision.read, std::nullopt, false});
        if (!appended || appended.value().conflict)
            return false;
        follow();
        return true;
    }
};

inline Desk desk(const Folder& folder, int units, int capacity = 2) {
    Desk made;
    made.clock = std::make_shared<HandClock>();
    made.store = open(folder, made.clock);
    if (!made.store)
        std::abort();
    made.pinUnits(someUnits(units, capacity));
    return made;
}

// One whose duty asks for answers and a second person, of a suburb; perhaps for later.
inline OpenTicket demanding(const State& state, int minutesAhead, std::string text) {
    OpenTicket open = openTicket(std::move(text));
    open.duty.feedback = {"result", "photo_taken"};
    open.duty.reviewBySecond = true;
    open.duty.areaClass = layers::AreaClass::suburb;
    open.duty.arrive = std::chrono::minutes{10};
    if (minutesAhead > 0)
        open.begins = state.at() + std::chrono::minutes(minutesAhead);
    return open;
}

// A shift's worth of commands by the dice of `seed`: most sensible, some not.
// What is said about who is on.
inline Command anyPeopleCommand(const State& state, std::mt19937& dice, const UnitId& unit) {
    const Instant now = state.at() + std::chrono::minutes{1};
    const std::string id = "RC" + std::to_string(1 + dice() % 3);
    switch (dice() % 7) {
    case 0:
        return ChangeRoster{unit, RosterChange::outOfService, "flat tyre", now + std::chrono::hours{1}};
    case 1:
        return TakeOverShift{"desk1"};
    case 2: {
        ShiftHandedOver shift;
        shift.desk = "desk1", shift.sha256 = "abc", shift.text = "mind the harbour";
        return HandOverShift{shift};
    }
    case 3:
        return CallRoll{{"", "team", "A", "A", {unit.text, "U1000"}, now + std::chrono::hours{dice() % 300}}};
    case 4:
        return CloseRoll{id};
    default:
        return AnswerRoll{
            dice() % 2 ? id : "", unit, dice() % 2 == 0, {120.3, 30.3}, PositionBasis::declared};
    }
}

inline Command anyCommand(const State& state, std::mt19937& dice, int units) {
    const auto pick = [&](int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); };
    const UnitId unit{"U" + std::to_string(1000 + pick(units))};
    if (pick(10) == 0)
        return anyPeopleCommand(state, dice, unit);
    const std::uint32_t tickets = state.nextTicket().number - 1001;
    const std::uint32_t back = tickets ? dice() % std::min(tickets, 40U) : 0;
    const TicketId ticket{state.nextTicket().number - 1 - back};
    switch (tickets < 3 ? 0 : pick(32)) {
    case 0:
        return openTicket();
    case 1: // one that asks for more, perhaps later
        return demanding(state, pick(3) ? 0 : 1 + pick(20), "");
    case 2:
        return VerifyTicket{ticket};
    case 3:
    case 4:
    case 5:
        return AssignUnit{ticket,
                          unit,
                          std::nullopt,
                          {120.1, 30.1},
                          PositionBasis::posted,
                          {{unit, 1200, 180, PositionBasis::posted, true}},
                          ""};
    case 6:
    case 7:
    case 8:
    case 9:
        return MoveAssignment{ticket, std::nullopt, static_cast<AssignmentStatus>(1 + pick(6)), "ok"};
    case 10:
    case 11:
        return MoveTicket{ticket, TicketMove::closed, "", pick(3) ? "" : "no need"};
    case 12:
        return MoveTicket{ticket, static_cast<TicketMove>(pick(8)),
                          pick(2) ? toString(TicketId{ticket.number - 1}) : "county",
                          pick(2) ? "because" : "", pick(2) ? Whither::desk : Whither::outside};
    case 13:
        return AddEntry{ticket, EntryKind::note, "called back", {}};
    case 14:
        return ChangeRoster{unit, static_cast<RosterChange>(pick(6)), ""};
    case 15:
    case 16: {
        const Ticket* late = state.ticket(ticket);
        const auto running = late ? runningDeadline(*late) : std::nullopt;
        const std::string clock(running ? running->name : "accept");
        return EscalateOverdue{ticket, clock, late ? nextLevel(*late, clock) : 1};
    }
    case 17:
        return DeclarePosition{unit, {120.2, 30.2}};
    // ---- the closed loop ----
    case 18:
    case 19:
        return GiveFeedback{ticket, unit, {{pick(2) ? "result" : "photo_taken", pick(4) ? "yes" : ""}},
                            pick(2) ? "told" : ""};
    case 20:
        return ScheduleTicket{ticket, state.at() + std::chrono::minutes(pick(60))};
    case 21:
    case 22:
        return ReserveUnit{ticket, unit};
    case 23:
        return UnreserveUnit{ticket, pick(2) ? std::optional(unit) : std::nullopt};
    case 24: {
        const Ticket* begun = state.ticket(ticket);
        return BeginReserved{ticket, begun && !begun->reserved.empty() ? begun->reserved.front() : unit,
                             {120.1, 30.1}, PositionBasis::posted};
    }
    case 25:
        return FindHazard{ticket, pick(4), "blocked exit"};
    case 26:
        return RectifyHazard{ticket, "cleared"};
    case 27:
        return InspectHazard{ticket, pick(2) == 0, pick(3), "looked at"};
    case 28: {
        OpenSweep sweep{"round", "03.2", "320601001", {}};
        for (int i = pick(3); i >= 0; --i)
            sweep.tickets.push_back(demanding(state, 0, "sweep"));
        return sweep;
    }
    case 29:
        return JoinSweep{ticket, "S" + std::to_string(1 + pick(3))};
    case 30:
        return pick(3) ? Command(LeaveSweep{ticket})
                       : Command(CloseSweep{"S" + std::to_string(1 + pick(5)), pick(4) ? "done" : ""});
    default:
        return MoveAssignment{ticket, std::nullopt, AssignmentStatus::handled, "ok",
                              {{"result", "settled"}, {"photo_taken", "1"}}};
    }
}

// Makes the journal longer by about `events`, in appends of some hundred; a second passes with every command.
inline void grow(Desk& desk, std::size_t events, unsigned seed, int units) {
    std::mt19937 dice(seed);
    Store::Append batch;
    batch.keepRecordedAt = true;
    State ahead = desk.state;
    const auto flush = [&] {
        if (!desk.store->append(batch))
            std::abort();
        batch.events.clear();
        desk.follow();
        ahead = desk.state;
    };
    for (std::size_t made = 0, command = 0; made < events; ++command) {
        desk.clock->move(std::chrono::seconds{1});
        const Said said{"li",
                        "ws1",
                        "c" + std::to_string(seed) + "-" + std::to_string(command),
                        "",
                        "",
                        desk.store->mode(),
                        desk.clock->now()};
        Decision decision = decide(ahead, anyCommand(ahead, dice, units), said, desk.zone);
        for (Event& one : decision.events) {
            one.envelope.recordedAt = desk.clock->now();
            ahead = apply(std::move(ahead), one);
            batch.events.push_back(std::move(one));
            ++made;
        }
        if (batch.events.size() >= 500)
            flush();
    }
    flush();
}

} // namespace vedette::dispatch::kit
