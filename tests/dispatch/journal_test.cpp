// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_kit.h"
#include "journal_sql.h"

#include <fstream>
#include <gmock/gmock.h>
#include <sys/stat.h>

namespace vedette::dispatch {
namespace {

using namespace kit;

TEST(Journal, a_new_one_opens_with_its_first_event_and_its_mode) {
    Folder folder;
    auto clock = std::make_shared<HandClock>();
    StoreOptions options;
    options.mode = Mode::training;
    options.workspace = "Binhai";
    const auto store = open(folder, clock, options);
    ASSERT_TRUE(store);
    EXPECT_EQ(store->mode(), Mode::training);
    const auto events = store->read(1, 10).value();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(std::get<JournalOpened>(events[0].payload).workspace, "Binhai");
    EXPECT_EQ(events[0].envelope.mode, Mode::training);

    const auto live = store->append({{event(TicketVerified{{1001}}, "c1", Mode::live)}, {}, {}, false});
    ASSERT_FALSE(live);
    EXPECT_EQ(live.problem().message.code, "trainingJournal");
}

TEST(Journal, what_is_read_is_what_was_appended) {
    Folder folder;
    Desk desk = kit::desk(folder, 3);
    ASSERT_TRUE(desk.say(openTicket("caf\xC3\xA9 \"quoted\" \xE5\x99\xAA\xE9\x9F\xB3\n"), "open-1"));
    const auto events = desk.store->read(3, 10).value();
    ASSERT_EQ(events.size(), 1U);
    const auto& opened = std::get<TicketOpened>(events[0].payload);
    EXPECT_EQ(opened.incident.text, "caf\xC3\xA9 \"quoted\" \xE5\x99\xAA\xE9\x9F\xB3\n");
    EXPECT_EQ(opened.incident.caller, "138 0000 0000");
    EXPECT_EQ(opened.deadlines.accept, desk.clock->now() + std::chrono::minutes{3});
    EXPECT_EQ(events[0].envelope.version, 1U);
    EXPECT_EQ(events[0].envelope.commandId, "open-1");
    EXPECT_EQ(desk.state.ticket({1001})->incident, opened.incident);
    // A recount by SQL alone.
    EXPECT_EQ(
        sql(folder.path / "journal.sqlite",
            "SELECT json_extract(payload, '$.incident.category') FROM events WHERE kind = 'ticketOpened'"),
        "03.2");
}

// visit() goes through blocks and a second thread; read() goes row by row.
TEST(Journal, a_long_visit_shows_each_event_once_in_order_as_read_does) {
    Folder folder;
    Desk desk = kit::desk(folder, 5);
    grow(desk, 1500, 1, 5);
    desk.pinUnits(someUnits(6)); // its content is kept apart, as private text is
    grow(desk, 1500, 2, 5);
    auto expected = desk.store->read(1, 10'000).value();
    ASSERT_GT(expected.size(), 3000U);
    ASSERT_TRUE(desk.store->redact(expected[2].envelope.eventId));
    expected = desk.store->read(1, 10'000).value();
    for (Event& event : expected)
        event.envelope.eventId = event.envelope.commandId = event.envelope.workstation = "";
    for (const auto& [from, till] :
         {std::pair<Seq, Seq>{1, 10'000}, {1, 1}, {7, 262}, {7, 263}, {40, 2000}}) {
        std::vector<Event> shown;
        ASSERT_TRUE(desk.store->visit(from, till, [&](const Event& event) { shown.push_back(event); }));
        const auto end = std::min<std::size_t>(till, expected.size());
        ASSERT_EQ(shown.size(), end - from + 1);
        for (std::size_t i = 0; i < shown.size(); ++i) {
            ASSERT_EQ(shown[i], expected[from - 1 + i]) << "event " << from + i;
            if (const auto* pinned = std::get_if<ReferencePinned>(&shown[i].payload)) {
                ASSERT_TRUE(pinned->content);
            }
        }
    }
    std::size_t none = 0;
    ASSERT_TRUE(desk.store->visit(20'000, 30'000, [&](const Event&) { ++none; }));
    ASSERT_TRUE(desk.store->visit(9, 8, [&](const Event&) { ++none; }));
    EXPECT_EQ(none, 0U);
    // Who visits may give up in the middle; the journal is as usable as before.
    EXPECT_THROW((void)desk.store->visit(1, 10'000,
                                         [](const Event& event) {
                                             if (event.envelope.seq == 700)
                                                 throw std::runtime_error("enough");
                                         }),
                 std::runtime_error);
    EXPECT_EQ(foldTo(*desk.store, State(), desk.store->lastSeq()).value().hash(), desk.state.hash());
}

TEST(Journal, a_retry_of_a_command_adds_nothing_and_answers_the_same) {
    Folder folder;
    Desk desk = kit::desk(folder, 3);
    const Store::Append append{
        {event(TicketOpened{{1001}, {}, {}, {}, {}, "", {}}, "c1"), event(TicketVerified{{1001}}, "c1")},
        {{"ticket/T1001", 0}},
        {},
        false};
    const auto first = desk.store->append(append).value();
    EXPECT_FALSE(first.repeated);
    const auto again = desk.store->append(append).value();
    EXPECT_TRUE(again.repeated);
    EXPECT_FALSE(again.conflict);
    EXPECT_EQ(again.events, first.events);
    EXPECT_EQ(desk.store->lastSeq(), 4U);
    EXPECT_NE(first.events[0].envelope.eventId, first.events[1].envelope.eventId);
}

TEST(Journal, a_repeated_feed_message_adds_nothing_but_moves_the_feed_on) {
    Folder folder;
    Desk desk = kit::desk(folder, 3);
    const auto message = [](const char* command) {
        Event made = event(TicketVerified{{1001}}, command);
        made.envelope.source = "feed110";
        made.envelope.sourceId = "110-0001";
        return made;
    };
    ASSERT_FALSE(
        desk.store->append({{message("a")}, {}, Store::FeedOffset{"f", 100, 1, 0}, false}).value().repeated);
    EXPECT_TRUE(
        desk.store->append({{message("b")}, {}, Store::FeedOffset{"f", 200, 2, 1}, false}).value().repeated);
    EXPECT_EQ(desk.store->lastSeq(), 3U);
    const auto offset = desk.store->feedOffset("f");
    ASSERT_TRUE(offset);
    EXPECT_EQ(offset->offset, 200U);
    EXPECT_EQ(offset->rejected, 1U);
}

TEST(Journal, a_stale_decision_is_refused_with_who_won_and_when) {
    Folder folder;
    Desk a = kit::desk(folder, 3);
    ASSERT_TRUE(a.say(openTicket()));
    const ReadSet seen{{"ticket/T1001", 1}, {"unit/U1000", 0}};
    Event first = event(UnitAssigned{{1001}, {"U1000"}, Part::lead, {}, PositionBasis::none, {}, ""}, "w");
    first.envelope.actor = "wang";
    ASSERT_FALSE(a.store->append({{first}, seen, {}, false}).value().conflict);
    const auto late = a.store->append({{event(TicketVerified{{1001}}, "z")}, seen, {}, false}).value();
    ASSERT_TRUE(late.conflict);
    EXPECT_TRUE(late.events.empty());
    EXPECT_EQ(late.conflict->actual, 2U);
    EXPECT_EQ(late.conflict->winner.actor, "wang");
    EXPECT_EQ(late.conflict->winner.recordedAt, a.clock->now());
}

TEST(Journal, two_tickets_cannot_both_take_a_units_last_place) {
    Folder folder;
    Desk a = kit::desk(folder, 1, 1);
    ASSERT_TRUE(a.say(openTicket()));
    ASSERT_TRUE(a.say(openTicket()));
    Desk b{open(folder, a.clock), a.clock, a.state, {}};
    ASSERT_TRUE(a.say(AssignUnit{{1001}, {"U1000"}, {}, {}, {}, {}, {}}));
    EXPECT_FALSE(b.say(AssignUnit{{1002}, {"U1000"}, {}, {}, {}, {}, {}}));
    EXPECT_TRUE(b.violations.empty()) << "refused by the store, not by what b could know";
    b.follow();
    EXPECT_FALSE(b.say(AssignUnit{{1002}, {"U1000"}, {}, {}, {}, {}, {}}));
    EXPECT_EQ(b.violations.at(0).code, "unitAtCapacity");
}

TEST(Journal, recorded_time_never_goes_back) {
    Folder folder;
    Desk desk = kit::desk(folder, 1);
    ASSERT_TRUE(desk.say(openTicket()));
    desk.clock->move(std::chrono::hours{-2});
    ASSERT_TRUE(desk.say(VerifyTicket{{1001}}));
    desk.clock->move(std::chrono::hours{3});
    ASSERT_TRUE(desk.say(AddEntry{{1001}, EntryKind::note, "later", {}}));
    Instant last{};
    const auto events = desk.store->read(1, 100).value();
    for (const Event& e : events) {
        EXPECT_GE(e.envelope.recordedAt, last);
        last = e.envelope.recordedAt;
    }
    EXPECT_EQ(desk.store->seqAt(last), desk.store->lastSeq());
    EXPECT_EQ(desk.store->seqAt(last - std::chrono::milliseconds{1}), desk.store->lastSeq() - 1);
    EXPECT_EQ(desk.store->seqAt(Instant{}), 0U);
}

TEST(Journal, one_altered_event_breaks_the_chain_and_is_named) {
    Folder folder;
    Desk desk = kit::desk(folder, 5);
    std::mt19937 dice(7);
    while (desk.store->lastSeq() < 1300)
        desk.say(anyCommand(desk.state, dice, 5));
    ASSERT_TRUE(desk.store->verify().value().ok);
    EXPECT_EQ(desk.store->verify().value().checked, desk.store->lastSeq());
    const std::string eventId = desk.store->read(700, 1).value()[0].envelope.eventId;
    desk.store.reset();

    const auto file = folder.path / "journal.sqlite";
    const std::string before = sql(file, "SELECT actor FROM events WHERE seq = 700");
    sql(file, "UPDATE events SET actor = 'nobody' WHERE seq = 700");
    auto store = open(folder, desk.clock);
    const auto broken = store->verify().value();
    EXPECT_FALSE(broken.ok);
    EXPECT_EQ(broken.firstBroken, 700U);
    EXPECT_EQ(broken.eventId, eventId);
    EXPECT_EQ(broken.cause, "hashDiffers");
    sql(file, "UPDATE events SET actor = '" + before + "' WHERE seq = 700");
    EXPECT_TRUE(store->verify().value().ok);

    sql(file, "UPDATE private SET text = 'quiet music' WHERE seq = (SELECT max(seq) FROM private WHERE field "
              "= 'text')");
    EXPECT_EQ(store->verify().value().cause, "privateTextChanged");
    sql(file, "DELETE FROM events WHERE seq = 900");
    EXPECT_EQ(store->verify().value().firstBroken, 900U);
}

TEST(Journal, nothing_in_an_event_can_be_altered_unseen) {
    Folder folder;
    Desk desk = kit::desk(folder, 5);
    grow(desk, 3000, 7, 5);
    const auto file = folder.path / "journal.sqlite";
    std::mt19937 dice(4);
    for (const std::string column :
         {"event_id", "command_id", "source", "source_id", "stream", "version", "kind", "kind_version",
          "occurred_at", "recorded_at", "actor", "workstation", "mode", "payload", "hash"}) {
        const std::string seq = std::to_string(1 + dice() % desk.store->lastSeq());
        const std::string at = " WHERE seq = " + seq;
        sql(file, "CREATE TABLE kept AS SELECT * FROM events" + at);
        // A number one higher; a text with one more letter.
        sql(file, "UPDATE events SET " + column + " = CASE typeof(" + column + ") WHEN 'integer' THEN " +
                      column + " + 1 WHEN 'blob' THEN randomblob(32) ELSE " + column + " || ' ' END" + at);
        const auto broken = desk.store->verify().value();
        EXPECT_FALSE(broken.ok) << column;
        EXPECT_EQ(std::to_string(broken.firstBroken.value_or(0)), seq) << column;
        if (column != "event_id") {
            EXPECT_EQ(broken.eventId, sql(file, "SELECT event_id FROM kept")) << column;
        }
        sql(file, "INSERT OR REPLACE INTO events SELECT * FROM kept; DROP TABLE kept");
    }
    EXPECT_TRUE(desk.store->verify().value().ok);
}

TEST(Journal, a_tail_cut_off_is_seen_at_the_next_start_and_nothing_is_added_to_it) {
    Folder folder;
    Desk desk = kit::desk(folder, 1);
    ASSERT_TRUE(desk.say(openTicket()));
    ASSERT_TRUE(desk.say(VerifyTicket{{1001}}));
    desk.store.reset();
    sql(folder.path / "journal.sqlite", "DELETE FROM events WHERE seq = 4");
    auto store = open(folder, desk.clock);
    ASSERT_TRUE(store);
    EXPECT_TRUE(store->readOnly());
    const auto refused = store->append({{event(TicketVerified{{1001}})}, {}, {}, false});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().message.code, "journalEventMissing");
}

TEST(Journal, redaction_erases_the_words_and_breaks_no_hash) {
    Folder folder;
    Desk desk = kit::desk(folder, 1);
    ASSERT_TRUE(desk.say(openTicket("the neighbour at number 17")));
    const std::string hash = desk.state.hash();
    desk.store->saveSnapshot(desk.state);
    const std::string eventId = desk.store->read(3, 1).value()[0].envelope.eventId;
    EXPECT_EQ(desk.store->redact(eventId).value(), 2U);
    EXPECT_EQ(desk.store->redact(eventId).value(), 0U);
    EXPECT_EQ(desk.store->redact("no such").problem().message.code, "eventUnknown");
    EXPECT_TRUE(desk.store->verify().value().ok);
    const State again = foldTo(*desk.store, State(), desk.store->lastSeq()).value();
    EXPECT_EQ(again.ticket({1001})->incident.text, "");
    EXPECT_EQ(again.hash(), hash);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path)) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        EXPECT_EQ(bytes.find("the neighbour at number 17"), std::string::npos) << entry.path();
    }
}

TEST(Journal, a_newer_one_opens_read_only_and_shows_what_it_doesnt_know) {
    Folder folder;
    Desk desk = kit::desk(folder, 1);
    Event strange = event(UnknownKind{R"({"drone":"D7"})"}, "n1");
    strange.envelope.kind = "droneLaunched";
    strange.envelope.kindVersion = 4;
    strange.envelope.stream = "drone/D7";
    ASSERT_TRUE(desk.store->append({{strange}, {}, {}, false}));
    desk.store.reset();
    sql(folder.path / "journal.sqlite", "PRAGMA user_version = 99");
    auto store = open(folder, desk.clock);
    ASSERT_TRUE(store);
    EXPECT_TRUE(store->readOnly());
    const auto refused = store->append({{event(TicketVerified{{1001}})}, {}, {}, false});
    EXPECT_EQ(refused.problem().message.code, "journalNewer");
    const Event shown = store->read(3, 1).value()[0];
    EXPECT_EQ(shown.envelope.kind, "droneLaunched");
    EXPECT_EQ(std::get<UnknownKind>(shown.payload).payload, R"({"drone":"D7"})");
    EXPECT_TRUE(store->verify().value().ok);
    const State state = foldTo(*store, State(), 3).value();
    EXPECT_EQ(state.unknownKinds(), 1U);
    EXPECT_EQ(state.version("drone/D7"), 1U);
}

TEST(Journal, a_lease_has_one_owner_until_it_runs_out) {
    Folder folder;
    auto clock = std::make_shared<HandClock>();
    auto a = open(folder, clock), b = open(folder, clock);
    using namespace std::chrono_literals;
    EXPECT_TRUE(a->lease("feeds", "a", 10s));
    EXPECT_FALSE(b->lease("feeds", "b", 10s));
    clock->move(9s);
    EXPECT_TRUE(a->lease("feeds", "a", 10s));
    clock->move(9s);
    EXPECT_FALSE(b->lease("feeds", "b", 10s));
    clock->move(1s);
    EXPECT_TRUE(b->lease("feeds", "b", 10s));
    EXPECT_FALSE(a->lease("feeds", "a", 10s));
}

TEST(Journal, held_by_another_it_waits_no_longer_than_told) {
    Folder folder;
    auto clock = std::make_shared<HandClock>();
    StoreOptions options;
    options.wait = std::chrono::milliseconds{150};
    auto store = open(folder, clock, options);
    sqlite3* other = nullptr;
    sqlite3_open((folder.path / "journal.sqlite").c_str(), &other);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    const auto since = std::chrono::steady_clock::now();
    const auto held = store->append({{event(TicketVerified{{1001}})}, {}, {}, false});
    EXPECT_LT(std::chrono::steady_clock::now() - since, std::chrono::seconds{5});
    sqlite3_close(other);
    ASSERT_FALSE(held);
    EXPECT_EQ(held.problem().message.code, "journalHeld");
    EXPECT_EQ(held.problem().kind, layers::Problem::Kind::environment);
    EXPECT_TRUE(store->append({{event(TicketVerified{{1001}})}, {}, {}, false}));
}

TEST(Journal, what_cannot_be_a_journal_is_named) {
    Folder folder;
    auto clock = std::make_shared<HandClock>();
    const auto code = [&](const std::string& url, StoreOptions options = {}) {
        const auto store = openStore(url, folder.path, clock, options);
        return store.ok() ? "ok" : store.problem().message.code;
    };
    EXPECT_EQ(code("oracle:x"), "storeUnknown");
    EXPECT_EQ(code("sqlite:nowhere/journal.sqlite"), "folderMissing");
    StoreOptions reading;
    reading.create = false;
    EXPECT_EQ(code("sqlite:absent.sqlite", reading), "journalMissing");
    std::ofstream(folder.path / "text.sqlite") << std::string(5000, 'x');
    EXPECT_EQ(code("sqlite:text.sqlite"), "journalBroken");
    sql(folder.path / "other.sqlite", "CREATE TABLE t(x)");
    EXPECT_EQ(code("sqlite:other.sqlite"), "journalBroken");
    EXPECT_EQ(networkFileSystem(0x6969), "nfs");
    EXPECT_EQ(networkFileSystem(0xEF53), "");
    EXPECT_EQ(networkFileSystem(static_cast<long>(0xFF534D42)), "cifs");
}

TEST(Journal, opened_for_reading_it_takes_nothing) {
    Folder folder;
    Desk desk = kit::desk(folder, 1);
    StoreOptions options;
    options.readOnly = true;
    auto reader = open(folder, desk.clock, options);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->append({{event(TicketVerified{{1001}})}, {}, {}, false}).problem().message.code,
              "journalReadOnly");
    ASSERT_TRUE(desk.say(openTicket()));
    EXPECT_EQ(reader->lastSeq(), desk.store->lastSeq()) << "a reader sees what others append";
}

TEST(Journal, backup_and_restore_keep_every_event) {
    Folder folder;
    Desk desk = kit::desk(folder, 3);
    ASSERT_TRUE(desk.say(openTicket()));
    const std::string hash = desk.state.hash();
    const auto copy = folder.path / "copy.sqlite";
    ASSERT_TRUE(backup("sqlite:journal.sqlite", folder.path, copy)) << "while it is open";
    EXPECT_EQ(backup("sqlite:journal.sqlite", folder.path, copy).problem().message.code, "journalThere");
    ASSERT_TRUE(desk.say(VerifyTicket{{1001}}));
    desk.store.reset();
    ASSERT_TRUE(restore(copy, "sqlite:journal.sqlite", folder.path));
    EXPECT_TRUE(std::filesystem::exists(folder.path / "journal.sqlite.replaced-1"));
    auto store = open(folder, desk.clock);
    EXPECT_EQ(foldTo(*store, State(), 1000).value().hash(), hash);
    store.reset();
    sql(copy, "UPDATE events SET actor = 'x' WHERE seq = 2");
    EXPECT_EQ(restore(copy, "sqlite:journal.sqlite", folder.path).problem().message.code,
              "journalEventChanged");
    EXPECT_TRUE(open(folder, desk.clock)) << "a broken copy replaces nothing";
}

TEST(Journal, equal_commands_salts_and_clock_make_equal_bytes) {
    std::string first;
    for (int run = 0; run < 2; ++run) {
        Folder folder;
        auto dice = std::make_shared<std::mt19937>(1);
        StoreOptions options;
        options.entropy = [dice](std::span<std::uint8_t> into) {
            for (auto& byte : into)
                byte = static_cast<std::uint8_t>((*dice)());
        };
        Desk desk{nullptr, std::make_shared<HandClock>(), {}, {}};
        desk.store = open(folder, desk.clock, options);
        desk.pinUnits(someUnits(5));
        std::mt19937 what(3);
        for (int i = 0; i < 300; ++i)
            desk.say(anyCommand(desk.state, what, 5));
        desk.store.reset();
        std::ifstream in(folder.path / "journal.sqlite", std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        EXPECT_GT(bytes.size(), 10'000U);
        if (run == 0)
            first = bytes;
        else
            EXPECT_TRUE(bytes == first);
    }
}

} // namespace
} // namespace vedette::dispatch
