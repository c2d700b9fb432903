// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/store.h"
#include "journal_cache.h"
#include "journal_chain.h"
#include "payload_json.h"
#include "sqlite.h"

#include <deque>

namespace vedette::dispatch {

constexpr int journalFormat = 2;        // PRAGMA user_version; journal_migrate.cpp says what each added
constexpr int journalMark = 0x56454454; // PRAGMA application_id, "VEDT"

// The journal in one SQLite file: WAL, every commit synced, several processes on one host.
class SqliteStore final : public Store {
public:
    SqliteStore(std::filesystem::path path, std::shared_ptr<const layers::Clock> clock, StoreOptions options);

    // Opens or creates; to be called once, before anything else. With `immutable` nothing is written, not
    // even the files that readers share.
    layers::Status open(bool readOnly);

    layers::Result<Appended> append(const Append& what) override;
    layers::Result<std::string> keep(std::string_view content) override;
    layers::Result<std::vector<Event>> read(Seq from, std::size_t limit) override;
    layers::Status visit(Seq from, Seq till, const std::function<void(const Event&)>& each) override;
    std::shared_ptr<const std::string> kept(const std::string& sha256) override;
    Seq lastSeq() override;
    Seq seqAt(Instant at) override;
    std::optional<FeedOffset> feedOffset(const std::string& feed) override;
    bool lease(const std::string& name, const std::string& owner,
               std::chrono::milliseconds duration) override;
    layers::Result<Verified> verify(Seq from, Seq till) override;
    layers::Result<std::size_t> redact(const std::string& eventId) override;
    layers::Result<std::size_t> redactBefore(Instant till) override;
    bool readOnly() const override { return why_.has_value(); }
    Mode mode() const override { return mode_; }
    std::optional<State> snapshotAtOrBefore(Seq seq) override;
    void saveSnapshot(const State& state) override;

private:
    struct Row; // an event on its way into the table
    struct Tip {
        Seq seq = 0;
        Instant recordedAt{};
        Digest hash{};
    };
    layers::Problem problemOf(int result) const;
    layers::Status createTables();
    layers::Status migrate();
    std::optional<layers::Problem> refusal(const Append& what) const;
    std::vector<Row> rowsOf(const Append& what) const;
    std::optional<std::pair<Seq, Seq>> storedCommand(const Envelope& envelope);
    std::optional<Conflict> conflictWith(const ReadSet& read);
    Tip tip();
    int insert(Row& row, Tip& tip, ReadSet& versions);
    int insertCommand(const Envelope& first, Seq last);
    int seal(const Tip& tip);
    int setOffset(const FeedOffset& offset);
    std::uint32_t versionOf(const std::string& stream, const ReadSet& versions);
    Event eventFrom(Statement& row);
    Mode modeOf(Seq seq);
    void complete(Event& event, std::string_view storedPayload);
    layers::Result<std::size_t> redactSpan(Seq first, Seq last);
    std::optional<Digest> hashAt(Seq seq);
    std::shared_ptr<const Roll> rollOf(const std::string& sha256);
    std::string brokenPart(Statement& row, const Envelope& envelope, std::string_view payload);

    std::filesystem::path path_;
    std::shared_ptr<const layers::Clock> clock_;
    StoreOptions options_;
    Database db_;
    Mode mode_ = Mode::live;
    std::optional<layers::Problem> why_; // nothing can be appended
    std::deque<std::pair<std::string, std::shared_ptr<const std::string>>> content_; // latest few
    SnapshotCache cache_;
};

} // namespace vedette::dispatch
