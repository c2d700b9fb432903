// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_sqlite.h"

#include <algorithm>

#include <sys/statvfs.h>

namespace vedette::dispatch {

using layers::Nothing;
using layers::Problem;
using layers::Result;
using layers::Status;

// Made before the lock is taken: the writers' queue is the scarce thing.
struct SqliteStore::Row {
    struct Secret {
        std::string field, text;
        Salt salt;
    };
    Event event;
    std::string payload; // as stored: private text sealed
    std::vector<Secret> secrets;
    bool first = false; // of its command
};

Problem SqliteStore::problemOf(int result) const {
    const std::string path = path_.string();
    switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return layers::environment(
            "journalHeld",
            {{"path", path},
             {"seconds", std::to_string(std::chrono::ceil<std::chrono::seconds>(options_.wait).count())}});
    case SQLITE_FULL:
        return layers::environment("diskFull", {{"path", path}});
    case SQLITE_READONLY:
        return layers::environment("journalReadOnly", {{"path", path}});
    default:
        // Without room for even its shared memory SQLite speaks of I/O, not of the disk.
        struct statvfs disk {};
        if (statvfs(path_.parent_path().c_str(), &disk) == 0 && disk.f_bavail == 0)
            return layers::environment("diskFull", {{"path", path}});
        return layers::environment("journalBroken", {{"path", path}, {"cause", db_.error()}});
    }
}

std::optional<Problem> SqliteStore::refusal(const Append& what) const {
    if (why_)
        return why_;
    for (const Event& event : what.events)
        if (event.envelope.mode != mode_)
            return layers::refused(mode_ == Mode::training ? "trainingJournal" : "liveJournal",
                                   {{"path", path_.string()}});
    return std::nullopt;
}

std::vector<SqliteStore::Row> SqliteStore::rowsOf(const Append& what) const {
    std::vector<Row> rows;
    rows.reserve(what.events.size());
    std::string unnamed;
    std::size_t place = 0;
    for (const Event& event : what.events) {
        Row& row = rows.emplace_back();
        row.event = event;
        Envelope& e = row.event.envelope;
        if (e.commandId.empty()) {
            if (unnamed.empty()) {
                std::array<std::uint8_t, 10> random{};
                options_.entropy(random);
                unnamed = newCommandId(clock_->now(), random);
            }
            e.commandId = unnamed;
        }
        row.first = rows.size() == 1 || rows[rows.size() - 2].event.envelope.commandId != e.commandId;
        place = row.first ? 0 : place + 1;
        e.eventId = eventIdFor(e.commandId, place);
        if (!std::holds_alternative<UnknownKind>(event.payload)) {
            e.kind = kindOf(event.payload);
            e.kindVersion = 1;
            e.stream = streamOf(event.payload);
        }
        std::vector<Seal> seals;
        for (PrivateText& text : privateTexts(event.payload)) {
            Row::Secret& secret = row.secrets.emplace_back();
            secret.field = text.field;
            secret.text = std::move(text.text);
            options_.entropy(secret.salt);
            seals.push_back({text.field, commitment(secret.salt, secret.text)});
        }
        row.payload = encodeSealed(event.payload, seals);
    }
    return rows;
}

Result<Store::Appended> SqliteStore::append(const Append& what) {
    if (const auto no = refusal(what))
        return *no;
    std::vector<Row> rows = rowsOf(what);
    Transaction transaction(db_);
    if (transaction.begun() != SQLITE_OK)
        return problemOf(transaction.begun());

    Appended done;
    done.repeated = !rows.empty();
    for (const Row& row : rows)
        if (row.first && !storedCommand(row.event.envelope))
            done.repeated = false;
    if (!done.repeated)
        if ((done.conflict = conflictWith(what.read)))
            return done;

    Tip last = tip();
    const Instant now = std::max(clock_->now(), last.recordedAt);
    ReadSet versions;
    for (std::size_t i = 0, end = 0; i < rows.size(); i = end) {
        end = i + 1;
        while (end < rows.size() && !rows[end].first)
            ++end;
        if (const auto stored = storedCommand(rows[i].event.envelope)) {
            const auto events = read(stored->first, stored->second - stored->first + 1);
            if (!events)
                return events.problem();
            done.events.insert(done.events.end(), events.value().begin(), events.value().end());
            continue;
        }
        for (std::size_t j = i; j < end; ++j) {
            Envelope& e = rows[j].event.envelope;
            e.recordedAt = what.keepRecordedAt ? std::max(e.recordedAt, last.recordedAt) : now;
            if (const int failed = insert(rows[j], last, versions))
                return problemOf(failed);
            done.events.push_back(std::move(rows[j].event));
        }
        if (const int failed = insertCommand(done.events[done.events.size() - (end - i)].envelope, last.seq))
            return problemOf(failed);
    }
    if (what.feed)
        if (const int failed = setOffset(*what.feed))
            return problemOf(failed);
    if (const int failed = transaction.commit())
        return problemOf(failed);
    return done;
}

std::optional<std::pair<Seq, Seq>> SqliteStore::storedCommand(const Envelope& e) {
    const auto found = [](Statement& row) -> std::optional<std::pair<Seq, Seq>> {
        if (!row.row())
            return std::nullopt;
        const std::pair<Seq, Seq> span(row.integer(0), row.integer(1));
        row.done();
        return span;
    };
    const auto byId =
        found(db_.prepared("SELECT first_seq, last_seq FROM commands WHERE command_id = ?").run(e.commandId));
    if (byId || e.sourceId.empty())
        return byId;
    return found(db_.prepared("SELECT first_seq, last_seq FROM commands WHERE source = ? AND source_id = ? "
                              "AND source_id <> ''")
                     .run(e.source, e.sourceId));
}

std::optional<Store::Conflict> SqliteStore::conflictWith(const ReadSet& read) {
    for (const auto& [stream, version] : read) {
        Statement& row = db_.prepared("SELECT version, last_seq FROM streams WHERE stream = ?").run(stream);
        Conflict conflict{stream, version, 0, {}};
        Seq winner = 0;
        if (row.row()) {
            conflict.actual = static_cast<std::uint32_t>(row.integer(0));
            winner = static_cast<Seq>(row.integer(1));
            row.done();
        }
        if (conflict.actual == version)
            continue;
        if (const auto events = this->read(winner, 1); events.ok() && !events.value().empty())
            conflict.winner = events.value().front().envelope;
        return conflict;
    }
    return std::nullopt;
}

SqliteStore::Tip SqliteStore::tip() {
    Tip last;
    Statement& row =
        db_.prepared("SELECT seq, recorded_at, hash FROM events ORDER BY seq DESC LIMIT 1").run();
    if (row.row()) {
        last.seq = static_cast<Seq>(row.integer(0));
        last.recordedAt = Instant{std::chrono::milliseconds{row.integer(1)}};
        const Bytes hash = row.bytes(2);
        std::copy_n(hash.begin(), std::min(hash.size(), last.hash.size()), last.hash.begin());
        row.done();
    }
    return last;
}

std::uint32_t SqliteStore::versionOf(const std::string& stream, const ReadSet& versions) {
    if (const auto known = versions.find(stream); known != versions.end())
        return known->second;
    Statement& row = db_.prepared("SELECT version FROM streams WHERE stream = ?").run(stream);
    const auto version = row.row() ? static_cast<std::uint32_t>(row.integer(0)) : 0;
    row.done();
    return version;
}

int SqliteStore::insert(Row& row, Tip& last, ReadSet& versions) {
    Envelope& e = row.event.envelope;
    e.seq = ++last.seq;
    last.recordedAt = e.recordedAt;
    int moved = SQLITE_DONE;
    const auto moveOn = [&](const std::string& stream) {
        const std::uint32_t version = versionOf(stream, versions) + 1;
        versions[stream] = version;
        const int result = db_.prepared("INSERT INTO streams(stream, version, last_seq) VALUES(?, ?, ?)"
                                        " ON CONFLICT(stream) DO UPDATE SET version = excluded.version, "
                                        "last_seq = excluded.last_seq")
                               .run(stream, version, e.seq)
                               .finish();
        if (result != SQLITE_DONE)
            moved = result;
        return version;
    };
    e.version = moveOn(e.stream);
    if (const UnitId* unit = touchedUnit(row.event.payload))
        if (const std::string stream = streamOf(*unit); stream != e.stream)
            moveOn(stream);
    if (moved != SQLITE_DONE)
        return moved;
    last.hash = chained(last.hash, e, row.payload);
    const int result =
        db_.prepared("INSERT INTO events(seq, event_id, command_id, source, source_id, stream, version, kind,"
                     " kind_version, occurred_at, recorded_at, actor, workstation, mode, payload, hash)"
                     " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .run(e.seq, e.eventId, e.commandId, e.source, e.sourceId, e.stream, e.version, e.kind,
                 e.kindVersion, e.occurredAt, e.recordedAt, e.actor, e.workstation, toString(e.mode),
                 row.payload, Bytes(last.hash))
            .finish();
    if (result != SQLITE_DONE)
        return result;
    for (const Row::Secret& secret : row.secrets) {
        const int kept = db_.prepared("INSERT INTO private(seq, field, salt, text) VALUES(?, ?, ?, ?)")
                             .run(e.seq, secret.field, Bytes(secret.salt), secret.text)
                             .finish();
        if (kept != SQLITE_DONE)
            return kept;
    }
    return e.seq % blockLength == 0 ? seal(last) : SQLITE_OK;
}

int SqliteStore::insertCommand(const Envelope& first, Seq last) {
    const int result = db_.prepared("INSERT INTO commands(command_id, source, source_id, first_seq, last_seq)"
                                    " VALUES(?, ?, ?, ?, ?)")
                           .run(first.commandId, first.source, first.sourceId, first.seq, last)
                           .finish();
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

int SqliteStore::seal(const Tip& last) {
    Digest before{};
    Statement& row = db_.prepared("SELECT seal FROM blocks ORDER BY last_seq DESC LIMIT 1").run();
    if (row.row()) {
        const Bytes seal = row.bytes(0);
        std::copy_n(seal.begin(), std::min(seal.size(), before.size()), before.begin());
        row.done();
    }
    const int result = db_.prepared("INSERT INTO blocks(last_seq, hash, seal) VALUES(?, ?, ?)")
                           .run(last.seq, Bytes(last.hash), Bytes(sealed(before, last.hash)))
                           .finish();
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

int SqliteStore::setOffset(const FeedOffset& offset) {
    const int result = db_.prepared("INSERT INTO feeds(feed, offset, lines, rejected) VALUES(?, ?, ?, ?)"
                                    " ON CONFLICT(feed) DO UPDATE SET offset = excluded.offset,"
                                    " lines = excluded.lines, rejected = excluded.rejected")
                           .run(offset.feed, offset.offset, offset.lines, offset.rejected)
                           .finish();
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

Result<std::string> SqliteStore::keep(std::string_view content) {
    if (why_)
        return *why_;
    const std::string name = hex(dispatch::sha256(content));
    const int result = db_.prepared("INSERT OR IGNORE INTO reference(sha256, content) VALUES(?, ?)")
                           .run(name, content)
                           .finish();
    if (result != SQLITE_DONE)
        return problemOf(result);
    return name;
}

bool SqliteStore::lease(const std::string& name, const std::string& owner,
                        std::chrono::milliseconds duration) {
    if (why_)
        return false;
    Transaction transaction(db_);
    if (transaction.begun() != SQLITE_OK)
        return false;
    const Instant now = clock_->now();
    const int result = db_.prepared("INSERT INTO leases(name, owner, until) VALUES(?1, ?2, ?3)"
                                    " ON CONFLICT(name) DO UPDATE SET owner = ?2, until = ?3"
                                    " WHERE owner = ?2 OR until <= ?4")
                           .run(name, owner, now + duration, now)
                           .finish();
    const bool ours = result == SQLITE_DONE && sqlite3_changes(db_.handle()) == 1;
    return ours && transaction.commit() == SQLITE_OK;
}

} // namespace vedette::dispatch
