// SPDX-License-Identifier: GPL-3.0-or-later
#include "line_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace vedette::dispatch {

namespace {
constexpr std::size_t longest = 1 << 20;
}

std::filesystem::path feedPath(const std::string& url, const std::filesystem::path& folder) {
    const std::string path = url.starts_with("ndjson:") ? url.substr(7) : url;
    return path == "-" ? std::filesystem::path() : folder / path;
}

LineSource::LineSource(const std::string& url, const std::filesystem::path& folder, std::uint64_t offset)
    : path_(feedPath(url, folder)), offset_(offset) {}

LineSource::~LineSource() {
    close();
}

void LineSource::close() {
    if (fd_ > 0)
        ::close(fd_);
    fd_ = -1;
    partial_.clear();
    skipping_ = false;
}

bool LineSource::open(Read& out) {
    if (path_.empty()) {
        fd_ = 0;
        return true;
    }
    // Not blocking, else a FIFO without a writer would hold the thread.
    fd_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd_ < 0) {
        // A file that isn't there yet is no fault: the other side may not have started.
        if (errno != ENOENT)
            out.problem = layers::environment("feedUnreadable",
                                              {{"path", path_.string()}, {"cause", std::strerror(errno)}});
        return false;
    }
    struct stat about {};
    ::fstat(fd_, &about);
    seekable_ = S_ISREG(about.st_mode);
    inode_ = about.st_ino, device_ = about.st_dev;
    if (!seekable_ && !S_ISFIFO(about.st_mode) && !S_ISCHR(about.st_mode)) {
        out.problem =
            layers::environment("feedUnreadable", {{"path", path_.string()}, {"cause", "not a file"}});
        close();
        return false;
    }
    if (seekable_ && opened_)
        offset_ = 0; // another file under the same name
    opened_ = true;
    return true;
}

void LineSource::cut(Read& out) {
    std::size_t from = 0;
    for (std::size_t end; (end = partial_.find('\n', from)) != partial_.npos; from = end + 1) {
        std::string text = partial_.substr(from, end - from);
        if (!text.empty() && text.back() == '\r')
            text.pop_back();
        if (skipping_)
            skipping_ = false; // the rest of a line already reported
        else
            out.lines.push_back({std::move(text), false});
    }
    partial_.erase(0, from);
    if (partial_.size() > longest) {
        if (!skipping_)
            out.lines.push_back({partial_.substr(0, 1024), true});
        skipping_ = true;
        partial_.clear();
    }
    out.offset = offset_ - partial_.size();
}

LineSource::Read LineSource::read(std::size_t most) {
    Read out;
    if (fd_ < 0 && !open(out))
        return out.offset = offset_, out;
    if (seekable_) {
        struct stat here {
        }, named{};
        ::fstat(fd_, &here);
        const bool gone = ::stat(path_.c_str(), &named) != 0;
        const bool replaced = !gone && (named.st_ino != inode_ || named.st_dev != device_);
        if (std::uint64_t(here.st_size) < offset_) {
            offset_ = 0, partial_.clear(), skipping_ = false;
            out.restarted = true;
        } else if (replaced && std::uint64_t(here.st_size) == offset_) { // the old one is read to its end
            close();
            out.restarted = true;
            if (!open(out))
                return out.offset = offset_, out;
        }
    }
    std::string room(std::min<std::size_t>(most, 1 << 16), '\0');
    for (std::size_t taken = 0; taken < most;) {
        ssize_t got = 0;
        if (seekable_) {
            got = ::pread(fd_, room.data(), room.size(), off_t(offset_));
        } else {
            pollfd ready{fd_, POLLIN, 0};
            if (::poll(&ready, 1, 0) <= 0 || !(ready.revents & POLLIN))
                break;
            got = ::read(fd_, room.data(), room.size());
        }
        if (got <= 0)
            break;
        partial_.append(room.data(), std::size_t(got));
        offset_ += std::uint64_t(got), taken += std::size_t(got);
        if (partial_.size() > longest)
            cut(out);
    }
    cut(out);
    return out;
}

} // namespace vedette::dispatch
