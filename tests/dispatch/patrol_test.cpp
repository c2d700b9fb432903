// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/patrol.h"

#include "chequered_city.h"
#include "journal_kit.h"

#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

namespace vedette::dispatch {
namespace {

using namespace kit;
using namespace std::chrono_literals;
using testing::ChequeredCity;

const Instant start{std::chrono::milliseconds{1'700'000'000'000}};

PatrolPlanned patrolOf(std::vector<std::vector<LonLat>> rings, std::vector<std::string> units, Instant from,
                       Instant till) {
    PatrolPlanned patrol;
    patrol.id = "P1", patrol.tier = 1, patrol.area = "B1";
    patrol.rings = std::move(rings);
    for (auto& unit : units)
        patrol.units.push_back({unit});
    patrol.from = from, patrol.till = till;
    patrol.visits = 2, patrol.minutes = 20;
    return patrol;
}
std::vector<LonLat> square(double west, double south, double size) {
    return {{west, south}, {west + size, south}, {west + size, south + size}, {west, south + size}};
}
Fix fixAt(const std::string& unit, LonLat at, std::chrono::seconds after) {
    return {{unit}, at, start + after, start + after, -1, -1};
}

// Second by second, over all raw fixes: whether a unit is known to be in the square.
struct Brute {
    std::map<std::string, std::map<long, LonLat>> fixes; // by second

    std::optional<bool> in(const std::string& unit, long second, double west, double south, double size, long gap) const {
        const auto found = fixes.find(unit);
        if (found == fixes.end())
            return std::nullopt;
        auto after = found->second.upper_bound(second);
        if (after == found->second.begin() || after == found->second.end())
            return std::nullopt;
        const auto before = std::prev(after);
        if (after->first - before->first > gap)
            return std::nullopt;
        const LonLat at = before->second;
        return at.lon > west && at.lon < west + size && at.lat > south && at.lat < south + size;
    }
};

} // namespace

RC_GTEST_PROP(PatrolCoverage, IsWhatACountOfTheRawFixesSays, (unsigned seed)) {
    std::mt19937 dice(seed);
    const auto pick = [&](int n) { return static_cast<long>(dice() % static_cast<unsigned>(n)); };
    constexpr long span = 3600, gap = 120;
    const double west = 120.5, south = 32.0, size = 0.01;
    const long from = pick(600), till = span - pick(600);
    const std::vector<std::string> planned{"U1", "U2"}, all{"U1", "U2", "U3"};
    Brute brute;
    std::vector<Fix> fixes;
    for (const std::string& unit : all) {
        bool within = pick(2) != 0;
        for (long second = pick(300); second < span + 300; second += pick(20) ? 1 + pick(30) : 100 + pick(300)) {
            within = pick(8) ? within : !within;
            const LonLat at{west + (within ? 0.001 + 0.0001 * double(pick(80)) : -0.005), south + 0.001 + 0.0001 * double(pick(80))};
            brute.fixes[unit][second] = at;
            fixes.push_back(fixAt(unit, at, std::chrono::seconds(second)));
            if (!pick(15)) { // sent again, or late: no fix of the count's
                fixes.push_back(fixAt(unit, {west - 1, south}, std::chrono::seconds(second)));
                fixes.back().fixedAt -= std::chrono::seconds(pick(2));
            }
        }
    }
    std::ranges::stable_sort(fixes, {}, &Fix::receivedAt);
    const Folder folder;
    auto log = TrackLog::open(folder.path, false);
    RC_ASSERT(log.ok());
    RC_ASSERT(log.value()->append(fixes).ok());
    RC_ASSERT(log.value()->flush().ok());
    const auto measured =
        patrolCoverage(*log.value(),
                       {patrolOf({square(west, south, size)}, planned, start + std::chrono::seconds(from),
                                 start + std::chrono::seconds(till))},
                       start, start + std::chrono::seconds(span), std::chrono::seconds(gap));
    RC_ASSERT(measured.size() == 1u);
    const auto recount = [&](const std::vector<std::string>& units, const Presence& presence) {
        long present = 0, unknown = 0, covered = 0, longest = 0, run = 0;
        std::size_t visits = 0;
        for (const std::string& unit : units) {
            long stay = 0;
            for (long second = from; second <= till; ++second) {
                const auto in = second < till ? brute.in(unit, second, west, south, size, gap) : std::nullopt;
                present += in.value_or(false);
                unknown += second < till && !in;
                if (in.value_or(false)) {
                    ++stay;
                } else {
                    visits += stay >= patrolStay.count();
                    stay = 0;
                }
            }
        }
        for (long second = from; second < till; ++second) {
            bool any = false;
            for (const std::string& unit : units)
                any = any || brute.in(unit, second, west, south, size, gap).value_or(false);
            covered += any;
            run = any ? 0 : run + 1;
            longest = std::max(longest, run);
        }
        RC_ASSERT(presence.present == std::chrono::seconds(present));
        RC_ASSERT(presence.covered == std::chrono::seconds(covered));
        RC_ASSERT(presence.longestGap == std::chrono::seconds(longest));
        RC_ASSERT(presence.visits == visits);
        return std::chrono::seconds(unknown);
    };
    RC_ASSERT(recount(planned, measured[0].planned) == measured[0].planned.unknown);
    recount(all, measured[0].anybody);
}

TEST(PatrolCoverage, AGapInTheFixesIsUnknownAndNoPresence) {
    CoverageCount count({patrolOf({square(120.5, 32, 0.01)}, {"U1"}, start, start + 1h)}, start, start + 1h, 120s);
    const LonLat in{120.505, 32.005};
    for (const auto second : {0s, 100s, 200s, 1000s, 1100s}) // 800 s without a word
        count.add(fixAt("U1", in, second));
    const PatrolCoverage measured = count.done().at(0);
    EXPECT_EQ(measured.planned.present, 300s);
    EXPECT_EQ(measured.planned.unknown, 3300s);
    EXPECT_EQ(measured.planned.visits, 1u) << "the second stay is shorter than a visit";
    EXPECT_EQ(measured.planned.longestGap, 2500s);
    EXPECT_FALSE(measured.kept());
}

TEST(PatrolCoverage, AHoleOfTheAreaIsOutsideIt) {
    CoverageCount count({patrolOf({square(120.5, 32, 0.01), square(120.504, 32.004, 0.002)}, {"U1"}, start, start + 1h)},
                        start, start + 1h, 120s);
    count.add(fixAt("U1", {120.505, 32.005}, 0s));
    count.add(fixAt("U1", {120.502, 32.002}, 60s));
    count.add(fixAt("U1", {120.505, 32.005}, 100s));
    EXPECT_EQ(count.done().at(0).planned.present, 40s);
}

TEST(PatrolPlan, RiskierAreasComeFirstAndWantMore) {
    const ChequeredCity ground(20);
    City city(ground.crs, ground.zone);
    city.areas = ground.areas;
    layers::HeatSurface surface; // risk falls from west to east
    surface.extent = ground.areas.extent();
    surface.width = 80, surface.height = 20;
    for (int row = 0; row < surface.height; ++row)
        for (int column = 0; column < surface.width; ++column)
            surface.values.push_back(static_cast<float>(8 - column / 10));
    const auto areas = patrolAreas(city, surface, Scope());
    ASSERT_EQ(areas.size(), 20u);
    std::map<int, int> tiers;
    for (const PatrolArea& area : areas)
        ++tiers[area.tier];
    EXPECT_EQ(tiers, (std::map<int, int>{{1, 1}, {2, 3}, {3, 6}, {4, 10}}));
    EXPECT_TRUE(std::ranges::is_sorted(areas, std::greater<>{}, &PatrolArea::risk));
    EXPECT_NEAR(areas[0].km2, 0.4 * 8, 1e-6);
    EXPECT_NEAR(areas[0].events, areas[0].risk * areas[0].km2, 1e-9);

    std::vector<PatrolUnit> units{{{"U1"}, ground.middle(0, 0), true, {}},
                                  {{"U2"}, ground.middle(19, 0), true, {areas[0].code}},
                                  {{"U3"}, ground.middle(19, 0), false, {}}}; // nobody knows where
    const PatrolPlan plan = planPatrols(city, areas, units, start, start + 8h);
    ASSERT_GE(plan.lines.size(), 2u);
    EXPECT_EQ(plan.lines[0].patrol.area, areas[0].code);
    EXPECT_EQ(plan.lines[0].patrol.units.front().text, "U2") << "the owner before the nearest";
    EXPECT_EQ(plan.lines[0].patrol.visits, 6);
    EXPECT_EQ(plan.lines[0].patrol.minutes, 90);
    EXPECT_EQ(plan.lines[1].patrol.units.front().text, "U1");
    EXPECT_EQ(plan.lines.size() + plan.unserved.size(), areas.size());
    EXPECT_FALSE(plan.unserved.empty()) << "two units can't be everywhere";
    std::map<std::string, double> minutes;
    for (const PatrolLine& line : plan.lines) {
        EXPECT_NE(line.patrol.units.front().text, "U3");
        minutes[line.patrol.units.front().text] += line.patrol.minutes + 5 * line.patrol.visits;
        ASSERT_EQ(line.why.size(), 2u);
        for (const Message& why : line.why)
            EXPECT_TRUE(layers::hasWording(why.code, layers::Language::chinese)) << why.code;
    }
    for (const auto& [unit, spent] : minutes)
        EXPECT_LE(spent, 0.6 * 480 + 1e-6) << unit;
    EXPECT_EQ(planPatrols(city, areas, units, start, start + 8h, 1).lines.front().patrol.units.front().text, "U2");
}

TEST(PatrolEvents, StandInTheJournalAndSurviveASnapshot) {
    const Folder folder;
    kit::Desk desk = kit::desk(folder, 3);
    const std::string before = desk.state.hash();
    PatrolPlanned patrol = patrolOf({square(120.5, 32, 0.01)}, {"U1000"}, desk.clock->now(), desk.clock->now() + 8h);
    patrol.id.clear();
    patrol.risk = 1.25;
    ASSERT_TRUE(desk.say(PlanPatrol{patrol}));
    patrol.id = "P1";
    ASSERT_EQ(desk.state.patrols(), std::vector<PatrolPlanned>{patrol});
    EXPECT_NE(desk.state.hash(), before);
    const Payload payload = patrol;
    EXPECT_EQ(decodePayload("patrolPlanned", 1, encodePayload(payload)), payload);
    desk.store->saveSnapshot(desk.state);
    const auto kept = desk.store->snapshotAtOrBefore(desk.state.seq());
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->patrols(), desk.state.patrols());
    EXPECT_EQ(kept->hash(), desk.state.hash());
    // Ended, it lies in the past; again it can't be.
    desk.clock->move(1h);
    ASSERT_TRUE(desk.say(EndPatrol{"P1", "storm"}));
    EXPECT_EQ(desk.state.patrols().at(0).till, desk.clock->now());
    EXPECT_FALSE(desk.say(EndPatrol{"P1", "storm"}));
    EXPECT_EQ(desk.violations.at(0).code, "patrolUnknown");
    using Wrong = std::pair<std::function<void(PatrolPlanned&)>, std::string>;
    for (const auto& [wrong, code] : {Wrong{[](PatrolPlanned& p) { p.tier = 5; }, "patrolTier"},
                                      Wrong{[](PatrolPlanned& p) { p.till = p.from; }, "patrolSpan"},
                                      Wrong{[](PatrolPlanned& p) { p.rings.clear(); }, "placeMissing"},
                                      Wrong{[](PatrolPlanned& p) { p.units = {{"U9"}}; }, "unitUnknown"}}) {
        PatrolPlanned broken = patrol;
        broken.id.clear();
        wrong(broken);
        EXPECT_FALSE(desk.say(PlanPatrol{broken}));
        EXPECT_EQ(desk.violations.at(0).code, code);
    }
    // A month later it is forgotten, with the next one.
    PatrolPlanned later = patrol;
    later.id.clear();
    later.from += 24h * 40, later.till += 24h * 40;
    ASSERT_TRUE(desk.say(PlanPatrol{later}));
    ASSERT_EQ(desk.state.patrols().size(), 1u);
    EXPECT_EQ(desk.state.patrols().at(0).id, "P2");
}

} // namespace vedette::dispatch
