// SPDX-License-Identifier: GPL-3.0-or-later
// Deadlines that pass: who hears of them, when, and that each is said once.
#include "dispatch/deadlines.h"
#include "journal_kit.h"
#include "road_city.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <set>

using namespace vedette;
using namespace vedette::dispatch;
using namespace std::chrono_literals;
using kit::Road;
using ::testing::ElementsAre;

namespace {

const auto zone = layers::TimeZone::utc();
constexpr auto every = std::chrono::seconds(300);

std::vector<Escalation> dueByLooking(const State& state, Instant now) {
    std::vector<Escalation> due;
    state.forEachOpenTicket([&](const Ticket& ticket) {
        if (const auto next = nextEscalation(ticket, every); next && next->due <= now)
            due.push_back(*next);
    });
    std::ranges::sort(due, [](const Escalation& a, const Escalation& b) {
        return a.due != b.due ? a.due < b.due : a.ticket < b.ticket;
    });
    return due;
}

// Tickets T1001 .. in a state of their own, opened at `at`.
State withTickets(int count, Instant at) {
    State state;
    for (int i = 0; i < count; ++i) {
        const Decision opened =
            decide(state, kit::openTicket(), {"li", "ws1", "", "", "", Mode::live, at}, zone);
        for (const Event& one : opened.events)
            state = apply(std::move(state), one);
    }
    return state;
}

// Also a city with a township over both beats and a county over all: T and C, each with its desk.
class Clocks : public Road {
protected:
    void SetUp() override {
        Road::SetUp();
        collection("townships.geojson", square("T", "", 0, 0, 0.02, 0.02));
        collection("counties.geojson", square("C", "", 0, 0, 0.02, 0.02));
        write("workspace.toml", read("workspace.toml") + R"([[areas]]
kind = "township"
source = "townships.geojson"
[[areas]]
kind = "county"
source = "counties.geojson"
[rules]
escalate_every = 60
)");
        write("duties.csv", "category,name,lead,joint,priority,accept_min,arrive_min,finish_min,escalation\n"
                            "03.2,noise,officer,gridWorker,2,3,15,120,township county\n");
    }
    OpenTicket noise(const Session& session) {
        IncidentFacts incident;
        incident.at = {120.504, 32.004};
        incident.category = "03.2";
        return session.resolve(incident);
    }
    static std::vector<std::string> escalatedTo(const Session& session, TicketId id) {
        const State state = session.state();
        const Ticket* ticket = state.ticket(id);
        return ticket ? ticket->boards : std::vector<std::string>{};
    }
    std::shared_ptr<kit::HandClock> clock = std::make_shared<kit::HandClock>();
};

} // namespace

TEST(NextEscalation, GoesUpALevelEachIntervalAndEndsWithTheChain) {
    const Instant at = kit::HandClock().now();
    Ticket ticket = *withTickets(1, at).ticket({1001});
    const Instant due = ticket.deadlines.accept;
    EXPECT_EQ(nextEscalation(ticket, every), (Escalation{{1001}, due, "accept", 1}));
    ticket.fired.push_back({"accept", 1});
    EXPECT_EQ(nextEscalation(ticket, every), (Escalation{{1001}, due + every, "accept", 2}));
    ticket.fired.push_back({"accept", 2});
    EXPECT_EQ(nextEscalation(ticket, every), std::nullopt);
    ticket.chain.clear();
    ticket.fired.clear();
    EXPECT_EQ(nextEscalation(ticket, every), std::nullopt) << "nobody is there to hear of it";
}

TEST(NextEscalation, TheVerifyClockRunsBesideTheOther) {
    Ticket ticket = *withTickets(1, kit::HandClock().now()).ticket({1001});
    ticket.deadlines.verify = ticket.deadlines.accept - 60s;
    EXPECT_EQ(nextEscalation(ticket, every)->clock, "verify");
    ticket.verified = true;
    EXPECT_EQ(nextEscalation(ticket, every)->clock, "accept");
}

RC_GTEST_PROP(DeadlineWatch, IsDueWhatLookingAtEveryTicketFinds, (unsigned seed)) {
    std::mt19937 dice(seed);
    State state = apply(State(), kit::event(ReferencePinned{
                                     "units", "sha", "units.csv",
                                     std::make_shared<const std::string>(encodeUnits(kit::someUnits(6)))}));
    DeadlineWatch watch(every);
    watch.follow(state, {});
    Instant now = kit::HandClock().now();
    int fires = 0;
    for (int i = 0; i < 200; ++i) {
        now += std::chrono::seconds(dice() % 200);
        if (dice() % 50 == 0)
            now -= 600s; // somebody sets the clock back
        const Decision said =
            decide(state, kit::anyCommand(state, dice, 6), {"li", "ws1", "", "", "", Mode::live, now}, zone);
        for (const Event& one : said.events)
            state = apply(std::move(state), one);
        if (!said.events.empty())
            watch.follow(state, said.events);
        RC_ASSERT(watch.due(state, now, 1000) == dueByLooking(state, now));
        if (dice() % 3)
            continue;
        for (const Escalation& one : watch.due(state, now, 1 + dice() % 3)) {
            const Decision fired = decide(state, EscalateOverdue{one.ticket, one.clock, one.level},
                                          {"clock", "ws1", "", "", "", Mode::live, now}, zone);
            RC_ASSERT(fired.violations.empty());
            ++fires;
            for (const Event& event : fired.events)
                state = apply(std::move(state), event);
            watch.follow(state, fired.events);
        }
    }
    RC_ASSERT(fires > 5);
}

TEST(DeadlineWatch, TenThousandThatPassInOneSecondAreEachGivenOnce) {
    const Instant at = kit::HandClock().now();
    State state = withTickets(10000, at);
    DeadlineWatch watch(every);
    watch.follow(state, {});
    EXPECT_TRUE(watch.due(state, at + 179s, 10000).empty());
    std::set<std::uint32_t> fired;
    for (auto due = watch.due(state, at + 181s, 500); !due.empty(); due = watch.due(state, at + 181s, 500))
        for (const Escalation& one : due) {
            EXPECT_TRUE(fired.insert(one.ticket.number).second);
            const Decision said = decide(state, EscalateOverdue{one.ticket, one.clock, one.level},
                                         {"clock", "ws1", "", "", "", Mode::live, at + 181s}, zone);
            for (const Event& event : said.events)
                state = apply(std::move(state), event);
            watch.follow(state, said.events);
        }
    EXPECT_EQ(fired.size(), 10000U);
}

TEST_F(Clocks, TheChainOfATicketIsTheDesksAboveItsPlace) {
    auto session = open("anna", false);
    EXPECT_THAT(noise(*session).chain, ElementsAre("T", "C"));
    std::vector<std::string> codes;
    for (const dispatch::Desk& desk : session->desks().all())
        codes.push_back(desk.code);
    EXPECT_THAT(codes, ElementsAre("C", "T"));
    EXPECT_EQ(transferTo(session->desks(), session->city()->workspace.rules, {1}, "T", "").whither,
              Whither::desk);
    EXPECT_EQ(transferTo(session->desks(), session->city()->workspace.rules, {1}, "12345", "").whither,
              Whither::outside);
    EXPECT_EQ(transferTo(session->desks(), session->city()->workspace.rules, {1}, "Tt", "").whither,
              Whither::unknown);
}

TEST_F(Clocks, ThreeDesksWatchAndAMissedDeadlineIsSaidOnce) {
    auto anna = open("anna", true, 5s, clock), ben = open("ben", true, 5s, clock),
         chen = open("chen", true, 5s, clock);
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(anna->execute(noise(*anna)).ok());
    clock->move(4min);
    ASSERT_TRUE(until([&] { return escalatedTo(*chen, {1003}).size() == 1; }));
    for (const std::uint32_t number : {1001, 1002, 1003})
        EXPECT_THAT(escalatedTo(*anna, {number}), ElementsAre("T"));
    anna.reset(); // whichever had the lease: another one takes over
    clock->move(7s);
    clock->move(1min);
    ASSERT_TRUE(until([&] { return escalatedTo(*ben, {1003}).size() == 2; }));
    EXPECT_THAT(escalatedTo(*ben, {1001}), ElementsAre("T", "C"));
    auto store = ben->openReader();
    ASSERT_TRUE(store.ok());
    const auto events = store.value()->read(1, 1000);
    ASSERT_TRUE(events.ok());
    int said = 0;
    for (const Event& event : events.value())
        if (const auto* moved = std::get_if<TicketMoved>(&event.payload)) {
            ++said;
            EXPECT_EQ(event.envelope.actor, "clock");
            EXPECT_EQ(moved->clock, "accept");
        }
    EXPECT_EQ(said, 6);
}

// A missed deadline changes the ticket too, but takes nothing from the dispatcher who is just sending somebody.
TEST_F(Clocks, AnEscalationStandsInNobodysWay) {
    auto anna = open("anna", true, 5s, clock), ben = open("ben", true, 5s, clock);
    ASSERT_TRUE(anna->execute(noise(*anna)).ok());
    ASSERT_TRUE(until([&] { return ben->state().ticket({1001}) != nullptr; }));
    const State seen = ben->state();
    clock->move(4min);
    ASSERT_TRUE(until([&] { return escalatedTo(*ben, {1001}).size() == 1; }));
    EXPECT_TRUE(ben->executeOn(seen, AssignUnit{{1001}, {"U1"}, {}, {}, {}, {}, ""}, {}).ok());
    // Who was overtaken by a person is told of that person, whatever the clock said after it.
    ASSERT_TRUE(until([&] { return anna->state().seq() == ben->state().seq(); }));
    clock->move(5min);
    ASSERT_TRUE(until([&] { return escalatedTo(*anna, {1001}).size() == 2; }));
    const Outcome late = anna->executeOn(seen, AssignUnit{{1001}, {"U2"}, {}, {}, {}, {}, ""}, {});
    ASSERT_EQ(late.violations.size(), 1u);
    EXPECT_EQ(late.violations[0].code, "takenBy");
    EXPECT_EQ(late.violations[0].args[0].second, "ben");
}

TEST_F(Clocks, AScopeHoldsWhatHappenedThereWhatItOwnsAndWhatWasRaisedToIt) {
    auto session = open("anna", false, 5s, clock);
    const City& city = *session->city();
    ASSERT_TRUE(session->execute(noise(*session)).ok());
    const State state = session->state();
    Ticket ticket = *state.ticket({1001});
    EXPECT_TRUE(Scope().has(ticket, state));
    EXPECT_TRUE(Scope(city, "T").has(ticket, state)) << "it happened in T";
    EXPECT_FALSE(Scope(city, "elsewhere").has(ticket, state));
    ticket.boards = {"elsewhere"};
    EXPECT_TRUE(Scope(city, "elsewhere").has(ticket, state));
    ticket.boards.clear();
    ticket.cameFrom = "elsewhere";
    EXPECT_TRUE(Scope(city, "elsewhere").has(ticket, state)) << "handed over, nobody has taken it up";
}

TEST_F(Clocks, AnEscalationThatNamesADeskTwiceIsReportedAndSaidOnce) {
    write("duties.csv", "category,name,lead,escalation\n03.2,noise,officer,township county township\n");
    LoadOptions options;
    options.read.reader = "/proc/self/exe";
    const auto loaded = loadCity(folder, options);
    ASSERT_TRUE(loaded.ok());
    EXPECT_THAT(loaded.value()->duties.at(0).escalation, ElementsAre("township", "county"));
    const auto& findings = loaded.value()->findings;
    EXPECT_TRUE(std::ranges::any_of(
        findings, [](const auto& finding) { return finding.message.code == "escalationLoops"; }));
}

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "read-source")
        return layers::readerMain(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
