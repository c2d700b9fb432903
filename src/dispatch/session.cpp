// SPDX-License-Identifier: GPL-3.0-or-later
#include "live_session.h"

#include "dispatch/area_middle.h"
#include "dispatch/journal_url.h"
#include "dispatch/storm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace vedette::dispatch {

using layers::Result;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr auto lookBack = minutes(60); // for the last known fix of every unit

// A number is the same however it is grouped; anything shorter is a name.
bool sameCaller(const std::string& a, const std::string& b) {
    const auto digits = [](const std::string& text) {
        std::string only;
        for (const char c : text)
            if (c >= '0' && c <= '9')
                only += c;
        return only;
    };
    if (a.empty() || b.empty())
        return false;
    const std::string first = digits(a);
    return first.size() >= 7 ? first == digits(b) : a == b;
}

std::string randomName() {
    std::random_device device;
    std::string name;
    for (int i = 0; i < 4; ++i) {
        static constexpr char digits[] = "0123456789abcdef";
        for (unsigned word = device(), k = 0; k < 8; ++k, word >>= 4)
            name += digits[word & 15];
    }
    return name;
}

} // namespace

Result<std::unique_ptr<Session>> Session::open(std::shared_ptr<const City> city,
                                               const SessionOptions& options) {
    auto session = std::make_unique<LiveSession>(std::move(city), options);
    if (auto started = session->start(); !started)
        return started.problem();
    return std::unique_ptr<Session>(std::move(session));
}

LiveSession::LiveSession(std::shared_ptr<const City> city, SessionOptions options)
    : city_(std::move(city)), options_(std::move(options)),
      clock_(options_.clock ? options_.clock : std::make_shared<layers::SystemClock>()),
      straight_(straightCost(city_->workspace.rules)), process_(options_.workstation + "/" + randomName()),
      index_(city_->crs, city_->areas, city_->workspace.rules, city_->zone),
      watch_(city_->workspace.rules.escalateEvery) {
    for (const UnitFacts& unit : city_->units())
        if (!unit.desk.empty())
            for (const auto& code : unit.owns)
                deskOf_.try_emplace(code, unit.desk);
}

layers::Status LiveSession::start() {
    StoreOptions opening;
    opening.mode = options_.mode;
    opening.create = !options_.readOnly;
    opening.readOnly = options_.readOnly;
    opening.workspace = city_->workspace.name;
    opening.roll = city_->roll;
    auto store =
        openStore(journalUrl(city_->workspace, options_.mode), city_->workspace.folder, clock_, opening);
    if (!store)
        return store.problem();
    store_ = std::move(store).value();
    mode_ = store_->mode();
    {
        const std::lock_guard lock(healthGate_);
        health_.store = city_->workspace.storeUrl.substr(0, city_->workspace.storeUrl.find(':'));
        health_.readOnly = store_->readOnly();
        health_.mode = mode_;
    }
    auto folded = foldTo(*store_, State{}, store_->lastSeq());
    if (!folded)
        return folded.problem();
    publish(std::move(folded).value(), {});
    if (!store_->readOnly())
        if (auto pinned = pinReference(); !pinned)
            return pinned;

    const Instant now = clock_->now();
    if (auto tracks = TrackLog::open(tracksFolder(), true)) {
        tracksReader_ = std::move(tracks).value();
        std::vector<Fix> known;
        for (auto& [unit, fix] : tracksReader_->lastKnown(now, lookBack))
            known.push_back(std::move(fix));
        index_.fix(known);
        followedTracks_ = now;
    }
    index_.advance(now);
    journal_ = std::thread([this] { runJournal(); });
    feeds_ = std::thread([this] { runFeeds(); });
    audit_ = std::thread([this] { runAudit(); });
    return layers::Nothing{};
}

LiveSession::~LiveSession() {
    // The feed thread first: what it has handed over must still be carried out.
    {
        const std::lock_guard lock(auditGate_);
        stopping_ = true;
    }
    auditWake_.notify_all();
    if (audit_.joinable())
        audit_.join();
    feedWake_.notify_all();
    if (feeds_.joinable())
        feeds_.join();
    feedsDone_ = true;
    wake_.notify_all();
    if (journal_.joinable())
        journal_.join();
}

State LiveSession::state() const {
    const std::lock_guard lock(stateGate_);
    return state_;
}

Health LiveSession::health() const {
    const std::lock_guard lock(healthGate_);
    return health_;
}

Recommendation LiveSession::recommend(const Request& request) const {
    const auto byRoad = road();
    return index_.recommend(state(), request, byRoad ? static_cast<const CostModel&>(*byRoad) : *straight_);
}

RoadCost::Way LiveSession::way(layers::Point from, layers::Point to, Role role) const {
    if (const auto byRoad = road())
        return byRoad->way(from, to, role);
    return {straight_->cost(from, to, role), {from, to}, {}};
}

std::shared_ptr<const RoadCost> LiveSession::road() const {
    {
        const std::lock_guard lock(roadGate_);
        if (!closures_)
            if (const auto* ready = city_->routes.ready(); ready && *ready)
                closures_ = std::make_unique<RoadClosures>(*ready, city_->crs, city_->workspace.rules);
        if (!closures_)
            return nullptr;
    }
    return closures_->standing(state(), clock_->now());
}

Plan LiveSession::planStorm(const StormRequest& request, const StormWatch& watch) const {
    const auto byRoad = road();
    return dispatch::planStorm(index_.stormField(state(), request.now), request,
                               byRoad ? static_cast<const CostModel&>(*byRoad) : *straight_, watch);
}

Whereabouts LiveSession::whereabouts(const UnitId& unit, Instant now) const {
    return index_.whereabouts(unit, now);
}

std::vector<std::pair<UnitId, Fix>> LiveSession::fixes() const {
    return index_.fixes();
}

const Desks& LiveSession::desks() const {
    std::call_once(desksMade_, [this] { desks_ = std::make_unique<const Desks>(*city_); });
    return *desks_;
}

OpenTicket LiveSession::resolve(const IncidentFacts& incident) const {
    OpenTicket open;
    open.incident = incident;
    const layers::Point at = city_->crs.toWorking(incident.at);
    std::string beat, station;
    std::optional<layers::AreaClass> areaClass;
    const layers::Areas& all = city_->areas;
    const bool placed = std::isfinite(at.x) && std::isfinite(at.y);
    auto around = placed ? all.at(at) : std::vector<layers::AreaIndex>{};
    const bool outside = around.empty();
    // Outside every area the nearest one's desk has it, and those above hear of it; it still lies in none.
    if (const auto nearest = outside && placed ? all.nearest(at) : std::nullopt) {
        around = all.at(areaMiddle(all, *nearest));
        if (around.empty())
            around.push_back(*nearest);
    }
    std::vector<std::string> codes;
    for (const auto index : around) {
        const layers::Area& area = all[index];
        codes.push_back(area.code);
        if (beat.empty())
            beat = area.beat;
        if (!areaClass)
            areaClass = area.areaClass;
        if (station.empty() && area.kind == layers::AreaKind::station)
            station = area.code;
    }
    if (outside)
        open.flags.push_back("outsideEveryArea");
    else
        open.areas = codes;

    const State now = state();
    const auto& duties = now.duties();
    const auto row = std::find_if(duties.begin(), duties.end(),
                                  [&](const Duty& duty) { return duty.category == incident.category; });
    open.duty = dutyIn(row == duties.end() ? defaultDuty(incident.category) : *row, areaClass);
    if (row == duties.end())
        open.flags.push_back("dutyMissing");
    if (open.incident.priority < 1 || open.incident.priority > 4)
        open.incident.priority = open.duty.priority;

    // The desk that sends whoever is responsible; else the station's own; else the one that took it.
    auto owned = codes;
    owned.push_back(beat);
    for (const auto& code : owned)
        if (const auto desk = deskOf_.find(code); open.desk.empty() && desk != deskOf_.end())
            open.desk = desk->second;
    if (open.desk.empty())
        open.desk = station.empty() ? options_.actor : station;
    if (!open.duty.escalation.empty())
        open.chain = desks().chain(open.duty.escalation, codes);
    if (open.incident.place.empty())
        if (const auto place = city_->gazetteer->nearest(at))
            open.incident.place = place->name;
    return open;
}

ReclassifyTicket reclassified(const Session& session, const Ticket& ticket, std::string category,
                              int priority) {
    IncidentFacts incident = ticket.incident;
    incident.category = category;
    OpenTicket resolved = session.resolve(incident);
    return {ticket.id,
            std::move(category),
            priority,
            std::move(resolved.duty),
            std::move(resolved.flags),
            std::move(resolved.chain)};
}

std::vector<Session::Duplicate> LiveSession::duplicates(const IncidentFacts& incident) const {
    constexpr double reach = 300, callersReach = 1500; // who rings again may have walked on meanwhile
    constexpr auto span = minutes(30), callersSpan = minutes(120);
    const layers::Point at = city_->crs.toWorking(incident.at);
    const Instant when = incident.happenedAt == Instant{} ? clock_->now() : incident.happenedAt;
    std::vector<Duplicate> found;
    state().forEachOpenTicket([&](const Ticket& ticket) {
        const layers::Point there = city_->crs.toWorking(ticket.incident.at);
        Duplicate one{ticket.id, std::hypot(there.x - at.x, there.y - at.y), {}, 0};
        one.apart = std::chrono::abs(std::chrono::duration_cast<seconds>(ticket.incident.happenedAt - when));
        const bool caller = sameCaller(incident.caller, ticket.incident.caller);
        if (!(one.metres <= (caller ? callersReach : reach)) || one.apart > (caller ? callersSpan : span))
            return;
        // Near and soon weigh most; a caller who rings twice weighs as much as the same category.
        const auto group = [](const std::string& category) { return category.substr(0, category.find('.')); };
        const bool same = ticket.incident.category == incident.category;
        const bool alike = group(ticket.incident.category) == group(incident.category);
        one.score = 0.35 * std::max(0.0, 1 - one.metres / reach) +
                    0.25 * std::max(0.0, 1 - double(one.apart.count()) / double(seconds(span).count())) +
                    (same    ? 0.2
                     : alike ? 0.1
                             : 0) +
                    (caller ? 0.2 : 0);
        found.push_back(one);
    });
    std::sort(found.begin(), found.end(), [](const Duplicate& a, const Duplicate& b) {
        return a.score != b.score ? a.score > b.score : a.ticket < b.ticket;
    });
    return found;
}

void LiveSession::onChange(std::function<void()> changed) {
    const std::lock_guard lock(callbackGate_);
    onChange_ = std::move(changed);
}

Result<std::unique_ptr<Store>> LiveSession::openReader() const {
    StoreOptions opening;
    opening.create = false, opening.readOnly = true;
    opening.roll = city_->roll;
    return openStore(journalUrl(city_->workspace, options_.mode), city_->workspace.folder, clock_, opening);
}

Result<Session::Moment> LiveSession::moment(Instant at) const {
    const std::lock_guard lock(pastGate_);
    if (!pastStore_) {
        auto reader = openReader();
        if (!reader)
            return reader.problem();
        pastStore_ = std::move(reader).value();
    }
    if (!pastTracks_) {
        auto tracks = TrackLog::open(tracksFolder(), true);
        if (!tracks)
            return tracks.problem();
        pastTracks_ = std::move(tracks).value();
    }
    auto folded = foldTo(*pastStore_, State{}, pastStore_->seqAt(at));
    if (!folded)
        return folded.problem();
    return Moment{std::move(folded).value(), pastTracks_->lastKnown(at, lookBack)};
}

Session::Span LiveSession::span() const {
    const std::lock_guard lock(pastGate_);
    if (!firstAt_) {
        if (!pastStore_)
            if (auto reader = openReader())
                pastStore_ = std::move(reader).value();
        if (pastStore_)
            if (const auto first = pastStore_->read(1, 1); first.ok() && !first.value().empty())
                firstAt_ = first.value().front().envelope.recordedAt;
    }
    const Instant last = state().at();
    return {firstAt_.value_or(last), last};
}

std::vector<std::uint32_t> LiveSession::histogram(Instant from, Instant till, int buckets) const {
    std::vector<std::uint32_t> counts(std::size_t(std::max(buckets, 0)));
    const std::lock_guard lock(pastGate_);
    if (!pastStore_)
        if (auto reader = openReader())
            pastStore_ = std::move(reader).value();
    if (!pastStore_ || counts.empty() || till <= from)
        return counts;
    // Events up to a bucket's end, less those up to its beginning: an index lookup each.
    Seq before = pastStore_->seqAt(from - milliseconds(1));
    for (std::size_t bucket = 0; bucket < counts.size(); ++bucket) {
        const auto end = (till - from) * std::int64_t(bucket + 1) / std::int64_t(counts.size());
        const bool last = bucket + 1 == counts.size();
        const Seq upTo = pastStore_->seqAt(last ? till : from + end - milliseconds(1));
        counts[bucket] = std::uint32_t(upTo - std::min(before, upTo));
        before = upTo;
    }
    return counts;
}

} // namespace vedette::dispatch
