// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_session.h"

#include "dispatch/storm.h"

#include <gtest/gtest.h>

namespace vedette::console::test {

using namespace dispatch;

namespace {
constexpr LonLat middle{121.8, 32.0};
}

std::vector<UnitFacts> officers(int count) {
    std::vector<UnitFacts> units;
    for (int i = 1; i <= count; ++i) {
        UnitFacts unit;
        unit.id = {"U03" + std::to_string(i / 10) + std::to_string(i % 10)};
        unit.name = "Officer " + std::to_string(i);
        unit.post = LonLat{middle.lon + 0.002 * i, middle.lat};
        unit.capacity = 2;
        units.push_back(unit);
    }
    return units;
}

FakeSession::FakeSession(std::shared_ptr<HandClock> clock, const std::string& desk)
    : desk_(desk), clock_(std::move(clock)) {
    auto crs = layers::WorkingCrs::named("EPSG:4549");
    auto zone = layers::TimeZone::named("Asia/Shanghai");
    EXPECT_TRUE(crs.ok() && zone.ok());
    auto areas = layers::Areas::build({});
    auto roads = layers::Roads::build({});
    auto places = layers::Gazetteer::build({}, roads, areas, crs.value());
    city_ = std::make_shared<City>(crs.value(), zone.value());
    city_->areas = areas;
    city_->roads = layers::Later(roads);
    city_->gazetteer = layers::Later(places);
    auto units12 = officers(12);
    for (std::size_t i = 0; !desk_.empty() && i < units12.size(); ++i)
        units12[i].desk = i + 1 < units12.size() ? desk_ : "above";
    city_->roll = std::make_shared<const Roll>(std::move(units12));
    desks_ = std::make_unique<const Desks>(*city_);
    city_->workspace.name = "Testhaven";
    Duty duty;
    duty.category = "03.2", duty.name = "Fight";
    city_->duties.push_back(duty);
    Event units, duties;
    const auto content = [](std::string text) {
        return std::make_shared<const std::string>(std::move(text));
    };
    units.payload = ReferencePinned{"units", "1", "units.csv", content(encodeUnits(city_->units()))};
    duties.payload = ReferencePinned{"duties", "2", "duties.csv", content(encodeDuties(city_->duties))};
    units.envelope.stream = "reference/units", duties.envelope.stream = "reference/duties";
    store(units);
    store(duties);
}

void FakeSession::lay(layers::CityRoads roads, bool later) {
    layers::SourceSpec spec;
    spec.source = "roads.gpkg";
    city_->workspace.roads = {spec};
    city_->routes = later ? layers::Later<layers::CityRoads>::madeBy([roads] { return roads; }) : layers::Later(roads);
    closures_ = std::make_unique<RoadClosures>(roads, city_->crs, city_->workspace.rules);
}

RoadCost::Way FakeSession::way(layers::Point from, layers::Point to, Role role) const {
    return closures_ ? closures_->standing(state(), clock_->now())->way(from, to, role)
                     : Session::way(from, to, role);
}

void FakeSession::store(Event event) {
    Envelope& envelope = event.envelope;
    envelope.seq = events_.size() + 1;
    envelope.eventId = "e" + std::to_string(envelope.seq);
    envelope.version = state_.version(envelope.stream) + 1;
    envelope.recordedAt = clock_->now();
    if (envelope.occurredAt == Instant{})
        envelope.occurredAt = clock_->now();
    envelope.kind = kindOf(event.payload);
    state_ = apply(state_, event);
    events_.push_back(std::move(event));
}

TicketId FakeSession::open(int priority, const std::string& category) {
    IncidentFacts incident;
    incident.at = middle, incident.category = category, incident.priority = priority, incident.source = "110";
    incident.happenedAt = clock_->now();
    const Outcome outcome = execute(resolve(incident), {});
    EXPECT_TRUE(outcome.ok());
    return std::get<TicketOpened>(outcome.events.at(0).payload).ticket;
}

void FakeSession::move(TicketId ticket, const std::string& unit, AssignmentStatus to) {
    EXPECT_TRUE(execute(MoveAssignment{ticket, UnitId{unit}, to, {}}, {}).ok());
}

State FakeSession::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

Health FakeSession::health() const {
    Health health;
    health.store = "memory";
    health.readOnly = readOnly;
    return health;
}

Plan FakeSession::planStorm(const StormRequest& request, const StormWatch& watch) const {
    UnitIndex index(city_->crs, city_->areas, city_->workspace.rules, city_->zone);
    return dispatch::planStorm(index.stormField(state(), request.now), request,
                               *straightCost(city_->workspace.rules), watch);
}

Recommendation FakeSession::recommend(const Request& request) const {
    const std::lock_guard lock(mutex_);
    Recommendation out;
    const Ticket* ticket = request.ticket ? state_.ticket(*request.ticket) : nullptr;
    const bool led = ticket && lead(*ticket);
    for (const UnitFacts& unit : city_->units()) {
        const UnitRecord* record = state_.unit(unit.id);
        if (led || joiners.contains(unit.id.text) || !record || record->outOfService || record->onBreak ||
            !record->tickets.empty() || out.candidates.size() == request.limit)
            continue;
        Candidate candidate;
        candidate.unit = unit.id;
        candidate.where = whereabouts(unit.id, request.now);
        candidate.metres = 100, candidate.seconds = 60.0 * static_cast<double>(out.candidates.size() + 1);
        candidate.method = "straight";
        candidate.why = {{"free", {}}};
        out.candidates.push_back(candidate);
    }
    for (const std::string& id : joiners) {
        const UnitRecord* record = state_.unit({id});
        if (!record || !record->tickets.empty())
            continue;
        Candidate candidate;
        candidate.unit = {id}, candidate.role = Role::gridWorker, candidate.part = Part::joint;
        candidate.where = whereabouts({id}, request.now), candidate.seconds = 90;
        out.candidates.push_back(candidate);
    }
    return out;
}

Whereabouts FakeSession::whereabouts(const UnitId& id, Instant) const {
    Whereabouts where;
    for (const UnitFacts& unit : city_->units())
        if (unit.id == id)
            where = {city_->crs.toWorking(*unit.post), *unit.post, PositionBasis::posted, FixAge::lost, {}};
    return where;
}

OpenTicket FakeSession::resolve(const IncidentFacts& incident) const {
    OpenTicket open;
    open.incident = incident;
    open.duty = city_->duties.front();
    open.duty.category = incident.category;
    open.desk = desk_.empty() ? "desk" : desk_;
    return open;
}

Outcome FakeSession::carryOut(const State* seen, const Command& command, const std::string& actor,
                              const std::string& line) {
    const std::lock_guard lock(mutex_);
    Said said;
    said.actor = actor, said.workstation = "ws", said.commandId = "c" + std::to_string(events_.size());
    said.occurredAt = clock_->now();
    said.line = line;
    Decision decision = decide(seen ? *seen : state_, command, said, city_->zone);
    Outcome outcome;
    outcome.violations = decision.violations;
    for (const auto& [stream, version] : decision.read)
        if (state_.version(stream) != version) {
            outcome.violations = {{"takenBy",
                                   {{"who", events_.back().envelope.actor},
                                    {"when", "12:00:00"},
                                    {"ago", "0.3"},
                                    {"what", events_.back().envelope.kind}}}};
            return outcome;
        }
    for (Event& event : decision.events) {
        store(event);
        outcome.events.push_back(events_.back());
    }
    return outcome;
}

Outcome FakeSession::execute(const Command& command, std::string) {
    return carryOut(nullptr, command, "tester", {});
}

Outcome FakeSession::executeAs(const std::string& actor, const Command& command) {
    return carryOut(nullptr, command, actor, {});
}

void FakeSession::submitOn(const State& seen, const Command& command, std::function<void(Outcome)> done,
                           std::string line) {
    done(carryOut(&seen, command, "tester", line));
    if (changed_)
        changed_();
}

void FakeSession::submit(const Command& command, std::function<void(Outcome)> done, std::string commandId) {
    done(execute(command, std::move(commandId)));
    if (changed_)
        changed_();
}

void FakeSession::onChange(std::function<void()> changed) {
    changed_ = std::move(changed);
}

layers::Result<Session::Moment> FakeSession::moment(Instant at) const {
    const std::lock_guard lock(mutex_);
    Moment moment;
    for (const Event& event : events_)
        if (event.envelope.recordedAt <= at)
            moment.state = apply(moment.state, event);
    return moment;
}

Session::Span FakeSession::span() const {
    const std::lock_guard lock(mutex_);
    return {events_.front().envelope.recordedAt, events_.back().envelope.recordedAt};
}

std::vector<std::uint32_t> FakeSession::histogram(Instant, Instant, int buckets) const {
    return std::vector<std::uint32_t>(static_cast<std::size_t>(buckets), 1);
}

layers::Result<std::unique_ptr<Store>> FakeSession::openReader() const {
    return layers::environment("journalReadOnly", {{"path", "memory"}});
}

} // namespace vedette::console::test
