// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/points.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace vedette::dispatch {

using Hundredths = layers::PointsRules::Hundredths;

namespace {

Instant reached(const Assignment& one, AssignmentStatus status) {
    return one.at[static_cast<std::size_t>(status)];
}

bool keptBy(const Assignment& one, const Deadlines& deadlines) {
    const auto kept = [&](Instant due, AssignmentStatus status) {
        const Instant at = reached(one, status);
        return due == Instant{} || at == Instant{} || at <= due;
    };
    return kept(deadlines.accept, AssignmentStatus::accepted) &&
           kept(deadlines.arrive, AssignmentStatus::onscene) &&
           kept(deadlines.finish, AssignmentStatus::handled);
}

Hundredths worth(const layers::PointsRules& rules, const Ticket& ticket) {
    const std::string& category = ticket.incident.category;
    std::size_t longest = 0;
    Hundredths points = 0;
    for (const auto& [code, value] : rules.category)
        if (category.starts_with(code) && code.size() >= longest && !code.empty())
            longest = code.size(), points = value;
    if (longest)
        return points;
    const auto byPriority = rules.priority.find(ticket.incident.priority);
    return byPriority == rules.priority.end() ? rules.handled : byPriority->second;
}

// From being sent until it was over for the unit.
struct Busy {
    Instant from, till;
};

std::map<std::string, std::vector<Busy>> busyTimes(const State& state, Instant from, Instant till) {
    std::map<std::string, std::vector<Busy>> busy;
    state.forEachTicket([&](const Ticket& ticket) {
        for (const Assignment& one : ticket.assignments) {
            Instant end = till;
            for (const auto over :
                 {AssignmentStatus::handled, AssignmentStatus::declined, AssignmentStatus::released})
                if (const Instant at = reached(one, over); at != Instant{})
                    end = std::min(end, at);
            const Instant begun = reached(one, AssignmentStatus::assigned);
            if (end > from && begun < till)
                busy[one.unit.text].push_back({begun, end});
        }
    });
    return busy;
}

} // namespace

layers::Result<std::vector<PointsWork::Roll>> rollsClosed(Store& store, Instant from, Instant till) {
    std::vector<PointsWork::Roll> rolls;
    const Seq first = store.seqAt(from - std::chrono::milliseconds(1)) + 1, last = store.lastSeq();
    const auto read = store.visit(first, last, [&](const Event& event) {
        const Instant at = event.envelope.occurredAt;
        if (const auto* closed = std::get_if<RollClosed>(&event.payload); closed && at >= from && at < till)
            rolls.push_back({*closed, at});
    });
    if (!read.ok())
        return read.problem();
    return rolls;
}

std::map<std::string, std::map<std::string, int>> patrolMinutes(const TrackLog& tracks, const State& state,
                                                                Instant from, Instant till,
                                                                std::chrono::seconds gap,
                                                                const layers::TimeZone& zone) {
    const auto busy = busyTimes(state, from, till);
    std::map<std::string, Instant> last;
    std::map<std::string, std::map<std::string, std::chrono::milliseconds>> seen;
    tracks.read(from - std::chrono::milliseconds(1), till, [&](const Fix& fix) {
        const Instant at = std::min(fix.fixedAt, fix.receivedAt);
        const auto [before, fresh] = last.try_emplace(fix.unit.text, at);
        if (fresh)
            return;
        const Instant begun = before->second;
        if (at <= begun)
            return;
        before->second = at;
        if (at - begun > gap || begun < from)
            return;
        if (const auto works = busy.find(fix.unit.text); works != busy.end())
            for (const Busy& one : works->second)
                if (begun < one.till && at > one.from)
                    return;
        seen[fix.unit.text][layers::isoLocal(begun, zone).substr(0, 10)] += at - begun;
    });
    std::map<std::string, std::map<std::string, int>> minutes;
    for (const auto& [unit, days] : seen)
        for (const auto& [day, span] : days)
            if (const auto whole = std::chrono::floor<std::chrono::minutes>(span).count())
                minutes[unit][day] = static_cast<int>(whole);
    return minutes;
}

std::vector<PointsOfUnit> pointsOf(const State& state, const layers::PointsRules& rules, Instant from,
                                   Instant till, const PointsWork& work, const layers::TimeZone& zone,
                                   const Scope& scope) {
    std::map<std::string, PointsOfUnit> byUnit;
    state.forEachUnit([&](const UnitRecord& unit) {
        const UnitFacts& facts = *unit.facts;
        if (!scope.has(facts) ||
            (!rules.roles.empty() && !std::ranges::count(rules.roles, toString(facts.role))))
            return;
        byUnit[facts.id.text] = {facts.id, facts.name, facts.team, facts.desk, facts.role, 0, {}};
    });
    const auto add = [&](const std::string& unit, const char* kind, std::string of, Instant at,
                         Hundredths points, int minutes = 0) {
        const auto found = byUnit.find(unit);
        if (found == byUnit.end())
            return;
        found->second.points += points;
        found->second.lines.push_back({{unit}, kind, std::move(of), at, minutes, points});
    };
    const auto within = [&](Instant at) { return at >= from && at < till; };
    state.forEachTicket([&](const Ticket& ticket) {
        for (const Assignment& one : ticket.assignments) {
            const Instant at = reached(one, AssignmentStatus::handled);
            if (one.status != AssignmentStatus::handled || !within(at))
                continue;
            const bool led = one.part == Part::lead;
            add(one.unit.text, led ? "handled" : "joined", toString(ticket.id), at,
                led ? worth(rules, ticket) : rules.joined);
            if (&one != lead(ticket))
                continue; // of an earlier round: its deadlines are gone
            const bool kept = keptBy(one, ticket.deadlines);
            add(one.unit.text, kept ? "onTime" : "late", toString(ticket.id), at,
                kept ? rules.onTime : rules.late);
        }
    });
    for (const PointsWork::Roll& roll : work.rolls) {
        for (const std::string& unit : roll.closed.answered)
            add(unit, "rollAnswered", roll.closed.id, roll.at, rules.rollAnswered);
        for (const std::string& unit : roll.closed.missed)
            add(unit, "rollMissed", roll.closed.id, roll.at, rules.rollMissed);
    }
    for (const auto& [unit, days] : work.patrolMinutes)
        for (const auto& [day, minutes] : days) {
            const int counted = std::min(minutes, rules.patrolHoursADay * 60);
            const auto begun = layers::parseTime(day + " 00:00:00", zone);
            add(unit, "patrol", day, begun.value_or(from), rules.patrolHour * counted / 60, counted);
        }
    std::vector<PointsOfUnit> all;
    for (auto& [id, unit] : byUnit) {
        std::ranges::stable_sort(
            unit.lines, {}, [](const PointsLine& line) { return std::tie(line.at, line.kind, line.of); });
        all.push_back(std::move(unit));
    }
    return all;
}

std::string pointsText(Hundredths points) {
    std::string text = points < 0 ? "-" : "";
    const Hundredths whole = std::abs(points);
    text += std::to_string(whole / 100);
    if (const Hundredths rest = whole % 100) {
        text += '.';
        text += static_cast<char>('0' + rest / 10);
        if (rest % 10)
            text += static_cast<char>('0' + rest % 10);
    }
    return text;
}

} // namespace vedette::dispatch
