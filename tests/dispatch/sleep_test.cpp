// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of tickets that are over stay in the snapshot's file until somebody asks. Whoever asks, from
// whichever thread, and whatever became of the file meanwhile, sees what the fold of all events shows.
#include "journal_kit.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <thread>

namespace vedette::dispatch {
namespace {

using namespace kit;

// 400 tickets, of which every hundredth is still open; a snapshot of them lies in the cache.
struct Night {
    Folder folder;
    std::shared_ptr<HandClock> clock;
    State folded;

    Night() {
        Desk desk = kit::desk(folder, 4, 200);
        for (int i = 0; i < 400; ++i) {
            desk.clock->move(std::chrono::minutes(1));
            const TicketId id = desk.state.nextTicket();
            EXPECT_TRUE(desk.say(openTicket("call " + std::to_string(i))));
            if (i % 100 == 0)
                EXPECT_TRUE(
                    desk.say(AssignUnit{id, {"U1000"}, {}, {120, 30}, PositionBasis::posted, {}, ""}));
            else
                EXPECT_TRUE(desk.say(MoveTicket{id, TicketMove::cancelled, "", "nobody there"}));
        }
        desk.store->saveSnapshot(desk.state);
        folded = desk.state;
        clock = desk.clock;
    }
    std::unique_ptr<Store> reader() const {
        StoreOptions options;
        options.create = false, options.readOnly = true;
        return kit::open(folder, clock, options);
    }
};

std::string textOf(const State& state, int call) {
    const Ticket* ticket = state.ticket({1001u + static_cast<std::uint32_t>(call)});
    return ticket ? ticket->incident.text : "no such ticket";
}

TEST(Sleep, a_ticket_that_is_over_is_there_when_asked_for) {
    const Night night;
    auto store = night.reader();
    const auto woken = store->snapshotAtOrBefore(store->lastSeq());
    ASSERT_TRUE(woken);
    EXPECT_EQ(woken->seq(), night.folded.seq());
    EXPECT_EQ(woken->hash(), night.folded.hash());
    EXPECT_EQ(woken->ticketCount(), 400u);
    EXPECT_EQ(woken->openTicketCount(), 4u);
    EXPECT_EQ(textOf(*woken, 137), "call 137");
    EXPECT_EQ(textOf(*woken, 40), "call 40");
    EXPECT_EQ(stage(*woken->ticket({1001 + 40})), Stage::cancelled);
    store.reset(); // the pages don't need the store they came from
    EXPECT_EQ(textOf(*woken, 390), "call 390");
}

TEST(Sleep, all_are_visited_in_order_and_those_of_a_span_alone) {
    const Night night;
    auto store = night.reader();
    const auto woken = store->snapshotAtOrBefore(store->lastSeq());
    ASSERT_TRUE(woken);
    std::vector<std::uint32_t> seen, expected;
    woken->forEachTicket([&](const Ticket& ticket) { seen.push_back(ticket.id.number); });
    night.folded.forEachTicket([&](const Ticket& ticket) { expected.push_back(ticket.id.number); });
    EXPECT_EQ(seen, expected);
    const Instant from = night.folded.ticket({1001 + 60})->openedAt,
                  till = night.folded.ticket({1001 + 140})->openedAt;
    std::vector<std::uint32_t> between;
    woken->forEachTicket(from, till, [&](const Ticket& ticket) { between.push_back(ticket.id.number); });
    ASSERT_EQ(between.size(), 80u);
    EXPECT_EQ(between.front(), 1061u);
    EXPECT_EQ(between.back(), 1140u);
}

TEST(Sleep, an_event_about_a_sleeping_ticket_folds_as_about_any_other) {
    const Night night;
    auto store = night.reader();
    auto woken = store->snapshotAtOrBefore(store->lastSeq());
    ASSERT_TRUE(woken);
    const State before = *woken;
    for (const int call : {40, 250, 399}) {
        Event reopened = event(
            TicketMoved{{1001u + static_cast<std::uint32_t>(call)}, TicketMove::reopened, "", "rang again"});
        reopened.envelope.seq = woken->seq() + 1;
        State plain = night.folded;
        State asleep = apply(before, reopened);
        plain = apply(std::move(plain), reopened);
        EXPECT_EQ(asleep.hash(), plain.hash());
        EXPECT_EQ(asleep.openTicketCount(), 5u);
        EXPECT_EQ(textOf(asleep, call), "call " + std::to_string(call));
    }
    EXPECT_EQ(before.hash(), night.folded.hash());
}

TEST(Sleep, many_threads_may_wake_the_same_pages) {
    const Night night;
    auto store = night.reader();
    const auto woken = store->snapshotAtOrBefore(store->lastSeq());
    ASSERT_TRUE(woken);
    std::vector<std::thread> askers;
    std::atomic<int> wrong{0};
    for (int asker = 0; asker < 4; ++asker)
        askers.emplace_back([&, copy = *woken] {
            for (int call = 0; call < 400; ++call)
                wrong += textOf(copy, call) != "call " + std::to_string(call);
        });
    for (auto& asker : askers)
        asker.join();
    EXPECT_EQ(wrong, 0);
}

TEST(Sleep, a_snapshot_saved_of_a_sleeping_state_reads_back) {
    Night night;
    {
        StoreOptions options;
        auto store = kit::open(night.folder, night.clock, options);
        auto state = store->snapshotAtOrBefore(store->lastSeq());
        ASSERT_TRUE(state);
        ASSERT_TRUE(store->append(
            {{event(EntryAdded{{1001}, EntryKind::note, "still there", {}}, "late")}, {}, {}, false}));
        const auto next = foldTo(*store, *state, store->lastSeq());
        ASSERT_TRUE(next.ok());
        store->saveSnapshot(next.value());
        night.folded = next.value();
    }
    auto store = night.reader();
    const auto again = store->snapshotAtOrBefore(store->lastSeq());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->seq(), night.folded.seq());
    EXPECT_EQ(again->hash(), night.folded.hash());
    EXPECT_EQ(textOf(*again, 240), "call 240");
}

TEST(Sleep, what_was_cleared_from_the_file_is_folded_again_without_the_redacted_text) {
    const Night night;
    auto store = night.reader();
    const auto woken = store->snapshotAtOrBefore(store->lastSeq());
    ASSERT_TRUE(woken);
    EXPECT_EQ(textOf(*woken, 10), "call 10"); // its page is awake: call 10 stays readable in this state
    {
        auto writer = kit::open(night.folder, night.clock);
        std::string opening;
        const auto events = writer->read(1, 10'000);
        for (const Event& one : events.value())
            if (const auto* opened = std::get_if<TicketOpened>(&one.payload);
                opened && opened->ticket.number == 1001 + 250)
                opening = one.envelope.eventId;
        ASSERT_TRUE(writer->redact(opening).ok());
    }
    EXPECT_EQ(textOf(*woken, 250), ""); // redacted
    EXPECT_EQ(textOf(*woken, 251), "call 251");
    EXPECT_EQ(textOf(*woken, 40), "call 40");
    EXPECT_EQ(woken->hash(), night.folded.hash());
}

TEST(Sleep, a_page_spoilt_on_the_disk_is_folded_again) {
    const Night night;
    auto store = night.reader();
    const auto woken = store->snapshotAtOrBefore(store->lastSeq());
    ASSERT_TRUE(woken);
    sqlite3* cache = nullptr;
    ASSERT_EQ(sqlite3_open((night.folder.path / "journal.cache").c_str(), &cache), SQLITE_OK);
    // Other letters in all the texts: the records read well but aren't those that were stored.
    ASSERT_EQ(
        sqlite3_exec(cache,
                     "UPDATE pages SET bytes = CAST(replace(CAST(bytes AS BLOB), CAST('Harbour' AS BLOB),"
                     " CAST('Harvest' AS BLOB)) AS BLOB)",
                     nullptr, nullptr, nullptr),
        SQLITE_OK);
    ASSERT_GT(sqlite3_changes(cache), 0);
    sqlite3_close(cache);
    for (const int call : {40, 250, 398})
        EXPECT_EQ(woken->ticket({1001u + static_cast<std::uint32_t>(call)})->incident.place,
                  "Harbour Road 5");
}

} // namespace
} // namespace vedette::dispatch
