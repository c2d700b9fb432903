// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"
#include "journal_chain.h"
#include "sqlite.h"
#include "state_impl.h"

#include <filesystem>
#include <functional>

namespace vedette::dispatch {

struct PageStock;

// What a snapshot needs to know of its journal.
struct JournalSide {
    std::function<std::optional<Digest>(Seq)> chainAt;
    std::function<std::shared_ptr<const std::string>(const std::string& sha256)> content;
    std::function<std::shared_ptr<const Roll>(const std::string& sha256)> roll;
    // The state at that place folded from the events alone, on any thread, whatever becomes of the store.
    std::function<State(Seq)> refold;
};

// Folded states in a file beside the journal that may be deleted at any time. States share pages, in the file
// as in memory: a page that didn't change between two snapshots is stored once, and a page of tickets that
// are all over stays in the file until somebody asks for one of them. Each snapshot carries the journal's
// chain hash and its own state hash; one that doesn't fit is as good as none. Failing is never told: the fold
// does the work again.
class SnapshotCache {
public:
    SnapshotCache(std::filesystem::path file, bool mayWrite);
    ~SnapshotCache();

    std::optional<State> load(Seq atOrBefore, const JournalSide& journal);
    void save(const State& state, const Digest& chain);
    void clear(); // everything, in the file and in memory
    void forbidWriting() { mayWrite_ = false; }

private:
    struct Row;
    bool ready();
    void listPages();
    std::optional<State> decode(const Row& row, const JournalSide& journal);

    std::filesystem::path file_;
    bool mayWrite_;
    bool tried_ = false, open_ = false;
    Database db_;
    std::unique_ptr<PageStock> stock_;
};

} // namespace vedette::dispatch
