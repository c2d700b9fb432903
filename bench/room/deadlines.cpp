// SPDX-License-Identifier: GPL-3.0-or-later
#include "room.h"

#include "dispatch/journal_url.h"
#include "dispatch/store.h"

#include <future>
#include <map>
#include <thread>
#include <unistd.h>

namespace vedette::bench {

namespace fs = std::filesystem;
using namespace dispatch;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

double since(Steady::time_point start) {
    return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

} // namespace

std::shared_ptr<const City> cityOf(const fs::path& folder) {
    LoadOptions options;
    options.read.reader = "/proc/self/exe";
    options.history = false;
    auto loaded = loadCity(folder, options);
    check(loaded.ok(), "the city doesn't load");
    return loaded.value();
}

void makeCity(const fs::path& folder, const HandClock& clock, std::size_t open, std::size_t soon) {
    fs::copy(fs::path(VEDETTE_SOURCE_DIR) / "data/samples/binhai", folder, fs::copy_options::recursive);
    fs::remove(folder / "journal.sqlite");
    const auto city = cityOf(folder);
    auto still = std::make_shared<HandClock>();
    still->move(clock.now() - still->now());
    StoreOptions opening;
    opening.workspace = city->workspace.name;
    auto store = openStore(journalUrl(city->workspace, Mode::live), folder, still, opening);
    check(store.ok(), "the journal doesn't open");
    State state;
    Store::Append batch;
    const auto flush = [&] {
        check(store.value()->append(batch).ok(), "append");
        batch.events.clear();
    };
    for (std::size_t i = 0; i < open; ++i) {
        OpenTicket made;
        const Duty& duty = city->duties[i % city->duties.size()];
        const auto unit = city->units()[i % city->units().size()];
        made.incident.at = unit.post.value_or(LonLat{121.18, 32.03});
        made.incident.category = duty.category;
        made.incident.priority = duty.priority;
        made.incident.source = "110";
        made.incident.happenedAt = still->now();
        made.duty = duty;
        made.duty.accept = i < soon ? std::chrono::minutes(1) : std::chrono::minutes(600);
        made.desk = "329901";
        made.chain = {"329901"};
        Decision decision =
            decide(state, made, {"bench", "ws1", "b" + std::to_string(i), "", "", Mode::live, still->now()},
                   city->zone);
        check(decision.violations.empty(), "a ticket is refused");
        for (Event& one : decision.events) {
            state = apply(std::move(state), one);
            batch.events.push_back(std::move(one));
        }
        if (batch.events.size() >= 2000)
            flush();
    }
    flush();
}

std::unique_ptr<Session> sit(const fs::path& folder, const std::string& actor,
                             std::shared_ptr<const layers::Clock> clock) {
    SessionOptions options;
    options.actor = actor, options.workstation = "ws-" + actor;
    options.clock = std::move(clock);
    options.auditAfter = 10min;
    auto session = Session::open(cityOf(folder), options);
    check(session.ok(), "the session doesn't open");
    return std::move(session).value();
}

void deadlines(std::size_t open, std::size_t soon) {
    std::string name = (fs::temp_directory_path() / "bench-room-XXXXXX").string();
    check(mkdtemp(name.data()), "no temporary folder");
    const fs::path folder = fs::path(name) / "city";
    auto clock = std::make_shared<HandClock>();
    auto start = Steady::now();
    makeCity(folder, *clock, open, soon);
    std::printf("%zu open tickets written in %.1f s\n", open, since(start) / 1000);
    start = Steady::now();
    auto first = sit(folder, "anna", clock);
    auto second = sit(folder, "ben", clock);
    std::printf("two sessions opened on them in %.1f s\n", since(start) / 1000);
    check(first->state().openTicketCount() == open, "not all are open");

    const auto escalated = [&](const Session& session) {
        std::size_t count = 0;
        const State state = session.state();
        for (std::size_t i = 0; i < soon; ++i)
            count += state.ticket({static_cast<std::uint32_t>(1001 + i)})->escalations > 0;
        return count;
    };
    std::atomic<bool> over = false;
    // Who looks, as a window does, and who writes, as a dispatcher does.
    std::vector<double> looks, writes;
    std::thread looking([&] {
        while (!over) {
            const auto at = Steady::now();
            static_cast<void>(second->state().seq());
            looks.push_back(since(at));
            std::this_thread::sleep_for(1ms);
        }
    });
    std::thread writing([&] {
        for (std::uint32_t i = 0; !over; ++i) {
            const auto at = Steady::now();
            const TicketId id{static_cast<std::uint32_t>(1001 + soon + i % (open - soon))};
            check(second->execute(AddEntry{id, EntryKind::note, "meanwhile", {}}).ok(), "a note is refused");
            writes.push_back(since(at));
            std::this_thread::sleep_for(20ms);
        }
    });
    std::this_thread::sleep_for(1s);
    const std::size_t before = writes.size();
    start = Steady::now();
    clock->move(61s);
    while ((escalated(*second) < soon || escalated(*first) < soon) && since(start) < 60'000)
        std::this_thread::sleep_for(10ms);
    const double took = since(start);
    over = true;
    looking.join(), writing.join();
    check(escalated(*first) == soon, "some were missed");
    auto reader = first->openReader();
    check(reader.ok(), "no reader");
    std::map<std::uint32_t, int> said;
    for (Seq from = open; from <= reader.value()->lastSeq();) {
        const auto events = reader.value()->read(from, 2000);
        check(events.ok() && !events.value().empty(), "the journal doesn't read");
        for (const Event& event : events.value())
            if (const auto* moved = std::get_if<TicketMoved>(&event.payload))
                ++said[moved->ticket.number];
        from = events.value().back().envelope.seq + 1;
    }
    check(said.size() == soon, "more or fewer tickets were escalated than are overdue");
    for (const auto& [ticket, times] : said)
        check(times == 1, "one was escalated twice");
    std::vector<double> during(writes.begin() + std::ptrdiff_t(before), writes.end());
    const double longestLook = quantile(looks, 1), longestNote = quantile(during, 1);
    std::printf("%zu deadlines passed in one second among %zu: all escalated, each once, in %.0f ms\n", soon,
                open, took);
    std::printf(
        "  meanwhile: asking for the state p99 %.2f ms, most %.2f; a note of another desk p99 %.1f ms, "
        "most %.1f of %zu\n",
        quantile(looks, 0.99), longestLook, quantile(during, 0.99), longestNote, during.size());
    std::printf("ratio room deadlines_gap ours/limit=%.4f\n", longestLook / 50);
    first.reset(), second.reset();
    std::error_code ignored;
    fs::remove_all(name, ignored);
}

} // namespace vedette::bench
