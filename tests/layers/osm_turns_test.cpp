// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"
#include "reader_ground.h"

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace vedette::layers;

namespace {

// A crossing: way 1 from the west, 2 to the east, 3 to the north, 4 to the south, in degrees east and north of 0.1, 0.1.
//            3
//            |
//      1 --- n --- 2        each arm 0.01 degrees, about 1.1 km
//            |
//            4
std::string crossing(const std::string& relations, const std::string& tagsOfNorth = "") {
    const auto way = [](int id, int from, int to, const std::string& tags) {
        return "<way id='" + std::to_string(id) + "'><nd ref='" + std::to_string(from) + "'/><nd ref='" +
               std::to_string(to) + "'/><tag k='highway' v='residential'/>" + tags + "</way>\n";
    };
    return "<osm version='0.6'>\n"
           "<node id='1' lat='0.1' lon='0.10'/><node id='2' lat='0.1' lon='0.11'/><node id='3' lat='0.11' lon='0.11'/>\n"
           "<node id='4' lat='0.09' lon='0.11'/><node id='5' lat='0.1' lon='0.12'/>\n" +
           way(1, 1, 2, "") + way(2, 2, 5, "") + way(3, 2, 3, tagsOfNorth) + way(4, 2, 4, "") + relations +
           "</osm>\n";
}

std::string relation(int id, int from, int to, const std::string& tags, const std::string& via =
                                                                            "<member type='node' ref='2' role='via'/>") {
    return "<relation id='" + std::to_string(id) + "'><member type='way' ref='" + std::to_string(from) +
           "' role='from'/>" + via + "<member type='way' ref='" + std::to_string(to) +
           "' role='to'/><tag k='type' v='restriction'/>" + tags + "</relation>\n";
}
std::string rule(const std::string& word) {
    return "<tag k='restriction' v='" + word + "'/>";
}

class OsmTurns : public ReaderTest {
protected:
    CityRoads roads(const std::string& osm) {
        std::ofstream(folder.path() / "city.osm") << osm;
        auto read = ReaderTest::read("city.osm|layername=lines");
        EXPECT_TRUE(read) << (read ? "" : said(read.problem()));
        if (!read)
            return {};
        notes = found(read.value());
        return CityRoads::make({read.value()});
    }
    // Milliseconds, or -1, by car from the middle of one way to that of another.
    static long driven(const CityRoads& roads, const std::string& from, const std::string& to) {
        return between(roads.driving, from, to);
    }
    static long between(const std::shared_ptr<const RoadMetric>& metric, const std::string& from,
                        const std::string& to) {
        const auto crs = WorkingCrs::named("EPSG:3857").value();
        const auto middle = [&](const std::string& way) {
            const LonLat at = way == "1"   ? LonLat{0.105, 0.1}
                              : way == "2" ? LonLat{0.115, 0.1}
                              : way == "3" ? LonLat{0.11, 0.105}
                             : way == "5" ? LonLat{0.12, 0.105}
                                           : LonLat{0.11, 0.095};
            return *metric->map().network.snap(crs.toWorking(at), metric->profile());
        };
        RoadSearch search;
        search.aim(metric, middle(to));
        const RoadTime time = search.from(middle(from));
        return time >= roadEndless ? -1 : long(time);
    }
    std::string notes;
};

} // namespace

TEST_F(OsmTurns, WithoutAnyEveryTurnIsOpen) {
    const auto all = roads(crossing(""));
    EXPECT_EQ(notes, "");
    const long through = driven(all, "1", "2");
    EXPECT_GT(through, 0);
    EXPECT_EQ(driven(all, "1", "3"), driven(all, "3", "1"));
}

TEST_F(OsmTurns, WhatANoForbidsIsForbiddenToWhoDrivesAndOnlyThat) {
    const auto all = roads(crossing(relation(1, 1, 3, rule("no_left_turn"))));
    EXPECT_EQ(notes, "roadTurnsRead");
    // Round by turning back at a dead end.
    EXPECT_GT(driven(all, "1", "3"), driven(all, "3", "1") + 60000);
    EXPECT_LT(driven(all, "1", "2"), driven(all, "1", "3"));
    EXPECT_EQ(between(all.walking, "1", "3"), between(all.walking, "3", "1"));
}

TEST_F(OsmTurns, AnOnlyForbidsTheRest) {
    const auto all = roads(crossing(relation(1, 1, 2, rule("only_straight_on"))));
    const long straight = driven(all, "1", "2");
    EXPECT_GT(straight, 0);
    EXPECT_GT(driven(all, "1", "3"), straight + 60000);
    EXPECT_GT(driven(all, "1", "4"), straight + 60000);
    EXPECT_EQ(driven(all, "3", "1"), driven(all, "2", "1"));
}

TEST_F(OsmTurns, NoTurningBackForbidsThatAlone) {
    const auto free = roads(crossing(""));
    const auto all = roads(crossing(relation(1, 1, 1, rule("no_u_turn"))));
    EXPECT_EQ(notes, "roadTurnsRead");
    for (const char* to : {"2", "3", "4"})
        EXPECT_EQ(driven(all, "1", to), driven(free, "1", to)) << to;
}

// Ways 1 and 2 are one road, way 5 goes north from the east end of 2.
TEST_F(OsmTurns, OverAWayItBindsWhoComesFromThere) {
    const std::string north =
        "<node id='6' lat='0.11' lon='0.12'/><way id='5'><nd ref='5'/><nd ref='6'/><tag k='highway' v='residential'/></way>\n";
    const std::string over = "<member type='way' ref='2' role='via'/>";
    const auto free = roads(crossing(north));
    const auto all = roads(crossing(north + relation(1, 1, 5, rule("no_left_turn"), over)));
    EXPECT_EQ(notes, "roadTurnsRead");
    const auto toNorth = [&](const CityRoads& city, const std::string& from) { return driven(city, from, "5"); };
    EXPECT_GT(toNorth(free, "1"), 0);
    EXPECT_EQ(toNorth(all, "3"), toNorth(free, "3"));
    EXPECT_EQ(toNorth(all, "4"), toNorth(free, "4"));
    EXPECT_EQ(driven(all, "1", "2"), driven(free, "1", "2"));
    // Round by a dead end of the first crossing.
    EXPECT_GT(toNorth(all, "1"), toNorth(free, "1") + 60000);
    // Ways that don't meet so are no restriction.
    (void)roads(crossing(north + relation(1, 3, 5, rule("no_left_turn"), "<member type='way' ref='4' role='via'/>")));
    EXPECT_EQ(notes, "roadTurnsBroken");
}

TEST_F(OsmTurns, WhatIsNotTakenOverIsCounted) {
    const std::string both = "<member type='way' ref='2' role='via'/><member type='node' ref='2' role='via'/>";
    const auto all = roads(crossing(
        relation(1, 1, 3, rule("no_left_turn"), both) +
        relation(2, 1, 3, "<tag k='restriction:conditional' v='no_left_turn @ (07:00-09:00)'/>") +
        relation(3, 1, 3, rule("no_left_turn") + "<tag k='except' v='psv; motorcar'/>") +
        relation(4, 1, 3, "<tag k='restriction:hgv' v='no_left_turn'/>") +
        relation(5, 1, 3, rule("no_left_turn"), "<member type='node' ref='99' role='via'/>") +
        relation(6, 1, 3, rule("maybe"))));
    EXPECT_EQ(notes, "roadTurnsConditional roadTurnsExempt roadTurnsOthers roadTurnsBroken");
    EXPECT_EQ(driven(all, "1", "3"), driven(all, "3", "1"));
    const auto bus = roads(
        crossing(relation(3, 1, 3, rule("no_left_turn") + "<tag k='except' v='psv;bicycle'/>")));
    EXPECT_EQ(notes, "roadTurnsRead");
    EXPECT_GT(driven(bus, "1", "3"), driven(bus, "3", "1") + 60000);
}

TEST_F(OsmTurns, AccessClosesOrGatesAWayAndSpeedsAreReadInEveryForm) {
    const auto tag = [](const char* k, const char* v) {
        return "<tag k='" + std::string(k) + "' v='" + v + "'/>";
    };
    const long usual = driven(roads(crossing("")), "1", "3"); // 30 km/h
    EXPECT_EQ(driven(roads(crossing("", tag("access", "no") + tag("emergency", "yes"))), "1", "3"), usual);
    EXPECT_GT(driven(roads(crossing("", tag("access", "private"))), "1", "3"), usual + 60000);
    const auto closed = roads(crossing("", tag("motor_vehicle", "no")));
    EXPECT_GT(between(closed.walking, "1", "3"), 0);
    const auto& edges = closed.driving->map().network.edges();
    EXPECT_EQ(std::count_if(edges.begin(), edges.end(), [](const auto& e) { return e.metresPerSecond <= 0; }), 1);
    const auto speed = [&](const char* text) {
        double most = 0;
        for (const auto& edge : roads(crossing("", tag("maxspeed", text))).driving->map().network.edges())
            most = std::max(most, double(edge.metresPerSecond) * 3.6);
        return std::lround(most);
    };
    EXPECT_EQ(speed("80"), 80);
    EXPECT_EQ(speed("50 mph"), 80);
    EXPECT_EQ(speed("DE:urban"), 50);
    EXPECT_EQ(speed("CN:motorway"), 120);
    EXPECT_EQ(speed("DE:zone:40"), 40);
    EXPECT_EQ(speed("none"), 30);
    EXPECT_EQ(speed("signals"), 30);
}

TEST_F(OsmTurns, OnewayAgainstTheLineAndRoundaboutsGoOneWay) {
    const auto against = roads(crossing("", "<tag k='oneway' v='-1'/>"));
    EXPECT_EQ(driven(against, "1", "3"), -1);
    EXPECT_GT(driven(against, "3", "1"), 0);
    const auto round = roads(crossing("", "<tag k='junction' v='circular'/>"));
    EXPECT_GT(driven(round, "1", "3"), 0);
    EXPECT_EQ(driven(round, "3", "1"), -1);
}
