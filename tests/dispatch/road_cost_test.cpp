// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/commands.h"
#include "dispatch/road_closures.h"

#include "chequered_city.h"
#include "road_kit.h"

#include <gmock/gmock.h>
#include <random>
#include <set>

using namespace vedette;
using namespace vedette::dispatch;
using namespace vedette::dispatch::testing;
using roadkit::road;

namespace {

// A lattice of streets under the chequered city, with gaps, one-ways and an island.
layers::CityRoads streets(const ChequeredCity& city, unsigned seed, double gap = 0.15) {
    std::mt19937 random(seed);
    std::vector<made::Row> rows;
    const layers::Point a = city.middle(0, 0), b = city.middle(city.n - 1, city.n - 1);
    constexpr int side = 14;
    const auto corner = [&](int x, int y) {
        return layers::Point{a.x + (b.x - a.x) * x / (side - 1), a.y + (b.y - a.y) * y / (side - 1)};
    };
    const auto add = [&](layers::Point from, layers::Point to) {
        if (double(random() % 1000) / 1000 >= gap)
            rows.push_back(road({from, to}, std::to_string(rows.size()), std::to_string(20 + random() % 60),
                                random() % 5 == 0 ? "yes" : ""));
    };
    for (int x = 0; x < side; ++x)
        for (int y = 0; y < side; ++y) {
            if (x + 1 < side)
                add(corner(x, y), corner(x + 1, y));
            if (y + 1 < side)
                add(corner(x, y), corner(x, y + 1));
        }
    return layers::CityRoads::make({made::snapshot("roads", roadkit::columns, rows)});
}

// Asks Dijkstra, and gives the search no bound at all.
class Exhaustive final : public CostModel {
public:
    Exhaustive(const RoadCost& model, const layers::Rules& rules) : model_(model), rules_(rules) {}
    Cost cost(layers::Point from, layers::Point to, Role role) const override {
        Cost cost = model_.cost(from, to, role);
        if (cost.method != "road")
            return cost;
        const bool walks =
            std::find(rules_.walking.begin(), rules_.walking.end(), toString(role)) != rules_.walking.end();
        const auto profile = walks ? layers::RoadProfile::walking : layers::RoadProfile::driving;
        const auto& metric = *model_.roads().of(profile);
        const auto source = metric.map().network.snap(from, profile);
        const auto target = metric.map().network.snap(to, profile);
        const double kmh = std::array{30.0, 25.0, 12.0, 10.0, 15.0, 40.0, 30.0}[std::size_t(role)];
        cost.seconds =
            double(roadkit::Oracle(metric, *target).from(*source)) / 1000 * ((walks ? 5.0 : 30.0) / kmh) +
            // A car's 15 km/h beside the roads, in the role's measure as its roads are.
            (source->metresOff + target->metresOff) / ((walks ? 5 : 15 * kmh / 30) / 3.6);
        return cost;
    }
    double minSeconds(layers::Point, double, Role) const override { return 0; }

private:
    const RoadCost& model_;
    const layers::Rules& rules_;
};

} // namespace

TEST(RoadCost, StraightWhereNoRoadIsNearOrJoined) {
    const ChequeredCity city(6);
    const layers::Rules rules;
    const auto alone = layers::CityRoads::make({made::snapshot(
        "roads", roadkit::columns, {road({{0, 0}, {1000, 0}}, "a"), road({{0, 500}, {1000, 500}}, "b")})});
    const RoadCost cost(alone, rules);
    const auto straight = straightCost(rules);
    const auto same = [&](layers::Point from, layers::Point to) {
        const Cost mine = cost.cost(from, to, Role::officer), other = straight->cost(from, to, Role::officer);
        return mine.method == "straight" && mine.seconds == other.seconds && mine.metres == other.metres;
    };
    EXPECT_TRUE(same({0, 0}, {9000, 0}));
    EXPECT_TRUE(same({0, 0}, {1000, 500})); // not joined
    EXPECT_EQ(cost.cost({0, 0}, {1000, 0}, Role::officer).method, "road");
    EXPECT_DOUBLE_EQ(cost.cost({0, 10}, {1000, 0}, Role::officer).metres, 1010);
    EXPECT_NEAR(cost.cost({0, 10}, {1000, 0}, Role::officer).seconds, 100 + 2.4, 1e-9); // 15 km/h beside it
    EXPECT_NEAR(cost.cost({0, 0}, {1000, 0}, Role::guard).seconds, 360, 1e-9); // 10 km/h
    const auto way = cost.way({0, 10}, {1000, 0}, Role::officer);
    EXPECT_EQ(way.line, (std::vector<layers::Point>{{0, 10}, {0, 0}, {1000, 0}, {1000, 0}}));
    EXPECT_EQ(way.turns.front().words.code, "roadStartInto");
    EXPECT_FALSE(layers::CityRoads::make({}));
}

// One way in and none out, no roads, and a road nobody is near: straight, and said so.
TEST(RoadCost, AOneWayIslandIsReachedByRoadAndLeftStraight) {
    const layers::Rules rules;
    const auto roads = layers::CityRoads::make(
        {made::snapshot("roads", roadkit::columns,
                        {road({{0, 0}, {1000, 0}}, "a"), road({{1000, 0}, {1000, 800}}, "b", "36", "yes")})});
    const RoadCost cost(roads, rules);
    const auto straight = straightCost(rules);
    EXPECT_EQ(cost.cost({0, 0}, {1000, 700}, Role::officer).method, "road");
    const Cost back = cost.cost({1000, 700}, {0, 0}, Role::officer);
    EXPECT_EQ(back.method, "straight");
    EXPECT_EQ(back.seconds, straight->cost({1000, 700}, {0, 0}, Role::officer).seconds);
    EXPECT_TRUE(cost.way({1000, 700}, {0, 0}, Role::officer).turns.empty());
    EXPECT_EQ(cost.cost({1000, 700}, {0, 0}, Role::gridWorker).method, "road"); // on foot
    // A car goes the last stretch faster than one walks, never as fast as on a road; a walker walks it.
    const double off = cost.seconds({0, 300}, {1000, 0}, Role::officer) -
                       cost.seconds({0, 0}, {1000, 0}, Role::officer);
    EXPECT_NEAR(off, 300 / (15 / 3.6), 1e-9);
    EXPECT_NEAR(cost.seconds({0, 300}, {1000, 0}, Role::gridWorker) -
                    cost.seconds({0, 0}, {1000, 0}, Role::gridWorker),
                300 / (5 / 3.6), 1e-9);
    layers::Rules slower;
    slower.offRoadKilometresPerHour = 5;
    EXPECT_NEAR(RoadCost(roads, slower).seconds({0, 10}, {1000, 0}, Role::officer), 100 + 7.2, 1e-9);
}

TEST(RoadCost, ARecommendationByRoadIsThatOfLookingAtEverybody) {
    const ChequeredCity city(6);
    layers::Rules rules;
    for (unsigned seed = 1; seed <= 6; ++seed) {
        std::mt19937 random(seed);
        const RoadCost cost(streets(city, seed, seed % 2 ? 0.15 : 0.5), rules);
        const Exhaustive all(cost, rules);
        const auto anywhere = [&] {
            const layers::Point a = city.middle(0, 0), b = city.middle(city.n - 1, city.n - 1);
            const auto between = [&](double from, double to) {
                return from + (to - from) * double(random() % 10001) / 10000;
            };
            return city.crs.toLonLat({between(a.x, b.x), between(a.y, b.y)});
        };
        std::vector<UnitFacts> units(120);
        for (std::size_t i = 0; i < units.size(); ++i) {
            units[i].id.text = "U" + std::to_string(1000 + i);
            units[i].role = i % 3 == 0 ? Role::officer : i % 3 == 1 ? Role::gridWorker : Role::rescueTeam;
            units[i].post = anywhere();
            if (i % 4 == 0)
                units[i].owns = {ChequeredCity::gridCode(int(random() % unsigned(city.n)),
                                                         int(random() % unsigned(city.n)))};
        }
        Duty duty = defaultDuty("01");
        duty.lead = Role::officer, duty.joint = {Role::gridWorker, Role::rescueTeam};
        const Instant noon = layers::parseTime("2026-11-23T04:00:00Z", layers::TimeZone::utc()).value();
        Fold fold(noon);
        fold.pin("duties", encodeDuties({duty}));
        fold.pin("units", encodeUnits(units));
        UnitIndex index(city.crs, city.areas, rules, city.zone);
        index.follow(fold.state);
        for (int i = 0; i < 15; ++i) {
            Request request;
            request.at = anywhere(), request.category = "01", request.now = noon;
            const auto mine = index.recommend(fold.state, request, cost);
            const auto other = index.recommend(fold.state, request, all);
            ASSERT_EQ(mine.candidates.size(), other.candidates.size());
            for (std::size_t k = 0; k < mine.candidates.size(); ++k) {
                EXPECT_EQ(mine.candidates[k].unit, other.candidates[k].unit);
                EXPECT_EQ(mine.candidates[k].why, other.candidates[k].why);
                EXPECT_NEAR(mine.candidates[k].seconds, other.candidates[k].seconds, 1e-6);
                EXPECT_EQ(mine.candidates[k].method, other.candidates[k].method);
            }
            ASSERT_EQ(mine.unsuitable.size(), other.unsuitable.size());
            for (std::size_t k = 0; k < mine.unsuitable.size(); ++k) {
                EXPECT_EQ(mine.unsuitable[k].unit, other.unsuitable[k].unit);
                EXPECT_EQ(mine.unsuitable[k].reasons, other.unsuitable[k].reasons);
            }
        }
    }
}

TEST(RoadClosures, ALineClosesWhatItRunsAlongAndWhatItCrossesAnAreaWhatLiesInIt) {
    const ChequeredCity city(6);
    const auto at = [&](double x, double y) { return city.lonLat(x, y); };
    const auto point = [](double x, double y) {
        return layers::Point{ChequeredCity::west + x, ChequeredCity::south + y};
    };
    const auto roads = layers::CityRoads::make({made::snapshot(
        "roads", roadkit::columns,
        {road({point(0, 0), point(1000, 0)}, "main"), road({point(500, 0), point(500, 800)}, "side"),
         road({point(0, 800), point(1000, 800)}, "far")})});
    const layers::RoadNetwork& network = roads.driving->map().network;
    const auto names = [&](const RoadRestricted& what) {
        std::set<std::string> out;
        for (const auto edge : edgesMeant(network, city.crs, what))
            out.emplace(network.name(network.edges()[edge]));
        return out;
    };
    using Names = std::set<std::string>;
    EXPECT_EQ(names({"R1", {{at(-5, 4), at(1003, -6)}}, false, 0, {}, "", {}}), Names{"street main"});
    EXPECT_EQ(names({"R1", {{at(400, 300), at(600, 320)}}, false, 0, {}, "", {}}), Names{"street side"});
    EXPECT_EQ(names({"R1", {{at(400, 700), at(600, 700), at(600, 900), at(400, 900)}}, true, 0, {}, "", {}}),
              (Names{"street side", "street far"}));
    EXPECT_EQ(names({"R1", {{at(300, 4), at(420, -6)}}, false, 0, {}, "", {}}), Names{"street main"}); // a part
    EXPECT_EQ(names({"R1", {{at(5000, 700), at(5600, 700)}}, false, 0, {}, "", {}}), Names{});
}

TEST(RoadClosures, TakeEffectAtOnceAndEndByWordOrByTime) {
    const ChequeredCity city(6);
    const layers::Rules rules;
    const auto point = [](double x, double y) {
        return layers::Point{ChequeredCity::west + x, ChequeredCity::south + y};
    };
    // 1,000 m straight on, or 2,600 m round.
    RoadClosures closures(
        layers::CityRoads::make({made::snapshot(
            "roads", roadkit::columns,
            {road({point(0, 0), point(1000, 0)}, "direct"),
             road({point(0, 0), point(0, 800), point(1000, 800), point(1000, 0)}, "round"),
             road({point(-100, 0), point(0, 0)}, "west"), road({point(1000, 0), point(1100, 0)}, "east")})}),
        city.crs, rules);
    const Instant noon = layers::parseTime("2026-11-23T04:00:00Z", layers::TimeZone::utc()).value();
    const auto seconds = [&](const Fold& fold, Instant now, Role role = Role::officer) {
        return closures.standing(fold.state, now)->cost(point(-100, 0), point(1100, 0), role).seconds;
    };
    Fold fold(noon);
    EXPECT_NEAR(seconds(fold, noon), 120, 0.1);
    const auto empty = fold.state.hash();
    const RoadRestricted closed{"R1",
                                {{city.lonLat(500, -50), city.lonLat(500, 50)}},
                                false,
                                0,
                                RoadUse::driving,
                                "burst main",
                                noon + std::chrono::hours(1)};
    fold(closed);
    EXPECT_NE(fold.state.hash(), empty);
    EXPECT_NEAR(seconds(fold, noon), 280, 0.1);
    EXPECT_NEAR(seconds(fold, noon, Role::guard), 432, 0.1); // on foot one may pass
    EXPECT_NEAR(seconds(fold, noon + std::chrono::hours(1)), 120, 0.1);
    EXPECT_EQ(decodePayload("roadRestricted", 1, encodePayload(closed)), Payload(closed));
    RoadRestricted slow = closed;
    slow.id = "R2", slow.factor = 0.5;
    fold(RoadRestored{"R1"});
    EXPECT_NEAR(seconds(fold, noon), 120, 0.1);
    fold(slow);
    EXPECT_NEAR(seconds(fold, noon), 220, 0.1);

    const Said said{"desk", "ws", "c1", {}, {}, Mode::live, noon};
    const auto zone = layers::TimeZone::utc();
    RestrictRoad again{closed};
    again.road.id.clear();
    const auto decided = decide(fold.state, again, said, zone);
    ASSERT_EQ(decided.events.size(), 1u);
    EXPECT_EQ(std::get<RoadRestricted>(decided.events[0].payload).id, "R3");
    EXPECT_EQ(std::get<RoadRestricted>(decided.events[0].payload).by, "desk");
    EXPECT_EQ(standingRoads(fold.state, slow.until - std::chrono::seconds(1)).size(), 1u);
    EXPECT_TRUE(standingRoads(fold.state, slow.until).empty());
    EXPECT_EQ(encodePayload(closed).find("\"by\""), std::string::npos); // journals of before keep their hash
    EXPECT_EQ(decide(fold.state, RestoreRoad{"R1"}, said, zone).violations.front().code, "roadUnknown");
    again.road.factor = 1;
    EXPECT_EQ(decide(fold.state, again, said, zone).violations.front().code, "roadFactor");
    again.road.factor = 0, again.road.lines.clear();
    EXPECT_EQ(decide(fold.state, again, said, zone).violations.front().code, "placeMissing");
}

// A whole street is mended aside: the answer is as before until it is done, then exactly the new one.
TEST(RoadClosures, AWholeStreetNeverKeepsWhoAsksWaitingAndEndsAsIfMadeAnew) {
    const ChequeredCity city(6);
    const layers::Rules rules;
    const auto roads = streets(city, 3, 0.05);
    RoadClosures closures(roads, city.crs, rules);
    const Instant noon = layers::parseTime("2026-11-23T04:00:00Z", layers::TimeZone::utc()).value();
    Fold fold(noon);
    const layers::Point a = city.middle(0, 0), b = city.middle(5, 5);
    const auto cost = [&] { return closures.standing(fold.state, noon)->seconds(a, b, Role::officer); };
    const double usual = cost();
    const auto at = [&](double x, double y) {
        return city.crs.toLonLat({a.x + (b.x - a.x) * x, a.y + (b.y - a.y) * y});
    };
    const RoadRestricted slow{"R1", {{at(-0.1, 0.3), at(1.1, 0.3), at(1.1, 0.7), at(-0.1, 0.7)}}, true, 0.25,
                              RoadUse::both, "flood", {}};
    fold(slow);
    EXPECT_EQ(cost(), usual);
    closures.settle();
    const double through = cost();
    EXPECT_GT(through, usual + 1);
    RoadClosures anew(roads, city.crs, rules);
    EXPECT_EQ(anew.standing(fold.state, noon)->seconds(a, b, Role::officer), through); // first asked: at once
    fold(RoadRestored{"R1"});
    EXPECT_EQ(cost(), usual); // nothing to mend
}
