// SPDX-License-Identifier: GPL-3.0-or-later
#include "recommend_oracle.h"

#include "layers/message.h"

#include <random>
#include <thread>

using namespace vedette;
using namespace vedette::dispatch;
using namespace vedette::dispatch::testing;
using namespace std::chrono_literals;

namespace {

const Instant noon =
    layers::parseTime("2026-11-23T04:00:00Z", layers::TimeZone::utc()).value(); // Monday 12:00

// A random city whose facts change one by one, told to the index and to the oracle alike.
class RandomCity {
public:
    RandomCity(unsigned seed, std::size_t count)
        : random_(seed), oracle{city_, rules(), {}, {}, {}}, fold_(noon),
          index(city_.crs, city_.areas, oracle.rules, city_.zone), cost(straightCost(oracle.rules)) {
        const auto duty = [&](const char* category, Role lead, std::vector<Role> joint,
                              std::vector<std::string> skills) {
            Duty row = defaultDuty(category);
            row.lead = lead, row.joint = std::move(joint), row.skills = std::move(skills);
            oracle.duties.push_back(row);
        };
        duty("01", Role::officer, {Role::gridWorker, Role::officer}, {});
        duty("02", Role::gridWorker, {}, {});
        duty("03", Role::rescueTeam, {Role::officer, Role::mediator}, {"boat"});
        duty("04", Role::officer, {}, {"dog", "boat"});
        duty("05", Role::guard, {Role::gridWorker, Role::gridWorker}, {"unheardOf"});
        std::vector<UnitFacts> facts;
        for (std::size_t i = 0; i < count; ++i)
            facts.push_back(randomUnit(i));
        fold_.pin("duties", encodeDuties(oracle.duties));
        pinUnits(facts);
        for (int i = 0; i < 20; ++i)
            openTicket();
        index.follow(fold_.state);
    }

    void step() {
        switch (below(9)) {
        case 0:
            return openTicket();
        case 1:
            return assign();
        case 2:
            return finish();
        case 3:
            return roster();
        case 4:
            return declare();
        case 5:
            now_ += 1s * below(400);
            return;
        case 6:
            if (below(20) == 0)
                now_ += 1min * below(800);
            return;
        case 7:
            if (below(40) == 0)
                repin();
            return;
        default:
            return fix();
        }
    }
    Request question() {
        Request request;
        request.at = city_.lonLat(along(), along());
        request.category = below(10) == 0 ? "99" : "0" + std::to_string(1 + below(5));
        request.limit = std::size_t(below(8));
        if (below(4) == 0)
            request.notTaken = std::size_t(below(30));
        request.now = now_;
        if (below(2) && !oracle.open.empty())
            request.ticket = std::next(oracle.open.begin(), below(int(oracle.open.size())))->first;
        return request;
    }
    Recommendation recommend(const Request& request) const {
        return index.recommend(fold_.state, request, *cost);
    }
    void check(const Request& request) {
        const auto expected = oracle.ask(request);
        const auto given = RecommendOracle::linesOf(recommend(request));
        ASSERT_EQ(given.flags, expected.flags);
        ASSERT_EQ(given.candidates, expected.candidates);
        ASSERT_EQ(given.unsuitable, expected.unsuitable);
    }
    // Has so many of a hundred on duty and nobody else, by their roster.
    void share(int percent) {
        for (auto& [id, unit] : oracle.units) {
            const auto change = below(100) < percent ? RosterChange::on : RosterChange::off;
            tell(RosterChanged{{id}, change, ""});
            const UnitRecord* record = fold_.state.unit({id});
            unit.on = record->on, unit.onBreak = record->onBreak, unit.out = record->outOfService;
        }
    }
    Instant now() const { return now_; }
    int below(int n) { return int(random_() % unsigned(n)); }

private:
    static layers::Rules rules() { return {}; }
    double along() { return (below(10) == 0 ? -300.0 : 0.0) + below(3600) + below(1000) / 1000.0; }
    std::string anyUnit() { return std::next(oracle.units.begin(), below(int(oracle.units.size())))->first; }
    UnitFacts randomUnit(std::size_t number) {
        UnitFacts unit;
        unit.id.text = "U" + std::to_string(number);
        unit.role = Role(below(7) < 4 ? below(3) == 0 ? 2 : 0 : below(7));
        unit.capacity = 1 + below(3);
        if (below(12) == 0)
            unit.capacity = 0;
        if (below(3))
            unit.owns = {below(2) ? ChequeredCity::gridCode(below(8), below(8))
                                  : ChequeredCity::beatCode(below(8))};
        if (below(9) == 0)
            unit.owns.push_back("T");
        if (below(2))
            unit.homeArea = ChequeredCity::gridCode(below(8), below(8));
        if (below(3) == 0) // few stations: many units at one point, so that ties are broken by load and code
            unit.post = city_.lonLat(400.0 * below(3), 700.0 * below(3));
        std::vector<std::string> skills;
        for (const char* skill : {"boat", "dog"})
            if (below(3) == 0)
                skills.push_back(skill);
        unit.skills = std::move(skills);
        switch (below(6)) {
        case 0:
            unit.shifts = *parseShifts("22:00-06:00");
            break;
        case 1:
            unit.shifts = *parseShifts("Mon-Fri 08:00-18:00,Sat 09:00-12:00");
            break;
        case 2:
            unit.shifts = *parseShifts("Sun 20:00-12:30");
            break;
        case 3:
            unit.shifts = *parseShifts("12:03-12:09,13:00-13:00");
            break;
        default:
            break;
        }
        return unit;
    }
    void pinUnits(const std::vector<UnitFacts>& facts) {
        fold_.pin("units", encodeUnits(facts));
        for (const UnitFacts& unit : facts)
            oracle.units[unit.id.text].facts = unit;
    }
    void repin() {
        std::vector<UnitFacts> facts;
        for (const auto& [id, unit] : oracle.units)
            facts.push_back(below(4) ? unit.facts : randomUnit(std::size_t(std::stoi(id.substr(1)))));
        pinUnits(facts);
        index.follow(fold_.state);
    }
    void tell(Payload payload) {
        fold_.at(now_);
        const Event event = fold_(std::move(payload));
        if (below(3)) // sometimes the index is only told by the next question
            index.follow(fold_.state, {&event, 1});
    }
    void openTicket() {
        TicketOpened opened;
        opened.ticket = {next_++};
        oracle.open[opened.ticket];
        tell(opened);
    }
    void assign() {
        const std::string id = anyUnit();
        auto& unit = oracle.units[id];
        const auto ticket = std::next(oracle.open.begin(), below(int(oracle.open.size())));
        if (unit.tickets.size() >= 3 ||
            std::find(ticket->second.begin(), ticket->second.end(), id) != ticket->second.end())
            return;
        unit.tickets.push_back(ticket->first);
        const bool first = ticket->second.empty();
        ticket->second.push_back(id);
        UnitAssigned assigned;
        assigned.ticket = ticket->first, assigned.unit = {id};
        assigned.part = first ? Part::lead : Part::joint;
        tell(assigned);
    }
    void finish() {
        const std::string id = anyUnit();
        auto& unit = oracle.units[id];
        if (unit.tickets.empty())
            return;
        const TicketId ticket = unit.tickets.front();
        std::erase(unit.tickets, ticket);
        std::erase(oracle.open[ticket], id);
        tell(AssignmentMoved{
            ticket, {id}, below(2) ? AssignmentStatus::handled : AssignmentStatus::released, {}});
    }
    void roster() {
        const std::string id = anyUnit();
        auto& unit = oracle.units[id];
        const auto change = RosterChange(below(6));
        switch (change) {
        case RosterChange::on:
            unit.on = true;
            break;
        case RosterChange::off:
            unit.on = false, unit.onBreak = false;
            break;
        case RosterChange::breakStarted:
            unit.onBreak = true;
            break;
        case RosterChange::breakEnded:
            unit.onBreak = false;
            break;
        case RosterChange::outOfService:
            unit.out = true;
            break;
        case RosterChange::inService:
            unit.out = false;
            break;
        }
        tell(RosterChanged{{id}, change, ""});
        const UnitRecord* record =
            fold_.state.unit({id}); // what the fold makes of it is the fold's tests' business
        unit.on = record->on, unit.onBreak = record->onBreak, unit.out = record->outOfService;
    }
    void declare() {
        const std::string id = anyUnit();
        auto& unit = oracle.units[id];
        unit.declared = city_.lonLat(along(), along()), unit.declaredWhen = now_;
        tell(PositionDeclared{{id}, *unit.declared});
    }
    void fix() {
        const std::string id = anyUnit();
        auto& unit = oracle.units[id];
        Fix fix{{id}, city_.lonLat(along(), along()), now_ - 1s * below(600), now_, -1, -1};
        if (below(10) == 0)
            fix.fixedAt = now_ + 1h; // a receiver with a wrong clock
        const auto time = [](const Fix& f) { return std::min(f.fixedAt, f.receivedAt); };
        if (!unit.fix || time(fix) > time(*unit.fix))
            unit.fix = fix;
        index.fix(fix);
    }

    std::mt19937 random_;
    ChequeredCity city_{8};

public:
    RecommendOracle oracle;

private:
    Fold fold_;
    Instant now_ = noon;
    std::uint32_t next_ = 1001;

public:
    UnitIndex index;
    std::unique_ptr<CostModel> cost;
};

// One officer in each of two places, for changing one fact at a time.
struct Pair {
    ChequeredCity city{4};
    layers::Rules rules;
    Fold fold{noon};
    UnitFacts near, far;
    Request request;

    Pair() {
        near.id.text = "near", near.post = city.lonLat(500, 600);
        far.id.text = "far", far.post = city.lonLat(500, 1100);
        request.at = city.lonLat(500, 500);
        request.category = "01", request.now = noon;
    }
    std::vector<std::string> order(const std::vector<Payload>& events = {},
                                   const std::vector<Fix>& fixes = {}) {
        Fold now = fold;
        now.pin("units", encodeUnits({near, far}));
        now.pin("duties", encodeDuties({defaultDuty("01")}));
        for (const Payload& payload : events)
            now(payload);
        UnitIndex index(city.crs, city.areas, rules, city.zone);
        index.follow(now.state);
        index.fix(fixes);
        last = index.recommend(now.state, request, *straightCost(rules));
        std::vector<std::string> names;
        for (const Candidate& candidate : last.candidates)
            names.push_back(candidate.unit.text);
        return names;
    }
    std::string reason(const std::string& unit) const {
        for (const Unsuitable& one : last.unsuitable)
            if (one.unit.text == unit)
                return one.reasons.at(0).code;
        return "";
    }
    Recommendation last;
};
using Names = std::vector<std::string>;

} // namespace

TEST(Recommend, DistanceDecidesBetweenEquals) {
    Pair pair;
    EXPECT_EQ(pair.order(), (Names{"near", "far"}));
    pair.near.post = pair.city.lonLat(500, 1400);
    EXPECT_EQ(pair.order(), (Names{"far", "near"}));
}

TEST(Recommend, TheOwnerGoesFirstWithinTheTolerance) {
    Pair pair;
    pair.far.owns = {ChequeredCity::beatCode(1)}; // the grid at the point belongs to beat B1
    EXPECT_EQ(pair.order(), (Names{"far", "near"}));
    EXPECT_EQ(pair.last.candidates[0].why[0].code, "ownerOf");
    EXPECT_EQ(pair.last.candidates[1].why.back().code, "nearest");
    pair.rules.ownerTolerance = 10s;
    EXPECT_EQ(pair.order(), (Names{"near", "far"}));
    pair.request.limit = 1, pair.rules.ownerTolerance = 180s;
    EXPECT_EQ(pair.order(), Names{"far"});
    EXPECT_EQ(pair.reason("near"), "ownerFirst");
}

TEST(Recommend, TheRosterTakesAUnitOut) {
    Pair pair;
    EXPECT_EQ(pair.order({RosterChanged{{"near"}, RosterChange::off, ""}}), Names{"far"});
    EXPECT_EQ(pair.reason("near"), "offShift");
    EXPECT_EQ(pair.order({RosterChanged{{"near"}, RosterChange::breakStarted, ""}}), Names{"far"});
    EXPECT_EQ(pair.reason("near"), "onBreak");
    EXPECT_EQ(pair.order({RosterChanged{{"near"}, RosterChange::outOfService, ""}}), Names{"far"});
    EXPECT_EQ(pair.reason("near"), "outOfService");
    pair.near.shifts = *parseShifts("22:00-06:00");
    EXPECT_EQ(pair.order(), Names{"far"});
    EXPECT_EQ(pair.order({RosterChanged{{"near"}, RosterChange::on, ""}}), (Names{"near", "far"}));
}

TEST(Recommend, AStaleFixIsNeverReplacedByThePost) {
    Pair pair;
    const auto fix = [&](std::chrono::milliseconds age) {
        return std::vector<Fix>{{{"near"}, pair.city.lonLat(500, 550), noon - age, noon - age, -1, -1}};
    };
    EXPECT_EQ(pair.order({}, fix(60s)), (Names{"near", "far"}));
    EXPECT_EQ(pair.last.candidates[0].why[0], (Message{"fixFresh", {{"seconds", "60"}}}));
    EXPECT_EQ(pair.order({}, fix(300s)), (Names{"near", "far"}));
    EXPECT_EQ(pair.last.candidates[0].why[0].code, "fixAgeing");
    EXPECT_EQ(pair.order({}, fix(300s + 1ms)), Names{"far"});
    EXPECT_EQ(pair.reason("near"), "fixStale");
    EXPECT_EQ(pair.order({}, fix(901s)), Names{"far"});
    EXPECT_EQ(pair.reason("near"), "fixLost");
    // What somebody said since the last fix counts.
    EXPECT_EQ(pair.order({PositionDeclared{{"near"}, pair.city.lonLat(500, 520)}}, fix(901s)),
              (Names{"near", "far"}));
}

TEST(Recommend, ARoleOrAFullLoadTakesAUnitOut) {
    Pair pair;
    TicketOpened opened;
    opened.ticket = {1001};
    const UnitAssigned assigned{{1001}, {"near"}, Part::lead, {}, PositionBasis::posted, {}, ""};
    EXPECT_EQ(pair.order({opened, assigned}), Names{"far"});
    EXPECT_EQ(pair.reason("near"), "atCapacity");
    pair.near.capacity = 2;
    EXPECT_EQ(pair.order({opened, assigned}), (Names{"near", "far"}));
    EXPECT_EQ(pair.last.candidates[0].why[1], (Message{"alsoOn", {{"load", "1"}, {"capacity", "2"}}}));
    pair.request.ticket = TicketId{1001};
    EXPECT_EQ(pair.order({opened, assigned}), Names{"far"});
    EXPECT_EQ(pair.reason("near"), "alreadyOn");
    pair.request.ticket = {}, pair.near.role = Role::guard;
    EXPECT_EQ(pair.order(), Names{"far"});
    EXPECT_EQ(pair.reason("near"), ""); // a guard was never in question
}

TEST(Recommend, NobodyIsSaidNotGuessed) {
    Pair pair;
    pair.near.role = pair.far.role = Role::mediator;
    pair.request.category = "77";
    pair.request.at = {0, 0};
    EXPECT_EQ(pair.order(), Names{});
    std::vector<std::string> flags;
    for (const Message& flag : pair.last.flags) {
        flags.push_back(flag.code);
        EXPECT_TRUE(layers::hasWording(flag.code, layers::Language::chinese)) << flag.code;
    }
    EXPECT_EQ(flags, (Names{"dutyMissing", "outsideEveryArea", "nobodyEligible"}));
}

TEST(Recommend, EqualsBruteForceInOrderAndReasons) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        RandomCity city(seed, 40 + 60 * (seed % 4));
        for (int round = 0; round < 1500; ++round) {
            city.step();
            if (round % 3 == 0) {
                SCOPED_TRACE("round " + std::to_string(round));
                ASSERT_NO_FATAL_FAILURE(city.check(city.question()));
            }
        }
    }
}

TEST(Recommend, EqualsBruteForceWhateverShareMayGo) {
    for (const int percent : {100, 10, 1, 0}) {
        SCOPED_TRACE(std::to_string(percent) + " %");
        RandomCity city(unsigned(2000 + percent), 700);
        city.share(percent);
        for (int round = 0; round < 200; ++round) {
            SCOPED_TRACE("round " + std::to_string(round));
            Request request = city.question();
            request.limit = std::array{0, 1, 5, 50}[std::size_t(round % 4)];
            ASSERT_NO_FATAL_FAILURE(city.check(request));
            for (int i = 0; i < 5; ++i)
                city.step();
        }
    }
}

TEST(Recommend, WhoAsksForNoOthersGetsTheSameCandidates) {
    RandomCity city(17, 300);
    for (int round = 0; round < 100; ++round) {
        Request request = city.question();
        request.notTaken = 20;
        const auto whole = RecommendOracle::linesOf(city.recommend(request));
        request.notTaken = 0;
        const auto bare = RecommendOracle::linesOf(city.recommend(request));
        EXPECT_EQ(bare.candidates, whole.candidates);
        EXPECT_EQ(bare.flags, whole.flags);
        EXPECT_TRUE(bare.unsuitable.empty());
        city.step();
    }
}

TEST(Recommend, AUnitBackInTheReferenceHasItsLastFixStill) {
    Pair pair;
    Fold fold = pair.fold;
    fold.pin("duties", encodeDuties({defaultDuty("01")}));
    UnitIndex index(pair.city.crs, pair.city.areas, pair.rules, pair.city.zone);
    const auto pin = [&](const std::vector<UnitFacts>& units) {
        fold.pin("units", encodeUnits(units));
        index.follow(fold.state);
    };
    const Fix fix{{"far"}, pair.city.lonLat(500, 510), noon, noon, -1, -1};
    pin({pair.near, pair.far});
    index.fix(fix);
    pin({pair.near});
    EXPECT_FALSE(index.knows({"far"}));
    EXPECT_EQ(index.recommend(fold.state, pair.request, *straightCost(pair.rules)).candidates.size(), 1u);
    pin({pair.near, pair.far});
    const auto back = index.recommend(fold.state, pair.request, *straightCost(pair.rules));
    ASSERT_EQ(back.candidates.size(), 2u);
    EXPECT_EQ(back.candidates[0].unit.text, "far");
    EXPECT_EQ(back.candidates[0].where.basis, PositionBasis::fix);
    ASSERT_EQ(index.fixes().size(), 1u);
    EXPECT_EQ(index.fixes()[0].second.at, fix.at);
}

TEST(Recommend, AnEarlierTimeIsAnsweredAsOfThen) {
    RandomCity city(99, 200);
    for (int i = 0; i < 50; ++i) {
        Request request = city.question();
        request.now = noon + 7min * city.below(400);
        ASSERT_NO_FATAL_FAILURE(city.check(request));
    }
}

TEST(Recommend, ReadersAndTheFeedDontDisturbEachOther) {
    RandomCity city(7, 300);
    const auto fixes = city.index.fixes();
    std::atomic<bool> stop = false;
    std::thread feed([&] {
        ChequeredCity ground(4);
        for (int i = 0; !stop; ++i)
            city.index.fix(Fix{{"U" + std::to_string(i % 300)},
                               ground.lonLat(i % 1600, i % 1500),
                               noon + 1ms * i,
                               noon + 1ms * i,
                               -1,
                               -1});
    });
    const State none;
    for (int i = 0; i < 500; ++i) {
        Request request = city.question();
        request.limit = 5;
        EXPECT_LE(city.index.recommend(none, request, *city.cost).unsuitable.size(), request.notTaken);
    }
    stop = true;
    feed.join();
}
