// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chance.h"
#include "ctl/simulate.h"
#include "dispatch/city.h"
#include "order_tail.h"

#include <nlohmann/json_fwd.hpp>

#include <deque>
#include <functional>
#include <queue>
#include <unordered_map>
#include <unordered_set>

namespace vedette::ctl {

using layers::LonLat;
using layers::Point;

// A polyline travelled at one pace.
class Journey {
public:
    Journey() = default;
    Journey(std::vector<Point> line, double metresPerSecond, double begunAt);
    bool none() const { return line_.empty(); }
    bool over(double now) const { return line_.size() < 2 || now >= endsAt(); }
    double endsAt() const { return begun_ + length_ / pace_; }
    Point at(double now) const;
    double course(double now) const; // degrees
    double pace() const { return pace_; }

private:
    std::size_t segment(double along) const;
    std::vector<Point> line_;
    std::vector<double> along_;
    double pace_ = 1, begun_ = 0, length_ = 0;
};

// Everybody in the field and what they do next. Time inside is field seconds since the start; `step` is told
// how far the field has come.
class FieldPlay {
public:
    FieldPlay(std::shared_ptr<const dispatch::City> city, const SimulateSettings& settings,
              layers::Instant start);
    ~FieldPlay();
    void order(const std::string& line);
    // Runs what is due until `fieldSeconds`; `wallNow` stamps the messages.
    void step(double fieldSeconds, layers::Instant wallNow);
    double nextDue() const; // field seconds; infinite when nothing is planned
    std::vector<std::string> takeLines() { return std::exchange(lines_, {}); }
    SimulateCounts counts;

private:
    struct Task {
        std::string ticket;
        Point at;
        std::uint64_t number; // so that a withdrawn task's plans are void
        std::vector<std::string> asked{}; // names of what is to be answered
    };
    struct Unit {
        dispatch::UnitFacts facts;
        Point base, at;
        Journey journey;
        std::deque<Task> tasks; // the first is being worked on
        bool reporting = false;
    };

    void later(double fieldSeconds, std::function<void()> what);
    Unit& unit(const std::string& id, Point nearby); // one that no list knows comes from near by
    Unit& raise(const dispatch::UnitFacts& facts);
    bool current(const Unit& who, std::uint64_t task) const;
    void answer(Unit& who, const Task& task);
    void setOut(Unit& who);
    void arrive(Unit& who, std::uint64_t task);
    void withdraw(const std::string& ticket, const std::string& unitId);
    std::vector<Point> way(Point from, Point to) const;
    void whereabouts(Unit& who);
    void keepReporting(Unit& who);
    void wander(Unit& who);
    void beginPatrols();
    void nextIncident();
    void incident(const dispatch::PastIncident& past);
    void rollCall(const nlohmann::ordered_json& line);
    void say(nlohmann::ordered_json line);
    std::string newId(char kind);
    double pace(const Unit& who) const;
    int localHour() const;

    std::shared_ptr<const dispatch::City> city_;
    SimulateSettings settings_;
    layers::Instant start_, wall_;
    Chance chance_;
    std::string run_; // makes ids unique across runs
    std::uint64_t ids_ = 0, order_ = 0, taskNumber_ = 0;
    double now_ = 0;
    std::unordered_map<std::string, std::unique_ptr<Unit>> units_;
    std::unordered_set<std::string> seenOrders_;
    std::vector<std::vector<std::size_t>> byHour_; // history, by local hour
    double historyDays_ = 1;
    struct Due {
        double at;
        std::uint64_t order;
        std::function<void()> what;
        bool operator<(const Due& o) const { return at != o.at ? at > o.at : order > o.order; }
    };
    std::priority_queue<Due> agenda_;
    std::vector<std::string> lines_;
};

} // namespace vedette::ctl
