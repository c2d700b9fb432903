// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"
#include "journal_chain.h"
#include "sqlite.h"

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace vedette::dispatch {

struct Roll;
struct PageStock;

// Folded states in a file beside the journal that may be deleted at any time. States share pages, in the file
// as in memory: a page that didn't change between two snapshots is stored once. Each snapshot carries the
// journal's chain hash and its own state hash; one that doesn't fit is as good as none. Failing is never
// told: the fold does the work again.
class SnapshotCache {
public:
    SnapshotCache(std::filesystem::path file, bool mayWrite);
    ~SnapshotCache();

    std::optional<State>
    load(Seq atOrBefore, const std::function<std::optional<Digest>(Seq)>& chainAt,
         const std::function<std::shared_ptr<const std::string>(const std::string&)>& content);
    void save(const State& state, const Digest& chain);
    void clear(); // everything, in the file and in memory
    void forbidWriting() { mayWrite_ = false; }

private:
    bool ready();
    std::optional<State>
    decode(std::string_view header, std::string_view pages, const std::string& hash,
           const std::function<std::shared_ptr<const std::string>(const std::string&)>& content);

    std::filesystem::path file_;
    bool mayWrite_;
    bool tried_ = false, open_ = false;
    Database db_;
    std::unique_ptr<PageStock> stock_;
};

} // namespace vedette::dispatch
