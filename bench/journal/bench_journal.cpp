// SPDX-License-Identifier: GPL-3.0-or-later
// bench_journal [--events N] [--in FOLDER] [--kills N] [--race N]
// Durable commands a second beside bare SQLite (same pragmas, one INSERT a transaction, same disk, turn by
// turn), and the fold of a long journal beside reading the same rows. With --in the long journal is kept in
// FOLDER and found there the next time.
#include "journal_kit.h"
#include "journal_race.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

using namespace vedette::dispatch;
using namespace vedette::dispatch::kit;
using Steady = std::chrono::steady_clock;

namespace {

// Of this process, whoever else is busy.
double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double since(Steady::time_point from) {
    return std::chrono::duration<double>(Steady::now() - from).count();
}

void check(bool truth, const char* what) {
    if (truth)
        return;
    std::fprintf(stderr, "bench_journal: %s\n", what);
    std::exit(1);
}

Event note(const std::string& id) {
    return event(EntryAdded{{1001}, EntryKind::note, "called back, nobody home", {}}, id);
}

void appends() {
    constexpr int turns = 5, each = 200;
    Folder folder;
    Desk desk = kit::desk(folder, 10);
    check(desk.say(openTicket()), "no ticket");
    sqlite3* bare = nullptr;
    sqlite3_open((folder.path / "bare.sqlite").c_str(), &bare);
    sqlite3_exec(
        bare,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE events(seq INTEGER PRIMARY"
        " KEY, payload TEXT)",
        nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(bare, "INSERT INTO events(payload) VALUES(?)", -1, &insert, nullptr);
    const std::string payload = encodeEvent(note("k"));
    double ours = 0, peers = 0, together = 0;
    for (int turn = 0; turn < turns; ++turn) {
        auto start = Steady::now();
        for (int i = 0; i < each; ++i) {
            sqlite3_bind_text(insert, 1, payload.data(), static_cast<int>(payload.size()), SQLITE_STATIC);
            check(sqlite3_step(insert) == SQLITE_DONE, "bare SQLite failed");
            sqlite3_reset(insert);
        }
        peers += since(start);
        start = Steady::now();
        for (int i = 0; i < each; ++i)
            check(desk.store->append({{note("k" + std::to_string(turn * each + i))}, {}, {}, false}).ok(),
                  "append");
        ours += since(start);
        start = Steady::now();
        Store::Append batch;
        for (int i = 0; i < each; ++i)
            batch.events.push_back(note("b" + std::to_string(turn * each + i)));
        check(desk.store->append(batch).ok(), "append of many");
        together += since(start);
    }
    sqlite3_finalize(insert);
    sqlite3_close(bare);
    check(desk.store->lastSeq() == 3 + 2 * turns * each, "events are missing");
    check(desk.store->verify().value().ok, "the chain is broken");
    constexpr double all = turns * each;
    std::printf(
        "append: %.0f commands/s, bare SQLite %.0f inserts/s; %d commands in one append: %.0f commands/s\n",
        all / ours, all / peers, each, all / together);
    std::printf("ratio journal append ours/peer=%.4f\n", ours / peers);
    std::printf("ratio journal append-together ours/peer=%.4f\n", together / peers);
}

// Nights of ordinary work: each ticket is opened, verified, given to a unit, accepted, driven to, handled,
// noted, reviewed and closed; ten events.
void nights(Desk& desk, std::size_t events, std::uint32_t units) {
    Store::Append batch;
    batch.keepRecordedAt = true;
    State ahead = desk.state;
    const auto say = [&](const Command& command) {
        desk.clock->move(std::chrono::milliseconds{700});
        const std::string id = "n" + std::to_string(ahead.seq());
        Decision decision =
            decide(ahead, command, {"li", "ws1", id, "", "", Mode::live, desk.clock->now()}, desk.zone);
        check(decision.violations.empty(), "an ordinary night is refused");
        for (Event& one : decision.events) {
            one.envelope.recordedAt = desk.clock->now();
            ahead = apply(std::move(ahead), one);
            batch.events.push_back(std::move(one));
        }
    };
    for (std::uint32_t number = 0; ahead.seq() < events; ++number) {
        const TicketId id = ahead.nextTicket();
        const UnitId unit{"U" + std::to_string(1000 + number % units)};
        say(openTicket());
        say(VerifyTicket{id});
        say(AssignUnit{id, unit, {}, {120.1, 30.1}, PositionBasis::posted, {{unit, 900, 170, {}, true}}, ""});
        for (const auto step :
             {AssignmentStatus::accepted, AssignmentStatus::enroute, AssignmentStatus::onscene})
            say(MoveAssignment{id, unit, step, ""});
        say(AddEntry{id, EntryKind::note, "caller says it has stopped", {}});
        say(MoveAssignment{id, unit, AssignmentStatus::handled, "talked to both"});
        say(MoveTicket{id, TicketMove::reviewed, "", ""});
        say(MoveTicket{id, TicketMove::closed, "", ""});
        if (batch.events.size() >= 2000 || ahead.seq() >= events) {
            check(desk.store->append(batch).ok(), "append");
            batch.events.clear();
        }
    }
    desk.follow();
}

std::unique_ptr<Store> longJournal(const std::filesystem::path& folder, std::size_t events) {
    Desk desk;
    desk.clock = std::make_shared<HandClock>();
    auto opened = openStore("sqlite:journal.sqlite", folder, desk.clock);
    check(opened.ok(), "the journal doesn't open");
    desk.store = std::move(opened).value();
    if (desk.store->lastSeq() >= events)
        return std::move(desk.store);
    const auto start = Steady::now();
    desk.pinUnits(someUnits(2000, 3));
    nights(desk, events, 2000);
    std::printf("a journal of %zu events made in %.1f s\n", events, since(start));
    return std::move(desk.store);
}

void folds(std::size_t events, const std::string& in) {
    const Folder temporary;
    const std::filesystem::path folder = in.empty() ? temporary.path : std::filesystem::path(in);
    const auto store = longJournal(folder, events);
    const Seq last = store->lastSeq();

    // In memory: the fold alone.
    std::vector<Event> held = store->read(1, last).value();
    auto start = Steady::now();
    double cpu = cpuSeconds();
    State state;
    for (const Event& one : held)
        state = apply(std::move(state), one);
    const double alone = since(start), aloneCpu = cpuSeconds() - cpu;
    start = Steady::now();
    const std::string hash = state.hash();
    const double hashing = since(start);
    std::printf("fold of %zu events in memory %.3f s (cpu %.3f s), its hash %.3f s\n", held.size(), alone,
                aloneCpu, hashing);
    held.clear();
    held.shrink_to_fit();
    state = State();

    // Peer: SQLite stepping through the same rows and touching the payload.
    sqlite3* bare = nullptr;
    sqlite3_open((folder / "journal.sqlite").c_str(), &bare);
    start = Steady::now();
    sqlite3_stmt* rows = nullptr;
    sqlite3_prepare_v2(bare, "SELECT seq, kind, recorded_at, payload FROM events ORDER BY seq", -1, &rows,
                       nullptr);
    std::size_t bytes = 0;
    while (sqlite3_step(rows) == SQLITE_ROW)
        bytes += std::strlen(reinterpret_cast<const char*>(sqlite3_column_text(rows, 3)));
    const double reading = since(start);
    sqlite3_finalize(rows);
    sqlite3_close(bare);

    start = Steady::now();
    cpu = cpuSeconds();
    State folded;
    check(store->visit(1, last, [&](const Event& one) { folded = apply(std::move(folded), one); }).ok(),
          "visit");
    const double whole = since(start), wholeCpu = cpuSeconds() - cpu;
    check(folded.hash() == hash, "two folds differ");
    start = Steady::now();
    const State copy = folded;
    std::printf("copy of a state of %zu tickets %.9f s\n", copy.ticketCount(), since(start));
    std::printf("fold of %zu events from the disk %.3f s (cpu %.3f s), SQLite stepping through them %.3f s "
                "(%zu MB)\n",
                static_cast<std::size_t>(last), whole, wholeCpu, reading, bytes / 1'000'000);
    std::printf("ratio journal fold ours/peer=%.4f\n", whole / reading);
}

// Appends one command after another from `first` on and writes each one's number once append has returned.
// Run by kills() as a program of its own: a fork would share its locks with the parent's SQLite.
int writer(const std::filesystem::path& folder, int first) {
    const auto store = openStore("sqlite:journal.sqlite", folder, std::make_shared<HandClock>());
    for (int number = first; store.ok(); ++number)
        if (!store.value()->append({{note("k" + std::to_string(number))}, {}, {}, false}) ||
            write(STDOUT_FILENO, &number, sizeof number) < 0)
            break;
    return 1;
}

// The writer is killed at a random moment: two times in three while it appends, else on its way there, which
// leads through recovering what the last one left behind.
void kills(int count) {
    Folder folder;
    Desk desk = kit::desk(folder, 1);
    check(desk.say(openTicket()), "no ticket");
    std::mt19937 dice(29);
    int next = 0, acknowledged = 0, beforeAny = 0;
    const auto start = Steady::now();
    for (int i = 0; i < count; ++i) {
        int ends[2];
        check(pipe2(ends, O_CLOEXEC) == 0, "pipe");
        const pid_t child = fork();
        if (child == 0) {
            dup2(ends[1], STDOUT_FILENO);
            execl("/proc/self/exe", "bench_journal", "--writer", folder.path.c_str(),
                  std::to_string(next).c_str(), nullptr);
            _exit(127);
        }
        close(ends[1]);
        int number = 0;
        std::vector<int> acks;
        if (i % 3 != 0 && read(ends[0], &number, sizeof number) == sizeof number)
            acks.push_back(number);
        usleep(dice() % (i % 3 ? 8000 : 25'000));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        check(WIFSIGNALED(status), "the writer ended by itself");
        while (read(ends[0], &number, sizeof number) == sizeof number)
            acks.push_back(number);
        close(ends[0]);
        for (const int one : acks) {
            const auto again = desk.store->append({{note("k" + std::to_string(one))}, {}, {}, false});
            check(again.ok() && again.value().repeated, "an acknowledged command is gone");
        }
        acknowledged += static_cast<int>(acks.size());
        beforeAny += acks.empty();
        next = (acks.empty() ? next : acks.back()) + 2;
        if ((i + 1) % 1000 == 0) {
            const auto sound = desk.store->verify();
            check(sound.ok() && sound.value().ok, "the chain is broken");
            std::printf("%d kills, %d acknowledged, %.0f s\n", i + 1, acknowledged, since(start));
            std::fflush(stdout);
        }
    }
    check(desk.store->verify().value().ok, "the chain is broken");
    std::printf("%d kills (%d before the first acknowledgement), %d commands acknowledged, none lost\n",
                count, beforeAny, acknowledged);
}

// Two processes decide on the same version of one ticket, round by round; they start each round together.
void race(int rounds) {
    Folder folder;
    {
        Desk desk = kit::desk(folder, 1);
        check(desk.say(openTicket()), "no ticket");
    }
    const auto start = Steady::now();
    const RaceResult result = raceForTicket(folder, rounds);
    check(result.ended, "a writer failed");
    for (const int one : result.wins)
        check(one > rounds / 20, "the draw isn't fair");
    check(result.exactlyOne == rounds, "not exactly one won each time");
    auto store = open(folder, std::make_shared<HandClock>());
    check(store->lastSeq() == static_cast<Seq>(rounds) + 3 && store->verify().value().ok,
          "the journal is wrong");
    std::printf("two processes, one ticket, %d rounds in %.1f s: exactly one won each, %d and %d\n", rounds,
                since(start), result.wins[0], result.wins[1]);
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 4 && argv[1] == std::string("--writer"))
        return writer(argv[2], std::atoi(argv[3]));
    std::size_t events = 1'000'000;
    std::string in;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string option = argv[i];
        const int number = std::atoi(argv[i + 1]);
        if (option == "--kills")
            return kills(number), 0;
        if (option == "--race")
            return race(number), 0;
        if (option == "--events")
            events = static_cast<std::size_t>(number);
        if (option == "--in")
            in = argv[i + 1];
    }
    folds(events, in);
    appends();
    return 0;
}
