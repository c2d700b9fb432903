// SPDX-License-Identifier: GPL-3.0-or-later
#include "block_relay.h"
#include "journal_sqlite.h"

#include <algorithm>

namespace vedette::dispatch {

using layers::Nothing;
using layers::Result;
using layers::Status;

namespace {

Instant instant(std::int64_t millis) {
    return Instant{std::chrono::milliseconds{millis}};
}

} // namespace

// Columns in the order of the envelope, then payload and hash.
#define VEDETTE_EVENT_COLUMNS                                                                                \
    "seq, event_id, command_id, source, source_id, stream, version, kind, kind_version, occurred_at,"        \
    " recorded_at, actor, workstation, mode, payload, hash"

static Envelope envelopeFrom(Statement& row) {
    Envelope e;
    e.seq = static_cast<Seq>(row.integer(0));
    e.eventId = row.text(1);
    e.commandId = row.text(2);
    e.source = row.text(3);
    e.sourceId = row.text(4);
    e.stream = row.text(5);
    e.version = static_cast<std::uint32_t>(row.integer(6));
    e.kind = row.text(7);
    e.kindVersion = static_cast<int>(row.integer(8));
    e.occurredAt = instant(row.integer(9));
    e.recordedAt = instant(row.integer(10));
    e.actor = row.text(11);
    e.workstation = row.text(12);
    e.mode = mode(row.text(13)).value_or(Mode::live);
    return e;
}

// What is kept apart from the payload: private text and reference content.
void SqliteStore::complete(Event& event, std::string_view storedPayload) {
    if (storedPayload.find("Sealed\":") != std::string_view::npos) {
        Statement& row =
            db_.prepared("SELECT field, text FROM private WHERE seq = ?").run(event.envelope.seq);
        while (row.row())
            setPrivateText(event.payload, row.text(0), std::string(row.text(1)));
    } else if (auto* pinned = std::get_if<ReferencePinned>(&event.payload)) {
        pinned->content = kept(pinned->sha256);
    }
}

Event SqliteStore::eventFrom(Statement& row) {
    Event event{envelopeFrom(row), UnknownKind{}};
    const std::string_view payload = row.text(14);
    event.payload = decodePayload(event.envelope.kind, event.envelope.kindVersion, payload);
    complete(event, payload);
    return event;
}

Result<std::vector<Event>> SqliteStore::read(Seq from, std::size_t limit) {
    std::vector<Event> events;
    const auto most = static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX));
    Statement& row =
        db_.prepared("SELECT " VEDETTE_EVENT_COLUMNS " FROM events WHERE seq >= ? ORDER BY seq LIMIT ?")
            .run(from, most);
    while (row.row())
        events.push_back(eventFrom(row));
    if (row.failed())
        return problemOf(row.result());
    return events;
}

// As the event says, which is chained; what the journal says of itself isn't.
Mode SqliteStore::modeOf(Seq seq) {
    Statement& row = db_.prepared("SELECT mode FROM events WHERE seq >= ? ORDER BY seq LIMIT 1").run(seq);
    const auto said = row.row() ? dispatch::mode(row.text(0)) : std::nullopt;
    row.done();
    return said.value_or(Mode::live);
}

Status SqliteStore::visit(Seq from, Seq till, const std::function<void(const Event&)>& each) {
    const Mode mode = modeOf(from);
    Statement& row = db_.prepared(EventBlock::query).run(from, till);
    // Private text lies in the same order: walked beside the events, not looked up for each.
    Statement& secret =
        db_.prepared("SELECT seq, field, text FROM private WHERE seq BETWEEN ? AND ? ORDER BY seq, field")
            .run(from, till);
    // Neither keeps its read lock, whichever way this ends.
    struct Done {
        Statement &row, &secret;
        ~Done() { row.done(), secret.done(); }
    } const done{row, secret};
    bool there = row.row(); // first: it holds what both see to one moment
    bool more = there && secret.row();
    const auto fill = [&](EventBlock& block) {
        for (; there && !block.full(); there = row.row()) {
            block.add(row, mode);
            const Envelope& e = block.last();
            for (; more && static_cast<Seq>(secret.integer(0)) <= e.seq; more = secret.row())
                if (static_cast<Seq>(secret.integer(0)) == e.seq)
                    block.addSecret(secret.text(1), secret.text(2));
            if (e.kind == "referencePinned") {
                const Payload payload = decodePayload(e.kind, e.kindVersion, block.lastPayload());
                if (const auto* pinned = std::get_if<ReferencePinned>(&payload))
                    block.addContent(kept(pinned->sha256));
            }
        }
        return there;
    };
    relayBlocks(fill, [&each](EventBlock& block) {
        for (const Event& event : block.events())
            each(event);
    });
    if (row.failed())
        return problemOf(row.result());
    return Nothing{};
}

std::shared_ptr<const std::string> SqliteStore::kept(const std::string& sha256) {
    for (const auto& [name, content] : content_)
        if (name == sha256)
            return content;
    Statement& row = db_.prepared("SELECT content FROM reference WHERE sha256 = ?").run(sha256);
    if (!row.row())
        return nullptr;
    auto content = std::make_shared<const std::string>(row.text(0));
    row.done();
    content_.emplace_front(sha256, content);
    if (content_.size() > 4)
        content_.pop_back();
    return content;
}

Seq SqliteStore::lastSeq() {
    return static_cast<Seq>(db_.number("SELECT max(seq) FROM events"));
}

// recordedAt never goes back and seq has no holes, so halving finds the place without an index.
Seq SqliteStore::seqAt(Instant at) {
    Seq low = 0, high = lastSeq();
    while (low < high) {
        const Seq middle = low + (high - low + 1) / 2;
        Statement& row = db_.prepared("SELECT recorded_at FROM events WHERE seq = ?").run(middle);
        const bool notAfter = row.row() && instant(row.integer(0)) <= at;
        row.done();
        if (notAfter)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

std::optional<Store::FeedOffset> SqliteStore::feedOffset(const std::string& feed) {
    Statement& row = db_.prepared("SELECT offset, lines, rejected FROM feeds WHERE feed = ?").run(feed);
    if (!row.row())
        return std::nullopt;
    FeedOffset offset{feed, static_cast<std::uint64_t>(row.integer(0)),
                      static_cast<std::uint64_t>(row.integer(1)), static_cast<std::uint64_t>(row.integer(2))};
    row.done();
    return offset;
}

std::optional<Digest> SqliteStore::hashAt(Seq seq) {
    Digest hash{};
    if (seq == 0)
        return hash;
    Statement& row = db_.prepared("SELECT hash FROM events WHERE seq = ?").run(seq);
    if (!row.row() || row.bytes(0).size() != hash.size())
        return std::nullopt;
    std::copy_n(row.bytes(0).begin(), hash.size(), hash.begin());
    row.done();
    return hash;
}

// What lies apart from the payload and doesn't fit it; empty: all does.
std::string SqliteStore::brokenPart(Statement& event, const Envelope& e, std::string_view payload) {
    if (e.kind == "referencePinned") {
        const auto decoded = decodePayload(e.kind, e.kindVersion, payload);
        if (const auto* pinned = std::get_if<ReferencePinned>(&decoded)) {
            Statement& row =
                db_.prepared("SELECT content FROM reference WHERE sha256 = ?").run(pinned->sha256);
            const bool fits = row.row() && hex(dispatch::sha256(row.text(0))) == pinned->sha256;
            row.done();
            return fits ? "" : "contentChanged";
        }
    }
    if (payload.find("Sealed\":") != std::string_view::npos)
        for (const Seal& seal : sealsIn(payload)) {
            Statement& row = db_.prepared("SELECT salt, text FROM private WHERE seq = ? AND field = ?")
                                 .run(e.seq, seal.field);
            // A redacted text leaves its row behind, empty.
            const bool fits =
                row.row() && (row.isNull(1) || commitment(row.bytes(0), row.text(1)) == seal.commitment);
            row.done();
            if (!fits)
                return "privateTextChanged";
        }
    if (e.seq % blockLength == 0) {
        Statement& row = db_.prepared("SELECT b.hash, b.seal, p.seal FROM blocks b LEFT JOIN blocks p"
                                      " ON p.last_seq = b.last_seq - 1000 WHERE b.last_seq = ?")
                             .run(e.seq);
        Digest hash{}, before{};
        bool fits = row.row() && row.bytes(0).size() == hash.size();
        if (fits) {
            std::copy_n(row.bytes(0).begin(), hash.size(), hash.begin());
            if (row.bytes(2).size() == before.size())
                std::copy_n(row.bytes(2).begin(), before.size(), before.begin());
            fits = std::ranges::equal(row.bytes(1), sealed(before, hash)) &&
                   std::ranges::equal(hash, event.bytes(15));
        }
        row.done();
        if (!fits)
            return "blockChanged";
    }
    return "";
}

Result<Store::Verified> SqliteStore::verify(Seq from, Seq till) {
    // One view of the journal throughout: another process appends between two of these questions.
    const ReadView view(db_);
    Verified found;
    from = std::max<Seq>(from, 1);
    const auto fail = [&](Seq seq, std::string eventId, std::string cause) {
        found.ok = false;
        found.firstBroken = seq;
        found.eventId = std::move(eventId);
        found.cause = std::move(cause);
        return found;
    };
    auto before = hashAt(from - 1);
    if (!before)
        return fail(from - 1, "", "eventMissing");
    Seq due = from;
    Statement& row =
        db_.prepared("SELECT " VEDETTE_EVENT_COLUMNS " FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq")
            .run(from, std::min<Seq>(till, INT64_MAX));
    while (row.row()) {
        const Envelope e = envelopeFrom(row);
        const std::string_view payload = row.text(14);
        std::string cause;
        if (e.seq != due)
            cause = "eventMissing";
        const Digest hash = chained(*before, e, payload);
        // The chain goes over the mode as it was read: a word that is none would pass for "live".
        if (cause.empty() && (!std::ranges::equal(hash, row.bytes(15)) || row.text(13) != toString(e.mode)))
            cause = "hashDiffers";
        if (cause.empty())
            cause = brokenPart(row, e, payload);
        if (!cause.empty()) {
            row.done();
            return fail(cause == "eventMissing" ? due : e.seq, cause == "eventMissing" ? "" : e.eventId,
                        cause);
        }
        before = hash;
        found.checked = e.seq;
        ++due;
    }
    if (row.failed())
        return problemOf(row.result());
    if (till != end)
        return due > till ? found : fail(due, "", "eventMissing");
    // The newest events could be cut off without a trace in the chain itself.
    const Seq known = static_cast<Seq>(db_.number("SELECT max(last_seq) FROM streams"));
    if (known >= due)
        return fail(due, "", "eventMissing");
    return found;
}

Result<std::size_t> SqliteStore::redactSpan(Seq first, Seq last) {
    if (why_)
        return *why_;
    // The salt goes as well: with it a short text could be guessed from its seal.
    db_.execute("PRAGMA secure_delete = ON");
    const int result = db_.prepared("UPDATE private SET text = NULL, salt = NULL WHERE seq BETWEEN ? AND ?"
                                    " AND text IS NOT NULL")
                           .run(first, last)
                           .finish();
    const auto changed = static_cast<std::size_t>(std::max(0, sqlite3_changes(db_.handle())));
    db_.execute("PRAGMA secure_delete = OFF");
    if (result != SQLITE_DONE)
        return problemOf(result);
    // The write-ahead log and the snapshots still hold it.
    db_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    cache_.clear();
    return changed;
}

Result<std::size_t> SqliteStore::redact(const std::string& eventId) {
    Statement& row = db_.prepared("SELECT seq FROM events WHERE event_id = ?").run(eventId);
    if (!row.row())
        return layers::refused("eventUnknown", {{"event", eventId}, {"path", path_.string()}});
    const Seq seq = static_cast<Seq>(row.integer(0));
    row.done();
    return redactSpan(seq, seq);
}

Result<std::size_t> SqliteStore::redactBefore(Instant till) {
    return redactSpan(1, seqAt(till - std::chrono::milliseconds{1}));
}

std::shared_ptr<const Roll> SqliteStore::rollOf(const std::string& sha256) {
    if (options_.roll && options_.roll->sha256 == sha256)
        return options_.roll;
    const auto content = kept(sha256);
    return content ? readRoll(sha256, *content) : nullptr;
}

std::optional<State> SqliteStore::snapshotAtOrBefore(Seq seq) {
    JournalSide journal;
    journal.chainAt = [this](Seq at) { return hashAt(at); };
    journal.content = [this](const std::string& sha256) { return kept(sha256); };
    journal.roll = [this](const std::string& sha256) { return rollOf(sha256); };
    journal.refold = [path = path_, clock = clock_, options = options_](Seq till) {
        SqliteStore store(path, clock, options);
        State state;
        if (store.open(true).ok())
            static_cast<void>(
                store.visit(1, till, [&](const Event& event) { state = apply(std::move(state), event); }));
        return state;
    };
    return cache_.load(std::min(seq, lastSeq()), journal);
}

void SqliteStore::saveSnapshot(const State& state) {
    if (const auto hash = hashAt(state.seq()); hash && state.seq() > 0)
        cache_.save(state, *hash);
}

} // namespace vedette::dispatch
