// SPDX-License-Identifier: GPL-3.0-or-later
#include "crash_vfs.h"
#include "journal_kit.h"
#include "journal_race.h"

#include <fcntl.h>
#include <fstream>
#include <gmock/gmock.h>
#include <set>
#include <signal.h>
#include <sys/wait.h>

namespace vedette::dispatch {
namespace {

using namespace kit;

const std::string writer = std::string(VEDETTE_BIN_DIR) + "/dispatch_journal_writer";

// Appends commands of two events and a feed's offset, and knows what was acknowledged of them.
class Witness {
public:
    void write(Store& store, int appends, std::mt19937& dice) {
        for (int i = 0; i < appends; ++i) {
            const std::string id = "c" + std::to_string(next_++);
            Store::Append append;
            append.events = {event(EntryAdded{{1001}, EntryKind::note, textOf(id, dice() % 3000), {}}, id),
                             event(TicketVerified{{1001}}, id)};
            append.feed = Store::FeedOffset{"f", static_cast<std::uint64_t>(next_), 0, 0};
            if (!store.append(append))
                return;
            acknowledged_.insert(id);
        }
    }
    std::size_t acknowledged() const { return acknowledged_.size(); }

    // What is wrong with what stands; empty: the law holds.
    std::string broken(Store& store) const {
        const auto sound = store.verify();
        if (!sound.ok() || !sound.value().ok)
            return "the chain";
        std::map<std::string, int> there;
        std::uint64_t newest = 0;
        const auto events = store.read(1, 1'000'000).value();
        for (const Event& one : events) {
            const std::string& id = one.envelope.commandId;
            if (id == "journal-opened")
                continue;
            ++there[id];
            newest = std::max<std::uint64_t>(newest, std::stoul(id.substr(1)) + 1);
            if (const auto* note = std::get_if<EntryAdded>(&one.payload))
                if (note->text != textOf(id, note->text.size() - id.size()))
                    return "the private text of " + id;
        }
        for (const std::string& id : acknowledged_)
            if (there[id] != 2)
                return id + " was acknowledged";
        for (const auto& [id, count] : there)
            if (count != 2 && count != 0)
                return id + " is there by half";
        const auto offset = store.feedOffset("f");
        if ((offset ? offset->offset : 0) != newest)
            return "the feed's offset goes apart from its events";
        return "";
    }

private:
    static std::string textOf(const std::string& id, std::size_t length) {
        return id + std::string(length, 'x');
    }
    std::set<std::string> acknowledged_;
    int next_ = 0;
};

// Every way a power cut can hit an append: after each count of disk operations, many times over.
TEST(Durability, a_power_cut_loses_no_acknowledged_command) {
    std::mt19937 dice(17);
    std::size_t cuts = 0, cutsInRecovery = 0, acknowledged = 0;
    CrashDisk::Fates fates;
    for (int round = 0; round < 300; ++round) {
        Folder folder;
        StoreOptions options;
        options.vfs = "crash" + std::to_string(round);
        CrashDisk disk(options.vfs);
        auto clock = std::make_shared<HandClock>();
        Witness witness;
        for (int life = 0; life < 3; ++life) {
            // The first life may be cut while the journal is being made, a later one while it is closed, a
            // long one while its log is taken into the database.
            const int appends = round % 20 == 0 ? 400 : 1 + static_cast<int>(dice() % 60);
            const auto operations = static_cast<unsigned>(appends) * 22 + 150; // it takes about that many
            disk.crashAfter(life == 0 && round % 4 ? UINT64_MAX : 1 + dice() % operations);
            if (auto store = open(folder, clock, options))
                witness.write(*store, appends, dice);
            cuts += disk.crashed();
            fates += disk.restart(dice);
            if (dice() % 2) { // and once more, while it looks at what is left
                disk.crashAfter(1 + dice() % 40);
                open(folder, clock, options);
                cutsInRecovery += disk.crashed();
                fates += disk.restart(dice);
            }
            auto store = open(folder, clock, options);
            ASSERT_TRUE(store) << "round " << round;
            ASSERT_EQ(witness.broken(*store), "") << "round " << round;
        }
        acknowledged += witness.acknowledged();
    }
    EXPECT_GT(cuts, 400U);
    EXPECT_GT(cutsInRecovery, 200U);
    EXPECT_GT(acknowledged, 5000U);
    EXPECT_GT(fates.kept, 500U);
    EXPECT_GT(fates.lost, 500U);
    EXPECT_GT(fates.torn, 500U);
    std::printf(
        "%zu cuts, %zu in recovery; writes kept %zu, lost %zu, torn %zu (%zu in the database); names lost "
        "%zu, back %zu\n",
        cuts, cutsInRecovery, fates.kept, fates.lost, fates.torn, fates.tornInDatabase, fates.namesLost,
        fates.namesBack);
    EXPECT_GT(fates.tornInDatabase, 100U) << "cut while the log was taken into the database";
    EXPECT_GT(fates.namesLost, 0U);
    EXPECT_GT(fates.namesBack, 0U);
}

// A journal is made, written, closed, opened and written again. The power fails at each operation of that in
// turn, none left out.
TEST(Durability, no_disk_operation_is_the_wrong_one_for_a_power_cut) {
    bool through = false;
    std::uint64_t cut = 1;
    CrashDisk::Fates fates;
    for (; !through && cut < 5000; ++cut)
        for (unsigned seed = 0; seed < 3; ++seed) {
            Folder folder;
            std::mt19937 dice(static_cast<unsigned>(cut) * 3 + seed);
            StoreOptions options;
            options.vfs = "cut";
            CrashDisk disk(options.vfs);
            auto clock = std::make_shared<HandClock>();
            Witness witness;
            disk.crashAfter(cut);
            for (int opening = 0; opening < 2; ++opening)
                if (auto store = open(folder, clock, options))
                    witness.write(*store, 3, dice);
            through = !disk.crashed();
            ASSERT_TRUE(!through || witness.acknowledged() == 6);
            fates += disk.restart(dice);
            auto store = open(folder, clock, options);
            ASSERT_TRUE(store) << "operation " << cut << ", seed " << seed;
            ASSERT_EQ(witness.broken(*store), "") << "operation " << cut << ", seed " << seed;
        }
    EXPECT_TRUE(through);
    EXPECT_GT(cut, 100U);
    EXPECT_GT(fates.torn, 100U);
    EXPECT_GT(fates.tornInDatabase, 20U);
}

TEST(Durability, a_full_disk_is_named_and_loses_nothing) {
    Folder folder;
    CrashDisk disk("full");
    StoreOptions options;
    options.vfs = "full";
    auto store = open(folder, std::make_shared<HandClock>(), options);
    ASSERT_TRUE(store);
    const auto verified = [](const char* id) { return event(TicketVerified{{1001}}, id); };
    ASSERT_TRUE(store->append({{verified("a")}, {}, {}, false}));
    disk.fill(true);
    const auto refused = store->append({{verified("b")}, {}, {}, false});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().message.code, "diskFull");
    EXPECT_EQ(refused.problem().kind, layers::Problem::Kind::environment);
    EXPECT_EQ(store->lastSeq(), 2U);
    disk.fill(false);
    const auto done = store->append({{verified("b")}, {}, {}, false});
    ASSERT_TRUE(done);
    EXPECT_FALSE(done.value().repeated);
    EXPECT_EQ(store->lastSeq(), 3U);
    EXPECT_TRUE(store->verify().value().ok);
}

// The disk that test stands on must be able to fail it.
TEST(Durability, the_crash_disk_does_lose_what_was_not_synced) {
    std::mt19937 dice(1);
    int lost = 0;
    for (int round = 0; round < 20; ++round) {
        CrashDisk disk("losing" + std::to_string(round));
        sqlite3* db = nullptr;
        const auto openAgain = [&] {
            sqlite3_open_v2("/memory.sqlite", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                            ("losing" + std::to_string(round)).c_str());
        };
        openAgain();
        sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE t(x)", nullptr,
                     nullptr, nullptr);
        for (int i = 0; i < 20; ++i)
            sqlite3_exec(db, "INSERT INTO t VALUES(randomblob(900))", nullptr, nullptr, nullptr);
        disk.crashAfter(1);
        sqlite3_close(db);
        disk.restart(dice);
        openAgain();
        int rows = 0;
        sqlite3_exec(
            db, "SELECT count(*) FROM t",
            [](void* into, int, char** values, char**) {
                *static_cast<int*>(into) = std::atoi(values[0]);
                return 0;
            },
            &rows, nullptr);
        lost += rows < 20;
        sqlite3_close(db);
    }
    EXPECT_GT(lost, 10);
}

struct Child {
    pid_t id = -1;
    int acks = -1;
    static Child start(const Folder& folder, int first, int count) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
            std::abort();
        Child child;
        child.id = fork();
        if (child.id == 0) {
            dup2(ends[1], STDOUT_FILENO);
            execl(writer.c_str(), writer.c_str(), folder.path.c_str(), std::to_string(first).c_str(),
                  std::to_string(count).c_str(), nullptr);
            _exit(127);
        }
        close(ends[1]);
        child.acks = ends[0];
        return child;
    }
    std::string readSome() const {
        char bytes[4096];
        const ssize_t got = read(acks, bytes, sizeof bytes);
        return got > 0 ? std::string(bytes, static_cast<std::size_t>(got)) : std::string();
    }
};

TEST(Durability, five_hundred_kills_lose_no_acknowledged_command) {
    Folder folder;
    Desk desk = kit::desk(folder, 1);
    ASSERT_TRUE(desk.say(openTicket()));
    std::mt19937 dice(23);
    int next = 0, acknowledged = 0, kills = 0;
    while (kills < 500) {
        const Child child = Child::start(folder, next, 1'000'000);
        // Two in three while it writes, the others on their way there: through recovering what was left.
        std::string said = kills % 3 ? child.readSome() : "";
        usleep(dice() % (kills % 3 ? 6000 : 20'000));
        kill(child.id, SIGKILL);
        int status = 0;
        waitpid(child.id, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << WEXITSTATUS(status);
        ++kills;
        for (std::string more; !(more = child.readSome()).empty();)
            said += more;
        close(child.acks);
        // Each must be there; whether the one in the air is, is nobody's promise.
        std::istringstream lines(said);
        std::string word;
        for (int number = 0; lines >> word >> number; next = number + 1) {
            const auto again = desk.store->append(
                {{event(EntryAdded{{1001}, EntryKind::note, "again", {}}, "k" + std::to_string(number))},
                 {},
                 {},
                 false});
            ASSERT_TRUE(again.ok() && again.value().repeated)
                << "k" << number << " was acknowledged and is gone";
            ++acknowledged;
        }
        ++next;
    }
    EXPECT_GT(acknowledged, kills / 2);
    EXPECT_TRUE(desk.store->verify().value().ok);
}

// On a disk of memory where there is one: what counts here is who wins. bench/journal does it on a real one.
TEST(Durability, two_processes_write_one_ticket_10000_times_and_exactly_one_wins_each_time) {
    constexpr int rounds = 10'000;
    const Folder folder(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path());
    {
        Desk desk = kit::desk(folder, 1);
        ASSERT_TRUE(desk.say(openTicket()));
    }
    const RaceResult result = raceForTicket(folder, rounds);
    ASSERT_TRUE(result.ended);
    EXPECT_EQ(result.exactlyOne, rounds);
    EXPECT_GT(result.wins[0], rounds / 20) << "the draw isn't fair";
    EXPECT_GT(result.wins[1], rounds / 20) << "the draw isn't fair";
    auto store = open(folder, std::make_shared<HandClock>());
    const State state = foldTo(*store, State(), store->lastSeq()).value();
    EXPECT_EQ(state.ticket({1001})->version, rounds + 1U);
    EXPECT_EQ(state.ticket({1001})->log.size(), rounds + 1U);
    EXPECT_TRUE(store->verify().value().ok);
}

TEST(Durability, processes_that_create_one_journal_at_once_all_get_the_same) {
    for (int round = 0; round < 10; ++round) {
        Folder folder;
        std::vector<pid_t> children;
        for (int i = 0; i < 4; ++i) {
            const pid_t child = fork();
            if (child == 0) {
                auto store = open(folder, std::make_shared<HandClock>());
                if (!store)
                    _exit(4);
                const auto appended =
                    store->append({{event(TicketVerified{{1001}}, "c" + std::to_string(i))}, {}, {}, false});
                if (!appended)
                    std::fputs((word(appended.problem().message, layers::Language::english) + "\n").c_str(),
                               stderr);
                _exit(appended ? 0 : 3);
            }
            children.push_back(child);
        }
        for (const pid_t child : children) {
            int status = 0;
            waitpid(child, &status, 0);
            ASSERT_EQ(WEXITSTATUS(status), 0);
        }
        auto store = open(folder, std::make_shared<HandClock>());
        EXPECT_EQ(store->lastSeq(), 5U);
        EXPECT_EQ(store->read(1, 1).value().at(0).envelope.kind, "journalOpened");
        EXPECT_TRUE(store->verify().value().ok);
    }
}

TEST(Durability, the_disk_is_synced_before_each_acknowledgement) {
    Folder folder;
    const std::string log = folder.path / "trace";
    const std::string command = "strace -f -y -e trace=write,pwrite64,fsync,fdatasync -o " + log + " " +
                                writer + " " + folder.path.string() + " 0 20 >/dev/null 2>&1";
    if (std::system("strace -o /dev/null true >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "strace is not here or may not trace";
    ASSERT_EQ(std::system(command.c_str()), 0);
    std::ifstream in(log);
    int acks = 0, writes = 0, syncs = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.find("journal.sqlite") != line.npos && line.find("pwrite64(") != line.npos) {
            ++writes;
            syncs = 0;
        } else if (line.find("journal.sqlite-wal") != line.npos && line.find("sync(") != line.npos &&
                   line.ends_with("= 0")) {
            ++syncs;
        } else if (line.find("\"ack ") != line.npos) {
            ++acks;
            EXPECT_GT(writes, 0) << line;
            EXPECT_GT(syncs, 0) << "written and not synced before: " << line;
            writes = syncs = 0;
        }
    }
    EXPECT_EQ(acks, 20);
}

} // namespace
} // namespace vedette::dispatch
