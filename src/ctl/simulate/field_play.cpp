// SPDX-License-Identifier: GPL-3.0-or-later
#include "field_play.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <limits>

namespace vedette::ctl {

using nlohmann::ordered_json;

Journey::Journey(std::vector<Point> line, double metresPerSecond, double begunAt)
    : line_(std::move(line)), pace_(metresPerSecond), begun_(begunAt) {
    along_.push_back(0);
    for (std::size_t i = 1; i < line_.size(); ++i)
        along_.push_back(length_ += std::hypot(line_[i].x - line_[i - 1].x, line_[i].y - line_[i - 1].y));
}

std::size_t Journey::segment(double along) const {
    const auto after = std::upper_bound(along_.begin(), along_.end(), along);
    const auto i = static_cast<std::size_t>(after - along_.begin());
    return std::clamp<std::size_t>(i, 1, line_.size() - 1);
}

Point Journey::at(double now) const {
    if (line_.size() < 2)
        return line_.empty() ? Point{} : line_.front();
    const double along = std::clamp((now - begun_) * pace_, 0.0, length_);
    const std::size_t i = segment(along);
    const double step = along_[i] - along_[i - 1], t = step > 0 ? (along - along_[i - 1]) / step : 1;
    return {line_[i - 1].x + (line_[i].x - line_[i - 1].x) * t,
            line_[i - 1].y + (line_[i].y - line_[i - 1].y) * t};
}

double Journey::course(double now) const {
    if (line_.size() < 2)
        return 0;
    const std::size_t i = segment(std::clamp((now - begun_) * pace_, 0.0, length_));
    const double degrees =
        std::atan2(line_[i].x - line_[i - 1].x, line_[i].y - line_[i - 1].y) * 180 / std::numbers::pi;
    return degrees < 0 ? degrees + 360 : degrees;
}

FieldPlay::FieldPlay(std::shared_ptr<const dispatch::City> city, const SimulateSettings& settings,
                     layers::Instant start)
    : city_(std::move(city)), settings_(settings), start_(start), wall_(start),
      chance_(settings.seed, "field"), byHour_(24) {
    run_ = std::to_string(start.time_since_epoch().count()) + "-" + std::to_string(::getpid());
    for (const dispatch::UnitFacts& facts : city_->units())
        raise(facts);
    const dispatch::History& history = *city_->history;
    for (std::size_t i = 0; i < history.size(); ++i)
        byHour_[static_cast<std::size_t>(city_->zone.local(history.at(i)).hour)].push_back(i);
    if (!history.empty()) {
        const auto span = history.at(history.size() - 1) - history.at(0);
        historyDays_ = std::max(1.0, static_cast<double>(span.count()) / 86'400'000.0);
    }
    if (settings_.patrol)
        beginPatrols();
    if (settings_.incidents && !history.empty())
        later(chance_.between(1, 10), [this] { nextIncident(); });
}

FieldPlay::~FieldPlay() = default;

void FieldPlay::later(double fieldSeconds, std::function<void()> what) {
    agenda_.push({now_ + std::max(0.0, fieldSeconds), ++order_, std::move(what)});
}

double FieldPlay::nextDue() const {
    return agenda_.empty() ? std::numeric_limits<double>::infinity() : agenda_.top().at;
}

void FieldPlay::step(double fieldSeconds, layers::Instant wallNow) {
    wall_ = wallNow;
    while (!agenda_.empty() && agenda_.top().at <= fieldSeconds) {
        Due due = agenda_.top();
        agenda_.pop();
        now_ = std::max(now_, due.at);
        due.what();
    }
    now_ = std::max(now_, fieldSeconds);
}

std::string FieldPlay::newId(char kind) {
    return std::string("sim-") + kind + "-" + run_ + "-" + std::to_string(++ids_);
}

void FieldPlay::say(ordered_json line) {
    lines_.push_back(line.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

// The field's own clock: it began at the start's hour and runs at its speed.
int FieldPlay::localHour() const {
    const auto at = start_ + std::chrono::milliseconds(static_cast<long long>(now_ * 1000));
    return city_->zone.local(at).hour;
}

void FieldPlay::nextIncident() {
    const auto& candidates = byHour_[static_cast<std::size_t>(localHour())];
    const double perHour =
        settings_.incidentsPerHour.value_or(static_cast<double>(candidates.size()) / historyDays_);
    if (perHour <= 0) { // looks again later: the hour changes
        later(600, [this] { nextIncident(); });
        return;
    }
    const dispatch::History& history = *city_->history;
    const std::size_t any = static_cast<std::size_t>(chance_.below(static_cast<int>(history.size())));
    incident(history[candidates.empty() ? any : chance_.of(candidates)]);
    later(chance_.exponential(3600 / perHour), [this] { nextIncident(); });
}

void FieldPlay::incident(const dispatch::PastIncident& past) {
    static const std::vector<std::string> sources{"110", "110", "110", "12345", "gridWorker", "sensor"};
    const layers::LonLat at = city_->crs.toLonLat(past.where);
    ordered_json line{{"type", "incident"}, {"id", newId('i')}, {"time", layers::isoUtc(wall_)},
                      {"lon", at.lon},      {"lat", at.lat},    {"category", past.category}};
    line["priority"] = std::clamp(past.severity, 1, 4);
    line["source"] = chance_.of(sources);
    line["caller"] = "1390000" + std::to_string(1000 + chance_.below(9000)); // no such numbers
    if (!past.text.empty())
        line["text"] = past.text;
    if (const auto place = city_->gazetteer->nearest(past.where))
        line["place"] = place->name;
    ++counts.incidents;
    say(std::move(line));
}

// Most answer within minutes; a few don't hear it.
void FieldPlay::rollCall(const ordered_json& line) {
    const std::string roll = line.value("roll", std::string()), id = line.value("id", std::string());
    if (!id.empty() && !seenOrders_.insert(id).second)
        return;
    ++counts.orders;
    for (const auto& asked : line["units"]) {
        if (!asked.is_string() || !chance_.one(0.9))
            continue;
        later(chance_.between(5, 240), [this, roll, unit = asked.get<std::string>()] {
            say({{"type", "rollAnswer"},
                 {"id", newId('r')},
                 {"roll", roll},
                 {"unit", unit},
                 {"time", layers::isoUtc(wall_)}});
        });
    }
}

void FieldPlay::order(const std::string& text) {
    const ordered_json line = ordered_json::parse(text, nullptr, false);
    const auto word = [&](const char* key) {
        const auto found = line.is_object() ? line.find(key) : line.end();
        return line.is_object() && found != line.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
    };
    const std::string action = word("action"), ticket = word("ticket"), unitId = word("unit");
    if (action == "roll" && line.contains("units") && line["units"].is_array())
        return rollCall(line);
    if (line.is_discarded() || action.empty() || ticket.empty()) {
        ++counts.unreadableOrders;
        return;
    }
    if (const std::string id = word("id"); !id.empty() && !seenOrders_.insert(id).second)
        return;
    ++counts.orders;
    if (action != "assign") {
        if (action != "reopen")
            withdraw(ticket, unitId);
        return;
    }
    const auto number = [&](const char* key) {
        const auto found = line.find(key);
        return found != line.end() && found->is_number() ? found->get<double>()
                                                         : std::numeric_limits<double>::quiet_NaN();
    };
    const Point at = city_->crs.toWorking({number("lon"), number("lat")});
    if (unitId.empty() || !std::isfinite(at.x) || !std::isfinite(at.y)) {
        --counts.orders;
        ++counts.unreadableOrders;
        return;
    }
    Unit& who = unit(unitId, at);
    Task task{ticket, at, ++taskNumber_};
    if (const auto asked = line.find("feedback"); asked != line.end() && asked->is_array())
        for (const auto& name : *asked)
            if (name.is_string())
                task.asked.push_back(name.get<std::string>());
    answer(who, task);
}

} // namespace vedette::ctl
