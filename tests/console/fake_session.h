// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/road_closures.h"
#include "dispatch/session.h"

#include <mutex>
#include <set>

namespace vedette::console::test {

// A clock the test moves.
class HandClock final : public layers::Clock {
public:
    explicit HandClock(layers::Instant at) : at_(at) {}
    layers::Instant now() const override { return at_; }
    void advance(std::chrono::milliseconds span) { at_ += span; }

private:
    layers::Instant at_;
};

// A session in memory: the real commands and the real fold, no store, no feeds. Units stand at their posts
// and are proposed in the order of their codes, a minute apart.
class FakeSession final : public dispatch::Session {
public:
    // `desk`: whose the units and tickets are, but the last unit, which is of the desk "above"; empty:
    // nobody's.
    explicit FakeSession(std::shared_ptr<HandClock> clock, const std::string& desk = {});

    // Opens a ticket at the city's middle; its id.
    dispatch::TicketId open(int priority, const std::string& category = "03.2");
    void move(dispatch::TicketId ticket, const std::string& unit, dispatch::AssignmentStatus to);
    std::size_t eventCount() const { return events_.size(); }
    const std::vector<dispatch::Event>& events() const { return events_; }
    // What another desk does meanwhile; this one isn't told before its next look.
    dispatch::Outcome executeAs(const std::string& actor, const dispatch::Command& command);
    // Gives the city a folder; before any window looks.
    void live(const std::filesystem::path& folder) { city_->workspace.folder = folder; }
    // Gives the city areas; before any window looks.
    void divide(layers::Areas areas) { city_->areas = std::move(areas); }
    // Gives the city a source of areas and what was found in it; before any window looks.
    void found(const std::string& kind, layers::Finding finding) {
        city_->workspace.areas.push_back({kind, {}});
        city_->workspace.areas.back().spec.source = finding.file;
        city_->findings.push_back(std::move(finding));
    }
    // Gives the city roads; before any window looks.
    void lay(layers::CityRoads roads, bool later = false); // later: read when somebody asks for them
    dispatch::RoadCost::Way way(layers::Point from, layers::Point to, dispatch::Role role) const override;
    bool readOnly = false;
    std::set<std::string> joiners; // units that join as grid workers and never lead

    std::shared_ptr<const dispatch::City> city() const override { return city_; }
    dispatch::State state() const override;
    dispatch::Health health() const override;
    dispatch::Recommendation recommend(const dispatch::Request& request) const override;
    dispatch::Plan planStorm(const dispatch::StormRequest& request,
                             const dispatch::StormWatch& watch) const override; // by straight-line cost
    dispatch::Whereabouts whereabouts(const dispatch::UnitId& unit, dispatch::Instant now) const override;
    std::vector<std::pair<dispatch::UnitId, dispatch::Fix>> fixes() const override { return {}; }
    const dispatch::Desks& desks() const override { return *desks_; }
    dispatch::OpenTicket resolve(const dispatch::IncidentFacts& incident) const override;
    std::vector<Duplicate> duplicates(const dispatch::IncidentFacts&) const override { return {}; }
    dispatch::Outcome execute(const dispatch::Command& command, std::string commandId) override;
    dispatch::Outcome executeOn(const dispatch::State&, const dispatch::Command& command,
                                std::string id) override {
        return execute(command, std::move(id));
    }
    void submitOn(const dispatch::State& seen, const dispatch::Command& command,
                  std::function<void(dispatch::Outcome)> done, std::string line) override;
    void submit(const dispatch::Command& command, std::function<void(dispatch::Outcome)> done,
                std::string commandId) override;
    void onChange(std::function<void()> changed) override;
    layers::Result<Moment> moment(dispatch::Instant at) const override;
    Span span() const override;
    std::vector<std::uint32_t> histogram(dispatch::Instant from, dispatch::Instant till,
                                         int buckets) const override;
    layers::Result<std::unique_ptr<dispatch::Store>> openReader() const override;

private:
    dispatch::Outcome carryOut(const dispatch::State* seen, const dispatch::Command& command,
                               const std::string& actor, const std::string& line);
    void store(dispatch::Event event);
    mutable std::mutex mutex_;
    std::string desk_;
    std::shared_ptr<HandClock> clock_;
    std::shared_ptr<dispatch::City> city_;
    std::unique_ptr<const dispatch::Desks> desks_;
    std::unique_ptr<dispatch::RoadClosures> closures_;
    std::vector<dispatch::Event> events_;
    dispatch::State state_;
    std::function<void()> changed_;
};

// U0301 .. U030N, officers posted near the city's middle.
std::vector<dispatch::UnitFacts> officers(int count);

} // namespace vedette::console::test
