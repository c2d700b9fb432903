// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/tracks.h"

#include "track_block.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

namespace vedette::dispatch {

namespace fs = std::filesystem;
using layers::Problem;
using std::chrono::hours;

namespace {

constexpr std::size_t blockFixes = 16384;
constexpr int mostLanes = 16;

class File {
public:
    explicit File(int fd = -1) : fd_(fd) {}
    File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    File& operator=(File&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~File() {
        if (fd_ >= 0)
            ::close(fd_);
    }
    int fd() const { return fd_; }

private:
    int fd_;
};

// A segment file mapped for reading: as much of it as was there when it was opened.
class Mapping {
public:
    explicit Mapping(const fs::path& path) {
        const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        struct stat about {};
        if (file.fd() < 0 || ::fstat(file.fd(), &about) != 0 || about.st_size == 0)
            return;
        void* at = ::mmap(nullptr, std::size_t(about.st_size), PROT_READ, MAP_SHARED, file.fd(), 0);
        if (at != MAP_FAILED)
            bytes_ = {static_cast<const char*>(at), std::size_t(about.st_size)};
    }
    Mapping(const Mapping&) = delete;
    ~Mapping() {
        if (!bytes_.empty())
            ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
    }
    std::string_view bytes() const { return bytes_; }

private:
    std::string_view bytes_;
};

struct Place {
    TrackBlockHead head;
    std::size_t at; // in the segment
};
// Whole blocks from `at` on; where the last of them ends.
std::size_t wholeBlocks(std::string_view bytes, std::size_t at, std::vector<Place>* places,
                        std::vector<std::string>* names) {
    TrackBlockHead head;
    while (const auto size = trackBlockSize(bytes.substr(at), head)) {
        if (places)
            places->push_back({head, at});
        readTrackNames(bytes.substr(at, *size), head, *names);
        at += *size;
    }
    return at;
}

Instant hourOf(Instant at) {
    return std::chrono::floor<hours>(at);
}

// "2026-11-23T04.0.track": the hour in UTC and the writer's lane.
std::string segmentName(Instant hour, int lane) {
    return layers::isoUtc(hour).substr(0, 13) + "." + std::to_string(lane) + ".track";
}
std::optional<Instant> segmentHour(const std::string& name) {
    if (!name.ends_with(".track") || name.size() < 21)
        return std::nullopt;
    return layers::parseTime(name.substr(0, 13) + ":00:00Z", layers::TimeZone::utc());
}

Problem writeProblem(const fs::path& path) {
    const int error = errno;
    if (error == ENOSPC || error == EDQUOT)
        return layers::environment("diskFull", {{"path", path.string()}});
    if (error == EROFS || error == EACCES || error == EPERM)
        return layers::environment("readOnly", {{"path", path.string()}});
    return layers::environment("trackUnwritable", {{"path", path.string()}, {"cause", std::strerror(error)}});
}

class SegmentedLog final : public TrackLog {
public:
    explicit SegmentedLog(fs::path folder) : folder_(std::move(folder)) {}
    ~SegmentedLog() override {
        if (lane_ >= 0)
            static_cast<void>(flush().ok());
    }

    layers::Status takeLane() {
        std::error_code ignored;
        fs::create_directories(folder_, ignored);
        for (int lane = 0; lane < mostLanes; ++lane) {
            const fs::path path = folder_ / ("lane." + std::to_string(lane));
            File lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
            if (lock.fd() < 0)
                return writeProblem(path);
            if (::flock(lock.fd(), LOCK_EX | LOCK_NB) == 0) {
                lock_ = std::move(lock);
                lane_ = lane;
                return layers::Nothing{};
            }
        }
        return layers::environment("trackUnwritable",
                                   {{"path", folder_.string()}, {"cause", "every lane is taken"}});
    }

    layers::Status append(std::span<const Fix> fixes) override {
        for (Fix fix : fixes) {
            fix.receivedAt = std::max(fix.receivedAt, last_);
            if (!waiting_.empty() && hourOf(fix.receivedAt) != hourOf(waiting_.back().receivedAt))
                if (auto done = flush(); !done)
                    return done;
            last_ = fix.receivedAt;
            waiting_.push_back(std::move(fix));
            if (waiting_.size() >= blockFixes)
                if (auto done = flush(); !done)
                    return done;
        }
        return layers::Nothing{};
    }

    layers::Status flush() override {
        if (waiting_.empty())
            return layers::Nothing{};
        if (lane_ < 0)
            return layers::environment("readOnly", {{"path", folder_.string()}});
        if (const Instant hour = hourOf(waiting_.front().receivedAt); file_.fd() < 0 || hour != hour_)
            if (auto opened = openSegment(hour); !opened)
                return opened;
        const std::size_t known = names_.names.size();
        const std::string block = encodeTrackBlock(waiting_, names_);
        std::size_t done = 0;
        while (done < block.size()) {
            const auto wrote =
                ::pwrite(file_.fd(), block.data() + done, block.size() - done, off_t(size_ + done));
            if (wrote < 0 && errno == EINTR)
                continue;
            if (wrote <= 0) {
                const Problem problem = writeProblem(folder_ / segmentName(hour_, lane_));
                // What is torn is overwritten by the next try; so are its names.
                for (std::size_t name = known; name < names_.names.size(); ++name)
                    names_.numbers.erase(names_.names[name]);
                names_.names.resize(known);
                if (waiting_.size() > 4 * blockFixes)
                    waiting_.clear(); // a disk that stays full must not take the memory as well
                return problem;
            }
            done += std::size_t(wrote);
        }
        size_ += block.size();
        waiting_.clear();
        return layers::Nothing{};
    }

    void read(Instant from, Instant till, const std::function<void(const Fix&)>& visit) const override {
        std::map<Instant, std::vector<fs::path>> hours_;
        for (auto& [hour, path] : segments())
            if (hour + hours(1) > from && hour <= till)
                hours_[hour].push_back(path);
        for (const auto& [hour, paths] : hours_) {
            if (paths.size() == 1) {
                readSegment(paths[0], from, till, visit);
                continue;
            }
            std::vector<Fix> merged;
            for (const auto& path : paths)
                readSegment(path, from, till, [&](const Fix& fix) { merged.push_back(fix); });
            std::stable_sort(merged.begin(), merged.end(),
                             [](const Fix& a, const Fix& b) { return a.receivedAt < b.receivedAt; });
            for (const Fix& fix : merged)
                visit(fix);
        }
    }

    std::vector<std::pair<UnitId, Fix>> lastKnown(Instant at, std::chrono::minutes back) const override {
        std::map<UnitId, Fix> known;
        auto all = segments();
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        for (const auto& [hour, path] : all)
            if (hour <= at && hour + hours(1) > at - back)
                lastOfSegment(path, at, at - back, known);
        return {known.begin(), known.end()};
    }

    std::size_t ageOut(Instant before) override {
        std::size_t removed = 0;
        for (const auto& [hour, path] : segments())
            if (hour + hours(1) <= before && !(file_.fd() >= 0 && hour == hour_)) {
                std::error_code failed;
                removed += fs::remove(path, failed) ? 1 : 0;
            }
        return removed;
    }

private:
    layers::Status openSegment(Instant hour) {
        const fs::path path = folder_ / segmentName(hour, lane_);
        File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
        if (file.fd() < 0)
            return writeProblem(path);
        TrackNames names;
        std::size_t whole = 0, there = 0;
        {
            const Mapping mapping(path);
            there = mapping.bytes().size();
            whole = wholeBlocks(mapping.bytes(), 0, nullptr, &names.names);
        }
        for (std::uint32_t number = 0; number < names.names.size(); ++number)
            names.numbers.emplace(names.names[number], number);
        if (whole < there && ::ftruncate(file.fd(), off_t(whole)) != 0)
            return writeProblem(path);
        file_ = std::move(file), names_ = std::move(names), size_ = whole, hour_ = hour;
        return layers::Nothing{};
    }

    std::vector<std::pair<Instant, fs::path>> segments() const {
        std::vector<std::pair<Instant, fs::path>> all;
        std::error_code failed;
        for (fs::directory_iterator it(folder_, failed), end; !failed && it != end; it.increment(failed))
            if (const auto hour = segmentHour(it->path().filename().string()))
                all.emplace_back(*hour, it->path());
        std::sort(all.begin(), all.end());
        return all;
    }

    // What was found whole stays whole: a follower checks only what came since.
    struct Checked {
        std::vector<Place> blocks;
        std::vector<std::string> names;
        std::size_t whole = 0;
    };
    const Checked& check(const fs::path& path, std::string_view bytes) const {
        if (checked_.size() > 48)
            checked_.clear();
        Checked& checked = checked_[path];
        if (checked.whole > bytes.size())
            checked = {};
        checked.whole = wholeBlocks(bytes, checked.whole, &checked.blocks, &checked.names);
        return checked;
    }

    void readSegment(const fs::path& path, Instant from, Instant till,
                     const std::function<void(const Fix&)>& visit) const {
        const Mapping mapping(path);
        const Checked& segment = check(path, mapping.bytes());
        const auto low = from.time_since_epoch().count(), high = till.time_since_epoch().count();
        TrackColumns columns;
        for (const Place& block : segment.blocks) {
            if (block.head.lastReceived <= low || block.head.firstReceived > high ||
                !readTrackColumns(mapping.bytes().substr(block.at), block.head, columns))
                continue;
            for (std::size_t i = 0; i < columns.unit.size(); ++i)
                if (columns.received[i] > low && columns.received[i] <= high &&
                    columns.unit[i] < segment.names.size())
                    visit(columns.fix(i, segment.names));
        }
    }

    // From the end backwards: the first fix met of a unit is its newest by receive time.
    void lastOfSegment(const fs::path& path, Instant at, Instant since, std::map<UnitId, Fix>& known) const {
        const Mapping mapping(path);
        const Checked& segment = check(path, mapping.bytes());
        std::vector<bool> met(segment.names.size());
        std::size_t left = segment.names.size();
        const auto low = since.time_since_epoch().count(), high = at.time_since_epoch().count();
        TrackColumns columns;
        for (auto block = segment.blocks.rbegin(); block != segment.blocks.rend() && left > 0; ++block) {
            if (block->head.lastReceived <= low || block->head.firstReceived > high ||
                !readTrackColumns(mapping.bytes().substr(block->at), block->head, columns))
                continue;
            for (std::size_t i = columns.unit.size(); i-- > 0;) {
                const auto unit = columns.unit[i];
                if (columns.received[i] <= low || columns.received[i] > high ||
                    unit >= segment.names.size() || met[unit])
                    continue;
                met[unit] = true, --left;
                Fix fix = columns.fix(i, segment.names);
                const auto [entry, fresh] = known.try_emplace(fix.unit, fix);
                if (!fresh && entry->second.receivedAt < fix.receivedAt)
                    entry->second = fix;
            }
        }
    }

    fs::path folder_;
    File lock_, file_;
    int lane_ = -1;
    Instant hour_{}, last_{};
    std::size_t size_ = 0;
    TrackNames names_;
    std::vector<Fix> waiting_;
    mutable std::map<fs::path, Checked> checked_;
};

} // namespace

layers::Result<std::unique_ptr<TrackLog>> TrackLog::open(const fs::path& folder, bool readOnly) {
    auto log = std::make_unique<SegmentedLog>(folder);
    if (!readOnly)
        if (auto taken = log->takeLane(); !taken)
            return taken.problem();
    return std::unique_ptr<TrackLog>(std::move(log));
}

} // namespace vedette::dispatch
