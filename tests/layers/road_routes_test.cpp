// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_kit.h"

#include <gmock/gmock.h>
#include <random>
#include <rapidcheck/gtest.h>
#include <thread>

using namespace roadkit;
using testing::Contains;
using testing::Field;
using testing::IsEmpty;

namespace {

RoadTime between(const std::shared_ptr<const RoadMap>& map, Point from, Point to,
                 RoadProfile profile = RoadProfile::driving) {
    const auto metric = std::make_shared<RoadMetric>(map, profile);
    const auto source = map->network.snap(from, profile), target = map->network.snap(to, profile);
    if (!source || !target)
        return roadEndless;
    RoadSearch search;
    search.aim(metric, *target);
    return search.from(*source);
}

std::vector<std::string> codes(const std::vector<Message>& messages) {
    std::vector<std::string> out;
    for (const auto& message : messages)
        out.push_back(message.code);
    return out;
}

std::vector<std::string> codes(const std::vector<RoadStep>& steps) {
    std::vector<std::string> out;
    for (const auto& step : steps)
        out.push_back(step.words.code);
    return out;
}

// A town of crooked blocks with gaps, one-ways, bridges without a vertex, islands and forbidden turns.
struct Town {
    std::vector<made::Row> rows;
    std::vector<RoadTurn> turns;
    explicit Town(unsigned seed, int side) {
        std::mt19937 random(seed);
        const auto dice = [&](int faces) {
            return static_cast<int>(random() % static_cast<unsigned>(faces));
        };
        std::vector<Point> corners;
        for (int i = 0; i < side * side; ++i)
            corners.push_back({(i % side) * 100.0 + dice(40), (i / side) * 100.0 + dice(40)});
        const auto corner = [&](int i) { return corners[static_cast<std::size_t>(i)]; };
        std::vector<std::vector<std::string>> at(corners.size());
        const auto add = [&](int from, int to) {
            if (dice(6) == 0)
                return;
            const std::string id = std::to_string(rows.size());
            const Point a = corner(from), b = corner(to);
            const Point bend{(a.x + b.x) / 2 + dice(10), (a.y + b.y) / 2 + dice(10)};
            rows.push_back(road({a, bend, b}, id, std::to_string(10 + dice(80)),
                                dice(5) == 0   ? "yes"
                                : dice(9) == 0 ? "-1"
                                               : "",
                                "", dice(12) == 0 ? "footway" : "residential"));
            at[static_cast<std::size_t>(from)].push_back(id), at[static_cast<std::size_t>(to)].push_back(id);
        };
        for (int i = 0; i < side * side; ++i) {
            if (i % side + 1 < side)
                add(i, i + 1);
            if (i / side + 1 < side)
                add(i, i + side);
        }
        rows.push_back(road({{20, 20}, {side * 90.0, side * 85.0}}, "diagonal", "60"));
        rows.push_back(road({{30, side * 80.0}, {side * 90.0, 35}}, "viaduct", "70", "", "yes"));
        rows.push_back(road({{-500, -500}, {-450, -500}, {-450, -450}}, "island"));
        for (int i = 0; i < side; ++i) {
            const int where = dice(side * side);
            const auto& meeting = at[static_cast<std::size_t>(where)];
            if (meeting.size() > 1)
                turns.push_back(
                    {meeting[0],
                     meeting[static_cast<std::size_t>(1 + dice(static_cast<int>(meeting.size()) - 1))],
                     corner(where), dice(3) == 0});
        }
        // Over a street or two: any that lie one behind the other.
        for (int i = 0; i < side; ++i) {
            const int row = dice(side), first = dice(std::max(1, side - 3));
            const auto along = [&](int k) { return std::find_if(rows.begin(), rows.end(), [&](const made::Row& r) {
                return r.rings.front().points.front() == corner(row * side + first + k) &&
                       r.rings.front().points.back() == corner(row * side + first + k + 1); }); };
            std::vector<std::string> ids;
            for (int k = 0; k < 4 && along(k) != rows.end(); ++k)
                ids.push_back(*along(k)->values.front());
            if (ids.size() < 3)
                continue;
            std::vector<std::string> through(ids.begin() + 1, ids.end() - 1);
            const auto& meeting = at[std::size_t(row * side + first) + ids.size() - 1];
            turns.push_back({ids.front(), meeting[std::size_t(dice(int(meeting.size())))],
                             corner(row * side + first + 1), dice(3) == 0, through});
        }
    }
};

RoadNetwork::Place anywhere(const RoadNetwork& network, std::mt19937& random) {
    RoadNetwork::Place place;
    place.edge = static_cast<RoadNetwork::EdgeIndex>(random() % network.edges().size());
    place.along = random() % 4 == 0 ? double(random() % 2) : double(random() % 1001) / 1000;
    return place;
}

} // namespace

TEST(RoadRoutes, NoRoadsNoRoute) {
    const auto none = mapOf({});
    EXPECT_TRUE(none->network.empty());
    EXPECT_EQ(between(none, {0, 0}, {1, 1}), roadEndless);
    EXPECT_EQ(none->findings.front().message.code, "roadsNone");
    const auto broken = mapOf({road({{0, 0}, {0.01, 0}}, "dot"), road({{0, 0}}, "point"),
                               road({{NAN, 0}, {0, INFINITY}, {3, 3}}, "nan")});
    EXPECT_TRUE(broken->network.empty());
    EXPECT_EQ(codes({broken->findings[0].message, broken->findings[1].message, broken->findings[2].message}),
              (std::vector<std::string>{"roadLineBroken", "roadLineBroken", "roadLineBroken"}));
    EXPECT_EQ(RoadMetric(none, RoadProfile::driving).upwards().size(), 0u);
}

TEST(RoadRoutes, PartsOfOneEdge) {
    const auto map = mapOf({road({{0, 0}, {100, 0}}, "a"), road({{100, 0}, {100, 100}}, "b", "36", "yes")});
    EXPECT_EQ(between(map, {20, 3}, {80, -3}), 6000u);
    EXPECT_EQ(between(map, {80, 0}, {20, 0}), 6000u);
    EXPECT_EQ(between(map, {20, 0}, {20, 0}), 0u);
    EXPECT_EQ(between(map, {50, 0}, {100, 50}), 10000u);
    EXPECT_EQ(between(map, {100, 50}, {50, 0}), roadEndless); // against the one-way
    EXPECT_EQ(between(map, {100, 50}, {100, 20}), roadEndless);
    EXPECT_EQ(between(map, {100, 50}, {50, 0}, RoadProfile::walking), 72000u);
}

TEST(RoadRoutes, LinesThatCrossAtGradeAreJoinedAndBridgesAreNot) {
    const auto flat = mapOf({road({{0, 0}, {100, 0}}, "a"), road({{50, -50}, {50, 50}}, "b")});
    EXPECT_EQ(between(flat, {0, 0}, {50, 50}), 10000u);
    EXPECT_EQ(flat->network.edges().size(), 4u);
    EXPECT_THAT(codes({flat->findings.front().message}), Contains("roadsJoined"));
    for (const auto& above : {road({{50, -100}, {50, 100}}, "b", "36", "", "yes"),
                              road({{50, -100}, {50, 100}}, "b", "36", "", "", "motorway")}) {
        const auto map = mapOf({road({{-200, 0}, {300, 0}}, "a"), above});
        EXPECT_EQ(between(map, {-200, 0}, {50, 100}), roadEndless);
        EXPECT_EQ(map->network.partCount(), 2u);
        EXPECT_EQ(map->findings.front().message.code, "roadsPassOver");
    }
    const auto missing = mapOf({road({{0, 0}, {100, 0}}, "a"), road({{50, 0.3}, {50, 50}}, "b")});
    EXPECT_EQ(missing->network.partCount(), 1u); // an end that misses by 30 cm
}

TEST(RoadRoutes, ForbiddenAndOnlyTurns) {
    const std::vector<made::Row> cross{road({{0, 0}, {100, 0}}, "west"), road({{100, 0}, {200, 0}}, "east"),
                                       road({{100, 0}, {100, 100}}, "north"),
                                       road({{100, 0}, {100, -100}}, "south")};
    EXPECT_EQ(between(mapOf(cross), {0, 0}, {100, 100}), 20000u);
    const auto no = mapOf(cross, {{"west", "north", {100, 0}, false}});
    EXPECT_EQ(between(no, {0, 0}, {100, 100}), 40000u); // on to the east's end, round, and back
    EXPECT_EQ(between(no, {0, 0}, {200, 0}), 20000u);
    EXPECT_EQ(between(no, {0, 0}, {100, 100}, RoadProfile::walking), 144000u);
    const auto only = mapOf(cross, {{"west", "east", {100, 0}, true}});
    EXPECT_EQ(between(only, {0, 0}, {100, -100}), 40000u);
    EXPECT_EQ(mapOf(cross, {{"west", "nowhere", {100, 0}, false}})->findings.back().message.code,
              "roadTurnNotPlaced");
}

// West to east over two crossings with streets to the north and south of each.
TEST(RoadRoutes, AForbiddenTurnOverARoadBindsWhoCameFromThereAlone) {
    const std::vector<made::Row> rows{
        road({{0, 0}, {100, 0}}, "west"),          road({{100, 0}, {200, 0}}, "middle"),
        road({{200, 0}, {300, 0}}, "east"),        road({{100, 0}, {100, 100}}, "north1"),
        road({{100, 0}, {100, -100}}, "south1"),   road({{200, 0}, {200, 100}}, "north2"),
        road({{200, 0}, {200, -100}}, "south2")};
    const auto free = mapOf(rows);
    const auto no = mapOf(rows, {{"west", "north2", {100, 0}, false, {"middle"}}});
    EXPECT_EQ(between(free, {0, 0}, {200, 100}), 30000u);
    EXPECT_EQ(between(no, {0, 0}, {200, 100}), 50000u); // on to an end, round, and back
    EXPECT_EQ(between(no, {0, 0}, {300, 0}), 30000u);
    EXPECT_EQ(between(no, {0, 0}, {150, 0}), 15000u); // into the middle itself
    EXPECT_EQ(between(no, {120, 0}, {200, 100}), 18000u); // who sets out there
    EXPECT_EQ(between(no, {100, 100}, {200, 100}), 30000u);
    EXPECT_EQ(between(no, {0, 0}, {200, 100}, RoadProfile::walking), 216000u);
    const auto only = mapOf(rows, {{"west", "south2", {100, 0}, true, {"middle"}}});
    EXPECT_EQ(between(only, {0, 0}, {200, -100}), 30000u);
    EXPECT_EQ(between(only, {0, 0}, {300, 0}), 50000u); // from the south's end and back
    EXPECT_EQ(between(only, {0, 0}, {100, 100}), 60000u);
    EXPECT_EQ(between(only, {100, 100}, {300, 0}), 30000u);
    // Two that begin alike, and one that forbids turning round over the middle.
    const auto both = mapOf(rows, {{"west", "north2", {100, 0}, false, {"middle"}},
                                   {"west", "south2", {100, 0}, false, {"middle"}},
                                   {"north1", "north1", {100, 0}, false, {"middle"}}});
    EXPECT_EQ(between(both, {0, 0}, {200, 100}), 50000u);
    EXPECT_EQ(between(both, {0, 0}, {200, -100}), 50000u);
    EXPECT_EQ(between(both, {0, 0}, {300, 0}), 30000u);
    // The road they lead over, closed: for who came from there too.
    RoadSearch search;
    const auto metric = std::make_shared<const RoadMetric>(no, RoadProfile::driving);
    const auto middle = no->network.snap({150, 0}, RoadProfile::driving)->edge;
    const RoadMetric::Change closed{middle, 0};
    search.aim(metric->changed(std::span(&closed, 1)), *no->network.snap({300, 0}, RoadProfile::driving));
    EXPECT_EQ(search.from(*no->network.snap({0, 0}, RoadProfile::driving)), roadEndless);
    EXPECT_EQ(mapOf(rows, {{"west", "north2", {100, 0}, false, {"south1"}}})->findings.back().message.code,
              "roadTurnNotPlaced");
}

TEST(RoadRoutes, TheTurnListNamesStreets) {
    const auto map =
        mapOf({road({{0, 0}, {100, 0}}, "a"), road({{100, 0}, {100, 100}}, "b"),
               road({{100, 0}, {100, -100}}, "c"), road({{100, 100}, {200, 100}}, "d", "36", "", "yes")});
    RoadSearch search;
    search.aim(std::make_shared<RoadMetric>(map, RoadProfile::driving),
               *map->network.snap({200, 100}, RoadProfile::driving));
    const auto route = search.route(*map->network.snap({20, 0}, RoadProfile::driving));
    EXPECT_DOUBLE_EQ(route.metres, 280);
    EXPECT_EQ(route.line, (std::vector<Point>{{20, 0}, {100, 0}, {100, 100}, {200, 100}}));
    const auto list = turnList(*map, route);
    EXPECT_EQ(codes(list), (std::vector<std::string>{"roadStartInto", "roadLeftInto", "roadRightInto",
                                                     "roadOverBridge", "roadArrive"}));
    EXPECT_EQ(word(list[1].words, Language::english), "turn left into street b, 100 m");
    for (const auto& step : list)
        EXPECT_TRUE(hasWording(step.words.code, Language::chinese)) << step.words.code;
    EXPECT_EQ(list[0].at, (Point{20, 0}));
    EXPECT_EQ(list[1].at, (Point{100, 0}));
    EXPECT_EQ(list.back().at, (Point{200, 100}));
}

RC_GTEST_PROP(RoadRoutes, EqualDijkstra, ()) {
    const auto seed = *rc::gen::arbitrary<unsigned>();
    const Town town(seed, *rc::gen::inRange(2, 13));
    const auto map = mapOf(town.rows, town.turns);
    std::mt19937 random(seed);
    for (const auto profile : {RoadProfile::driving, RoadProfile::walking}) {
        const auto all = std::make_shared<const RoadMetric>(map, profile), lean = all->lean();
        RoadSearch search;
        for (int t = 0; t < 6; ++t) {
            const auto& metric = t % 2 ? all : lean;
            const auto target = anywhere(map->network, random);
            const Oracle oracle(*metric, target);
            search.aim(metric, target);
            for (int s = 0; s < 40; ++s) {
                const auto source = anywhere(map->network, random);
                RC_ASSERT(search.from(source) == oracle.from(source));
                const auto route = search.route(source);
                if (route.found()) // shares of an edge round up to a millisecond at either end
                    RC_ASSERT(std::abs(double(timeOf(*metric, route)) - double(route.time)) <= 2);
            }
        }
    }
}

// Drivers that remember how far along each restriction they are, on roads without any: nothing there a second time.
class Rememberer {
public:
    Rememberer(const RoadMetric& metric, const std::vector<RoadTurn>& turns) : metric_(metric) {
        for (const RoadTurn& turn : turns)
            for (Arc first = 0; first < arcs(); ++first)
                if (named(first, turn.from) && network().point(network().head(first)) == turn.via)
                    rules_.push_back({turn, path(first, turn)});
    }
    RoadTime between(const RoadNetwork::Place& source, const RoadNetwork::Place& target) const {
        RoadTime best = roadEndless;
        if (source.edge == target.edge) {
            const bool against = target.along < source.along;
            best = metric_.partTime(2 * source.edge + against, std::abs(target.along - source.along));
        }
        using State = std::pair<Arc, std::vector<std::size_t>>; // the arc gone along, and how much of each rule's path
        std::map<State, RoadTime> times;
        std::priority_queue<std::pair<RoadTime, State>, std::vector<std::pair<RoadTime, State>>, std::greater<>> open;
        const auto reach = [&](State state, RoadTime time) {
            if (const auto [it, fresh] = times.try_emplace(state, time); fresh || time < it->second)
                it->second = time, open.emplace(time, state);
        };
        for (const Arc arc : {2 * source.edge, 2 * source.edge + 1})
            if (const RoadTime time = metric_.partTime(arc, arc % 2 ? source.along : 1 - source.along); time < roadEndless)
                reach({arc, after(arc, {})}, time);
        while (!open.empty()) {
            const auto [time, state] = open.top();
            open.pop();
            if (time != times[state])
                continue;
            for (Arc next = 0; next < arcs(); ++next) {
                if (network().tail(next) != network().head(state.first) || !may(state.second, next))
                    continue;
                if (next / 2 == target.edge)
                    if (const RoadTime part = metric_.partTime(next, next % 2 ? 1 - target.along : target.along); part < roadEndless)
                        best = std::min(best, time + part);
                if (metric_.time(next) < roadEndless)
                    reach({next, after(next, state.second)}, time + metric_.time(next));
            }
        }
        return best;
    }

private:
    using Arc = RoadNetwork::Arc;
    struct Rule {
        RoadTurn turn;
        std::vector<Arc> path; // the first road's arc and those it leads over; empty: it leads nowhere
    };
    const RoadNetwork& network() const { return metric_.map().network; }
    Arc arcs() const { return Arc(network().arcCount()); }
    bool named(Arc arc, const std::string& line) const {
        return network().name(network().edges()[arc / 2]) == "street " + line;
    }
    std::vector<Arc> path(Arc first, const RoadTurn& turn) const {
        const auto leaves = [&](Arc last) {
            for (Arc arc = 0; arc < arcs(); ++arc)
                if (network().tail(arc) == network().head(last) && named(arc, turn.to))
                    return true;
            return false;
        };
        std::vector<std::vector<Arc>> ways{{first}};
        for (std::size_t i = 0; i < ways.size() && ways[i].size() < 9; ++i) {
            const auto way = ways[i];
            if ((way.size() > 1) == !turn.through.empty() && leaves(way.back()))
                return way;
            for (Arc arc = 0; arc < arcs() && !turn.through.empty(); ++arc)
                for (const std::string& line : turn.through)
                    if (named(arc, line) && network().tail(arc) == network().head(way.back()) &&
                        (way.size() == 1 || arc != (way.back() ^ 1)))
                        ways.push_back(way), ways.back().push_back(arc);
        }
        return {};
    }
    std::vector<std::size_t> after(Arc arc, const std::vector<std::size_t>& before) const {
        std::vector<std::size_t> out(rules_.size());
        for (std::size_t i = 0; i < rules_.size(); ++i) {
            const auto& path = rules_[i].path;
            const std::size_t gone = before.empty() ? 0 : before[i];
            out[i] = gone > 0 && gone < path.size() && path[gone] == arc ? gone + 1 : !path.empty() && path[0] == arc ? 1 : 0;
        }
        return out;
    }
    bool may(const std::vector<std::size_t>& gone, Arc next) const {
        for (std::size_t i = 0; i < rules_.size(); ++i) {
            const auto& [turn, path] = rules_[i];
            if (path.empty() || gone[i] == 0)
                continue;
            const bool end = gone[i] == path.size();
            const bool round = turn.through.empty() && !turn.only && turn.from == turn.to;
            const bool meant = end ? named(next, turn.to) && (!round || next == (path.back() ^ 1)) : next == path[gone[i]];
            if (turn.only ? !meant : end && meant)
                return false;
        }
        return true;
    }
    const RoadMetric& metric_;
    std::vector<Rule> rules_;
};

RC_GTEST_PROP(RoadRoutes, TurnsOverRoadsEqualDriversWhoRemember, ()) {
    const auto seed = *rc::gen::arbitrary<unsigned>();
    const Town town(seed, *rc::gen::inRange(3, 6));
    const auto map = mapOf(town.rows, town.turns), plain = mapOf(town.rows);
    const RoadMetric forget(plain, RoadProfile::driving);
    const auto metric = std::make_shared<const RoadMetric>(map, RoadProfile::driving);
    const Rememberer drivers(forget, town.turns);
    std::mt19937 random(seed);
    RoadSearch search;
    for (int t = 0; t < 3; ++t) {
        const auto target = anywhere(plain->network, random);
        search.aim(metric, target);
        for (int s = 0; s < 6; ++s) {
            const auto source = anywhere(plain->network, random);
            RC_ASSERT(search.from(source) == drivers.between(source, target));
        }
    }
}

RC_GTEST_PROP(RoadRoutes, ChangesOneByOneEqualTheMetricMadeAnew, ()) {
    const auto seed = *rc::gen::arbitrary<unsigned>();
    const Town town(seed, *rc::gen::inRange(3, 11));
    const auto map = mapOf(town.rows, town.turns);
    std::mt19937 random(seed);
    const RoadMetric usual(map, RoadProfile::driving);
    std::vector<RoadMetric::Change> all;
    std::shared_ptr<const RoadMetric> step = usual.changed({});
    for (int i = 0; i < 12; ++i) {
        const auto edge = static_cast<RoadNetwork::EdgeIndex>(random() % map->network.edges().size());
        const RoadMetric::Change change{edge, std::array{0.0, 0.0, 0.5, 0.2, 1.0}[random() % 5]};
        std::erase_if(all, [&](const auto& before) { return before.edge == edge; });
        all.push_back(change);
        step = step->changed(std::span(&change, 1));
        const auto once = usual.changed(all);
        RC_ASSERT(step->upwards() == once->upwards());
        RC_ASSERT(step->downwards() == once->downwards());
        const auto target = anywhere(map->network, random);
        const Oracle oracle(*step, target);
        RoadSearch search;
        search.aim(step, target);
        for (int s = 0; s < 20; ++s) {
            const auto source = anywhere(map->network, random);
            RC_ASSERT(search.from(source) == oracle.from(source));
        }
    }
    for (auto& change : all)
        change.factor = 1;
    const auto back = step->changed(all);
    RC_ASSERT(back->upwards() == usual.upwards() && back->downwards() == usual.downwards());
}

RC_GTEST_PROP(RoadRoutes, SnapsToTheNearestAndIsNeverFasterThanTheBound, ()) {
    const auto seed = *rc::gen::arbitrary<unsigned>();
    const Town town(seed, *rc::gen::inRange(2, 9));
    const auto map = mapOf(town.rows, town.turns);
    const RoadNetwork& network = map->network;
    std::mt19937 random(seed);
    const auto metric = std::make_shared<const RoadMetric>(map, RoadProfile::driving);
    // Leaned with roads closed, it must not remember them once they are open.
    std::vector<RoadMetric::Change> changes;
    for (RoadNetwork::EdgeIndex edge = 0; edge < network.edges().size(); edge += 3)
        changes.push_back({edge, edge % 2 ? 0 : 0.4});
    const auto lean = metric->lean(), closed = metric->changed(changes)->lean();
    for (auto& change : changes)
        change.factor = 1;
    const auto opened = closed->changed(changes);
    RoadSearch search;
    for (int i = 0; i < 60; ++i) {
        const Point at{double(random() % 1600) - 700, double(random() % 1600) - 700};
        double any = INFINITY, largest = INFINITY;
        for (const auto& edge : network.edges())
            if (edge.metresPerSecond > 0)
                for (std::size_t k = 1; k < network.points(edge).size(); ++k) {
                    const Point a = network.points(edge)[k - 1], b = network.points(edge)[k];
                    const double dx = b.x - a.x, dy = b.y - a.y;
                    const double t =
                        std::clamp(((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
                    const double off = std::hypot(a.x + t * dx - at.x, a.y + t * dy - at.y);
                    any = std::min(any, off);
                    if (edge.part == 0)
                        largest = std::min(largest, off);
                }
        const double expected = largest <= any + RoadNetwork::snapToLargest ? largest : any;
        const auto place = network.snap(at, RoadProfile::driving);
        RC_ASSERT(place.has_value() == (expected <= RoadNetwork::snapMetres));
        if (!place)
            continue;
        RC_ASSERT(std::abs(place->metresOff - expected) < 1e-9);
        search.aim(metric, *place);
        const auto other =
            network.snap({double(random() % 900), double(random() % 900)}, RoadProfile::driving);
        if (!other)
            continue;
        const double metres = std::hypot(other->at.x - place->at.x, other->at.y - place->at.y);
        RC_ASSERT(double(search.from(*other)) >= metres / metric->fastest() * 1000 * 0.999999 - 1e-3);
        for (const auto& one : {metric, lean, closed, opened}) {
            search.aim(one, *place);
            RC_ASSERT(double(search.from(*other)) >= search.leastTime(metres) - 1e-3);
            RC_ASSERT(search.leastTime(metres) >= metres / metric->fastest() * 1000 * 0.999998);
            RC_ASSERT(search.leastTime(metres + 1) >= search.leastTime(metres));
        }
    }
}

// A kilometre of streets at 10 m/s, and a motorway at 30 that begins where they end.
TEST(RoadRoutes, WhereFastRoadsAreFarOffNothingNearIsSoonByThem) {
    const auto map = mapOf({road({{0, 0}, {1000, 0}}, "a"), road({{1000, 0}, {1100, 0}}, "b", "108")});
    RoadSearch search;
    const auto metric = std::make_shared<const RoadMetric>(map, RoadProfile::driving);
    for (const auto& [one, least] : {std::pair(metric, 16.667), std::pair(metric->lean(), 50.0)}) {
        search.aim(one, *map->network.snap({0, 0}, RoadProfile::driving));
        EXPECT_NEAR(search.leastTime(500) / 1000, least, 0.01);
        EXPECT_NEAR(search.leastTime(1080) / 1000, least < 20 ? 36 : 100, 0.01); // from the motorway's end
        EXPECT_NEAR(search.leastTime(4500) / 1000, 150, 0.01);
        search.aim(one, *map->network.snap({1050, 0}, RoadProfile::driving));
        EXPECT_NEAR(search.leastTime(600) / 1000, 20, 0.01);
    }
}

TEST(RoadRoutes, ManyThreadsAskWhileRoadsClose) {
    const Town town(5, 12);
    const auto map = mapOf(town.rows, town.turns);
    auto metric = std::make_shared<const RoadMetric>(map, RoadProfile::driving);
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 3; ++t)
        threads.emplace_back([metric, map, t] {
            std::mt19937 random(t);
            RoadSearch search;
            for (int i = 0; i < 50; ++i) {
                const auto target = anywhere(map->network, random), source = anywhere(map->network, random);
                const auto closed = metric->changed(std::array{RoadMetric::Change{source.edge, 0}});
                search.aim(i % 2 ? metric : closed, target);
                EXPECT_EQ(search.from(source), Oracle(*(i % 2 ? metric : closed), target).from(source));
            }
        });
    for (auto& thread : threads)
        thread.join();
}

// What a broken file says of the far side of the moon doesn't make the city's roads as large.
TEST(RoadRoutes, APlaceThatIsNoneIsLeftOutOfTheLine) {
    const double nowhere = std::numeric_limits<double>::quiet_NaN();
    const auto map = roadkit::mapOf({roadkit::road({{0, 0}, {1e300, 5}, {100, 0}, {nowhere, 3}, {200, 0}}, "a")});
    ASSERT_EQ(map->network.edges().size(), 1u);
    EXPECT_NEAR(map->network.edges()[0].metres, 200, 1e-9);
    EXPECT_TRUE(map->network.snap({150, 2}, RoadProfile::driving));
}
