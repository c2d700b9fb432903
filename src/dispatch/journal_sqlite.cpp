// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_sqlite.h"
#include "journal_chain.h"

#include <sys/random.h>
#include <unistd.h>

namespace vedette::dispatch {

using layers::Nothing;
using layers::Status;

namespace {

void kernelEntropy(std::span<std::uint8_t> into) {
    while (!into.empty()) {
        const ssize_t got = getrandom(into.data(), into.size(), 0);
        if (got > 0)
            into = into.subspan(static_cast<std::size_t>(got));
    }
}

std::filesystem::path cacheBeside(std::filesystem::path journal) {
    return journal.replace_extension(".cache");
}

// A read-only folder can't hold the files that readers of a write-ahead log share; a journal that was closed
// well needs none.
std::string immutableName(const std::filesystem::path& path) {
    std::string name = "file:";
    for (const char c : path.string()) {
        if (c == '?' || c == '#' || c == '%') {
            static constexpr char digits[] = "0123456789abcdef";
            name += '%';
            name += digits[static_cast<unsigned char>(c) >> 4];
            name += digits[c & 15];
        } else {
            name += c;
        }
    }
    return name + "?immutable=1";
}

// What each table holds; ARCHITECTURE.md says why. Times are milliseconds UTC since 1970.
constexpr const char* tables = R"sql(
CREATE TABLE events(seq INTEGER PRIMARY KEY, event_id TEXT NOT NULL, command_id TEXT NOT NULL,
    source TEXT NOT NULL, source_id TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL,
    kind TEXT NOT NULL, kind_version INTEGER NOT NULL, occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL, actor TEXT NOT NULL, workstation TEXT NOT NULL, mode TEXT NOT NULL,
    payload TEXT NOT NULL, hash BLOB NOT NULL);
CREATE TABLE commands(command_id TEXT PRIMARY KEY, source TEXT NOT NULL, source_id TEXT NOT NULL,
    first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX commands_by_source ON commands(source, source_id) WHERE source_id <> '';
CREATE TABLE streams(stream TEXT PRIMARY KEY, version INTEGER NOT NULL, last_seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX streams_by_last_seq ON streams(last_seq);
CREATE TABLE reference(sha256 TEXT PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE private(seq INTEGER NOT NULL, field TEXT NOT NULL, salt BLOB, text TEXT,
    PRIMARY KEY(seq, field)) WITHOUT ROWID;
CREATE TABLE feeds(feed TEXT PRIMARY KEY, offset INTEGER NOT NULL, lines INTEGER NOT NULL,
    rejected INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE leases(name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE blocks(last_seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, seal BLOB NOT NULL);
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)sql";

} // namespace

SqliteStore::SqliteStore(std::filesystem::path path, std::shared_ptr<const layers::Clock> clock,
                         StoreOptions options)
    : path_(std::move(path)), clock_(std::move(clock)), options_(std::move(options)),
      cache_(cacheBeside(path_), !options_.readOnly) {
    if (!options_.entropy)
        options_.entropy = &kernelEntropy;
}

Status SqliteStore::createTables() {
    Transaction transaction(db_);
    if (transaction.begun() != SQLITE_OK)
        return problemOf(transaction.begun());
    if (db_.number("SELECT count(*) FROM sqlite_master") > 0)
        return Nothing{}; // another process was first
    const std::string marks = "PRAGMA application_id = " + std::to_string(journalMark) +
                              "; PRAGMA user_version = " + std::to_string(journalFormat);
    for (const char* sql : {tables, marks.c_str()})
        if (const int failed = db_.execute(sql))
            return problemOf(failed);
    const int named =
        db_.prepared("INSERT INTO meta(key, value) VALUES('mode', ?)").run(toString(options_.mode)).finish();
    if (named != SQLITE_DONE)
        return problemOf(named);
    if (const int failed = transaction.commit())
        return problemOf(failed);
    return Nothing{};
}

Status SqliteStore::open(bool readOnly) {
    const auto journalReadOnly = layers::environment("journalReadOnly", {{"path", path_.string()}});
    const bool folderReadOnly = access(path_.parent_path().c_str(), W_OK) != 0;
    if (readOnly || folderReadOnly || (access(path_.c_str(), F_OK) == 0 && access(path_.c_str(), W_OK) != 0))
        why_ = journalReadOnly;
    if (why_ && access(path_.c_str(), F_OK) != 0)
        return journalReadOnly;
    const bool immutable = folderReadOnly && access((path_.string() + "-wal").c_str(), F_OK) != 0;
    const int flags = !why_        ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                      : !immutable ? SQLITE_OPEN_READONLY
                                   : SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    const int opened =
        db_.open(immutable ? immutableName(path_) : path_.string(), flags, options_.vfs, options_.wait);
    if (opened != SQLITE_OK)
        return problemOf(opened);
    if (!why_) {
        for (const char* sql : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"})
            if (const int failed = db_.executePatiently(sql, options_.wait))
                return problemOf(failed);
        if (db_.number("SELECT count(*) FROM sqlite_master") == 0)
            if (const Status made = createTables(); !made)
                return made.problem();
    }
    db_.execute("PRAGMA cache_size = -32000");
    if (db_.execute("SELECT count(*) FROM sqlite_master") != SQLITE_OK)
        return problemOf(db_.errorCode());
    if (db_.number("PRAGMA application_id") != journalMark)
        return layers::environment("journalBroken", {{"path", path_.string()}, {"cause", "not a journal"}});
    const auto format = db_.number("PRAGMA user_version");
    if (format > journalFormat)
        why_ =
            layers::refused("journalNewer", {{"path", path_.string()}, {"version", std::to_string(format)}});
    if (!why_)
        if (const Status migrated = migrate(); !migrated)
            return migrated.problem();
    Statement& row = db_.prepared("SELECT value FROM meta WHERE key = 'mode'").run();
    if (row.row())
        mode_ = dispatch::mode(row.text(0)).value_or(Mode::live);
    row.done();
    if (why_)
        cache_.forbidWriting();

    // Verified from the last sealed block on; the whole chain is verify()'s business.
    const auto sound = verify(static_cast<Seq>(db_.number("SELECT max(last_seq) FROM blocks")), end);
    if (!sound)
        return sound.problem();
    if (!sound.value().ok && !why_)
        why_ = brokenChain(path_.string(), sound.value());
    if (why_ || lastSeq() > 0)
        return Nothing{};
    Append first;
    Event& event = first.events.emplace_back();
    event.envelope.commandId = "journal-opened";
    event.envelope.occurredAt = clock_->now();
    event.envelope.actor = "vedette";
    event.envelope.mode = mode_;
    event.payload = JournalOpened{options_.workspace};
    const auto appended = append(first);
    return appended.ok() ? Status(Nothing{}) : Status(appended.problem());
}

} // namespace vedette::dispatch
