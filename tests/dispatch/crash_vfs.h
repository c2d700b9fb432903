// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <sqlite3.h>
#include <string>
#include <vector>

namespace vedette::dispatch::kit {

// A disk that can lose its power. Files live in memory; what was written since a file's last sync is kept as
// a list of writes. At the crash each of those writes is kept, lost, or torn: any of its 512-byte sectors may
// be there or not. A file's name lasts once its folder was synced, which SQLite does with the first sync of a
// log: a file made since may be gone, one removed since may be back. After `crashAfter` operations every
// further one fails. For one connection at a time.
class CrashDisk {
public:
    explicit CrashDisk(std::string name);
    ~CrashDisk();
    CrashDisk(const CrashDisk&) = delete;

    void crashAfter(std::uint64_t operations) { left_ = operations; }
    void fill(bool full) { full_ = full; } // no room for another byte
    bool crashed() const { return left_ == 0; }
    // Power is back: what survived is what there is. Gives how many unsynced writes met which fate.
    struct Fates {
        std::size_t kept = 0, lost = 0, torn = 0; // torn: at least one sector there and one not
        std::size_t tornInDatabase = 0;           // of them, not in a log
        std::size_t namesLost = 0, namesBack = 0;
        Fates& operator+=(const Fates& other);
    };
    Fates restart(std::mt19937& dice);
    std::uint64_t operations() const { return done_; }

private:
    struct Change {
        std::uint64_t at = 0;
        std::string bytes;
        bool truncate = false;
    };
    struct File {
        std::string durable, now;
        std::vector<Change> unsynced;
        bool named = false; // its name lasts
        bool log = false;
        std::vector<std::vector<std::uint8_t>> shared; // the wal-index; goes with the power
    };
    struct Handle;
    friend struct CrashDiskMethods;
    bool works(); // counts one operation
    void syncFolder();

    std::string name_;
    std::map<std::string, std::shared_ptr<File>> files_;
    std::map<std::string, std::shared_ptr<File>> removed_; // since the folder was synced
    std::uint64_t left_ = UINT64_MAX, done_ = 0;
    bool full_ = false;
    std::unique_ptr<sqlite3_vfs> vfs_;
};

} // namespace vedette::dispatch::kit
