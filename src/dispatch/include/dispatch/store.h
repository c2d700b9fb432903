// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/commands.h"

#include <filesystem>
#include <functional>
#include <span>

namespace vedette::dispatch {

// One journal behind one interface; SQLite today (journal_sqlite.cpp), PostgreSQL behind the same words
// later. An object belongs to one thread at a time.
class Store {
public:
    virtual ~Store() = default;

    struct FeedOffset {
        std::string feed;
        std::uint64_t offset = 0;
        std::uint64_t lines = 0, rejected = 0;
    };
    struct Append {
        std::vector<Event> events;
        ReadSet read;
        std::optional<FeedOffset> feed; // committed with the events, in the same transaction
        // Events of several commands may go in one append (one sync for all): each keeps its own commandId
        // and those that are there already are left out. Importing and making samples keep the recordedAt
        // given.
        bool keepRecordedAt = false;
    };
    struct Conflict {
        std::string stream;
        std::uint32_t expected = 0, actual = 0;
        Envelope winner;
    };
    struct Appended {
        std::vector<Event> events; // as stored, with seq, version, recordedAt; also when `repeated`
        bool repeated = false;     // command_id or source+source_id was there already: nothing was added
        std::optional<Conflict> conflict; // stale read set: nothing was added
    };
    // Durable (fsynced) once it returns. Problems: journalHeld {path,seconds}, journalReadOnly {path},
    // journalNewer {path,version}, diskFull {path}, journalBroken {path,cause}, trainingJournal {path},
    // liveJournal {path}. An empty commandId gets a new one.
    virtual layers::Result<Appended> append(const Append& what) = 0;
    // Keeps reference content; returns its sha256. Same content twice is one row.
    virtual layers::Result<std::string> keep(std::string_view content) = 0;
    // Events with seq >= from, in order, at most `limit`, decoded and upcast.
    virtual layers::Result<std::vector<Event>> read(Seq from, std::size_t limit) = 0;
    // The same for the fold, at its speed: [from, till], envelopes without eventId, commandId, source,
    // sourceId and workstation. A long way is read on a thread of its own, so `each`, which is called on the
    // caller's, mustn't ask this store for anything.
    virtual layers::Status visit(Seq from, Seq till, const std::function<void(const Event&)>& each) = 0;
    // Content kept under that sha256; null: none.
    virtual std::shared_ptr<const std::string> kept(const std::string& sha256) = 0;
    virtual Seq lastSeq() = 0;
    // Last event recorded at or before `at`.
    virtual Seq seqAt(Instant at) = 0;
    virtual std::optional<FeedOffset> feedOffset(const std::string& feed) = 0;
    // True when `owner` now holds `name` (again) until now + duration; one owner at a time.
    virtual bool lease(const std::string& name, const std::string& owner,
                       std::chrono::milliseconds duration) = 0;
    struct Verified {
        bool ok = true;
        Seq checked = 0;
        std::optional<Seq> firstBroken;
        std::string eventId, cause;
    };
    // Recomputes the chain over [from, till]: events, seals of private text, kept content, sealed blocks.
    // Only up to the end does it see newest events that were cut off.
    static constexpr Seq end = ~Seq{0};
    virtual layers::Result<Verified> verify(Seq from = 1, Seq till = end) = 0;
    // Erases the private text of an event (or of all recorded before `till`); chain and state hash stay as
    // they are, folded states in memory don't: fold again. How many texts. Problem: eventUnknown
    // {event,path}.
    virtual layers::Result<std::size_t> redact(const std::string& eventId) = 0;
    virtual layers::Result<std::size_t> redactBefore(Instant till) = 0;
    virtual bool readOnly() const = 0;
    virtual Mode mode() const = 0;
    // Cache of folded states; may be deleted at any time.
    virtual std::optional<State> snapshotAtOrBefore(Seq seq) = 0;
    virtual void saveSnapshot(const State& state) = 0;
};

struct StoreOptions {
    Mode mode = Mode::live; // of a journal that is created now
    bool create = true, readOnly = false;
    std::chrono::milliseconds wait{5000};
    std::string vfs;                  // SQLite VFS name; tests inject faults here
    std::string workspace;            // named by the first event of a journal created now
    std::shared_ptr<const Roll> roll; // the city's, or null: where it is pinned it isn't read a second time
    // Fills salts and new command ids; default: the kernel's. A seeded one makes equal journals equal bytes.
    std::function<void(std::span<std::uint8_t>)> entropy;
};
// `url`: "sqlite:PATH". Problems: storeUnknown {url}, networkFileSystem {path,type}, folderMissing {path},
// journalMissing {path} (create is off), and Store's. A journal that can't be written, is of a newer version
// or whose newest events don't fit the chain opens read-only; append says why.
layers::Result<std::unique_ptr<Store>> openStore(const std::string& url, const std::filesystem::path& folder,
                                                 std::shared_ptr<const layers::Clock> clock,
                                                 const StoreOptions& options = {});
// A whole copy while others write; `to` must not exist. restore() checks the copy's chain first; a journal
// that stands in its place is set aside as NAME.replaced-N. Problems: backupFailed {path,cause}, journalThere
// {path}.
layers::Status backup(const std::string& url, const std::filesystem::path& folder,
                      const std::filesystem::path& to);
layers::Status restore(const std::filesystem::path& from, const std::string& url,
                       const std::filesystem::path& folder);

// The name of the network file system with that statfs() magic number ("nfs", "cifs", ...); empty: a local
// one.
std::string_view networkFileSystem(long magic);

// Folds [state.seq()+1, upTo] onto `state`; from the nearest snapshot when state is fresh, leaving new
// snapshots behind on a long way.
layers::Result<State> foldTo(Store& store, State state, Seq upTo);

} // namespace vedette::dispatch
