// SPDX-License-Identifier: GPL-3.0-or-later
// The closed loop at an open city: classes of areas, reservations that begin, sweeps, duplicates of a caller.
#include "dispatch/storm.h"
#include "dispatch/sweep.h"
#include "journal_kit.h"
#include "road_city.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

using namespace vedette;
using namespace vedette::dispatch;
using namespace std::chrono_literals;
using kit::Road;
using ::testing::ElementsAre;

namespace {

class Loop : public Road {
protected:
    std::string community(const std::string& code, const std::string& parent, const std::string& areaClass,
                          double lon, double lat, double width, double height) {
        std::string text = square(code, "", lon, lat, width, height);
        return text.replace(text.find(R"("level":"1")"), 11,
                            R"("parent":")" + parent + R"(","class":")" + areaClass + '"');
    }
    void SetUp() override {
        Road::SetUp();
        collection("townships.geojson", community("T", "", "郊区", 0, 0, 0.02, 0.02));
        collection("communities.geojson", community("C1", "T", "", 0, 0, 0.01, 0.02) +
                                              community("C2", "T", "Rural", 0.01, 0, 0.01, 0.02));
        std::string areas = read("workspace.toml");
        for (const char* kind : {"township", "community"})
            areas += std::string("[[areas]]\nkind = \"") + kind + "\"\nsource = \"" +
                     (kind[0] == 't' ? "townships" : "communities") + ".geojson\"\n";
        write("workspace.toml", areas + "[rules]\nescalate_every = 60\n");
        write("duties.csv",
              "category,name,lead,joint,priority,accept_min,arrive_min,finish_min,escalation,arrive_suburb_min,"
              "arrive_rural_min,feedback,review_by\n"
              "03.2,noise,officer,gridWorker,2,3,5,120,township,10,20,result photo_taken,second\n");
    }
    OpenTicket noise(const Session& session, double lon = 120.504) {
        IncidentFacts incident;
        incident.at = {lon, 32.004}, incident.category = "03.2", incident.happenedAt = clock->now();
        return session.resolve(incident);
    }
    std::shared_ptr<kit::HandClock> clock = std::make_shared<kit::HandClock>();
};

} // namespace

TEST_F(Loop, AnAreasClassIsItsOwnOrInheritedAndDecidesTheMinutes) {
    auto session = open("anna", false, 5s, clock);
    const OpenTicket suburb = noise(*session), rural = noise(*session, 120.514);
    EXPECT_EQ(suburb.duty.areaClass, layers::AreaClass::suburb) << "of the township above the community";
    EXPECT_EQ(suburb.duty.arrive, 10min);
    EXPECT_EQ(rural.duty.areaClass, layers::AreaClass::rural);
    EXPECT_EQ(rural.duty.arrive, 20min);
    EXPECT_THAT(rural.duty.feedback, ElementsAre("result", "photo_taken"));
    EXPECT_TRUE(rural.duty.reviewBySecond);
    ASSERT_TRUE(session->execute(rural).ok());
    const State state = session->state();
    EXPECT_EQ(state.ticket({1001})->deadlines.arrive, clock->now() + 20min);
    EXPECT_EQ(state.duties().at(0).byClass.size(), 2u) << "the pinned row keeps all of them";
}

TEST_F(Loop, AClassThatCantBeReadIsNamedOnceAndTheOneAboveHolds) {
    collection("communities.geojson", community("C1", "T", "urbanish", 0, 0, 0.01, 0.02) +
                                          community("C2", "T", "urbanish", 0.01, 0, 0.01, 0.02));
    const auto loaded = city();
    int named = 0;
    for (const auto& finding : loaded->findings)
        if (finding.message.code == "areaClassUnknown") {
            ++named;
            EXPECT_NE(layers::word(finding.message, layers::Language::english).find("urbanish"), std::string::npos);
            EXPECT_TRUE(layers::hasWording(finding.message.code, layers::Language::chinese));
        }
    EXPECT_EQ(named, 1);
    EXPECT_EQ(loaded->areas[*loaded->areas.byCode("C1")].areaClass, layers::AreaClass::suburb);
}

TEST_F(Loop, ThreeDesksWatchAndAReservedUnitIsAssignedOnceWhenItsTicketBegins) {
    auto anna = open("anna", true, 5s, clock), ben = open("ben", true, 5s, clock),
         chen = open("chen", true, 5s, clock);
    for (const char* unit : {"U1", "U2"}) {
        OpenTicket later = noise(*anna);
        later.begins = clock->now() + 1h;
        const Outcome opened = anna->execute(later);
        ASSERT_TRUE(opened.ok());
        const TicketId id = std::get<TicketOpened>(opened.events.at(0).payload).ticket;
        ASSERT_TRUE(anna->execute(ReserveUnit{id, {unit}}).ok());
    }
    ASSERT_TRUE(anna->execute(ChangeRoster{{"U2"}, RosterChange::outOfService, "flat tyre"}).ok());
    EXPECT_TRUE(until([&] { return chen->state().seq() == anna->state().seq(); }));
    EXPECT_TRUE(anna->state().unit({"U1"})->tickets.empty());
    anna.reset(); // whichever had the lease: another one takes over
    clock->move(1h + 1s);
    ASSERT_TRUE(until([&] {
        const State state = chen->state();
        return lead(*state.ticket({1001})) && state.ticket({1002})->reserved.empty();
    }));
    const State state = chen->state();
    EXPECT_EQ(lead(*state.ticket({1001}))->unit.text, "U1");
    EXPECT_EQ(lead(*state.ticket({1001}))->by, "clock");
    EXPECT_EQ(lead(*state.ticket({1002})), nullptr);
    EXPECT_EQ(state.ticket({1002})->log.back().what.code, "log.reservationLost");
    auto store = ben->openReader();
    ASSERT_TRUE(store.ok());
    const auto events = store.value()->read(1, 1000);
    ASSERT_TRUE(events.ok());
    int assigned = 0, lost = 0;
    for (const Event& event : events.value()) {
        assigned += std::holds_alternative<UnitAssigned>(event.payload);
        lost += std::holds_alternative<UnitUnreserved>(event.payload);
    }
    EXPECT_EQ(assigned, 1);
    EXPECT_EQ(lost, 1);
}

TEST_F(Loop, AScheduledTicketIsInNoPlanBeforeItBegins) {
    auto session = open("anna", false, 5s, clock);
    OpenTicket later = noise(*session);
    later.begins = clock->now() + 1h;
    ASSERT_TRUE(session->execute(later).ok());
    StormRequest request;
    request.now = clock->now();
    EXPECT_EQ(session->planStorm(request, {}).tickets, 0u);
    request.now += 1h;
    EXPECT_EQ(session->planStorm(request, {}).tickets, 1u);
}

TEST_F(Loop, AHazardsDateThatPassesIsEscalatedInEveryRound) {
    auto anna = open("anna", true, 5s, clock), ben = open("ben", false, 5s, clock);
    OpenTicket quiet = noise(*anna);
    quiet.duty.accept = quiet.duty.arrive = quiet.duty.finish = 0min;
    ASSERT_TRUE(anna->execute(quiet).ok());
    for (const int round : {1, 2}) {
        if (round == 1) {
            ASSERT_TRUE(anna->execute(FindHazard{{1001}, 1, "exit blocked"}).ok());
        }
        clock->move(25h);
        ASSERT_TRUE(until([&] { return anna->state().ticket({1001})->escalations == round; }));
        EXPECT_EQ(anna->state().ticket({1001})->log.back().what.code, "log.overdue.rectify");
        ASSERT_TRUE(anna->execute(RectifyHazard{{1001}, "done"}).ok());
        ASSERT_TRUE(until([&] { return ben->state().seq() == anna->state().seq(); }));
        ASSERT_TRUE(ben->execute(InspectHazard{{1001}, false, 1, "no"}).ok());
        ASSERT_TRUE(until([&] { return anna->state().ticket({1001})->hazard.rounds == round; }));
    }
}

TEST_F(Loop, ASweepIsATicketInEachAreaRightBelow) {
    auto session = open("anna", false, 5s, clock);
    const auto township = sweepOf(*session, "03.2", "T", "night round", clock->now());
    ASSERT_TRUE(township.ok());
    ASSERT_EQ(township.value().tickets.size(), 2u);
    EXPECT_EQ(township.value().tickets[0].areas.front(), "C1");
    const auto& areas = session->city()->areas;
    const auto inside = areas.at(session->city()->crs.toWorking(township.value().tickets[1].incident.at));
    EXPECT_TRUE(std::ranges::count(inside, *areas.byCode("C2")));
    const Outcome opened = session->execute(township.value());
    ASSERT_TRUE(opened.ok());
    ASSERT_EQ(opened.events.size(), 3u);
    const std::set<std::string> commands{opened.events[0].envelope.commandId, opened.events[2].envelope.commandId};
    EXPECT_EQ(commands.size(), 1u) << "all in one append";
    const auto beat = sweepOf(*session, "03.2", "B0", "", clock->now());
    ASSERT_TRUE(beat.ok());
    EXPECT_TRUE(beat.value().tickets.empty()) << "a beat is parted into nothing";
    EXPECT_FALSE(session->execute(beat.value()).ok());
    EXPECT_EQ(sweepOf(*session, "03.2", "Atlantis", "", clock->now()).problem().message.code, "areaUnknown");
    // It survives the cache and a new fold.
    const std::string hash = session->state().hash();
    session.reset();
    session = open("anna", false, 5s, clock);
    EXPECT_EQ(session->state().hash(), hash);
    EXPECT_EQ(session->state().sweep("S1")->tickets.size(), 2u);
    const State state = session->state();
    EXPECT_EQ(progressOf(state, *state.sweep("S1")).all, 2u);
}

TEST_F(Loop, TheSameCallerCountsFartherAndLater) {
    auto session = open("anna", false, 5s, clock);
    OpenTicket first = noise(*session);
    first.incident.caller = "138 0000 1234";
    ASSERT_TRUE(session->execute(first).ok());
    IncidentFacts again = first.incident;
    const auto found = [&](std::string caller, double lon, std::chrono::minutes later) {
        again.caller = std::move(caller), again.at.lon = lon;
        again.happenedAt = first.incident.happenedAt + later;
        const auto all = session->duplicates(again);
        return all.empty() ? 0.0 : all.front().score;
    };
    EXPECT_GT(found("13800001234", 120.514, 90min), 0) << "950 m and an hour and a half away";
    EXPECT_EQ(found("13900001234", 120.514, 90min), 0) << "another caller";
    EXPECT_EQ(found("", 120.514, 1min), 0);
    EXPECT_EQ(found("13800001234", 120.524, 1min), 0) << "1.9 km";
    EXPECT_EQ(found("13800001234", 120.504, 121min), 0);
    EXPECT_GT(found("13800001234", 120.504, 1min), found("13900001234", 120.504, 1min));
    EXPECT_GT(found("13900001234", 120.504, 1min), found("13800001234", 120.514, 90min))
        << "who is here and now is likelier";
    OpenTicket named = noise(*session, 120.518);
    named.incident.caller = "Mrs Li";
    ASSERT_TRUE(session->execute(named).ok());
    EXPECT_EQ(session->duplicates([&] {
                         IncidentFacts other = named.incident;
                         other.caller = "Mr Wu", other.at.lon = 120.513;
                         return other;
                     }()).size(),
              0u);
}

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "read-source")
        return layers::readerMain(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
