// SPDX-License-Identifier: GPL-3.0-or-later
#include "crash_vfs.h"

#include <algorithm>
#include <cstring>

namespace vedette::dispatch::kit {

struct CrashDisk::Handle {
    sqlite3_file base;
    CrashDisk* disk;
    std::shared_ptr<File>* file;
};

struct CrashDiskMethods {
    using Handle = CrashDisk::Handle;
    static CrashDisk& disk(sqlite3_vfs* vfs) { return *static_cast<CrashDisk*>(vfs->pAppData); }
    static Handle& handle(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags) {
        Handle& h = handle(file);
        h.base.pMethods = nullptr;
        CrashDisk& d = disk(vfs);
        if (!d.works())
            return SQLITE_IOERR;
        const std::string key = name ? name : "temporary";
        auto& held = d.files_[key];
        if (!held) {
            if (!(flags & SQLITE_OPEN_CREATE)) {
                d.files_.erase(key);
                return SQLITE_CANTOPEN;
            }
            held = std::make_shared<CrashDisk::File>();
            held->log = flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL);
        }
        h.disk = &d;
        h.file = new std::shared_ptr<CrashDisk::File>(held);
        h.base.pMethods = methods();
        if (outFlags)
            *outFlags = flags;
        return SQLITE_OK;
    }
    static int close(sqlite3_file* file) {
        delete handle(file).file;
        return SQLITE_OK;
    }
    static int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 at) {
        if (!handle(file).disk->works())
            return SQLITE_IOERR_READ;
        const std::string& now = (*handle(file).file)->now;
        const auto size = static_cast<sqlite3_int64>(now.size());
        const auto there = static_cast<std::size_t>(std::clamp<sqlite3_int64>(size - at, 0, amount));
        if (there)
            std::memcpy(into, now.data() + at, there);
        std::memset(static_cast<char*>(into) + there, 0, static_cast<std::size_t>(amount) - there);
        return there == static_cast<std::size_t>(amount) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
    }
    static void put(std::string& content, std::uint64_t at, std::string_view bytes) {
        if (content.size() < at + bytes.size())
            content.resize(at + bytes.size());
        std::memcpy(content.data() + at, bytes.data(), bytes.size());
    }
    static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 at) {
        auto& f = **handle(file).file;
        if (handle(file).disk->full_)
            return SQLITE_FULL;
        const std::string bytes(static_cast<const char*>(from), static_cast<std::size_t>(amount));
        f.unsynced.push_back({static_cast<std::uint64_t>(at), bytes, false});
        // The write that meets the crash may still be among those that reach the disk in part.
        if (!handle(file).disk->works())
            return SQLITE_IOERR_WRITE;
        put(f.now, static_cast<std::uint64_t>(at), bytes);
        return SQLITE_OK;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        auto& f = **handle(file).file;
        if (!handle(file).disk->works())
            return SQLITE_IOERR_TRUNCATE;
        f.unsynced.push_back({static_cast<std::uint64_t>(size), {}, true});
        f.now.resize(static_cast<std::size_t>(size));
        return SQLITE_OK;
    }
    static int sync(sqlite3_file* file, int) {
        auto& f = **handle(file).file;
        if (!handle(file).disk->works())
            return SQLITE_IOERR_FSYNC;
        f.durable = f.now;
        f.unsynced.clear();
        if (f.log && !f.named)
            handle(file).disk->syncFolder();
        return SQLITE_OK;
    }
    static int size(sqlite3_file* file, sqlite3_int64* size) {
        *size = static_cast<sqlite3_int64>((*handle(file).file)->now.size());
        return SQLITE_OK;
    }
    static int lock(sqlite3_file*, int) { return SQLITE_OK; }
    static int reserved(sqlite3_file*, int* out) {
        *out = 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sector(sqlite3_file*) { return 512; }
    static int traits(sqlite3_file*) { return 0; }
    static int shmMap(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
        auto& shared = (*handle(file).file)->shared;
        *out = nullptr;
        if (static_cast<std::size_t>(page) >= shared.size()) {
            if (!extend)
                return SQLITE_OK;
            shared.resize(static_cast<std::size_t>(page) + 1);
        }
        auto& region = shared[static_cast<std::size_t>(page)];
        if (region.empty())
            region.resize(static_cast<std::size_t>(size));
        *out = region.data();
        return SQLITE_OK;
    }
    static int shmLock(sqlite3_file*, int, int, int) { return SQLITE_OK; }
    static void shmBarrier(sqlite3_file*) {}
    static int shmUnmap(sqlite3_file* file, int remove) {
        if (remove)
            (*handle(file).file)->shared.clear();
        return SQLITE_OK;
    }
    static const sqlite3_io_methods* methods() {
        static const sqlite3_io_methods all{2,           &close,    &read,   &write,  &truncate,
                                            &sync,       &size,     &lock,   &lock,   &reserved,
                                            &control,    &sector,   &traits, &shmMap, &shmLock,
                                            &shmBarrier, &shmUnmap, nullptr, nullptr};
        return &all;
    }

    static int remove(sqlite3_vfs* vfs, const char* name, int syncFolder) {
        CrashDisk& d = disk(vfs);
        if (!d.works())
            return SQLITE_IOERR_DELETE;
        if (const auto file = d.files_.extract(name); !file.empty() && file.mapped()->named)
            d.removed_.insert_or_assign(name, file.mapped());
        if (syncFolder)
            d.syncFolder();
        return SQLITE_OK;
    }
    static int access(sqlite3_vfs* vfs, const char* name, int, int* out) {
        *out = disk(vfs).files_.contains(name);
        return SQLITE_OK;
    }
    static int fullName(sqlite3_vfs*, const char* name, int room, char* out) {
        sqlite3_snprintf(room, out, "%s", name);
        return SQLITE_OK;
    }
    static int randomness(sqlite3_vfs*, int room, char* out) {
        std::memset(out, 7, static_cast<std::size_t>(room));
        return room;
    }
    static int sleep(sqlite3_vfs*, int micros) { return micros; }
    static int time(sqlite3_vfs*, double* out) {
        *out = 2'460'000.5;
        return SQLITE_OK;
    }
    static int lastError(sqlite3_vfs*, int, char*) { return 0; }
};

CrashDisk::CrashDisk(std::string name) : name_(std::move(name)), vfs_(std::make_unique<sqlite3_vfs>()) {
    using M = CrashDiskMethods;
    vfs_->iVersion = 1;
    vfs_->szOsFile = sizeof(Handle);
    vfs_->mxPathname = 1024;
    vfs_->zName = name_.c_str();
    vfs_->pAppData = this;
    vfs_->xOpen = &M::open;
    vfs_->xDelete = &M::remove;
    vfs_->xAccess = &M::access;
    vfs_->xFullPathname = &M::fullName;
    vfs_->xRandomness = &M::randomness;
    vfs_->xSleep = &M::sleep;
    vfs_->xCurrentTime = &M::time;
    vfs_->xGetLastError = &M::lastError;
    sqlite3_vfs_register(vfs_.get(), 0);
}

CrashDisk::~CrashDisk() {
    sqlite3_vfs_unregister(vfs_.get());
}

bool CrashDisk::works() {
    if (left_ == 0)
        return false;
    ++done_;
    return --left_ > 0;
}

void CrashDisk::syncFolder() {
    removed_.clear();
    for (auto& [name, file] : files_)
        file->named = true;
}

CrashDisk::Fates& CrashDisk::Fates::operator+=(const Fates& other) {
    kept += other.kept, lost += other.lost, torn += other.torn, tornInDatabase += other.tornInDatabase;
    namesLost += other.namesLost, namesBack += other.namesBack;
    return *this;
}

CrashDisk::Fates CrashDisk::restart(std::mt19937& dice) {
    left_ = UINT64_MAX;
    Fates fates;
    for (auto& [name, file] : removed_)
        if (dice() % 2 && files_.try_emplace(name, file).second)
            ++fates.namesBack;
    removed_.clear();
    fates.namesLost =
        std::erase_if(files_, [&](const auto& one) { return !one.second->named && dice() % 2; });
    for (auto& [name, file] : files_) {
        auto after = std::make_shared<File>();
        after->durable = file->durable;
        after->log = file->log;
        after->named = true;
        for (const Change& change : file->unsynced) {
            const unsigned fate = dice() % 3; // kept, lost, torn
            if (fate == 1 || change.truncate) {
                ++(fate == 1 ? fates.lost : fates.kept);
                if (fate != 1)
                    after->durable.resize(change.at);
                continue;
            }
            std::size_t there = 0, sectors = 0;
            for (std::size_t i = 0; i < change.bytes.size(); ++sectors) {
                const std::size_t sectorEnd = ((change.at + i) / 512 + 1) * 512 - change.at;
                const std::size_t end = std::min<std::size_t>(sectorEnd, change.bytes.size());
                if (fate == 0 || dice() % 2) {
                    CrashDiskMethods::put(after->durable, change.at + i,
                                          std::string_view(change.bytes).substr(i, end - i));
                    ++there;
                }
                i = end;
            }
            const bool torn = there != 0 && there != sectors;
            ++(torn ? fates.torn : there ? fates.kept : fates.lost);
            fates.tornInDatabase += torn && !file->log;
        }
        after->now = after->durable;
        file = std::move(after);
    }
    return fates;
}

} // namespace vedette::dispatch::kit
