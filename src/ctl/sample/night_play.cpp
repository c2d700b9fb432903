// SPDX-License-Identifier: GPL-3.0-or-later
#include "night_play.h"

#include <algorithm>
#include <cstdio>

namespace vedette::ctl {

using namespace dispatch;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr std::size_t batch = 4000;
// What one ticket comes to, on average; only steers how often something happens.
constexpr double eventsPerTicket = 12;

} // namespace

NightPlay::NightPlay(const Town& town, const Happening& happening, Store& store, layers::TimeZone zone,
                     std::uint64_t seed, int events)
    : town_(town), happening_(happening), store_(store), zone_(std::move(zone)), chance_(seed, "night"),
      net_(town.ground.roads), wanted_(events) {
    std::vector<std::size_t> turnOf;
    for (std::size_t i = 0; i < town.units.size(); ++i) {
        const auto known = std::find(turns_.begin(), turns_.end(), town.shiftTexts[i]);
        turnOf.push_back(static_cast<std::size_t>(known - turns_.begin()));
        if (known != turns_.end())
            continue;
        turns_.push_back(town.shiftTexts[i]);
        turnRecords_.emplace_back().facts = std::make_shared<const UnitFacts>(town.units[i]);
    }
    byRoleAndTurn_.assign(7 * turns_.size(), Buckets(900));
    std::unordered_map<std::string, Point> middle;
    for (const Face& face : town.plan.level3)
        middle[face.code] = innerPoint(town.plan.mesh.points(face.ring));
    for (std::size_t i = 0; i < town.units.size(); ++i) {
        const UnitFacts& unit = town.units[i];
        Member member;
        member.base = unit.post ? town.crs.toWorking(*unit.post) : middle[unit.homeArea];
        member.at = member.base;
        const int number = static_cast<int>(i);
        memberOf_[unit.id.text] = number;
        byRoleAndTurn_[static_cast<std::size_t>(unit.role) * turns_.size() + turnOf[i]].add(member.base,
                                                                                            number);
        for (const std::string& code : unit.owns)
            ownersOf_[code].push_back(number);
        members_.push_back(member);
    }
    for (std::size_t p = 0; p < town.places.size(); ++p)
        places_.add(town.places[p].at, static_cast<int>(p));
}

layers::Status NightPlay::play(Instant from, Instant till, const SampleSettings& settings) {
    now_ = from, till_ = till;
    pin();
    later(20, [this] { nextIncident(); });
    agenda_.push({std::max(from, till - hours(8)), ++order_, [this] { rosterOfTheNight(); }});
    agenda_.push({till - minutes(7), ++order_, [this] { handOver(); }});
    const double span = static_cast<double>((till - from).count());
    int told = 0;
    while (!agenda_.empty() && agenda_.top().at < till && !trouble_) {
        Due due = agenda_.top();
        agenda_.pop();
        now_ = due.at;
        due.what();
        if (waiting_.size() >= batch) {
            if (auto kept = flush(); !kept)
                return kept;
            const double part = static_cast<double>((now_ - from).count()) / span;
            if (settings.progress && static_cast<int>(part * 20) > told) {
                told = static_cast<int>(part * 20);
                settings.progress({"sampleNight", {}}, 0.4 + 0.6 * part);
            }
            if (settings.cancel && *settings.cancel)
                return layers::refused("cancelled");
        }
    }
    if (trouble_)
        return *trouble_;
    return flush();
}

void NightPlay::pin() {
    std::vector<Duty> duties;
    for (const CatalogueDuty& duty : town_.duties)
        duties.push_back(duty.facts);
    for (auto& [what, content] :
         {std::pair("units", encodeUnits(town_.units)), {"duties", encodeDuties(duties)}}) {
        auto sha256 = store_.keep(content);
        if (!sha256) {
            trouble_ = sha256.problem();
            return;
        }
        Event event;
        event.payload = ReferencePinned{what, sha256.value(), std::string(what) + ".csv",
                                        std::make_shared<const std::string>(content)};
        event.envelope.kind = kindOf(event.payload);
        event.envelope.stream = std::string("reference/") + what;
        event.envelope.commandId = std::string("sample-pin-") + what;
        event.envelope.occurredAt = event.envelope.recordedAt = now_;
        event.envelope.actor = "sample";
        event.envelope.workstation = "ws1";
        state_ = apply(std::move(state_), event);
        waiting_.push_back(std::move(event));
        ++events_;
    }
}

void NightPlay::later(double seconds, std::function<void()> what) {
    const auto wait = milliseconds(static_cast<long>(std::max(0.2, seconds) * 1000));
    agenda_.push({now_ + wait, ++order_, std::move(what)});
}

bool NightPlay::say(const Command& command, const std::string& actor, const std::string& workstation,
                    const std::string& source, const std::string& sourceId) {
    char id[32];
    std::snprintf(id, sizeof id, "sample-%07d", ++commands_);
    Said said{actor, workstation, id, source, sourceId, Mode::live, now_};
    Decision decision = decide(state_, command, said, zone_);
    if (!decision.violations.empty())
        return false;
    for (Event& event : decision.events) {
        event.envelope.recordedAt = now_;
        state_ = apply(std::move(state_), event);
        waiting_.push_back(std::move(event));
        ++events_;
    }
    return true;
}

bool NightPlay::desk(const Command& command) {
    const std::string number = std::to_string(1 + order_ % 3);
    return say(command, "desk" + number, "ws" + number);
}

bool NightPlay::field(const UnitId& unit, const Command& command) {
    return say(command, unit.text, "field");
}

layers::Status NightPlay::flush() {
    if (waiting_.empty())
        return layers::Nothing{};
    Store::Append append;
    append.events = std::move(waiting_);
    append.keepRecordedAt = true;
    waiting_.clear();
    const auto kept = store_.append(append);
    if (!kept)
        return kept.problem();
    return layers::Nothing{};
}

// Incidents come as often as fills the record evenly: what is still to come over what time is left.
void NightPlay::nextIncident() {
    const Instant last = till_ - minutes(75);
    if (now_ >= last)
        return;
    report();
    const double open = static_cast<double>(state_.openTicketCount()) * 4.5;
    const double due = std::max(2.0, (wanted_ * 1.01 - events_ - open) / eventsPerTicket);
    const double secondsLeft = static_cast<double>((last - now_).count()) / 1000;
    const auto local = zone_.local(now_);
    // The evening is busier than the small hours; over a whole day the mean is 1.
    const double busy = Happening::busy(local.hour, local.weekday);
    const double shape = till_ - now_ > hours(9) ? busy : 0.5 + 0.5 * busy;
    later(std::min(3600.0, chance_.exponential(secondsLeft / due / shape)), [this] { nextIncident(); });
}

// Before the shift ends the desk closes what it can; a few handled ones wait for the day's review.
void NightPlay::handOver() {
    over_ = true;
    std::vector<TicketId> open;
    state_.forEachOpenTicket([&](const Ticket& ticket) { open.push_back(ticket.id); });
    int left = 0;
    for (const TicketId id : open) {
        const Stage now = stage(*state_.ticket(id));
        if ((now == Stage::handled || now == Stage::reviewed) && left < 3) {
            ++left;
            continue;
        }
        desk(MoveTicket{id, TicketMove::closed, {}, "交班清理：现场已恢复"});
        later(1, [] {});
    }
    // Fewer events than asked for: the rest are short breaks of the outgoing shift.
    for (std::size_t i = 0; i < town_.units.size() && events_ < wanted_; ++i) {
        const UnitId& unit = town_.units[i].id;
        if (field(unit, ChangeRoster{unit, RosterChange::breakStarted, "交班"}))
            field(unit, ChangeRoster{unit, RosterChange::breakEnded, {}});
    }
}

} // namespace vedette::ctl
