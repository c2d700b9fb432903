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

constexpr std::size_t longest = 1 << 20, shownOfLongest = 1024;

ssize_t readSome(int fd, std::string& room) {
    ssize_t got = 0;
    do
        got = ::read(fd, room.data(), room.size());
    while (got < 0 && errno == EINTR);
    return got;
}

} // namespace

std::filesystem::path feedPath(const std::string& url, const std::filesystem::path& folder) {
    const std::string path = url.starts_with("ndjson:") ? url.substr(7) : url;
    return path == "-" ? std::filesystem::path() : folder / path;
}

LineSource::LineSource(const std::string& url, const std::filesystem::path& folder, std::uint64_t offset)
    : path_(feedPath(url, folder)), offset_(offset), lineAt_(offset) {}

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

void LineSource::restart(Read& out) {
    offset_ = lineAt_ = 0;
    partial_.clear();
    skipping_ = false;
    out.restarted = true;
}

bool LineSource::open(Read& out) {
    const auto unreadable = [&](const char* cause) {
        out.problem = layers::environment("feedUnreadable",
                                          {{"path", path_.empty() ? "-" : path_.string()}, {"cause", cause}});
        close();
        return false;
    };
    // Not blocking, else a FIFO without a writer would hold the thread.
    fd_ = path_.empty() ? STDIN_FILENO : ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd_ < 0) // a file that isn't there yet is no fault: the other side may not have started
        return errno == ENOENT ? false : unreadable(std::strerror(errno));
    struct stat about {};
    if (::fstat(fd_, &about) != 0)
        return unreadable(std::strerror(errno));
    if (path_.empty()) // even when it is a file: another process gave it, and its place in it
        kind_ = Kind::pipe;
    else if (S_ISREG(about.st_mode))
        kind_ = Kind::file;
    else if (S_ISFIFO(about.st_mode) || S_ISCHR(about.st_mode))
        kind_ = Kind::pipe;
    else
        return unreadable("not a file or a FIFO");
    if (!path_.empty() && opened_)
        offset_ = lineAt_ = 0; // another file under the same name
    inode_ = about.st_ino, device_ = about.st_dev;
    opened_ = true;
    return true;
}

bool LineSource::lineEndsBeforeOffset() const {
    char last = '\n';
    return lineAt_ == 0 || ::pread(fd_, &last, 1, off_t(lineAt_ - 1)) != 1 || last == '\n';
}

bool LineSource::follow(Read& out) {
    struct stat here {
    }, named{};
    ::fstat(fd_, &here);
    const bool gone = ::stat(path_.c_str(), &named) != 0;
    const bool replaced = !gone && (named.st_ino != inode_ || named.st_dev != device_);
    if (kind_ == Kind::file) {
        if (std::uint64_t(here.st_size) < offset_ || !lineEndsBeforeOffset())
            restart(out);
        if (!replaced || std::uint64_t(here.st_size) != offset_) // the old one is read to its end first
            return true;
        out.restarted = true;
    } else if (!replaced) { // who still writes into the old FIFO is heard no more: he may never be done
        return true;
    }
    if (!partial_.empty() && !skipping_)
        add(out, partial_, false);
    close();
    return open(out);
}

void LineSource::add(Read& out, std::string_view line, bool tooLong) {
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.starts_with("\xEF\xBB\xBF")) // where a file begins, and where one was appended to another
        line.remove_prefix(3);
    out.lines.push_back({std::string(line), tooLong});
}

void LineSource::cut(Read& out) {
    const std::string_view all = partial_;
    std::size_t from = 0;
    for (std::size_t end; (end = all.find('\n', from)) != all.npos; from = end + 1) {
        if (skipping_)
            skipping_ = false; // the rest of a line already reported
        else if (const std::string_view line = all.substr(from, end - from); line.size() > longest)
            add(out, line.substr(0, shownOfLongest), true);
        else
            add(out, line, false);
        lineAt_ = offset_ - (all.size() - (end + 1));
    }
    partial_.erase(0, from);
    if (partial_.size() > longest) {
        if (!skipping_)
            add(out, std::string_view(partial_).substr(0, shownOfLongest), true);
        skipping_ = true;
        partial_.clear();
    }
}

LineSource::Read LineSource::read(std::size_t most) {
    Read out;
    if ((fd_ < 0 && (ended_ || !open(out))) || (!path_.empty() && !follow(out))) {
        out.offset = lineAt_, out.ended = ended_;
        return out;
    }
    std::string room(std::min<std::size_t>(most, 1 << 16), '\0');
    bool end = false;
    std::size_t taken = 0;
    while (taken < most && !end) {
        ssize_t got = 0;
        if (kind_ == Kind::file) {
            got = ::pread(fd_, room.data(), room.size(), off_t(offset_));
        } else {
            pollfd ready{fd_, POLLIN, 0};
            if (::poll(&ready, 1, 0) <= 0 || !(ready.revents & (POLLIN | POLLHUP)))
                break;
            got = readSome(fd_, room);
            end = got == 0;
        }
        if (got <= 0)
            break;
        partial_.append(room.data(), std::size_t(got));
        offset_ += std::uint64_t(got), taken += std::size_t(got);
        if (partial_.size() > longest)
            cut(out);
    }
    cut(out);
    if (end) { // the last writer has gone
        struct stat about {};
        const bool regular = ::fstat(fd_, &about) == 0 && S_ISREG(about.st_mode); // may still grow
        if (!regular) {
            if (!partial_.empty() && !skipping_)
                add(out, partial_, false);
            partial_.clear();
            skipping_ = false;
            lineAt_ = offset_;
        }
        if (!regular && path_.empty()) {
            fd_ = -1;
            ended_ = true;
        }
    }
    out.offset = lineAt_, out.ended = ended_, out.more = taken >= most;
    return out;
}

} // namespace vedette::dispatch
