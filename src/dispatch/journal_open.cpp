// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_chain.h"
#include "journal_sqlite.h"
#include "network_mount.h"

#include <fcntl.h>
#include <unistd.h>

namespace vedette::dispatch {

using layers::Nothing;
using layers::Problem;
using layers::Result;
using layers::Status;

namespace {

namespace fs = std::filesystem;

Result<fs::path> journalPath(const std::string& url, const fs::path& folder) {
    constexpr std::string_view scheme = "sqlite:";
    if (!url.starts_with(scheme) || url.size() == scheme.size())
        return layers::refused("storeUnknown", {{"url", url}});
    const fs::path path = fs::absolute(folder / url.substr(scheme.size())).lexically_normal();
    std::error_code ignored;
    if (!fs::is_directory(path.parent_path(), ignored))
        return layers::environment("folderMissing", {{"path", path.parent_path().string()}});
    if (const std::string type = networkMount(path.parent_path()); !type.empty())
        return layers::environment("networkFileSystem", {{"path", path.string()}, {"type", type}});
    return path;
}

Problem backupFailed(const fs::path& path, std::string cause) {
    return layers::environment("backupFailed", {{"path", path.string()}, {"cause", std::move(cause)}});
}

// Synced to disk under its name: the file, then the folder that names it.
void syncFile(const fs::path& path) {
    for (const fs::path& one : {path, path.parent_path()}) {
        const int file = ::open(one.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0)
            continue;
        fsync(file);
        close(file);
    }
}

// A whole copy in one file, whoever writes meanwhile.
Status copyJournal(const fs::path& from, const fs::path& to) {
    Database source, target;
    constexpr auto wait = std::chrono::seconds{5};
    if (source.open(from.string(), SQLITE_OPEN_READWRITE, "", wait) != SQLITE_OK &&
        source.open(from.string(), SQLITE_OPEN_READONLY, "", wait) != SQLITE_OK)
        return backupFailed(from, source.error());
    if (target.open(to.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "", wait) != SQLITE_OK)
        return backupFailed(to, target.error());
    sqlite3_backup* copy = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (!copy)
        return backupFailed(to, target.error());
    // In one step: a read lock in WAL mode keeps no writer waiting.
    sqlite3_backup_step(copy, -1);
    const int result = sqlite3_backup_finish(copy);
    if (result != SQLITE_OK)
        return (result & 0xFF) == SQLITE_FULL ? layers::environment("diskFull", {{"path", to.string()}})
                                              : backupFailed(to, target.error());
    target.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    return Nothing{};
}

void removeJournal(const fs::path& path) {
    std::error_code ignored;
    for (const char* tail : {"", "-wal", "-shm"})
        fs::remove(path.string() + tail, ignored);
}

} // namespace

std::string_view networkFileSystem(long magic) {
    switch (static_cast<unsigned>(magic)) { // linux/magic.h and the file systems' own sources
    case 0x6969:
        return "nfs";
    case 0x517B:
    case 0xFE534D42:
        return "smb";
    case 0xFF534D42:
        return "cifs";
    case 0x5346414F:
    case 0x6B414653:
        return "afs";
    case 0x00C36400:
        return "ceph";
    case 0x01021997:
        return "9p";
    case 0x73757245:
        return "coda";
    case 0x564C:
        return "ncp";
    case 0x0BD00BD0:
        return "lustre";
    case 0x47504653:
        return "gpfs";
    case 0x01161970:
        return "gfs2";
    case 0x7461636F:
        return "ocfs2";
    default:
        return "";
    }
}

Result<std::unique_ptr<Store>> openStore(const std::string& url, const fs::path& folder,
                                         std::shared_ptr<const layers::Clock> clock,
                                         const StoreOptions& options) {
    const auto path = journalPath(url, folder);
    if (!path)
        return path.problem();
    if ((options.readOnly || !options.create) && !fs::exists(path.value()))
        return layers::environment("journalMissing", {{"path", path.value().string()}});
    auto store = std::make_unique<SqliteStore>(path.value(), std::move(clock), options);
    if (const Status opened = store->open(options.readOnly); !opened)
        return opened.problem();
    return std::unique_ptr<Store>(std::move(store));
}

Status backup(const std::string& url, const fs::path& folder, const fs::path& to) {
    const auto from = journalPath(url, folder);
    if (!from)
        return from.problem();
    if (!fs::exists(from.value()))
        return layers::environment("journalMissing", {{"path", from.value().string()}});
    if (fs::exists(to))
        return layers::refused("journalThere", {{"path", to.string()}});
    const fs::path target = fs::absolute(to), made = target.string() + ".part";
    removeJournal(made);
    if (const Status copied = copyJournal(from.value(), made); !copied) {
        removeJournal(made);
        return copied.problem();
    }
    std::error_code failed;
    syncFile(made);
    fs::rename(made, target, failed);
    removeJournal(made);
    if (failed)
        return backupFailed(to, failed.message());
    syncFile(target);
    return Nothing{};
}

Status restore(const fs::path& from, const std::string& url, const fs::path& folder) {
    const auto path = journalPath(url, folder);
    if (!path)
        return path.problem();
    const fs::path target = path.value(), made = target.string() + ".part";
    if (!fs::exists(from))
        return layers::environment("journalMissing", {{"path", from.string()}});
    removeJournal(made);
    if (const Status copied = copyJournal(from, made); !copied) {
        removeJournal(made);
        return copied.problem();
    }
    {
        SqliteStore copy(made, std::make_shared<layers::SystemClock>(), {});
        const Status opened = copy.open(true);
        const auto sound =
            opened.ok() ? copy.verify(1, Store::end) : Result<Store::Verified>(opened.problem());
        if (!sound || !sound.value().ok) {
            const Problem problem = sound.ok() ? brokenChain(from.string(), sound.value()) : sound.problem();
            removeJournal(made);
            return problem;
        }
    }
    std::error_code failed;
    if (fs::exists(target)) {
        // Nobody may be writing: the old journal goes aside whole, its log folded into it.
        Database old;
        if (old.open(target.string(), SQLITE_OPEN_READWRITE, "", std::chrono::seconds{5}) != SQLITE_OK ||
            old.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA wal_checkpoint(TRUNCATE);"
                        "BEGIN EXCLUSIVE; COMMIT") != SQLITE_OK) {
            removeJournal(made);
            return layers::environment("journalHeld", {{"path", target.string()}, {"seconds", "5"}});
        }
        old = Database();
        int number = 1;
        while (fs::exists(target.string() + ".replaced-" + std::to_string(number)))
            ++number;
        fs::rename(target, target.string() + ".replaced-" + std::to_string(number), failed);
        removeJournal(target);
    }
    removeJournal(fs::path(target).replace_extension(".cache"));
    syncFile(made);
    if (!failed)
        fs::rename(made, target, failed);
    if (failed)
        return backupFailed(target, failed.message());
    removeJournal(made);
    syncFile(target);
    return Nothing{};
}

Result<State> foldTo(Store& store, State state, Seq upTo) {
    // Far enough apart that a long journal keeps some dozens, near enough that a seek folds a blink's worth.
    const Seq last = store.lastSeq();
    upTo = std::min(upTo, last);
    const Seq apart = std::max<Seq>(5'000, last / 64);
    if (state.seq() == 0)
        if (auto snapshot = store.snapshotAtOrBefore(upTo))
            state = std::move(*snapshot);
    while (state.seq() < upTo) {
        const Seq till = std::min(upTo, (state.seq() / apart + 1) * apart);
        const Seq before = state.seq();
        const Status read = store.visit(before + 1, till,
                                        [&](const Event& event) { state = apply(std::move(state), event); });
        if (!read)
            return read.problem();
        if (state.seq() == before)
            break; // nothing there any more: cut off by somebody's hand
        if (state.seq() % apart == 0)
            store.saveSnapshot(state);
    }
    return state;
}

} // namespace vedette::dispatch
