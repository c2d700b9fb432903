// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_kit.h"
#include "journal_sql.h"

#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <set>

namespace vedette::dispatch {
namespace {

using namespace kit;

TEST(Fold, a_hundred_thousand_events_seek_as_they_fold_and_an_altered_one_is_named) {
    Folder folder;
    Desk desk = kit::desk(folder, 200, 3);
    grow(desk, 100'000, 11, 200);
    ASSERT_GE(desk.store->lastSeq(), 100'000U);

    // 1,000 random instants, by the clock as a person seeks.
    std::mt19937 dice(5);
    const Instant first = desk.store->read(3, 1).value()[0].envelope.recordedAt;
    const auto span = (desk.clock->now() - first).count();
    std::vector<Seq> seeks;
    for (int i = 0; i < 1000; ++i)
        seeks.push_back(desk.store->seqAt(
            first + std::chrono::milliseconds{static_cast<std::int64_t>(dice()) % (span + 1)}));
    std::map<Seq, std::string> linear;
    for (const Seq seq : seeks)
        linear[seq];
    State state;
    ASSERT_TRUE(desk.store->visit(1, desk.store->lastSeq(), [&](const Event& event) {
        state = apply(std::move(state), event);
        if (const auto wanted = linear.find(event.envelope.seq); wanted != linear.end())
            wanted->second = state.hash();
    }));
    EXPECT_EQ(state.hash(), desk.state.hash()) << "folded in one go and while it grew";

    auto reader = open(folder, desk.clock);
    ASSERT_TRUE(foldTo(*reader, State(), reader->lastSeq())); // leaves the snapshots behind
    const auto sought = reader->snapshotAtOrBefore(60'000);
    ASSERT_TRUE(sought);
    EXPECT_GE(sought->seq(), 50'000U) << "there are snapshots to seek by";
    for (const Seq seq : seeks)
        ASSERT_EQ(foldTo(*reader, State(), seq).value().hash(), linear[seq]) << "at " << seq;

    // The cache may go or be spoilt at any time.
    std::filesystem::resize_file(folder.path / "journal.cache", 30'000);
    EXPECT_EQ(foldTo(*open(folder, desk.clock), State(), seeks[0]).value().hash(), linear[seeks[0]]);
    reader.reset();
    std::filesystem::remove(folder.path / "journal.cache");
    EXPECT_EQ(foldTo(*open(folder, desk.clock), State(), seeks[1]).value().hash(), linear[seeks[1]]);

    EXPECT_EQ(desk.store->verify().value().checked, desk.store->lastSeq());
    const Event altered = desk.store->read(1 + dice() % desk.store->lastSeq(), 1).value().at(0);
    sql(folder.path / "journal.sqlite",
        "UPDATE events SET payload = replace(payload, '}', ' }') WHERE seq = " +
            std::to_string(altered.envelope.seq));
    const auto broken = desk.store->verify().value();
    EXPECT_EQ(broken.firstBroken, altered.envelope.seq);
    EXPECT_EQ(broken.eventId, altered.envelope.eventId);
}

TEST(Fold, editing_the_units_file_leaves_old_states_as_they_were) {
    Folder folder;
    Desk desk = kit::desk(folder, 4);
    ASSERT_TRUE(desk.say(openTicket()));
    ASSERT_TRUE(desk.say(AssignUnit{{1001}, {"U1003"}, {}, {}, {}, {}, {}}));
    const State before = desk.state;
    const std::string hash = before.hash();

    auto units = someUnits(3); // U1003 leaves while it is on a ticket
    units[0].name = "renamed";
    units[1].capacity = 9;
    desk.pinUnits(units);
    EXPECT_NE(desk.state.hash(), hash);
    EXPECT_EQ(desk.state.unit({"U1000"})->facts->name, "renamed");
    ASSERT_TRUE(desk.state.unit({"U1003"}));
    EXPECT_FALSE(desk.state.unit({"U1003"})->listed);
    EXPECT_FALSE(desk.say(AssignUnit{{1001}, {"U1003"}, {}, {}, {}, {}, {}}));

    EXPECT_EQ(before.hash(), hash);
    EXPECT_EQ(before.unit({"U1000"})->facts->name, "unit 0");
    const State sought = foldTo(*desk.store, State(), before.seq()).value();
    EXPECT_EQ(sought.hash(), hash);
    EXPECT_EQ(sought.unit({"U1003"})->tickets.size(), 1U);

    // Back on the list: its version goes on, its ticket is still its own.
    desk.pinUnits(someUnits(4));
    EXPECT_TRUE(desk.state.unit({"U1003"})->listed);
    EXPECT_EQ(desk.state.unit({"U1003"})->tickets.size(), 1U);
    EXPECT_EQ(desk.state.version("unit/U1003"), 1U);
}

TEST(Fold, an_event_about_nothing_that_is_there_does_no_harm) {
    State state;
    for (const Payload& payload :
         {Payload(TicketVerified{{77}}), Payload(UnitAssigned{{77}, {"X"}, {}, {}, {}, {}, {}}),
          Payload(AssignmentMoved{{77}, {"X"}, AssignmentStatus::handled, ""}),
          Payload(TicketMoved{{77}, TicketMove::merged, "rubbish", ""}),
          Payload(EntryAdded{{77}, {}, "a", {}}), Payload(DuplicateJudged{{77}, {77}, true}),
          Payload(RosterChanged{{"X"}, RosterChange::off, ""}), Payload(PositionDeclared{{"X"}, {}}),
          Payload(TicketReclassified{{77}, "03.2", 2, someDuty(), {}, {}}), Payload(LineSaid{{"X"}, "off X"}),
          Payload(ReferencePinned{"units", "0", "", nullptr}),
          Payload(ReferencePinned{"weather", "0", "", nullptr}), Payload(TicketOpened{}),
          Payload(RoadRestored{"R9"}), Payload(UnknownKind{})})
        state = apply(std::move(state), event(payload));
    EXPECT_EQ(state.ticketCount(), 0U);
    EXPECT_EQ(state.unitCount(), 0U);
    EXPECT_EQ(state.unknownKinds(), 1U);
    EXPECT_EQ(state.seq(), 15U);
    EXPECT_EQ(state.version("ticket/T77"), 7U);
    EXPECT_EQ(state.nextTicket().number, 1001U);
    TicketOpened far;
    far.ticket = {4'000'000'000};
    state = apply(std::move(state), event(far));
    EXPECT_EQ(state.ticketCount(), 1U);
    EXPECT_EQ(state.nextTicket().number, 4'000'000'001U);
}

TEST(Fold, a_copy_stays_as_it_was) {
    Folder folder;
    Desk desk = kit::desk(folder, 70);
    grow(desk, 2000, 3, 70);
    const State kept = desk.state;
    const std::string hash = kept.hash();
    grow(desk, 2000, 4, 70);
    EXPECT_EQ(kept.hash(), hash);
    EXPECT_EQ(foldTo(*desk.store, State(), kept.seq()).value().hash(), hash);
    EXPECT_NE(desk.state.hash(), hash);
}

// Journals as they were written then: v1 is the first; v2 has chains, escalations by the clock and tickets
// that were handed over; v3 has answers, schedules, hazards, sweeps, roll calls and changes of shift. They are never written anew: a fold that changes gets a new version of its hash, and
// these files stay readable for ever.
class Golden : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Journals, Golden, testing::Values("journal_v1", "journal_v2", "journal_v3"));

TEST_P(Golden, journal_still_folds_to_its_state) {
    const auto golden = std::filesystem::path(VEDETTE_SOURCE_DIR) / "tests/dispatch/golden";
    const std::string name = GetParam();
    const auto file = golden / (name + ".sqlite");
    if (std::getenv("VEDETTE_MAKE_GOLDEN") && !std::filesystem::exists(file)) { // of a new version
        Folder folder;
        Desk desk = kit::desk(folder, 12);
        grow(desk, 1500, 2026, 12);
        ASSERT_TRUE(backup("sqlite:journal.sqlite", folder.path, file));
        std::ofstream(golden / (name + ".hash")) << desk.state.hash() << "\n";
    }
    Folder folder;
    std::filesystem::copy_file(file, folder.path / "journal.sqlite");
    std::string hash;
    std::ifstream(golden / (name + ".hash")) >> hash;
    auto store = open(folder, std::make_shared<HandClock>());
    ASSERT_TRUE(store);
    EXPECT_TRUE(store->verify().value().ok);
    const State state = foldTo(*store, State(), store->lastSeq()).value();
    EXPECT_EQ(state.unknownKinds(), 0U);
    EXPECT_GT(state.ticketCount(), 10U);
    EXPECT_EQ(state.hash(), hash);
}

TEST(Fold, the_golden_journal_of_version_2_has_what_is_new_in_it) {
    Folder folder;
    std::filesystem::copy_file(std::filesystem::path(VEDETTE_SOURCE_DIR) /
                                   "tests/dispatch/golden/journal_v2.sqlite",
                               folder.path / "journal.sqlite");
    auto store = open(folder, std::make_shared<HandClock>());
    ASSERT_TRUE(store);
    int chained = 0, handedOver = 0, overdue = 0;
    const auto events = store->read(1, 10000);
    ASSERT_TRUE(events.ok());
    for (const Event& event : events.value()) {
        if (const auto* opened = std::get_if<TicketOpened>(&event.payload))
            chained += !opened->chain.empty();
        if (const auto* moved = std::get_if<TicketMoved>(&event.payload)) {
            handedOver += moved->stays;
            overdue += !moved->clock.empty() && moved->level > 0;
        }
    }
    EXPECT_GT(chained, 10);
    EXPECT_GT(handedOver, 0);
    EXPECT_GT(overdue, 0);
}

TEST(Fold, the_golden_journal_of_version_3_has_what_is_new_in_it) {
    Folder folder;
    std::filesystem::copy_file(std::filesystem::path(VEDETTE_SOURCE_DIR) / "tests/dispatch/golden/journal_v3.sqlite",
                               folder.path / "journal.sqlite");
    auto store = open(folder, std::make_shared<HandClock>());
    ASSERT_TRUE(store);
    std::set<std::string_view> kinds;
    const auto events = store->read(1, 10000);
    ASSERT_TRUE(events.ok());
    for (const Event& event : events.value())
        kinds.insert(kindOf(event.payload));
    for (const char* kind : {"feedbackGiven", "ticketScheduled", "unitReserved", "unitUnreserved", "hazardFound",
                             "hazardRectified", "sweepOpened", "sweepClosed", "sweepJoined",
                             "sweepLeft", "shiftHandedOver", "shiftTakenOver", "rollCalled", "rollAnswered",
                             "rollClosed"})
        EXPECT_TRUE(kinds.contains(kind)) << kind;
}

// Its format is the first one, too: opened for reading it is left alone, opened for writing it is brought up
// to date.
TEST(Fold, the_golden_journal_is_migrated_when_it_is_written_and_only_then) {
    const auto golden = std::filesystem::path(VEDETTE_SOURCE_DIR) / "tests/dispatch/golden";
    Folder folder;
    const auto file = folder.path / "journal.sqlite";
    std::filesystem::copy_file(golden / "journal_v1.sqlite", file);
    const auto format = [&] {
        sqlite3* db = nullptr;
        sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
        sqlite3_stmt* asked = nullptr;
        sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &asked, nullptr);
        const int found = sqlite3_step(asked) == SQLITE_ROW ? sqlite3_column_int(asked, 0) : -1;
        sqlite3_finalize(asked);
        sqlite3_close(db);
        return found;
    };
    ASSERT_EQ(format(), 1);
    StoreOptions reading;
    reading.create = false, reading.readOnly = true;
    const std::string before = [&] {
        auto reader = open(folder, std::make_shared<HandClock>(), reading);
        return foldTo(*reader, State(), reader->lastSeq()).value().hash();
    }();
    EXPECT_EQ(format(), 1);
    {
        auto first = open(folder, std::make_shared<HandClock>()),
             second = open(folder, std::make_shared<HandClock>());
        ASSERT_TRUE(first && second);
        EXPECT_FALSE(second->readOnly());
        EXPECT_TRUE(first->verify().value().ok);
        EXPECT_EQ(foldTo(*first, State(), first->lastSeq()).value().hash(), before);
        EXPECT_TRUE(second->append(
            {{event(EntryAdded{{1001}, EntryKind::note, "still written", {}}, "late")}, {}, {}, false}));
        EXPECT_TRUE(first->verify().value().ok);
    }
    EXPECT_EQ(format(), 2);
}

} // namespace
} // namespace vedette::dispatch
