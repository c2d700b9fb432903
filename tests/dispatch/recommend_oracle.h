// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chequered_city.h"

#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace vedette::dispatch::testing {

// Who should go, by looking at everybody and sorting: written from the contract in recommend.h alone, sharing
// no code with the search.
struct RecommendOracle {
    struct Unit {
        UnitFacts facts;
        std::optional<bool> on;
        bool onBreak = false, out = false;
        std::optional<LonLat> declared;
        Instant declaredWhen{};
        std::optional<Fix> fix;
        std::vector<TicketId> tickets;
    };
    struct Line {
        std::string unit;
        double seconds = 0, metres = 0;
        bool owner = false;
        int load = 0;
        std::vector<std::string> codes;
        std::string part;
        bool placed = true;
        bool operator==(const Line& o) const {
            return unit == o.unit && std::abs(seconds - o.seconds) < 1e-3 &&
                   std::abs(metres - o.metres) < 1e-2 && codes == o.codes && part == o.part;
        }
        friend std::ostream& operator<<(std::ostream& out, const Line& line) {
            out << line.part << ' ' << line.unit << ' ' << line.seconds << " s";
            for (const auto& code : line.codes)
                out << ' ' << code;
            return out;
        }
    };
    struct Answer {
        std::vector<Line> candidates, unsuitable;
        std::vector<std::string> flags;
    };

    const ChequeredCity& city;
    layers::Rules rules;
    std::map<std::string, Unit> units;
    std::vector<Duty> duties;
    std::map<TicketId, std::vector<std::string>> open; // unit ids still on it

    static double speed(Role role) {
        switch (role) {
        case Role::officer:
            return 30 / 3.6;
        case Role::auxiliary:
            return 25 / 3.6;
        case Role::gridWorker:
            return 12 / 3.6;
        case Role::guard:
            return 10 / 3.6;
        case Role::mediator:
            return 15 / 3.6;
        case Role::rescueTeam:
            return 40 / 3.6;
        case Role::departmentDesk:
            return 30 / 3.6;
        }
        return 0;
    }

    struct Place {
        std::string basis; // live ageing stale lost declared posted homeArea none
        layers::Point at{};
        long seconds = 0;
    };
    Place place(const Unit& unit, Instant now) const {
        using namespace std::chrono;
        if (unit.fix) {
            const Instant time = std::min(unit.fix->fixedAt, unit.fix->receivedAt);
            const auto age = std::max(milliseconds(0), now - time);
            const bool old = age > rules.fixAgeing;
            if (!(old && unit.declared && unit.declaredWhen > time)) {
                const char* name = age <= rules.fixLive     ? "live"
                                   : age <= rules.fixAgeing ? "ageing"
                                   : age <= rules.fixStale  ? "stale"
                                                            : "lost";
                return {name, city.crs.toWorking(unit.fix->at), long(age.count() / 1000)};
            }
        }
        if (unit.declared)
            return {"declared", city.crs.toWorking(*unit.declared)};
        if (unit.facts.post)
            return {"posted", city.crs.toWorking(*unit.facts.post)};
        for (int x = 0; x < city.n; ++x)
            for (int y = 0; y < city.n; ++y)
                if (ChequeredCity::gridCode(x, y) == unit.facts.homeArea)
                    return {"homeArea", city.middle(x, y)};
        return {"none"};
    }
    bool working(const Unit& unit, Instant now) const {
        if (unit.on)
            return *unit.on;
        if (unit.facts.shifts.empty())
            return true;
        // Minute of the week in Shanghai, which has no summer time.
        using namespace std::chrono;
        const long minutes = duration_cast<std::chrono::minutes>(now.time_since_epoch()).count() + 8 * 60;
        const long week = 7 * 1440, minuteOfWeek = ((minutes + 3 * 1440) % week + week) % week;
        for (const Shift& shift : unit.facts.shifts)
            for (int day = 0; day < 7; ++day) {
                if (!(shift.weekdays >> day & 1))
                    continue;
                const long from = day * 1440 + shift.fromMinute;
                const long length =
                    shift.tillMinute - shift.fromMinute + (shift.tillMinute <= shift.fromMinute ? 1440 : 0);
                if ((minuteOfWeek - from + week) % week < length)
                    return true;
            }
        return false;
    }

    Answer ask(const Request& request) const {
        Answer answer;
        Duty duty = defaultDuty(request.category);
        bool known = false;
        for (const Duty& row : duties)
            if (row.category == request.category)
                duty = row, known = true;
        if (!known)
            answer.flags.push_back("dutyMissing");
        const layers::Point at = city.crs.toWorking(request.at);
        std::set<std::string> codes;
        for (const auto index : city.areas.at(at)) {
            codes.insert(city.areas[index].code);
            if (city.areas[index].kind == layers::AreaKind::grid)
                codes.insert(city.areas[index].beat);
        }
        if (codes.empty())
            answer.flags.push_back("outsideEveryArea");

        std::vector<Role> roles{duty.lead};
        for (const Role role : duty.joint)
            if (std::find(roles.begin(), roles.end(), role) == roles.end())
                roles.push_back(role);
        std::vector<Line> ownersLeft, nearer;
        for (const Role role : roles) {
            const bool lead = role == duty.lead;
            std::vector<Line> may, not_;
            for (const auto& [id, unit] : units) {
                if (unit.facts.role != role)
                    continue;
                const Place where = place(unit, request.now);
                Line line;
                line.unit = id, line.load = int(unit.tickets.size());
                line.placed = where.basis != "none";
                if (line.placed) {
                    line.metres = std::hypot(where.at.x - at.x, where.at.y - at.y) * rules.detour;
                    line.seconds = line.metres / speed(role);
                }
                for (const auto& code : unit.facts.owns)
                    line.owner = line.owner || codes.contains(code);
                auto& why = line.codes;
                if (!working(unit, request.now))
                    why.push_back("offShift");
                if (unit.onBreak)
                    why.push_back("onBreak");
                if (unit.out)
                    why.push_back("outOfService");
                if (line.load >= unit.facts.capacity)
                    why.push_back("atCapacity");
                if (request.ticket && open.contains(*request.ticket))
                    for (const auto& on : open.at(*request.ticket))
                        if (on == id)
                            why.push_back("alreadyOn");
                if (lead)
                    for (const auto& skill : duty.skills)
                        if (std::find(unit.facts.skills.begin(), unit.facts.skills.end(), skill) ==
                            unit.facts.skills.end())
                            why.push_back("skillMissing");
                const bool allowed = std::find(rules.recommend.begin(), rules.recommend.end(), where.basis) !=
                                         rules.recommend.end() &&
                                     where.basis != "lost";
                if (where.basis == "none")
                    why.push_back("noPosition");
                else if (!allowed)
                    why.push_back(where.basis == "stale"  ? "fixStale"
                                  : where.basis == "lost" ? "fixLost"
                                                          : "basisNotAllowed");
                if (!why.empty()) {
                    not_.push_back(line);
                    continue;
                }
                if (line.owner)
                    why.push_back("ownerOf");
                why.push_back(where.basis == "live"       ? "fixFresh"
                              : where.basis == "ageing"   ? "fixAgeing"
                              : where.basis == "stale"    ? "fixStale"
                              : where.basis == "declared" ? "declaredAt"
                              : where.basis == "posted"   ? "postedAt"
                                                          : "atHomeArea");
                why.push_back(line.load == 0 ? "free" : "alsoOn");
                line.part = lead ? "lead" : "joint";
                may.push_back(line);
            }
            const double tolerance = double(rules.ownerTolerance.count());
            const auto score = [&](const Line& l) { return l.seconds + (l.owner ? 0.0 : tolerance); };
            std::sort(may.begin(), may.end(), [&](const Line& a, const Line& b) {
                if (score(a) != score(b))
                    return score(a) < score(b);
                if (a.load != b.load)
                    return a.load < b.load;
                return a.seconds != b.seconds ? a.seconds < b.seconds : a.unit < b.unit;
            });
            double horizon = may.size() < request.limit ? std::numeric_limits<double>::infinity() : 0;
            std::size_t nearest = 0;
            const std::size_t taken = std::min(may.size(), request.limit);
            for (std::size_t i = 0; i < taken; ++i) {
                horizon = std::max(horizon, may[i].seconds);
                if (may[i].seconds < may[nearest].seconds)
                    nearest = i;
            }
            if (taken > 0)
                may[nearest].codes.push_back("nearest");
            else if (lead)
                answer.flags.push_back("nobodyEligible");
            answer.candidates.insert(answer.candidates.end(), may.begin(), may.begin() + long(taken));
            for (std::size_t i = taken; i < may.size(); ++i) {
                may[i].codes = {may[i].owner ? "rankedLower" : "ownerFirst"};
                may[i].part.clear();
                not_.push_back(may[i]);
            }
            for (const Line& line : not_)
                if (line.owner)
                    ownersLeft.push_back(line);
                else if (lead && line.placed && line.seconds < horizon)
                    nearer.push_back(line);
        }
        const auto byDistance = [](const Line& a, const Line& b) {
            if (a.placed != b.placed)
                return a.placed;
            return a.seconds != b.seconds ? a.seconds < b.seconds : a.unit < b.unit;
        };
        std::sort(ownersLeft.begin(), ownersLeft.end(), byDistance);
        std::sort(nearer.begin(), nearer.end(), byDistance);
        answer.unsuitable = ownersLeft;
        answer.unsuitable.insert(answer.unsuitable.end(), nearer.begin(), nearer.end());
        if (answer.unsuitable.size() > request.notTaken)
            answer.unsuitable.resize(request.notTaken);
        std::sort(answer.unsuitable.begin(), answer.unsuitable.end(), byDistance);
        return answer;
    }

    static Answer linesOf(const Recommendation& given) {
        Answer answer;
        for (const Candidate& c : given.candidates) {
            Line line;
            line.unit = c.unit.text, line.seconds = c.seconds, line.metres = c.metres;
            line.part = c.part == Part::lead ? "lead" : "joint";
            for (const Message& why : c.why)
                line.codes.push_back(why.code);
            answer.candidates.push_back(line);
        }
        for (const Unsuitable& u : given.unsuitable) {
            Line line;
            line.unit = u.unit.text, line.seconds = u.seconds, line.metres = u.metres;
            for (const Message& reason : u.reasons)
                line.codes.push_back(reason.code);
            answer.unsuitable.push_back(line);
        }
        for (const Message& flag : given.flags)
            answer.flags.push_back(flag.code);
        return answer;
    }
};

} // namespace vedette::dispatch::testing
