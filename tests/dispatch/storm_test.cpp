// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/storm.h"

#include "chequered_city.h"
#include "lemon_oracle.h"

#include <cmath>
#include <map>
#include <random>

using namespace vedette;
using namespace vedette::dispatch;
using namespace vedette::dispatch::testing;
using namespace std::chrono_literals;

namespace {

const Instant noon =
    layers::parseTime("2026-11-23T04:00:00Z", layers::TimeZone::utc()).value(); // Monday 12:00
constexpr std::int64_t step = std::int64_t{1} << 42;

struct Storm {
    ChequeredCity city{12};
    layers::Rules rules;
    std::unique_ptr<CostModel> cost;
    Fold fold{noon};
    std::mt19937 random;
    std::vector<UnitFacts> units;
    std::vector<TicketId> tickets;
    StormRequest request;

    explicit Storm(unsigned seed) : random(seed) {
        rules.ownerTolerance = 60s;
        cost = straightCost(rules);
        request.now = noon;
    }
    int below(int n) { return int(random() % unsigned(n)); }
    LonLat place() {
        const double side = 12 * ChequeredCity::cell;
        const double x = below(1000) / 1000.0 * side, y = below(1000) / 1000.0 * side;
        return city.lonLat(x, y);
    }
    void fillUnits(int count) {
        for (int i = 0; i < count; ++i) {
            UnitFacts unit;
            unit.id.text = "U" + std::to_string(1000 + i);
            unit.role = below(3) ? Role::officer : Role::rescueTeam;
            unit.capacity = 1 + below(2);
            unit.post = place();
            if (below(3) == 0)
                unit.skills = std::vector<std::string>{"boat"};
            if (below(2))
                unit.owns = {below(2) ? ChequeredCity::beatCode(below(12))
                                      : ChequeredCity::gridCode(below(12), below(12))};
            if (below(10) == 0)
                unit.shifts = *parseShifts("22:00-06:00"); // not on at noon
            units.push_back(unit);
        }
        pin();
    }
    void pin() { fold.pin("units", encodeUnits(units)); }
    TicketId open(LonLat at, int priority, Role lead = Role::officer, std::vector<std::string> skills = {}) {
        TicketOpened opened;
        opened.ticket = {std::uint32_t(1001 + tickets.size())};
        opened.duty = defaultDuty("01");
        opened.duty.lead = lead, opened.duty.skills = std::move(skills);
        opened.duty.arrive = std::chrono::minutes(1 + below(6));
        opened.incident.at = at, opened.incident.priority = priority;
        opened.deadlines = deadlinesFor(opened.duty, noon);
        fold(opened);
        tickets.push_back(opened.ticket);
        return opened.ticket;
    }
    void fillTickets(int count) {
        for (int i = 0; i < count; ++i) {
            const int kind = below(4);
            open(place(), 1 + below(4), kind ? Role::officer : Role::rescueTeam,
                 kind == 1 ? std::vector<std::string>{"boat"} : std::vector<std::string>{});
        }
    }
    Plan plan() {
        UnitIndex index(city.crs, city.areas, rules, city.zone);
        index.follow(fold.state);
        return planStorm(index.stormField(fold.state, noon), request, *cost);
    }

    // ---- written from storm.h alone ----
    bool owns(const UnitFacts& unit, const Ticket& ticket) const {
        for (const auto index : city.areas.at(city.crs.toWorking(ticket.incident.at)))
            for (const std::string& code : unit.owns)
                if (code == city.areas[index].code || code == city.areas[index].beat)
                    return true;
        return false;
    }
    std::optional<std::int64_t> pairCost(const UnitFacts& unit, const Ticket& ticket) const {
        const UnitRecord* record = fold.state.unit(unit.id);
        if (unit.role != ticket.duty.lead || !unit.shifts.empty() || record->outOfService)
            return std::nullopt;
        for (const std::string& skill : ticket.duty.skills)
            if (std::find(unit.skills.begin(), unit.skills.end(), skill) == unit.skills.end())
                return std::nullopt;
        for (const Assignment& on : ticket.assignments)
            if (on.open() && on.unit == unit.id)
                return std::nullopt;
        const double seconds =
            cost->cost(city.crs.toWorking(*unit.post), city.crs.toWorking(ticket.incident.at), unit.role)
                .seconds;
        double tenths = 10 * (seconds + (owns(unit, ticket) ? 0 : 60));
        for (const auto& [before, kept] : request.before)
            if (before == ticket.id && !(kept == unit.id))
                tenths += 10 * double(request.keep.count());
        const double due = double((ticket.deadlines.arrive - noon).count()) / 1000;
        tenths += 20 * std::max(0.0, seconds - due);
        return std::llround(tenths * (16 >> ticket.incident.priority));
    }
    std::int64_t leftOut(const Ticket& ticket) const { return step * (5 - ticket.incident.priority); }

    std::int64_t total(const Plan& plan) const {
        std::int64_t sum = plan.objective;
        for (const Unserved& out : plan.unserved)
            sum += leftOut(*fold.state.ticket(out.ticket));
        return sum;
    }
    std::int64_t lemon() const {
        std::vector<int> room;
        for (const UnitFacts& unit : units)
            room.push_back(unit.capacity - int(fold.state.unit(unit.id)->tickets.size()));
        std::vector<std::int64_t> out;
        std::vector<oracle::LemonArc> arcs;
        fold.state.forEachOpenTicket([&](const Ticket& ticket) {
            if (lead(ticket))
                return;
            for (std::uint32_t unit = 0; unit < units.size(); ++unit)
                if (const auto cost = pairCost(units[unit], ticket))
                    arcs.push_back({std::uint32_t(out.size()), unit, *cost});
            out.push_back(leftOut(ticket));
        });
        return oracle::lemonAssign(out, room, arcs).cost;
    }
    // What every plan keeps, whatever its worth.
    void check(const Plan& plan) const {
        std::map<std::string, int> load;
        std::map<TicketId, int> seen;
        std::int64_t sum = 0;
        for (const Proposal& line : plan.lines) {
            const Ticket& ticket = *fold.state.ticket(line.ticket);
            EXPECT_EQ(lead(ticket), nullptr);
            ++seen[line.ticket], ++load[line.unit.unit.text];
            const auto unit = std::find_if(units.begin(), units.end(),
                                           [&](const UnitFacts& one) { return one.id == line.unit.unit; });
            ASSERT_NE(unit, units.end());
            ASSERT_TRUE(pairCost(*unit, ticket)) << "who may not go was sent";
            EXPECT_EQ(line.cost, *pairCost(*unit, ticket));
            EXPECT_EQ(line.unit.owner, owns(*unit, ticket));
            sum += line.cost;
            EXPECT_LE(int(fold.state.unit(unit->id)->tickets.size()) + load[unit->id.text], unit->capacity);
            EXPECT_TRUE(violationsOf(line, fold.state, noon, city.zone).empty());
        }
        for (const Unserved& out : plan.unserved) {
            ++seen[out.ticket];
            EXPECT_EQ(out.reasons.size(), 1u);
        }
        for (const auto& [ticket, times] : seen)
            EXPECT_EQ(times, 1) << toString(ticket);
        EXPECT_EQ(plan.tickets, plan.lines.size() + plan.unserved.size());
        EXPECT_EQ(sum, plan.objective);
        EXPECT_TRUE(!plan.lowerBound || *plan.lowerBound <= plan.objective);
    }
    void accept(const Proposal& line) {
        const Decision decision = decide(fold.state, commandOf(line), {}, city.zone);
        ASSERT_TRUE(decision.violations.empty());
        for (const Event& event : decision.events)
            fold(event.payload);
    }
};

} // namespace

TEST(Storm, IsAsGoodAsLemonOnTheWholeMatrix) {
    for (unsigned seed = 0; seed < 25; ++seed) {
        Storm storm(seed);
        storm.fillUnits(5 + storm.below(120));
        storm.fillTickets(5 + storm.below(150));
        const Plan plan = storm.plan();
        storm.check(plan);
        EXPECT_TRUE(plan.proven);
        EXPECT_EQ(plan.gap(), 0.0);
        ASSERT_EQ(storm.total(plan), storm.lemon()) << "seed " << seed;
    }
}

TEST(Storm, WhoIsUnderWayStaysUnderWayAndCountsAgainstHisCapacity) {
    for (unsigned seed = 100; seed < 110; ++seed) {
        Storm storm(seed);
        storm.fillUnits(60);
        storm.fillTickets(80);
        const Plan first = storm.plan();
        std::map<TicketId, UnitId> sent;
        for (std::size_t i = 0; i < first.lines.size(); i += 2) {
            storm.accept(first.lines[i]);
            sent.emplace(first.lines[i].ticket, first.lines[i].unit.unit);
        }
        storm.fillTickets(20);
        const Plan next = storm.plan();
        storm.check(next);
        EXPECT_EQ(storm.total(next), storm.lemon());
        for (const Proposal& line : next.lines)
            EXPECT_FALSE(sent.contains(line.ticket));
        for (const auto& [ticket, unit] : sent)
            EXPECT_EQ(lead(*storm.fold.state.ticket(ticket))->unit, unit);
    }
}

TEST(Storm, ANewPlanChangesALineOnlyWhereThatIsWorthIt) {
    std::size_t moved = 0, movedFreely = 0;
    for (unsigned seed = 200; seed < 210; ++seed) {
        Storm storm(seed);
        storm.fillUnits(120);
        storm.fillTickets(60);
        const Plan first = storm.plan();
        for (const Proposal& line : first.lines)
            storm.request.before.emplace_back(line.ticket, line.unit.unit);
        const Plan same = storm.plan();
        for (std::size_t i = 0; i < first.lines.size(); ++i) {
            EXPECT_EQ(same.lines[i].unit.unit, first.lines[i].unit.unit) << "nothing has changed";
            EXPECT_EQ(same.lines[i].unit.why.back().code, "keptFromPlan");
        }
        storm.fillTickets(15);
        const auto differing = [&](const Plan& plan) {
            std::map<TicketId, UnitId> now;
            for (const Proposal& line : plan.lines)
                now.emplace(line.ticket, line.unit.unit);
            std::size_t count = 0;
            for (const auto& [ticket, unit] : storm.request.before)
                count += !now.contains(ticket) || !(now.at(ticket) == unit);
            return count;
        };
        const Plan kept = storm.plan();
        storm.check(kept);
        EXPECT_EQ(storm.total(kept), storm.lemon());
        moved += differing(kept);
        storm.request.keep = 0s;
        movedFreely += differing(storm.plan());
    }
    EXPECT_LT(moved, movedFreely);
}

TEST(Storm, AGraverTicketIsNeverLeftForALighterOne) {
    Storm storm(1);
    UnitFacts only;
    only.id.text = "U1", only.post = storm.city.lonLat(100, 100);
    storm.units = {only};
    storm.pin();
    storm.open(storm.city.lonLat(110, 110), 2);
    const TicketId grave = storm.open(storm.city.lonLat(4000, 4000), 1);
    const Plan plan = storm.plan();
    ASSERT_EQ(plan.lines.size(), 1u);
    EXPECT_EQ(plan.lines[0].ticket, grave);
    EXPECT_EQ(plan.unserved.at(0).reasons.at(0), (Message{"nobodyLeft", {{"role", "officer"}}}));
}

TEST(Storm, SaysWhyNobodyGoes) {
    Storm storm(1);
    UnitFacts only;
    only.id.text = "U1", only.post = storm.city.lonLat(100, 100);
    storm.units = {only};
    storm.pin();
    storm.open(storm.city.lonLat(0, 0), 3, Role::mediator);
    storm.open(storm.city.lonLat(0, 0), 3, Role::officer, {"boat"});
    const Plan plan = storm.plan();
    ASSERT_EQ(plan.unserved.size(), 2u);
    EXPECT_EQ(plan.unserved[0].reasons.at(0).code, "nobodyEligible");
    EXPECT_EQ(plan.unserved[1].reasons.at(0).code, "nobodySkilled");
    EXPECT_TRUE(plan.proven);
}

TEST(Storm, ALineThatNoLongerHoldsSaysSo) {
    Storm storm(3);
    storm.fillUnits(20);
    storm.open(storm.city.lonLat(100, 100), 1);
    const Plan plan = storm.plan();
    ASSERT_EQ(plan.lines.size(), 1u);
    const Proposal& line = plan.lines[0];
    Storm other = Storm(3);
    other.fillUnits(20);
    other.open(other.city.lonLat(100, 100), 1);
    for (const UnitFacts& unit : other.units)
        if (!(unit.id == line.unit.unit)) {
            other.fold(UnitAssigned{line.ticket, unit.id, Part::lead, {}, PositionBasis::posted, {}, ""});
            break;
        }
    ASSERT_EQ(violationsOf(line, other.fold.state, noon, other.city.zone).size(), 1u);
    EXPECT_EQ(violationsOf(line, other.fold.state, noon, other.city.zone)[0].code, "leadTaken");
    storm.fold(TicketMoved{line.ticket, TicketMove::cancelled, "", "no"});
    EXPECT_EQ(violationsOf(line, storm.fold.state, noon, storm.city.zone).at(0).code, "ticketClosed");
    EXPECT_EQ(storm.plan().tickets, 0u);
}

TEST(Storm, StopsWhenItIsToldTo) {
    Storm storm(5);
    storm.fillUnits(100);
    storm.fillTickets(100);
    UnitIndex index(storm.city.crs, storm.city.areas, storm.rules, storm.city.zone);
    index.follow(storm.fold.state);
    int asked = 0;
    StormWatch watch;
    watch.stop = [&] { return ++asked > 40; };
    const Plan plan = planStorm(index.stormField(storm.fold.state, noon), storm.request, *storm.cost, watch);
    storm.check(plan);
    EXPECT_GE(storm.total(plan), storm.lemon());
}
