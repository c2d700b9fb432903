// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_city.h"

#include <sqlite3.h>

#include <atomic>
#include <fstream>
#include <future>
#include <map>
#include <thread>

using namespace vedette;
using namespace vedette::dispatch;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

using kit::Road;

} // namespace

TEST_F(Road, RunsFromTheFeedToAClosedTicket) {
    std::string hash;
    Seq seq = 0;
    {
        auto session = open("anna");
        std::atomic<int> changes = 0;
        session->onChange([&] { ++changes; });
        EXPECT_EQ(session->state().unitCount(), 4u);
        EXPECT_EQ(session->state().duties().size(), 1u);

        const std::string line = incident("110-1");
        feed(line.substr(0, 30)); // a partial line waits for its end
        feed(line.substr(30));
        feed(R"({"type":"position","unit":"U1","time":")" + now() +
             R"(","lon":120.5041,"lat":32.0041,"speed":3})" + "\n");
        ASSERT_TRUE(
            until([&] { return session->state().openTicketCount() == 1 && !session->fixes().empty(); }));
        EXPECT_TRUE(until([&] { return changes > 0; }));
        const TicketId id{1001};
        const State seen = session->state();
        const Ticket* ticket = seen.ticket(id);
        ASSERT_NE(ticket, nullptr);
        EXPECT_EQ(ticket->areas.front(), "G00");
        EXPECT_EQ(ticket->incident.priority, 2);

        Request request;
        request.at = ticket->incident.at, request.category = "03.2", request.ticket = id;
        request.now = layers::SystemClock().now();
        const auto shown = session->recommend(request);
        ASSERT_FALSE(shown.candidates.empty());
        EXPECT_EQ(shown.candidates[0].unit.text, "U1");
        EXPECT_TRUE(shown.candidates[0].owner);
        EXPECT_EQ(shown.candidates[0].where.basis, PositionBasis::fix);
        EXPECT_EQ(shown.candidates.back().unit.text, "W1"); // jointly

        const AssignUnit assign{id, {"U1"}, Part::lead, shown.candidates[0].where.lonLat, PositionBasis::fix,
                                {}, ""};
        const Outcome sent = session->execute(assign, "assign-1");
        ASSERT_TRUE(sent.ok());
        const Outcome again = session->execute(assign, "assign-1"); // a retry adds nothing and says the same
        ASSERT_TRUE(again.ok());
        ASSERT_EQ(again.events.size(), 1u);
        EXPECT_EQ(again.events[0].envelope.seq, sent.events[0].envelope.seq);
        ASSERT_TRUE(until([&] { return read("orders.ndjson").find("\"assign\"") != std::string::npos; }));
        EXPECT_NE(read("orders.ndjson").find("\"id\":\"" + sent.events[0].envelope.eventId),
                  std::string::npos);

        for (const char* status : {"accepted", "enroute", "onscene"})
            feed(said("ack", std::string("a-") + status, status));
        feed(said("feedback", "f1", "handled"));
        ASSERT_TRUE(until([&] { return stage(*session->state().ticket(id)) == Stage::handled; }));
        EXPECT_TRUE(session->execute(MoveTicket{id, TicketMove::reviewed, "", ""}).ok());
        EXPECT_TRUE(session->execute(MoveTicket{id, TicketMove::closed, "", ""}).ok());
        ASSERT_TRUE(until([&] { return read("orders.ndjson").find("\"close\"") != std::string::npos; }));

        // What the feed says twice counts once; what can't be is kept with its reason.
        feed(said("feedback", "f1", "handled") + incident("110-1"));
        feed(said("ack", "a-late", "accepted") + "nonsense\n{\"type\":\"parade\",\"id\":\"p\"}\n");
        ASSERT_TRUE(until([&] { return session->health().feeds.at(0).rejected == 3; }));
        EXPECT_EQ(session->state().ticketCount(), 1u);
        const std::string rejects = read("feed.ndjson.rejects.ndjson");
        EXPECT_NE(rejects.find("ticketClosed"), std::string::npos);
        EXPECT_NE(rejects.find("feedTypeUnknown"), std::string::npos);
        EXPECT_NE(rejects.find("\"line\":\"nonsense\""), std::string::npos);

        const auto span = session->span();
        std::uint32_t counted = 0;
        for (const auto bar : session->histogram(span.from, span.till, 7))
            counted += bar;
        seq = session->state().seq(), hash = session->state().hash();
        EXPECT_EQ(counted, seq);
        const auto past = session->moment(sent.events[0].envelope.recordedAt);
        ASSERT_TRUE(past.ok());
        EXPECT_EQ(stage(*past.value().state.ticket(id)), Stage::dispatched);
    }
    auto session = open("anna");
    EXPECT_EQ(session->state().seq(), seq);
    EXPECT_EQ(session->state().hash(), hash);
    ASSERT_TRUE(until([&] {
        const Health health = session->health();
        return !health.feeds.empty() && health.feeds[0].owner;
    }));
    EXPECT_EQ(session->fixes().size(), 1u); // the tracks are there too
    feed(incident("110-2"));
    ASSERT_TRUE(until([&] { return session->state().openTicketCount() == 1; }));
    EXPECT_EQ(session->state().ticketCount(), 2u); // nothing was read twice
}

TEST_F(Road, TwoSessionsRaceAndTheLoserIsToldByWhom) {
    auto anna = open("anna", false), ben = open("ben", false);
    for (int round = 0; round < 20; ++round) {
        IncidentFacts facts;
        facts.at = {120.504, 32.004}, facts.category = "03.2";
        const Outcome opened = anna->execute(anna->resolve(facts));
        ASSERT_TRUE(opened.ok());
        const TicketId id = std::get<TicketOpened>(opened.events.at(0).payload).ticket;
        ASSERT_TRUE(
            until([&] { return ben->state().ticket(id) && ben->state().seq() == anna->state().seq(); }));
        const State before = ben->state(); // both dispatchers look at the same screen
        Outcome first, second;
        std::thread a([&] { first = anna->executeOn(before, AssignUnit{id, {"U1"}, {}, {}, {}, {}, ""}); });
        std::thread b([&] { second = ben->executeOn(before, AssignUnit{id, {"U2"}, {}, {}, {}, {}, ""}); });
        a.join(), b.join();
        ASSERT_NE(first.ok(), second.ok());
        const Outcome& lost = first.ok() ? second : first;
        ASSERT_EQ(lost.violations.size(), 1u);
        EXPECT_EQ(lost.violations[0].code, "takenBy");
        EXPECT_EQ(lost.violations[0].args[0].second, first.ok() ? "anna" : "ben");
        ASSERT_TRUE(anna->execute(MoveTicket{id, TicketMove::cancelled, "", "over"}).ok() ||
                    ben->execute(MoveTicket{id, TicketMove::cancelled, "", "over"}).ok());
        ASSERT_TRUE(until([&] { return anna->state().seq() == ben->state().seq(); }));
    }
    EXPECT_EQ(anna->state().hash(), ben->state().hash());
}

TEST_F(Road, EditingTheUnitsFileLeavesThePastAsItWas) {
    State before;
    TicketId id;
    {
        auto anna = open("anna", false);
        IncidentFacts facts;
        facts.at = {120.504, 32.004}, facts.category = "03.2";
        const Outcome opened = anna->execute(anna->resolve(facts));
        id = std::get<TicketOpened>(opened.events.at(0).payload).ticket;
        ASSERT_TRUE(anna->execute(AssignUnit{id, {"U1"}, {}, {}, {}, {}, ""}).ok());
        before = anna->state();
    }
    const std::string hash = before.hash();
    write("units.csv", "id,name,role,owns,lon,lat,capacity,shifts\n"
                       "U2,Wang Wei,auxiliary,B0,120.516,32.006,3,22:00-06:00\n"
                       "U9,Sun,officer,B1,120.505,32.005,1,\n");
    ASSERT_TRUE(until([&] { return layers::SystemClock().now() > before.at(); }));
    auto ben = open("ben", false);
    EXPECT_NE(ben->state().hash(), hash);
    EXPECT_EQ(ben->state().unit({"U2"})->facts->name, "Wang Wei");
    EXPECT_TRUE(ben->state().unit({"U9"}));
    EXPECT_FALSE(ben->state().unit({"U1"})->listed);

    const auto moment = ben->moment(before.at());
    ASSERT_TRUE(moment.ok());
    const State& past = moment.value().state;
    EXPECT_EQ(past.hash(), hash);
    EXPECT_EQ(before.hash(), hash);
    EXPECT_EQ(past.unitCount(), 4u);
    EXPECT_EQ(past.unit({"U2"})->facts->name, "Wang");
    EXPECT_EQ(past.unit({"U1"})->tickets, std::vector<TicketId>{id});
}

TEST_F(Road, AnEventChangedLongAgoIsFoundWhileTheSessionRuns) {
    std::string changed;
    {
        auto anna = open("anna", false);
        IncidentFacts facts;
        facts.at = {120.504, 32.004}, facts.category = "03.2";
        const Outcome opened = anna->execute(anna->resolve(facts));
        const TicketId id = std::get<TicketOpened>(opened.events.at(0).payload).ticket;
        for (int note = 0; note < 1100; ++note) // past the first sealed block
            ASSERT_TRUE(anna->execute(AddEntry{id, EntryKind::note, "n" + std::to_string(note), {}}).ok());
        changed = opened.events.at(0).envelope.eventId;
    }
    sqlite3* file = nullptr;
    ASSERT_EQ(sqlite3_open((folder / "journal.sqlite").c_str(), &file), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(file,
                           ("UPDATE events SET actor = 'nobody' WHERE event_id = '" + changed + "'").c_str(),
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(file);
    auto ben = open("ben", false, 0ms);
    EXPECT_FALSE(ben->health().readOnly); // opening looks at the newest block only
    ASSERT_TRUE(until([&] { return ben->health().audit.done; }));
    ASSERT_TRUE(ben->health().audit.broken);
    EXPECT_EQ(ben->health().audit.broken->message.code, "journalEventChanged");
    EXPECT_NE(ben->health().audit.broken->message.args.at(1).second.find(changed), std::string::npos);
}

TEST_F(Road, ASoundJournalIsAuditedToItsEnd) {
    auto anna = open("anna", false, 0ms);
    ASSERT_TRUE(until([&] { return anna->health().audit.done; }));
    EXPECT_FALSE(anna->health().audit.broken);
    EXPECT_GT(anna->health().audit.checked, 0u);
}

TEST_F(Road, WhatWasSubmittedOnAnOldScreenIsToldWhoWonAndANoteIsKeptAllTheSame) {
    auto anna = open("anna", false), ben = open("ben", false);
    IncidentFacts facts;
    facts.at = {120.504, 32.004}, facts.category = "unsorted";
    const Outcome opened = anna->execute(anna->resolve(facts));
    ASSERT_TRUE(opened.ok());
    const TicketId id = std::get<TicketOpened>(opened.events.at(0).payload).ticket;
    ASSERT_TRUE(until([&] { return ben->state().ticket(id) != nullptr; }));
    const State seen = ben->state();
    ASSERT_TRUE(anna->execute(AssignUnit{id, {"U1"}, {}, {}, {}, {}, ""}).ok());
    ASSERT_TRUE(until([&] { return ben->state().seq() == anna->state().seq(); }));

    const auto submit = [&](const State& on, const Command& command, const std::string& line) {
        std::promise<Outcome> done;
        ben->submitOn(
            on, command, [&](Outcome outcome) { done.set_value(std::move(outcome)); }, line);
        return done.get_future().get();
    };
    const Outcome lost = submit(seen, AssignUnit{id, {"U2"}, {}, {}, {}, {}, ""}, "a U2");
    ASSERT_EQ(lost.violations.size(), 1u);
    EXPECT_EQ(lost.violations[0].code, "takenBy");
    std::map<std::string, std::string> args(lost.violations[0].args.begin(), lost.violations[0].args.end());
    EXPECT_EQ(args["who"], "anna");
    EXPECT_EQ(args["what"], "unitAssigned");
    EXPECT_FALSE(args["ago"].empty() || args["when"].empty());
    EXPECT_TRUE(submit(seen, AddEntry{id, EntryKind::note, "two men", {}}, "").ok());

    const State now = ben->state();
    ASSERT_EQ(now.ticket(id)->flags, std::vector<std::string>{"dutyMissing"});
    const Outcome sorted = submit(now, reclassified(*ben, *now.ticket(id), "03.2"), "cat 03.2");
    ASSERT_TRUE(sorted.ok());
    ASSERT_TRUE(until([&] { return anna->state().seq() == ben->state().seq(); }));
    const State after = anna->state();
    EXPECT_EQ(after.ticket(id)->duty.name, "noise");
    EXPECT_TRUE(after.ticket(id)->flags.empty());
    EXPECT_EQ(after.ticket(id)->incident.priority, 2);
    EXPECT_EQ(after.hash(), ben->state().hash());
    auto reader = anna->openReader();
    ASSERT_TRUE(reader.ok());
    const auto events = reader.value()->read(1, 1000);
    ASSERT_TRUE(events.ok());
    bool kept = false;
    for (const Event& event : events.value())
        if (const auto* entry = std::get_if<EntryAdded>(&event.payload))
            kept = kept || entry->text == "> cat 03.2";
    EXPECT_TRUE(kept);
}

TEST_F(Road, AUnitThatIsFreeAgainIsSentThoughTheScreenHasNotCaughtUp) {
    auto anna = open("anna", false);
    for (int i = 0; i < 2; ++i) {
        IncidentFacts incident;
        incident.at = {120.504, 32.004};
        incident.category = "03.2";
        ASSERT_TRUE(anna->execute(anna->resolve(incident)).ok());
    }
    ASSERT_TRUE(anna->execute(AssignUnit{{1001}, {"U1"}, {}, {}, {}, {}, {}}).ok());
    const State screen = anna->state(); // U1 has all it can take
    ASSERT_TRUE(anna->execute(MoveAssignment{{1001}, {}, AssignmentStatus::handled, "done"}).ok());
    EXPECT_TRUE(anna->executeOn(screen, AssignUnit{{1002}, {"U1"}, {}, {}, {}, {}, {}}).ok());
    EXPECT_EQ(anna->executeOn(screen, AssignUnit{{1002}, {"U1"}, {}, {}, {}, {}, {}}).violations.size(), 1U)
        << "and refused by what stands now";
}

TEST_F(Road, ManyOpenAtOnceAndNobodyLosesATicket) {
    auto anna = open("anna", false), ben = open("ben", false);
    IncidentFacts facts;
    facts.at = {120.504, 32.004}, facts.category = "03.2";
    std::atomic<int> opened = 0;
    const auto work = [&](Session& session) {
        for (int i = 0; i < 25; ++i)
            opened += session.execute(session.resolve(facts)).ok();
    };
    std::thread a([&] { work(*anna); }), b([&] { work(*ben); });
    a.join(), b.join();
    ASSERT_TRUE(until([&] { return anna->state().seq() == ben->state().seq(); }));
    EXPECT_EQ(anna->state().ticketCount(), std::size_t(opened));
    EXPECT_EQ(opened, 50);
    facts.happenedAt = layers::SystemClock().now();
    EXPECT_EQ(anna->duplicates(facts).size(), 50u);
}

TEST_F(Road, OneProcessReadsTheFeedAndTheOtherTakesOver) {
    auto anna = open("anna");
    ASSERT_TRUE(until([&] { return !anna->health().feeds.empty() && anna->health().feeds[0].owner; }));
    auto ben = open("ben");
    feed(incident("1") + R"({"type":"position","unit":"U2","time":")" + now() +
         R"(","lon":120.51,"lat":32.01})" + "\n");
    ASSERT_TRUE(until([&] { return ben->state().ticketCount() == 1; }));
    ASSERT_TRUE(until([&] { return ben->fixes().size() == 1; })); // through the track log
    EXPECT_FALSE(ben->health().feeds.at(0).owner);
    anna.reset();
    ASSERT_TRUE(until([&] { return ben->health().feeds.at(0).owner; }));
    feed(incident("2"));
    ASSERT_TRUE(until([&] { return ben->state().ticketCount() == 2; }));
}

TEST_F(Road, ACutOrReplacedFeedFileIsReadAgainFromItsStart) {
    auto session = open("anna");
    feed(incident("1") + incident("2"));
    ASSERT_TRUE(until([&] { return session->state().ticketCount() == 2; }));
    write("feed.ndjson", incident("3"));
    ASSERT_TRUE(until([&] { return session->state().ticketCount() == 3; }));
    write("next", incident("3") + incident("4"));
    fs::rename(folder / "next", folder / "feed.ndjson");
    ASSERT_TRUE(until([&] { return session->state().ticketCount() == 4; }));
    ASSERT_TRUE(until([&] { return session->health().feeds.at(0).restarts == 2; })); // told after the state
}

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "read-source")
        return layers::readerMain(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
